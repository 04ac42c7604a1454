/** Something that sees or runs the cluster, and was not made to be open to the world. */
export interface Dashboard {
  readonly what: string;
  /** What Services, labels and selectors call it: the whole name, or a part between dashes. */
  readonly names: RegExp;
  readonly images: RegExp;
}

const dashboard = (what: string, names: string, images: string): Dashboard => ({ what, names: new RegExp(`(^|-)(${names})(-|$)`), images: new RegExp(`(^|/)(${images})(:|@|-|$)`) });
/** Named thus, to the end: others are called after it. */
const only = (what: string, names: string, images: string): Dashboard => ({ what, names: new RegExp(`(^|-)(${names})$`), images: new RegExp(`(^|/)(${images})(:|@|$)`) });

export const DASHBOARDS: readonly Dashboard[] = [
  dashboard('the Kubernetes dashboard', 'kubernetes-dashboard', 'kubernetesui/dashboard|kubernetes-dashboard'),
  dashboard('Kubeflow', 'centraldashboard|ml-pipeline-ui|kubeflow', 'centraldashboard|ml-pipeline/frontend'),
  dashboard('Argo Workflows', 'argo-server|argo-workflows-server', 'argoproj/argocli'),
  dashboard('Argo CD', 'argocd-server|argo-cd-server', 'argoproj/argocd'),
  dashboard('Weave Scope', 'weave-scope', 'weaveworks/scope'),
  dashboard('Apache NiFi', 'nifi', 'apache/nifi'),
  dashboard('Jenkins', 'jenkins', 'jenkins/jenkins'),
  dashboard('the Tekton dashboard', 'tekton-dashboard', 'tekton-dashboard|tektoncd/dashboard'),
  dashboard('Longhorn', 'longhorn-frontend|longhorn-ui', 'longhornio/longhorn-ui'),
  dashboard('Hubble', 'hubble-ui|hubble-relay', 'cilium/hubble-ui|cilium/hubble-relay'),
  dashboard('Headlamp', 'headlamp', 'headlamp'),
  dashboard('Ray', 'ray-head|ray-dashboard|head-svc', 'rayproject/ray'),
  dashboard('Kubecost', 'kubecost|cost-analyzer', 'kubecost1?/frontend|cost-model'),
  only('Prometheus', 'prometheus|prometheus-server|prometheus-operated', 'prom/prometheus|prometheus/prometheus'),
  only('Alertmanager', 'alertmanager|alertmanager-operated', 'prom/alertmanager|prometheus/alertmanager'),
  only('etcd', 'etcd|etcd-client|etcd-server', 'etcd|coreos/etcd|bitnami/etcd'),
];
