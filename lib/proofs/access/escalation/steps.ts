import type { Held, Met, Need } from './holdings';
import type { World } from './world';
import { Access, subjectKey } from '../access';
import { accountOf, Binding, BoundSubject, Role } from '../rbac-object';

/** A place in the graph of what leads to what; see the functions of `At`. */
export type Place = string;

/** One thing that rights let somebody do, and what he has then. */
export interface Step {
  /** Its kind, `run-pods`. */
  readonly kind: string;
  readonly to: Place;
  /** The rights it takes. */
  readonly met: readonly Met[];
  /** Empty for the whole cluster. */
  readonly namespace: string;
  /** Completes "may create pods in shop, and so …". */
  readonly effect: string;
}

/** Where steps lead. */
export const At = {
  admin: 'cluster-admin' as Place,
  node: 'node' as Place,
  subject: (subject: BoundSubject): Place => `subject ${subjectKey(subject)}`,
  /** Any account of a namespace, or of the cluster; with running pods; with token Secrets. */
  accounts: (namespace: string): Place => `accounts ${namespace}`,
  running: (namespace: string): Place => `running ${namespace}`,
  tokens: (namespace: string): Place => `tokens ${namespace}`,
  users: 'users' as Place,
  certified: 'certified' as Place,
  /** Any Role of a namespace. */
  roles: (namespace: string): Place => `roles ${namespace}`,
  everything: (namespace: string): Place => `everything ${namespace}`,
  role: ({ kind, namespace, name }: Role, where: string): Place => `role ${JSON.stringify([kind, namespace, name, where])}`,
};

/** What steps are worked out from. */
export interface Situation {
  readonly access: Access;
  readonly world: World;
  /** The minor release of the cluster. */
  readonly minor: number;
  /** Empty where only what is held in the whole cluster is looked at. */
  readonly namespace: string;
  readonly held: readonly Held[];
  /** The ways in which some needs are met, the best first. */
  met(...needs: readonly Need[]): readonly Met[];
}

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const PUT = ['create', 'update', 'patch'];
const CHANGE = ['update', 'patch'];

const need = (verbs: readonly string[], group: string, resource: string): Need => ({ verbs, group, resource });

/** Whoever writes these decides the account of a pod, and what of the node it sees. A job's template cannot be changed later. */
const RUN_PODS = [
  need(['create'], '', 'pods'), ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => need(PUT, 'apps', resource)),
  need(['create'], 'batch', 'jobs'), need(PUT, 'batch', 'cronjobs'), need(PUT, '', 'replicationcontrollers'),
];
/** Of a pod that runs only the image can be changed. */
const CHANGE_PODS = need(CHANGE, '', 'pods');
const EXEC = [need(['create'], '', 'pods/exec'), need(['create'], '', 'pods/attach')];
/** A websocket is opened with GET; since 1.35 that takes the right to create as well. */
const EXEC_BY_GET = [need(['get'], '', 'pods/exec'), need(['get'], '', 'pods/attach')];
const ADD_CONTAINERS = need(CHANGE, '', 'pods/ephemeralcontainers');
const CREATE_TOKENS = need(['create'], '', 'serviceaccounts/token');
const READ_SECRETS = need(['get', 'list', 'watch'], '', 'secrets');
const CREATE_SECRETS = need(['create'], '', 'secrets');
const WRITE_CLUSTER_BINDINGS = need(PUT, RBAC, 'clusterrolebindings');
const WRITE_BINDINGS = need(PUT, RBAC, 'rolebindings');
const BIND_CLUSTER_ROLES = need(['bind'], RBAC, 'clusterroles');
const BIND_ROLES = need(['bind'], RBAC, 'roles');
const ESCALATE_CLUSTER_ROLES = need(['escalate'], RBAC, 'clusterroles');
const ESCALATE_ROLES = need(['escalate'], RBAC, 'roles');
const CHANGE_CLUSTER_ROLES = need(CHANGE, RBAC, 'clusterroles');
const CHANGE_ROLES = need(CHANGE, RBAC, 'roles');
const IMPERSONATE_USERS = need(['impersonate'], '', 'users');
const IMPERSONATE_GROUPS = need(['impersonate'], '', 'groups');
const IMPERSONATE_ACCOUNTS = need(['impersonate'], '', 'serviceaccounts');
const REQUEST_CERTIFICATES = need(['create'], CERTIFICATES, 'certificatesigningrequests');
const APPROVE_REQUESTS = need(CHANGE, CERTIFICATES, 'certificatesigningrequests/approval');
const APPROVE_SIGNERS = need(['approve'], CERTIFICATES, 'signers');
const WRITE_WEBHOOKS = need(PUT, ADMISSION, 'mutatingwebhookconfigurations');
const WRITE_MUTATING_POLICIES = need(PUT, ADMISSION, 'mutatingadmissionpolicies');
const WRITE_MUTATING_BINDINGS = need(PUT, ADMISSION, 'mutatingadmissionpolicybindings');
const NODE_PROXY = need(['create', 'get'], '', 'nodes/proxy');
const CREATE_VOLUMES = need(['create'], '', 'persistentvolumes');
const CREATE_CLAIMS = need(['create'], '', 'persistentvolumeclaims');
const CHANGE_NAMESPACES = [need(CHANGE, '', 'namespaces'), need(CHANGE, '', 'namespaces/status'), need(CHANGE, '', 'namespaces/finalize')];
const WRITE_CONFIG_MAPS = need(PUT, '', 'configmaps');
const EVERYTHING = need(['*'], '*', '*');

/** Every need there is: a role that meets none of them leads nowhere. */
export const NEEDS: readonly Need[] = [
  ...RUN_PODS, CHANGE_PODS, ...EXEC, ...EXEC_BY_GET, ADD_CONTAINERS, CREATE_TOKENS, READ_SECRETS, CREATE_SECRETS,
  WRITE_CLUSTER_BINDINGS, WRITE_BINDINGS, BIND_CLUSTER_ROLES, BIND_ROLES,
  ESCALATE_CLUSTER_ROLES, ESCALATE_ROLES, CHANGE_CLUSTER_ROLES, CHANGE_ROLES,
  IMPERSONATE_USERS, IMPERSONATE_GROUPS, IMPERSONATE_ACCOUNTS, REQUEST_CERTIFICATES, APPROVE_REQUESTS,
  APPROVE_SIGNERS, WRITE_WEBHOOKS, WRITE_MUTATING_POLICIES, WRITE_MUTATING_BINDINGS, NODE_PROXY, CREATE_VOLUMES, CREATE_CLAIMS, ...CHANGE_NAMESPACES, WRITE_CONFIG_MAPS, EVERYTHING,
];

/** Everything that rights let somebody do towards more. */
export function stepsOf(situation: Situation): Step[] {
  return [
    ...holdsEverything(situation), ...pods(situation), ...tokens(situation), ...roles(situation), ...impersonation(situation), ...nodes(situation),
    ...situation.namespace === '' ? [...certificates(situation), ...admission(situation)] : [],
  ];
}

function where({ namespace }: Situation): string {
  return namespace === '' ? 'any namespace' : namespace;
}

function step({ namespace }: Situation, kind: string, met: readonly Met[], to: Place, effect: string): Step {
  return { kind, met, to, namespace, effect };
}

function holdsEverything(situation: Situation): Step[] {
  const [every] = situation.met(EVERYTHING);
  if (!every || every.name !== undefined) return [];
  const { namespace } = situation;
  return [namespace === '' ? step(situation, 'hold-everything', [every], At.admin, 'is an administrator of the cluster') : step(situation, 'hold-everything', [every], At.everything(namespace), `has every right in ${namespace}`)];
}

function pods(situation: Situation): Step[] {
  const { namespace, minor } = situation;
  const steps: Step[] = [];
  const add = (kind: string, met: Met | undefined, to: Place, effect: string) => met && steps.push(step(situation, kind, [met], to, effect));
  add('run-pods', situation.met(...RUN_PODS)[0], At.accounts(namespace), `runs a pod as any account of ${where(situation)}`);
  add('change-pods', situation.met(CHANGE_PODS)[0], At.running(namespace), `gives a pod of ${where(situation)} an image that takes its token`);
  add('exec', situation.met(...EXEC, ...minor < 35 ? EXEC_BY_GET : [])[0], At.running(namespace), `takes the token from a pod of ${where(situation)}`);
  add('add-containers', situation.met(ADD_CONTAINERS)[0], At.running(namespace), `takes the token from a pod of ${where(situation)}, with a container beside it`);
  return steps;
}

function tokens(situation: Situation): Step[] {
  const { namespace, world } = situation;
  const steps: Step[] = [];
  for (const met of situation.met(CREATE_TOKENS)) {
    for (const to of namedAccounts(situation, met)) steps.push(step(situation, 'create-tokens', [met], to, `makes itself a token of ${met.name ?? `any account of ${where(situation)}`}`));
  }
  for (const met of situation.met(READ_SECRETS)) {
    const known = met.name === undefined ? undefined : (namespace === '' ? world.namespaces : [namespace]).flatMap((each) => world.tokensIn(each).get(met.name!) ?? []);
    for (const to of known ? known.map(At.subject) : [At.tokens(namespace)]) steps.push(step(situation, 'read-token-secrets', [met], to, 'reads the token of an account'));
  }
  const [create] = situation.met(CREATE_SECRETS);
  const [read] = situation.met(READ_SECRETS);
  if (create && read) steps.push(step(situation, 'mint-token-secrets', [create, read], At.accounts(namespace), `has a Secret filled with the token of any account of ${where(situation)}`));
  if (create && (namespace === '' || namespace === 'kube-system')) {
    for (const group of world.bootstrappers) steps.push(step(situation, 'mint-bootstrap-tokens', [create], At.subject(group), `makes itself a bootstrap token of group ${group.name}`));
  }
  return steps;
}

/** All accounts of the place, or those of a name. */
function namedAccounts({ namespace, world }: Situation, { name }: Met): Place[] {
  if (name === undefined) return [At.accounts(namespace)];
  const places = namespace === '' ? world.namespaces.filter((each) => world.accountsIn(each).some((account) => account.name === name)) : [namespace];
  return places.map((each) => At.subject({ kind: 'ServiceAccount', namespace: each, name }));
}

function roles(situation: Situation): Step[] {
  return [...bindings(situation), ...escalation(situation)];
}

/** Whoever may write a binding and bind a role takes that role. */
function bindings(situation: Situation): Step[] {
  const { access } = situation;
  const inCluster = situation.namespace === '' ? bound(situation, WRITE_CLUSTER_BINDINGS, 'ClusterRoleBinding', '') : [];
  // With rights in every namespace the best one to choose is that of the control plane.
  return [...inCluster, ...bound(situation, WRITE_BINDINGS, 'RoleBinding', situation.namespace || 'kube-system')];

  function bound(of: Situation, needed: Need, kind: Binding['kind'], namespace: string): Step[] {
    return of.met(needed).flatMap((write) => {
      // One that is there already has its role, which cannot be changed.
      const ref = write.name === undefined ? undefined : access.binding(kind, namespace, write.name)?.roleRef;
      if (write.name !== undefined && !ref) return [];
      const binds = [...of.met(BIND_CLUSTER_ROLES).map((bind) => ({ bind, kind: 'ClusterRole' as const })), ...kind === 'RoleBinding' ? of.met(BIND_ROLES).map((bind) => ({ bind, kind: 'Role' as const })) : []];
      return binds.flatMap(({ bind, kind: of }) => {
        const where = namespace === '' ? '' : ` in ${namespace}`;
        if (!ref && bind.name === undefined && of === 'Role') return [step(situation, 'bind', [write, bind], At.roles(namespace), `binds itself to any Role${where}`)];
        if (ref && (ref.kind !== of || ![undefined, ref.name].includes(bind.name))) return [];
        const name = ref?.name ?? bind.name ?? 'cluster-admin';
        const role = access.role(of, of === 'Role' ? namespace : '', name);
        return role ? [step(situation, 'bind', [write, bind], At.role(role.role, namespace), `binds itself to ${of} ${name}${where}`)] : [];
      });
    });
  }
}

/** Whoever may put any rule into a role that he holds has every right where he holds it. */
function escalation(situation: Situation): Step[] {
  const { held, namespace } = situation;
  const covering = (needed: Need, name: string) => situation.met(needed).find((met) => met.name === undefined || met.name === name);
  for (const { role: { role }, namespace: at } of held) {
    if (at !== namespace) continue;
    const [escalate, change] = (role.kind === 'ClusterRole' ? [ESCALATE_CLUSTER_ROLES, CHANGE_CLUSTER_ROLES] : [ESCALATE_ROLES, CHANGE_ROLES]).map((each) => covering(each, role.name));
    // Whether a ClusterRole may be changed is asked of the cluster, not of a namespace.
    if (!escalate || !change || (role.kind === 'ClusterRole' && [escalate, change].some((met) => met.namespace !== ''))) continue;
    return [step(situation, 'escalate', [escalate, change], namespace === '' ? At.admin : At.everything(namespace), `gives ${role.kind} ${role.name}, which it holds, every right`)];
  }
  return [];
}

function impersonation(situation: Situation): Step[] {
  const { namespace, access } = situation;
  const accounts = situation.met(IMPERSONATE_ACCOUNTS);
  const steps = accounts.flatMap((met) => namedAccounts(situation, met).map((to) => step(situation, 'impersonate', [met], to, `acts as ${met.name ?? `any account of ${where(situation)}`}`)));
  const users = namespace === '' ? situation.met(IMPERSONATE_USERS) : [];
  for (const met of users) {
    if (met.name === undefined) steps.push(step(situation, 'impersonate', [met], At.users, 'acts as any user'));
    else if (!accountOf(met.name)) steps.push(step(situation, 'impersonate', [met], At.subject({ kind: 'User', name: met.name, namespace: '' }), `acts as user ${met.name}`));
  }
  // A request that names groups names a user or an account, too.
  const [who] = [...users, ...accounts];
  for (const met of who ? situation.met(IMPERSONATE_GROUPS).filter((each) => each.namespace === '') : []) {
    if (met.name === undefined || met.name === 'system:masters') steps.push(step(situation, 'impersonate', [who, met], At.admin, 'acts as a member of group system:masters'));
    else if (access.subjects.has(`group ${met.name}`)) steps.push(step(situation, 'impersonate', [who, met], At.subject({ kind: 'Group', name: met.name, namespace: '' }), `acts as a member of group ${met.name}`));
  }
  return steps;
}

function certificates(situation: Situation): Step[] {
  const [request] = situation.met(REQUEST_CERTIFICATES);
  const [approve] = situation.met(APPROVE_REQUESTS);
  if (!request || !approve) return [];
  const signer = (name: string) => situation.met(APPROVE_SIGNERS).find((met) => [undefined, 'kubernetes.io/*', `kubernetes.io/${name}`].includes(met.name));
  const [client, kubelet] = [signer('kube-apiserver-client'), signer('kube-apiserver-client-kubelet')];
  return [
    ...client ? [step(situation, 'forge-certificates', [request, approve, client], At.certified, 'approves a certificate of any user and group for itself')] : [],
    ...kubelet ? [step(situation, 'forge-node-certificates', [request, approve, kubelet], At.node, 'approves the certificate of a node for itself')] : [],
  ];
}

function admission(situation: Situation): Step[] {
  const [webhook] = situation.met(WRITE_WEBHOOKS);
  const [policy] = situation.minor >= 36 ? situation.met(WRITE_MUTATING_POLICIES) : []; // served as stable since then
  const [binding] = situation.met(WRITE_MUTATING_BINDINGS);
  const effect = 'changes pods of any namespace as they are made, to run what it likes as any account';
  return [
    ...webhook ? [step(situation, 'write-webhooks', [webhook], At.accounts(''), effect)] : [],
    ...policy && binding ? [step(situation, 'write-mutating-policies', [policy, binding], At.accounts(''), effect)] : [],
  ];
}

function nodes(situation: Situation): Step[] {
  const { namespace, world } = situation;
  const steps: Step[] = [];
  const [proxy] = namespace === '' ? situation.met(NODE_PROXY) : [];
  if (proxy) steps.push(step(situation, 'node-proxy', [proxy], At.node, 'runs commands in every pod of the node, through its kubelet'));
  const open = namespace === '' ? ['kube-system', ...world.namespaces].find((each) => !world.confines(each)) : world.confines(namespace) ? undefined : namespace;
  const [run] = situation.met(...RUN_PODS);
  const [debug] = situation.met(ADD_CONTAINERS);
  if (open !== undefined) {
    if (run) steps.push(step(situation, 'privileged-pods', [run], At.node, `runs a privileged pod, which Pod Security does not keep out of ${open}`));
    if (debug) steps.push(step(situation, 'privileged-containers', [debug], At.node, `adds a privileged container to a pod, which Pod Security does not keep out of ${open}`));
  }
  const [relax] = situation.met(...CHANGE_NAMESPACES).filter(({ name }) => name === undefined || name === namespace);
  const [volume, claim] = [situation.met(CREATE_VOLUMES).find((met) => met.namespace === ''), situation.met(CREATE_CLAIMS)[0]];
  if (run && relax && open === undefined) steps.push(step(situation, 'relax-pod-security', [relax, run], At.node, `takes Pod Security's label off ${where(situation)} and runs a privileged pod there`));
  if (run && volume && claim) steps.push(step(situation, 'host-path-volumes', [volume, claim, run], At.node, 'mounts a path of the node through a volume, which Pod Security does not see'));
  const [map] = ['', 'kube-system'].includes(namespace) && world.mapsIdentities ? situation.met(WRITE_CONFIG_MAPS).filter(({ name }) => name === undefined || name === 'aws-auth') : [];
  if (map) steps.push(step(situation, 'map-identities', [map], At.admin, 'maps itself to group system:masters in ConfigMap kube-system/aws-auth'));
  return steps;
}
