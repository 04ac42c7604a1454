import { Fault, nearest, shown } from '../errors';

/** The verbs of the API, in the order in which manifests list them. */
export const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;

/** A resource as RBAC names it: the group in which it stands, and its name with the subresource, such as `pods/log`. */
export interface ResourceName {
  readonly group: string;
  readonly resource: string;
}

/** What the API server says of a resource of its own. */
export interface BuiltInResource extends ResourceName {
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

const ALL = 'get list watch create update patch delete deletecollection';
const PART = 'get update patch'; // a part of an object, such as its status
const CONNECT = 'get create';
const PROXY = 'get create update patch delete';

/**
 * Every resource that a Kubernetes 1.36 API server serves as stable, with its verbs, and those of metrics-server: what
 * `kubectl get --raw /api/v1` and `/apis/GROUP/VERSION` answer.
 */
const TABLE: { readonly [group: string]: { readonly [scope in 'namespaced' | 'cluster']?: { readonly [resource: string]: string } } } = {
  '': {
    namespaced: {
      bindings: 'create',
      configmaps: ALL,
      endpoints: ALL,
      events: ALL,
      limitranges: ALL,
      persistentvolumeclaims: ALL, 'persistentvolumeclaims/status': PART,
      pods: ALL, 'pods/attach': CONNECT, 'pods/binding': 'create', 'pods/ephemeralcontainers': PART, 'pods/eviction': 'create',
      'pods/exec': CONNECT, 'pods/log': 'get', 'pods/portforward': CONNECT, 'pods/proxy': PROXY, 'pods/resize': PART,
      'pods/status': PART,
      podtemplates: ALL,
      replicationcontrollers: ALL, 'replicationcontrollers/scale': PART, 'replicationcontrollers/status': PART,
      resourcequotas: ALL, 'resourcequotas/status': PART,
      secrets: ALL,
      serviceaccounts: ALL, 'serviceaccounts/token': 'create',
      services: ALL, 'services/proxy': PROXY, 'services/status': PART,
    },
    cluster: {
      componentstatuses: 'get list',
      namespaces: 'get list watch create update patch delete', 'namespaces/finalize': 'update', 'namespaces/status': PART,
      nodes: ALL, 'nodes/proxy': PROXY, 'nodes/status': PART,
      persistentvolumes: ALL, 'persistentvolumes/status': PART,
    },
  },
  'admissionregistration.k8s.io': {
    cluster: {
      mutatingadmissionpolicies: ALL,
      mutatingadmissionpolicybindings: ALL,
      mutatingwebhookconfigurations: ALL,
      validatingadmissionpolicies: ALL, 'validatingadmissionpolicies/status': PART,
      validatingadmissionpolicybindings: ALL,
      validatingwebhookconfigurations: ALL,
    },
  },
  'apiextensions.k8s.io': {
    cluster: { customresourcedefinitions: ALL, 'customresourcedefinitions/status': PART },
  },
  'apiregistration.k8s.io': {
    cluster: { apiservices: ALL, 'apiservices/status': PART },
  },
  apps: {
    namespaced: {
      controllerrevisions: ALL,
      daemonsets: ALL, 'daemonsets/status': PART,
      deployments: ALL, 'deployments/scale': PART, 'deployments/status': PART,
      replicasets: ALL, 'replicasets/scale': PART, 'replicasets/status': PART,
      statefulsets: ALL, 'statefulsets/scale': PART, 'statefulsets/status': PART,
    },
  },
  'authentication.k8s.io': {
    cluster: { selfsubjectreviews: 'create', tokenreviews: 'create' },
  },
  'authorization.k8s.io': {
    namespaced: { localsubjectaccessreviews: 'create' },
    cluster: { selfsubjectaccessreviews: 'create', selfsubjectrulesreviews: 'create', subjectaccessreviews: 'create' },
  },
  autoscaling: {
    namespaced: { horizontalpodautoscalers: ALL, 'horizontalpodautoscalers/status': PART },
  },
  batch: {
    namespaced: { cronjobs: ALL, 'cronjobs/status': PART, jobs: ALL, 'jobs/status': PART },
  },
  'certificates.k8s.io': {
    cluster: { certificatesigningrequests: ALL, 'certificatesigningrequests/approval': PART, 'certificatesigningrequests/status': PART },
  },
  'coordination.k8s.io': {
    namespaced: { leases: ALL },
  },
  'discovery.k8s.io': {
    namespaced: { endpointslices: ALL },
  },
  'events.k8s.io': {
    namespaced: { events: ALL },
  },
  'flowcontrol.apiserver.k8s.io': {
    cluster: { flowschemas: ALL, 'flowschemas/status': PART, prioritylevelconfigurations: ALL, 'prioritylevelconfigurations/status': PART },
  },
  'metrics.k8s.io': {
    namespaced: { pods: 'get list watch' },
    cluster: { nodes: 'get list watch' },
  },
  'networking.k8s.io': {
    namespaced: { ingresses: ALL, 'ingresses/status': PART, networkpolicies: ALL },
    cluster: { ingressclasses: ALL, ipaddresses: ALL, servicecidrs: ALL, 'servicecidrs/status': PART },
  },
  'node.k8s.io': {
    cluster: { runtimeclasses: ALL },
  },
  policy: {
    namespaced: { poddisruptionbudgets: ALL, 'poddisruptionbudgets/status': PART },
  },
  'rbac.authorization.k8s.io': {
    namespaced: { rolebindings: ALL, roles: ALL },
    cluster: { clusterrolebindings: ALL, clusterroles: ALL },
  },
  'resource.k8s.io': {
    namespaced: { resourceclaims: ALL, 'resourceclaims/status': PART, resourceclaimtemplates: ALL },
    cluster: { deviceclasses: ALL, resourceslices: ALL },
  },
  'scheduling.k8s.io': {
    cluster: { priorityclasses: ALL },
  },
  'storage.k8s.io': {
    namespaced: { csistoragecapacities: ALL },
    cluster: {
      csidrivers: ALL,
      csinodes: ALL,
      storageclasses: ALL,
      volumeattachments: ALL, 'volumeattachments/status': PART,
      volumeattributesclasses: ALL,
    },
  },
};

/** Of one name in several groups, what `kubectl` means by it stands first: it is in the core group, which is `''`. */
export const RESOURCES: readonly BuiltInResource[] = Object.entries(TABLE).flatMap(([group, scopes]) =>
  (['namespaced', 'cluster'] as const).flatMap((scope) =>
    Object.entries(scopes[scope] ?? {}).map(([resource, verbs]) => ({ group, resource, namespaced: scope === 'namespaced', verbs: verbs.split(' ') }))));

/** What is no resource that is served, yet roles grant verbs of their own on it. */
export const PSEUDO_RESOURCES: readonly BuiltInResource[] = [
  { group: '', resource: 'users', verbs: ['impersonate'], namespaced: false },
  { group: '', resource: 'groups', verbs: ['impersonate'], namespaced: false },
  { group: 'authentication.k8s.io', resource: 'uids', verbs: ['impersonate'], namespaced: false },
  { group: 'authentication.k8s.io', resource: 'userextras', verbs: ['impersonate'], namespaced: false },
  { group: 'certificates.k8s.io', resource: 'signers', verbs: ['approve', 'sign', 'attest'], namespaced: false },
];

export function isBuiltInGroup(group: string): boolean {
  return group in TABLE;
}

/** Finds a resource by its name, such as `pods/log`, or with its group, such as `deployments.apps` or `deployments.apps/scale`. */
export function builtInResource(written: string): BuiltInResource | undefined {
  return RESOURCES.find((entry) => entry.resource === written) ?? RESOURCES.find((entry) => qualified(entry) === written);
}

/** `deployments.apps/scale`, as `kubectl auth can-i` takes it. */
export function qualified({ group, resource }: ResourceName): string {
  const [plural, ...subresource] = resource.split('/');
  return [group === '' ? plural : `${plural}.${group}`, ...subresource].join('/');
}

/** For a name that is no built-in resource's. */
export function unknownResource(written: string): Fault {
  const names = [...new Set(RESOURCES.flatMap((entry) => [entry.resource, qualified(entry)]))];
  const [near] = nearest(written, names, 1);
  const custom = 'Rule.custom is for resources that are not built in';
  return { problem: `names ${shown(written)}, which is no built-in resource`, remedy: near === undefined ? custom : `did you mean ${shown(near)}? ${custom}` };
}
