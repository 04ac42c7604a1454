import { accessIndexOf, bindsAnybody, identityText, usesOf } from './access-index';
import type { InventoryControl, Sighting } from './control';
import { shown } from '../errors';
import type { Inventory } from '../inventory';
import type { Binding, BoundSubject, Chain } from '../proofs/access';

const LEAST_PRIVILEGE = { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] };
const API = 'rbac.authorization.k8s.io/v1';
const KUBE_SYSTEM = 'kube-system';
const metadata = (name: string, namespace?: string) => ({ metadata: { name, ...namespace === undefined ? {} : { namespace } } });
const role = (kind: string, name: string, rules: readonly object[], namespace?: string) => ({ apiVersion: API, kind, ...metadata(name, namespace), rules });
const bound = (name: string, [kind, to]: [kind: string, name: string], subjects: readonly object[], namespace?: string) =>
  ({ apiVersion: API, kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding', ...metadata(name, namespace), roleRef: { kind, name: to }, subjects });
const rule = (verbs: string, group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: verbs.split(' ') });
const JANE = { kind: 'User', name: 'jane' };
const account = (name: string, namespace = 'shop') => ({ kind: 'ServiceAccount', name, namespace });
const accountObject = (name: string, namespace = 'shop') => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
const workload = (name: string, serviceAccountName: string, spec: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec: { template: { spec: { serviceAccountName, containers: [{ name: 'main' }], ...spec } } },
});
const inKubeSystem = (rules: readonly object[]) => [role('Role', 'r', rules, KUBE_SYSTEM), bound('b', ['Role', 'r'], [JANE], KUBE_SYSTEM)];
const inCluster = (rules: readonly object[]) => [role('ClusterRole', 'r', rules), bound('b', ['ClusterRole', 'r'], [JANE])];
const inShop = (rules: readonly object[], enforce?: string) => [
  role('Role', 'r', rules, 'shop'), bound('b', ['Role', 'r'], [JANE], 'shop'),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', ...enforce === undefined ? {} : { labels: { 'pod-security.kubernetes.io/enforce': enforce } } } },
];
const PODS = [rule('create', '', 'pods')];
const TWO = [workload('web', 'web'), workload('api', 'web')];

/** What bindings, roles, accounts and workloads come to together, by the proof of access. */
export const ACCESS: readonly InventoryControl[] = [
  {
    id: 'access/no-path-to-cluster-admin', title: 'Nobody comes to be an administrator of the cluster', severity: 'critical', level: 'restricted', on: 'inventory',
    frameworks: LEAST_PRIVILEGE,
    judge: (inventory) => chainSightings(inventory, 'cluster-admin'),
    message: 'no chain of rights must lead to cluster-admin',
    remediation: 'Take the first right of the chain out of the role, or grant it in a namespace whose accounts hold less; "cdk8s-hardened access PATH --paths" prints the chain.',
    allowed: {
      'nothing said': [], 'pods of a namespace without powerful accounts': inShop(PODS, 'restricted'), 'reading kube-system': inKubeSystem([rule('get list watch', '', 'pods', 'configmaps')]),
      'writing bindings without binding': inCluster([rule('create update', 'rbac.authorization.k8s.io', 'clusterrolebindings')]), 'Kubernetes\' own': [bound('b', ['ClusterRole', 'view'], [JANE])],
      'cluster-admin itself, which has its own control': [bound('b', ['ClusterRole', 'cluster-admin'], [JANE])],
    },
    denied: {
      'pods of kube-system': inKubeSystem(PODS), 'commands in a pod of a powerful account': [...inShop([rule('create', '', 'pods/exec')]), workload('web', 'web'), bound('c', ['ClusterRole', 'cluster-admin'], [account('web')])],
      'tokens': inKubeSystem([rule('create', '', 'serviceaccounts/token')]), 'binding': inCluster([rule('create', 'rbac.authorization.k8s.io', 'clusterrolebindings'), rule('bind', 'rbac.authorization.k8s.io', 'clusterroles')]),
      'escalating': inCluster([rule('patch escalate', 'rbac.authorization.k8s.io', 'clusterroles')]), 'acting as others': inCluster([rule('impersonate', '', 'users', 'groups')]), 'edit, everywhere': [bound('b', ['ClusterRole', 'edit'], [JANE])],
    },
  },
  {
    id: 'access/no-path-to-node', title: 'Nobody comes into a node', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: LEAST_PRIVILEGE,
    judge: (inventory) => chainSightings(inventory, 'node'),
    message: 'no chain of rights must lead into a node',
    remediation: 'Enforce Pod Security in the namespace, or take the first right of the chain out of the role; "cdk8s-hardened access PATH --paths" prints the chain.',
    snippet: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: restricted',
    allowed: {
      'nothing said': [], 'pods where Pod Security is enforced': inShop(PODS, 'restricted'), 'at the level baseline': inShop(PODS, 'baseline'), 'pods of a namespace that is not here': inShop(PODS).slice(0, 2),
      'statistics of nodes': inCluster([rule('get', '', 'nodes/stats')]),
    },
    denied: {
      'pods where it is not': inShop(PODS), 'where everything is let in': inShop(PODS, 'privileged'), 'the kubelet\'s API': inCluster([rule('get', '', 'nodes/proxy')]),
      'pods and the namespace\'s label': inShop([...PODS, rule('patch', '', 'namespaces')], 'restricted'), 'containers beside pods': inShop([rule('patch', '', 'pods/ephemeralcontainers')]),
    },
  },
  {
    id: 'access/known-roles', title: 'Bindings refer to roles that exist', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: LEAST_PRIVILEGE,
    judge: unknownRoles,
    message: 'a role must be among the manifests or Kubernetes\' own; whoever creates one of that name decides what is granted',
    remediation: 'Add the role, correct its name, or take the binding out.',
    allowed: {
      'nothing said': [], 'a Role': inShop(PODS, 'restricted'), 'a ClusterRole, in a namespace': [role('ClusterRole', 'r', PODS), bound('b', ['ClusterRole', 'r'], [JANE], 'shop')], 'one of Kubernetes\' own': [bound('b', ['ClusterRole', 'view'], [JANE])],
    },
    denied: {
      'no such Role': [bound('b', ['Role', 'r'], [JANE], 'shop')], 'a Role of another namespace': [role('Role', 'r', PODS, 'other'), bound('b', ['Role', 'r'], [JANE], 'shop')], 'no such ClusterRole': [bound('b', ['ClusterRole', 'r'], [JANE])],
      'a ClusterRole for a Role': [role('ClusterRole', 'r', PODS), bound('b', ['Role', 'r'], [JANE], 'shop')], 'nearly one of Kubernetes\' own': [bound('b', ['ClusterRole', 'views'], [JANE])],
    },
  },
  {
    id: 'access/known-accounts', title: 'Bindings name accounts that exist', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: LEAST_PRIVILEGE,
    judge: unknownAccounts,
    message: 'an account of a namespace that is among the manifests must be, too; whoever creates one of that name has its rights',
    remediation: 'Add the account, correct its name or namespace, or take the subject out.',
    allowed: {
      'nothing said': [], 'an account': [accountObject('web'), bound('b', ['ClusterRole', 'view'], [account('web')], 'shop')], 'of a namespace that is not here': [accountObject('web'), bound('b', ['ClusterRole', 'view'], [account('ci', 'build')], 'shop')],
      'that every namespace has': [accountObject('web'), bound('b', ['ClusterRole', 'view'], [account('default')], 'shop')], 'no account': [accountObject('web'), bound('b', ['ClusterRole', 'view'], [JANE], 'shop')],
    },
    denied: {
      'another name': [accountObject('web'), bound('b', ['ClusterRole', 'view'], [account('wep')], 'shop')], 'another namespace': [accountObject('web'), accountObject('api', 'bank'), bound('b', ['ClusterRole', 'view'], [account('web', 'bank')], 'shop')],
      'without a namespace, which is the binding\'s': [accountObject('api'), bound('b', ['ClusterRole', 'view'], [{ kind: 'ServiceAccount', name: 'web' }], 'shop')],
    },
  },
  {
    id: 'access/used-accounts', title: 'Accounts are used', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { ...LEAST_PRIVILEGE, nist: ['800-53 AC-2', '800-53 AC-6'] },
    judge: unusedAccounts,
    message: 'a workload must run as each account of a namespace whose workloads are here, since an account that nobody misses is one that nobody watches',
    remediation: 'Run a workload as it, or take the account and its bindings out.',
    allowed: {
      'nothing said': [], 'used': [accountObject('web'), workload('web', 'web')], 'that every namespace has': [accountObject('default'), accountObject('web'), workload('web', 'web')], 'of a namespace without workloads': [accountObject('ci', 'build'), workload('web', 'web')],
    },
    denied: { 'used by none': [accountObject('web'), accountObject('old'), workload('web', 'web')], 'of another namespace': [accountObject('web'), accountObject('web', 'bank'), workload('web', 'web'), { ...workload('api', 'api'), metadata: { name: 'api', namespace: 'bank' } }] },
  },
  {
    id: 'access/no-shared-rights', title: 'Workloads share no account that may much', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: LEAST_PRIVILEGE,
    judge: sharedRights,
    message: 'rights that lead to others, or cover everything of something, must be of one workload\'s account alone',
    remediation: 'Give each workload an account of its own, and the rights only to the one that needs them.',
    allowed: {
      'nothing said': [], 'harmless rights': [...TWO, bound('b', ['ClusterRole', 'view'], [account('web')], 'shop')], 'one workload': [TWO[0], bound('b', ['ClusterRole', 'edit'], [account('web')], 'shop')],
      'no token in the other': [TWO[0], workload('api', 'web', { automountServiceAccountToken: false }), bound('b', ['ClusterRole', 'edit'], [account('web')], 'shop')],
    },
    denied: {
      'powerful rights': [...TWO, bound('b', ['ClusterRole', 'edit'], [account('web')], 'shop')], 'everything of something': [...TWO, role('ClusterRole', 'r', [rule('*', 'example.com', 'widgets')]), bound('b', ['ClusterRole', 'r'], [account('web')])],
    },
  },
];

/** At the binding that gives the first right of each chain; what is held outright is no chain. */
function chainSightings(inventory: Inventory, goal: Chain['goal']): Sighting[] {
  if (!bindsAnybody(inventory)) return [];
  const index = accessIndexOf(inventory);
  const written = new Set(index.bindings);
  const first = new Map<Binding, Map<BoundSubject, { readonly chain: Chain; others: number }>>();
  for (const chain of index.chains()) {
    const [{ step }] = chain.steps;
    const grant = step.met.map((met) => met.grant).find((each) => each && written.has(each.binding));
    if (chain.goal !== goal || step.kind === 'hold-everything' || !grant) continue;
    const ofBinding = first.get(grant.binding) ?? new Map<BoundSubject, { readonly chain: Chain; others: number }>();
    first.set(grant.binding, ofBinding);
    const known = ofBinding.get(grant.subject);
    if (known) known.others++;
    else ofBinding.set(grant.subject, { chain, others: 0 });
  }
  return [...first].flatMap(([{ object, subjects }, ofBinding]) => [...ofBinding].map(([subject, { chain, others }]) =>
    ({ object, path: `subjects[${subjects.indexOf(subject)}]`, problem: `${chainText(chain)}${others === 0 ? '' : `, and by ${others} other ${others === 1 ? 'way' : 'ways'}`}` })));
}

/** `User jane may create pods in kube-system: runs a pod as any account of kube-system`. */
function chainText({ start, steps: [{ step }], goal }: Chain): string {
  const may = step.met.map(({ verb, need, name }) => `${verb} ${need.resource}${name === undefined ? '' : ` ${shown(name)}`}`);
  const who = `${start.kind} ${start.namespace === '' ? start.name : `${start.namespace}/${start.name}`}`;
  return `${who} may ${[...new Set(may)].join(', ')}${step.namespace === '' ? '' : ` in ${step.namespace}`}, ${step.effect}, and so comes ${goal === 'node' ? 'into a node' : 'to cluster-admin'}`;
}

function unknownRoles(inventory: Inventory): Sighting[] {
  if (!bindsAnybody(inventory)) return [];
  const { access, bindings } = accessIndexOf(inventory);
  return bindings.filter(({ namespace, roleRef: { kind, name } }) => !access.role(kind, kind === 'Role' ? namespace : '', name))
    .map(({ object, roleRef: { kind, name } }) => ({ object, path: 'roleRef', problem: `roleRef is ${kind} ${shown(name)}, which does not exist` }));
}

function unknownAccounts(inventory: Inventory): Sighting[] {
  if (!bindsAnybody(inventory)) return [];
  const known = new Set(inventory.ofKind('/ServiceAccount').map(identityText));
  const namespaces = new Set([...known].map((identity) => identity.split('/')[0]));
  return accessIndexOf(inventory).bindings.flatMap(({ object, subjects }) => subjects.flatMap(({ kind, namespace, name }, i) => {
    const there = kind !== 'ServiceAccount' || name === 'default' || !namespaces.has(namespace) || known.has(`${namespace}/${name}`);
    return there ? [] : [{ object, path: `subjects[${i}]`, problem: `subjects[${i}] is ServiceAccount ${shown(`${namespace}/${name}`)}, which does not exist` }];
  }));
}

function unusedAccounts(inventory: Inventory): Sighting[] {
  const accounts = inventory.ofKind('/ServiceAccount');
  if (accounts.length === 0) return [];
  const uses = usesOf(inventory);
  const used = new Set(uses.map(({ namespace, account: name }) => `${namespace}/${name}`));
  const namespaces = new Set(uses.map(({ namespace }) => namespace));
  return accounts.filter((object) => object.name !== 'default' && namespaces.has(object.namespace || 'default') && !used.has(identityText(object)))
    .map((object) => ({ object, path: '', problem: `no workload of ${object.namespace || 'default'} runs as ${shown(object.name)}` }));
}

function sharedRights(inventory: Inventory): Sighting[] {
  if (!bindsAnybody(inventory)) return [];
  const index = accessIndexOf(inventory);
  const workloads = new Map<string, Set<string>>();
  for (const { namespace, account: name, workload: of, token } of usesOf(inventory)) {
    if (token) workloads.set(`${namespace}/${name}`, (workloads.get(`${namespace}/${name}`) ?? new Set<string>()).add(of));
  }
  return index.bindings.filter(index.powerful).flatMap(({ object, subjects, roleRef }) => subjects.flatMap(({ kind, namespace, name }, i) => {
    const sharing = kind === 'ServiceAccount' ? [...workloads.get(`${namespace}/${name}`) ?? []] : [];
    return sharing.length < 2 ? [] : [{ object, path: `subjects[${i}]`, problem: `subjects[${i}] is ServiceAccount ${shown(`${namespace}/${name}`)}, as which ${sharing.join(' and ')} run, and ${roleRef.kind} ${shown(roleRef.name)} may much` }];
  }));
}

