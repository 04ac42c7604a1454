import { compliantPod, merged, Json } from './compliant-pod';
import { ObjectControl } from '../../lib/controls';
import { clusterScopedKinds } from '../../lib/inventory';

/** What a kind needs to be an object that the API server takes and no control objects to, and the versions of its group that have it. */
interface Compliant {
  /** @default ['v1'] */
  readonly versions?: readonly string[];
  readonly object?: Json;
}

/** v1beta1 was served until 1.21, v1alpha1 at its side. */
const RBAC = ['v1', 'v1beta1'];
const BINDING = {
  versions: RBAC,
  object: { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'developers' }] },
};

const INGRESS = {
  spec: {
    ingressClassName: 'nginx', tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
    rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
  },
};

const CRD_VERSION = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
const ON_NODE = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['a'] }] }] } };
const GATEWAY_API = ['v1', 'v1beta1', 'v1alpha2'];
const ROUTE = { parentRefs: [{ name: 'a' }], hostnames: ['shop.example.com'] };

const LABELS = { 'app': 'a', 'app.kubernetes.io/name': 'a', 'app.kubernetes.io/instance': 'a', 'owner': 'team-shop' };
const labelSelector = { matchLabels: { app: 'a' } };
const SPREAD = {
  affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }] } },
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector }],
};
const template = (spec: object = {}) => ({ metadata: { labels: LABELS }, spec: { ...compliantPod().spec as Json, ...spec } });
const workload = (spec: object) => ({ object: { metadata: { labels: LABELS }, spec: { selector: labelSelector, template: template(), ...spec } } });
const JOB = { activeDeadlineSeconds: 3600, backoffLimit: 3, ttlSecondsAfterFinished: 86400, template: template({ restartPolicy: 'Never' }) };

/** Kinds as `group/Kind`. Those that need nothing, and are of version v1, need not stand here. */
const COMPLIANT: { readonly [groupAndKind: string]: Compliant } = {
  'apiserver.config.k8s.io/EncryptionConfiguration': { object: { resources: [{ resources: ['secrets'], providers: [{ kms: { apiVersion: 'v2', name: 'kms', endpoint: 'unix:///run/kms.sock' } }] }] } },
  'audit.k8s.io/Policy': { object: { omitStages: ['RequestReceived'], rules: [{ level: 'RequestResponse', resources: [{ group: 'rbac.authorization.k8s.io' }] }, { level: 'Metadata' }] } },
  'kubelet.config.k8s.io/KubeletConfiguration': {
    versions: ['v1beta1'],
    object: {
      authentication: { x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } }, podPidsLimit: 4096, protectKernelDefaults: true, rotateCertificates: true, seccompDefault: true, serverTLSBootstrap: true,
      tlsMinVersion: 'VersionTLS13',
    },
  },
  'kubeproxy.config.k8s.io/KubeProxyConfiguration': { versions: ['v1alpha1'] },
  'cilium.io/CiliumClusterwideNetworkPolicy': { versions: ['v2'], object: { spec: { endpointSelector: {} } } },
  'cilium.io/CiliumNetworkPolicy': { versions: ['v2'], object: { spec: { endpointSelector: {} } } },
  'crd.projectcalico.org/GlobalNetworkPolicy': { object: { spec: { selector: 'all()' } } },
  'crd.projectcalico.org/NetworkPolicy': { object: { spec: { selector: 'all()' } } },
  'projectcalico.org/GlobalNetworkPolicy': { versions: ['v3'], object: { spec: { selector: 'all()' } } },
  'projectcalico.org/NetworkPolicy': { versions: ['v3'], object: { spec: { selector: 'all()' } } },
  'policy.networking.k8s.io/AdminNetworkPolicy': { versions: ['v1alpha1'], object: { spec: { priority: 10, subject: { namespaces: {} } } } },
  'policy.networking.k8s.io/ClusterNetworkPolicy': { versions: ['v1alpha2'], object: { spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} } } } },
  'extensions/NetworkPolicy': { versions: ['v1beta1'], object: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } } },
  'networking.k8s.io/NetworkPolicy': { object: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } } },
  'rbac.authorization.k8s.io/ClusterRole': { versions: RBAC, object: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
  'rbac.authorization.k8s.io/Role': { versions: RBAC, object: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
  '/ConfigMap': {},
  '/Endpoints': {},
  'extensions/Ingress': { versions: ['v1beta1'], object: INGRESS },
  'networking.k8s.io/Ingress': { versions: ['v1', 'v1beta1'], object: INGRESS },
  'gateway.networking.k8s.io/Gateway': {
    versions: GATEWAY_API,
    object: {
      spec: {
        gatewayClassName: 'a',
        listeners: [{ name: 'https', protocol: 'HTTPS', port: 443, hostname: 'shop.example.com', tls: { certificateRefs: [{ name: 'tls' }] } }],
      },
    },
  },
  'gateway.networking.k8s.io/HTTPRoute': { versions: GATEWAY_API, object: { spec: { ...ROUTE, rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } } },
  'gateway.networking.k8s.io/GRPCRoute': { versions: ['v1', 'v1alpha2'], object: { spec: ROUTE } },
  'gateway.networking.k8s.io/TLSRoute': { versions: ['v1', 'v1alpha2'], object: { spec: ROUTE } },
  'gateway.networking.k8s.io/ReferenceGrant': {
    versions: ['v1beta1', 'v1'],
    object: { spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }], to: [{ group: '', kind: 'Secret', name: 'tls' }] } },
  },
  '/PersistentVolume': { object: { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], nodeAffinity: ON_NODE } } },
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': { versions: ['v1', 'v1beta1', 'v1alpha1'] },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': { versions: ['v1', 'v1beta1'] },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': { versions: ['v1', 'v1beta1', 'v1alpha1'] },
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': { versions: ['v1', 'v1beta1', 'v1alpha1'], object: { spec: { policyName: 'a', validationActions: ['Deny'] } } },
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': { versions: ['v1', 'v1beta1'] },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    versions: ['v1', 'v1beta1'],
    object: { metadata: { name: 'fleets.example.com' }, spec: { group: 'example.com', scope: 'Namespaced', names: { plural: 'fleets', kind: 'Fleet' }, preserveUnknownFields: false, versions: [CRD_VERSION] } },
  },
  'apiregistration.k8s.io/APIService': { versions: ['v1', 'v1beta1'], object: { metadata: { name: 'v1.example.com' }, spec: { group: 'example.com', version: 'v1', groupPriorityMinimum: 100, versionPriority: 10, service: { namespace: 'shop', name: 'api' } } } },
  'storage.k8s.io/StorageClass': { versions: ['v1', 'v1beta1'], object: { provisioner: 'pd.csi.storage.gke.io' } },
  '/PersistentVolumeClaim': {},
  '/Pod': { object: { ...compliantPod(), metadata: { labels: LABELS, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: '1' }] } } },
  '/ReplicationController': workload({ selector: { app: 'a' } }),
  'apps/DaemonSet': workload({}),
  'apps/Deployment': workload({ replicas: 2, template: template(SPREAD) }),
  'apps/ReplicaSet': workload({}),
  'apps/StatefulSet': workload({ replicas: 2, serviceName: 'a', template: template(SPREAD) }),
  'autoscaling/HorizontalPodAutoscaler': { versions: ['v2', 'v1'], object: { spec: { minReplicas: 3, maxReplicas: 6, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } } } },
  'batch/CronJob': {
    object: { metadata: { labels: LABELS }, spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, jobTemplate: { spec: JOB } } },
  },
  'batch/Job': { object: { metadata: { labels: LABELS }, spec: JOB } },
  'policy/PodDisruptionBudget': { object: { spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: labelSelector } } },
  '/LimitRange': { object: { spec: { limits: [{ type: 'Container', min: { cpu: '1m' }, max: { cpu: '1' } }] } } },
  '/Namespace': {
    object: { metadata: { labels: Object.fromEntries(['enforce', 'audit', 'warn'].flatMap((mode) => [[`pod-security.kubernetes.io/${mode}`, 'restricted'], [`pod-security.kubernetes.io/${mode}-version`, 'v1.34']])) } },
  },
  '/Secret': {},
  '/ServiceAccount': { object: { automountServiceAccountToken: false } },
  'discovery.k8s.io/EndpointSlice': { versions: ['v1', 'v1beta1'], object: { addressType: 'IPv4', endpoints: [], ports: [] } },
  '/Service': { object: { spec: { selector: { app: 'a' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } } },
};

const clusterScoped = clusterScopedKinds([]);

/** The versions of a kind, as its objects write them. */
export function apiVersionsOf(groupAndKind: string): readonly string[] {
  const [group] = groupAndKind.split('/');
  return (COMPLIANT[groupAndKind]?.versions ?? ['v1']).map((version) => group === '' ? version : `${group}/${version}`);
}

/** An object that complies with every control there is. */
export function compliantObject(groupAndKind: string, apiVersion = apiVersionsOf(groupAndKind)[0]): Json {
  const [group, kind] = groupAndKind.split('/');
  const object = { apiVersion, kind, metadata: { name: 'a', ...clusterScoped(group, kind) ? {} : { namespace: 'shop' } } };
  return merged(object, COMPLIANT[groupAndKind]?.object ?? {}) as Json;
}

/** The object that a control's rows are put into. */
export function baseOf({ base = {}, baseOf: perKind = {} }: ObjectControl, groupAndKind: string, apiVersion: string): Json {
  return merged(merged(compliantObject(groupAndKind, apiVersion), base), perKind[groupAndKind] ?? {}) as Json;
}

/** The kinds that a control is about; some, for one that is about all. */
export function kindsOf({ on }: ObjectControl): readonly string[] {
  return on.flatMap((kind) => kind === '*' ? ['/ConfigMap', '/Service', 'example.com/Thing'] : [kind]);
}

/** The kinds for which there is a compliant object worth judging. */
export const COMPLIANT_KINDS = Object.keys(COMPLIANT);
