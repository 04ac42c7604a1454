import { CONTAINER_LISTS, ContainerList } from '../../lib/inventory';

/** JSON, as tests build it. */
export interface Json {
  [name: string]: unknown;
}

const AMOUNTS = { 'cpu': '100m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' };

/** A container that complies with every pod control there is; the API refuses the rest in an ephemeral one. */
export function compliantContainer(list: ContainerList = 'containers'): Json {
  return {
    name: list.toLowerCase(),
    image: `registry.example.com/a:1@sha256:${'0123456789abcdef'.repeat(4)}`,
    imagePullPolicy: 'Always',
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    ...list !== 'ephemeralContainers' && { resources: { requests: AMOUNTS, limits: AMOUNTS } },
    ...list === 'containers' && {
      ports: [{ name: 'http', containerPort: 8080 }],
      livenessProbe: { httpGet: { path: '/livez', port: 8080 } },
      readinessProbe: { httpGet: { path: '/readyz', port: 8080 } },
    },
  };
}

/** A pod with a container in each of the three lists that complies with every pod control there is. */
export function compliantPod(): Json {
  return {
    metadata: { labels: { app: 'a' } },
    spec: {
      ...Object.fromEntries(CONTAINER_LISTS.map((list) => [list, [compliantContainer(list)]])),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: 'standard',
      serviceAccountName: 'a',
      securityContext: {
        runAsNonRoot: true, runAsUser: 20001, runAsGroup: 20001, fsGroup: 20001, fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: { type: 'container_t' },
      },
    },
  };
}

const template = (template: Json) => ({ spec: { template } });

/** Every kind with a pod template, and some of others that have one, around a pod. */
export const KINDS: { readonly [kind: string]: (pod: Json) => Json } = {
  Pod: (pod) => ({ apiVersion: 'v1', kind: 'Pod', ...pod, metadata: { ...pod.metadata as Json, name: 'a', namespace: 'shop' } }),
  PodTemplate: (pod) => ({ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a', namespace: 'shop' }, template: pod }),
  ReplicationController: (pod) => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  Deployment: (pod) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  ReplicaSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  DaemonSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  StatefulSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  Job: (pod) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  CronJob: (pod) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a', namespace: 'shop' }, spec: { jobTemplate: template(pod) } }),
  Rollout: (pod) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }),
  List: (pod) => ({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ metadata: { name: 'a', namespace: 'shop' }, ...template(pod) }] }] }),
};

/** RFC 7386, without its deletion of what is null: a null stays, to be judged. */
export function merged(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  return Object.entries(patch).reduce<Json>((result, [key, value]) => ({ ...result, [key]: merged(result[key], value) }), isMap(target) ? { ...target } : {});
}

/** A copy with one field replaced, or taken out. */
export function withField(target: Json, at: string, value: unknown): Json {
  const [name, ...rest] = at.split('.');
  const { [name]: before, ...others } = target;
  const replaced = rest.length === 0 ? value : withField(isMap(before) ? before : {}, rest.join('.'), value);
  return replaced === undefined ? others : { ...others, [name]: replaced };
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value?.constructor === Object;
}
