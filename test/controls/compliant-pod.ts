import { CONTAINER_LISTS } from '../../lib/inventory';

/** JSON, as tests build it. */
export interface Json {
  [name: string]: unknown;
}

/** A pod with a container in each of the three lists that complies with every pod control there is. */
export function compliantPod(): Json {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return {
    metadata: { labels: { app: 'a' } },
    spec: {
      ...Object.fromEntries(CONTAINER_LISTS.map((list) => [list, [{ name: list.toLowerCase(), image: 'registry.example.com/a:1', securityContext }]])),
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    },
  };
}

const template = (template: Json) => ({ spec: { template } });

/** Every kind with a pod template, and some of others that have one, around a pod. */
export const KINDS: { readonly [kind: string]: (pod: Json) => Json } = {
  Pod: (pod) => ({ apiVersion: 'v1', kind: 'Pod', ...pod, metadata: { ...pod.metadata as Json, name: 'a' } }),
  PodTemplate: (pod) => ({ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a' }, template: pod }),
  ReplicationController: (pod) => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'a' }, ...template(pod) }),
  Deployment: (pod) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, ...template(pod) }),
  ReplicaSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'a' }, ...template(pod) }),
  DaemonSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, ...template(pod) }),
  StatefulSet: (pod) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, ...template(pod) }),
  Job: (pod) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, ...template(pod) }),
  CronJob: (pod) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { jobTemplate: template(pod) } }),
  Rollout: (pod) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' }, ...template(pod) }),
  List: (pod) => ({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ metadata: { name: 'a' }, ...template(pod) }] }] }),
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
