import type { ResourceName } from './built-in-resources';

/** Verbs on resources that give more than they seem to. Controls and constructs refuse the same ones, and know them by these names. */
export type DangerName = 'read-secrets' | 'write-secrets' | 'create-tokens' | 'run-commands' | 'add-containers' | 'pass-network-policies' | 'place-pods' | 'write-status'
| 'write-node-status' | 'redirect-traffic' | 'write-network-policies' | 'write-services' | 'lift-limits' | 'delete-events' | 'write-rights' | 'exceed-rights' | 'impersonate' | 'approve-certificates' | 'request-certificates'
| 'vouch-for-certificates' | 'write-system-config' | 'write-workloads' | 'write-templates' | 'use-node-proxy' | 'write-nodes' | 'create-volumes' | 'change-namespaces'
| 'write-webhooks' | 'write-admission-policies';

/** One kind of resource, and what is dangerous about it. */
export interface Danger {
  readonly name: DangerName;
  readonly group: string;
  /** One that ends in `/` stands for all subresources. */
  readonly resources: readonly string[];
  /** What is dangerous wherever it is granted. */
  readonly verbs: readonly string[];
  /** What a role of one namespace has no business with either. */
  readonly besides?: readonly string[];
  /** It is harmless on objects that are named, as far as names restrict the verb. */
  readonly unlessNamed?: true;
  /** The objects that are meant; others are harmless, as far as names restrict the verb. */
  readonly objects?: readonly string[];
  /** Where it is what a role of one namespace is for. */
  readonly ordinary?: 'everywhere' | 'outside kube-system';
  /** Completes "grants create on secrets, which …". */
  readonly why: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const READ = ['get', 'list', 'watch'];
const PUT = ['create', 'update', 'patch'];
const CHANGE = ['update', 'patch'];
const DELETE = ['delete', 'deletecollection'];
const WRITE = [...PUT, ...DELETE];
// A websocket is opened with GET, which is the verb get.
const CONNECT = ['get', 'create'];
const PROXY = ['get', 'create', 'update', 'patch', 'delete'];

const RUNS_AS_SYSTEM = { ordinary: 'outside kube-system', why: 'runs as any account of kube-system, and so as an administrator' } as const;
const CHANGES_POLICIES = { name: 'write-network-policies', verbs: WRITE, why: 'opens what default deny closes' } as const;
const REDIRECTS = { name: 'redirect-traffic', verbs: WRITE, why: 'redirects traffic, into other namespaces too' } as const;
const FORGES = 'forges client certificates';

/**
 * Whatever gives rights beyond what is granted. Names say what it comes to; several resources may come to the same.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export const DANGERS: readonly Danger[] = [
  { name: 'read-secrets', group: '', resources: ['secrets'], verbs: READ, unlessNamed: true, why: 'shows the contents of every secret of the namespace' },
  { name: 'write-secrets', group: '', resources: ['secrets'], verbs: PUT, besides: DELETE, why: 'mints tokens of any account of the namespace, or takes secrets from those who need them' },
  { name: 'create-tokens', group: '', resources: ['serviceaccounts/token'], verbs: ['create'], why: 'mints tokens of any account of the namespace' },
  { name: 'run-commands', group: '', resources: ['pods/exec', 'pods/attach'], verbs: CONNECT, why: 'runs commands in any container of the namespace, with its account and secrets' },
  { name: 'add-containers', group: '', resources: ['pods/ephemeralcontainers'], verbs: CHANGE, why: 'adds a container to any pod of the namespace, with its account and secrets' },
  { name: 'pass-network-policies', group: '', resources: ['pods/portforward'], verbs: CONNECT, why: 'reaches ports past every NetworkPolicy' },
  { name: 'pass-network-policies', group: '', resources: ['pods/proxy', 'services/proxy'], verbs: PROXY, why: 'reaches ports past every NetworkPolicy' },
  { name: 'place-pods', group: '', resources: ['pods/binding', 'bindings'], verbs: ['create'], why: 'puts pods onto nodes past the scheduler' },
  { name: 'write-status', group: '', resources: ['pods/status', 'services/status'], verbs: CHANGE, why: 'draws traffic of others to itself' },
  { ...REDIRECTS, group: '', resources: ['endpoints'] },
  { ...REDIRECTS, group: 'discovery.k8s.io', resources: ['endpointslices'] },
  { ...CHANGES_POLICIES, group: 'networking.k8s.io', resources: ['networkpolicies'] },
  { ...CHANGES_POLICIES, group: 'extensions', resources: ['networkpolicies'] },
  { ...CHANGES_POLICIES, group: 'cilium.io', resources: ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'] },
  { ...CHANGES_POLICIES, group: 'projectcalico.org', resources: ['networkpolicies', 'globalnetworkpolicies'] },
  { ...CHANGES_POLICIES, group: 'crd.projectcalico.org', resources: ['networkpolicies', 'globalnetworkpolicies'] },
  { ...CHANGES_POLICIES, group: 'policy.networking.k8s.io', resources: ['clusternetworkpolicies', 'adminnetworkpolicies', 'baselineadminnetworkpolicies'] },
  { name: 'write-services', group: '', resources: ['services'], verbs: WRITE, ordinary: 'everywhere', why: 'redirects traffic of its callers' },
  { name: 'write-services', group: 'networking.k8s.io', resources: ['ingresses'], verbs: WRITE, ordinary: 'everywhere', why: 'redirects traffic from outside' },
  { name: 'write-services', group: 'extensions', resources: ['ingresses'], verbs: WRITE, ordinary: 'everywhere', why: 'redirects traffic from outside' },
  { name: 'lift-limits', group: '', resources: ['resourcequotas', 'resourcequotas/status', 'limitranges'], verbs: WRITE, why: 'lifts the limits of the namespace it is held to' },
  { name: 'delete-events', group: '', resources: ['events', 'pods/log'], verbs: DELETE, why: 'covers tracks' },
  { name: 'delete-events', group: 'events.k8s.io', resources: ['events'], verbs: DELETE, why: 'covers tracks' },
  { name: 'write-rights', group: RBAC, resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'], verbs: PUT, besides: DELETE, why: 'changes who has which rights' },
  { name: 'exceed-rights', group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'], why: 'gives roles rights that one lacks oneself' },
  { name: 'exceed-rights', group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['bind'], why: 'gives oneself roles that one lacks' },
  { name: 'impersonate', group: '', resources: ['users', 'groups', 'serviceaccounts'], verbs: ['impersonate'], why: 'makes one another identity' },
  { name: 'impersonate', group: 'authentication.k8s.io', resources: ['uids', 'userextras', 'userextras/'], verbs: ['impersonate'], why: 'makes one another identity' },
  {
    name: 'write-system-config', group: '', resources: ['configmaps'], verbs: WRITE, ordinary: 'outside kube-system', objects: [
      'aws-auth', 'coredns', 'coredns-custom', 'extension-apiserver-authentication', 'kube-dns', 'kube-proxy', 'kubeadm-config', 'kubelet-config', 'node-local-dns',
    ],
    why: 'changes who is an administrator (aws-auth) and what names resolve to (coredns)',
  },
  { ...RUNS_AS_SYSTEM, name: 'write-workloads', group: '', resources: ['pods', 'replicationcontrollers'], verbs: PUT, besides: DELETE },
  { ...RUNS_AS_SYSTEM, name: 'write-workloads', group: 'apps', resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: PUT, besides: DELETE },
  { ...RUNS_AS_SYSTEM, name: 'write-workloads', group: 'extensions', resources: ['daemonsets', 'deployments', 'replicasets'], verbs: PUT, besides: DELETE },
  { ...RUNS_AS_SYSTEM, name: 'write-workloads', group: 'batch', resources: ['cronjobs', 'jobs'], verbs: PUT, besides: DELETE },
  { ...RUNS_AS_SYSTEM, name: 'write-templates', group: '', resources: ['podtemplates'], verbs: WRITE },
  { ...RUNS_AS_SYSTEM, name: 'write-templates', group: 'apps', resources: ['controllerrevisions'], verbs: WRITE },
  // Of the cluster: a Role grants nothing on most of these, but whoever writes them should hear the reason.
  { name: 'use-node-proxy', group: '', resources: ['nodes/proxy'], verbs: PROXY, why: 'runs commands in every pod of a node, unseen by audit and admission' },
  { name: 'write-nodes', group: '', resources: ['nodes'], verbs: CHANGE, besides: ['create', ...DELETE], why: 'steers the pods of others' },
  { name: 'write-node-status', group: '', resources: ['nodes/status'], verbs: CHANGE, besides: ['create', ...DELETE], why: 'steers the pods of others' },
  { name: 'create-volumes', group: '', resources: ['persistentvolumes'], verbs: ['create'], besides: [...CHANGE, ...DELETE], why: 'mounts any path of a node' },
  // A subresource's update may change labels, too; and a Role may hold what is about its own namespace.
  {
    name: 'change-namespaces', group: '', resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'], verbs: CHANGE, besides: ['create', ...DELETE],
    why: 'changes the labels that Pod Security and network policies go by',
  },
  { name: 'approve-certificates', group: CERTIFICATES, resources: ['certificatesigningrequests/approval'], verbs: CHANGE, besides: ['create', ...DELETE], why: FORGES },
  { name: 'approve-certificates', group: CERTIFICATES, resources: ['signers'], verbs: ['approve', 'sign'], why: FORGES },
  { name: 'request-certificates', group: CERTIFICATES, resources: ['certificatesigningrequests', 'certificatesigningrequests/status'], verbs: WRITE, why: FORGES },
  { name: 'vouch-for-certificates', group: CERTIFICATES, resources: ['signers'], verbs: ['attest'], why: 'vouches for any certificate' },
  { name: 'write-webhooks', group: ADMISSION, resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], verbs: WRITE, why: 'reads or changes every object that is admitted' },
  { name: 'write-webhooks', group: ADMISSION, resources: ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'], verbs: WRITE, why: 'changes every object that is admitted' },
  {
    name: 'write-admission-policies', group: ADMISSION, resources: ['validatingadmissionpolicies', 'validatingadmissionpolicies/status', 'validatingadmissionpolicybindings'], verbs: WRITE,
    why: 'switches controls off',
  },
];

/** What is granted to administrators, and is no way to more rights by itself: the verbs that are dangerous only `besides`, and these. */
const ADMINISTRATION: readonly DangerName[] = ['lift-limits', 'place-pods', 'request-certificates', 'vouch-for-certificates', 'write-nodes'];

/** Whether a danger is the administrators' business, and no way to more rights by itself. */
export function isAdministration(name: DangerName): boolean {
  return ADMINISTRATION.includes(name);
}

/** Those of which no other control than the one about administration speaks, each with just the verbs that it speaks of. */
export const ADMINISTRATION_DANGERS: readonly Danger[] = DANGERS.flatMap((danger) => {
  const { besides = [], verbs, ...rest } = danger;
  const meant = ADMINISTRATION.includes(danger.name) ? [...verbs, ...besides] : besides;
  return meant.length === 0 || danger.ordinary ? [] : [{ ...rest, verbs: meant }];
});

/** Whether a request with this verb bears the object's name, by which a rule can restrict it; of a subresource each does. */
export function restrictedByName({ resource }: Pick<ResourceName, 'resource'>, verb: string): boolean {
  return ['get', 'update', 'patch', 'delete'].includes(verb) || (verb === 'create' && resource.includes('/'));
}
