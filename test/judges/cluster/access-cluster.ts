/** Roles, bindings and questions at the edges of what RBAC's rules say, the same from run to run. */

const RBAC = 'rbac.authorization.k8s.io';
const API = `${RBAC}/v1`;

/** The parts that rules and questions are made of: few, so that they meet, and each with a near miss beside it. */
export const NAMESPACES = ['shop', 'shop-2', 'kube-system', 'default'];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind', 'escalate', 'impersonate', '*', 'GET', 'ge', 'get*'];
const GROUPS = ['', 'apps', 'batch', 'rbac.authorization.k8s.io', 'example.com', '*', 'App', 'apps.'];
const RESOURCES = ['pods', 'pods/log', 'pods/exec', 'pods/*', '*/scale', '*/log', '*', 'deployments', 'deployments/scale', 'secrets', 'pod', 'things', 'things/scale/x', '*/scale/x', 'Pods', 'log', 'users', 'nodes/proxy', ''];
const NAMES = ['web', 'db', '*', 'we', 'web*', ''];
const URLS = ['/healthz', '/healthz/', '/healthz/*', '/health*', '*', '/', '/*', '/api', '/api/', '/api*', '/metrics**', '/metrics', '/metrics*', '/logs/*', '/logs', 'healthz'];
const USERS = ['jane', 'Jane', 'jane@example.com', 'system:serviceaccount:shop:web', 'system:serviceaccount:shop-2:web', 'system:serviceaccount:shop:web:x', 'system:serviceaccount:shop', 'system:anonymous', 'system:kube-scheduler', '*', ''];
const GROUPS_OF_USERS = [
  'developers', 'Developers', 'system:authenticated', 'system:unauthenticated', 'system:serviceaccounts', 'system:serviceaccounts:shop', 'system:masters', 'system:nodes', 'jane', '*', '',
];
const ACCOUNTS = ['web', 'db', 'default', 'web.x'];

export interface Rule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

/** A sequence of numbers that is the same every time. */
export class Dice {
  constructor(private state: number) {}

  public below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  public of<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  public some<T>(items: readonly T[], most: number): T[] {
    return [...new Set(Array.from({ length: 1 + this.below(most) }, () => this.of(items)))];
  }
}

function ruleOf(dice: Dice, urls: boolean): Rule {
  const verbs = dice.some(VERBS, 3);
  if (urls && dice.below(3) === 0) return { verbs, nonResourceURLs: dice.some(URLS, 2) };
  return { verbs, apiGroups: dice.some(GROUPS, 2), resources: dice.some(RESOURCES, 3), ...dice.below(3) === 0 ? { resourceNames: dice.some(NAMES, 2) } : {} };
}

function rulesOf(dice: Dice, urls: boolean): Rule[] {
  return Array.from({ length: dice.below(4) }, () => ruleOf(dice, urls));
}

function subjectsOf(dice: Dice, inNamespace: boolean) {
  return Array.from({ length: dice.below(4) }, () => {
    const kind = dice.of(['User', 'Group', 'ServiceAccount']);
    if (kind !== 'ServiceAccount') {
      const name = dice.of((kind === 'User' ? USERS : GROUPS_OF_USERS).filter((each) => each !== ''));
      return { kind, name, ...dice.below(2) === 0 ? { apiGroup: RBAC } : {}, ...dice.below(6) === 0 ? { namespace: 'shop' } : {} };
    }
    return { kind, name: dice.of(ACCOUNTS), ...inNamespace && dice.below(2) === 0 ? {} : { namespace: dice.of(NAMESPACES) }, ...dice.below(4) === 0 ? { apiGroup: '' } : {} };
  });
}

/** Roles that are aggregated, and such as aggregate those again, in a circle too; some carry rules of their own, which do not count. */
function aggregated(dice: Dice) {
  const label = (name: string) => `example.com/aggregate-to-${name}`;
  const selector = (name: string) => ({ matchLabels: { [label(name)]: 'true' } });
  return [
    { name: 'reader', selectors: [selector('reader')], labels: { [label('writer')]: 'true' } },
    { name: 'writer', selectors: [selector('writer'), { matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }] }], rules: [ruleOf(dice, true)] },
    { name: 'everything', selectors: [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }, { key: 'tier', operator: 'NotIn', values: ['lead'] }] }] },
    { name: 'round', selectors: [selector('round')], labels: { [label('trip')]: 'true' } },
    { name: 'trip', selectors: [selector('trip'), { matchExpressions: [{ key: label('reader'), operator: 'Exists' }] }], labels: { [label('round')]: 'true' } },
    { name: 'nothing', selectors: [selector('nobody')], rules: [ruleOf(dice, true)] },
  ].map(({ name, selectors, labels, rules }) => ({
    apiVersion: API, kind: 'ClusterRole', metadata: { name: `aggregated-${name}`, ...labels ? { labels } : {} }, aggregationRule: { clusterRoleSelectors: selectors }, rules: rules ?? [],
  }));
}

/** The objects that are loaded: what the server has to say is made of them and of its own. */
export function cluster(dice: Dice, size: number) {
  const roleLabels = () => ({ ...dice.below(3) === 0 ? { tier: dice.of(['gold', 'silver', 'lead']) } : {}, ...dice.below(4) === 0 ? { [`example.com/aggregate-to-${dice.of(['reader', 'writer', 'trip'])}`]: 'true' } : {} });
  const clusterRoles = Array.from({ length: size }, (_, i) => ({ apiVersion: API, kind: 'ClusterRole', metadata: { name: `role:${i}`, labels: roleLabels() }, rules: rulesOf(dice, true) }));
  const roles = Array.from({ length: size }, (_, i) => ({ apiVersion: API, kind: 'Role', metadata: { name: `role:${i}`, namespace: dice.of(NAMESPACES) }, rules: rulesOf(dice, false) }));
  const aggregates = aggregated(dice);
  const names = [...clusterRoles, ...aggregates].map(({ metadata }) => metadata.name).concat('view', 'edit', 'admin', 'not-there');
  const clusterBindings = Array.from({ length: size }, (_, i) => ({
    apiVersion: API, kind: 'ClusterRoleBinding', metadata: { name: `binding:${i}` }, roleRef: { kind: 'ClusterRole', name: dice.of(names), ...dice.below(2) === 0 ? { apiGroup: RBAC } : {} }, subjects: subjectsOf(dice, false),
  }));
  const bindings = Array.from({ length: 2 * size }, (_, i) => {
    const namespace = dice.of(NAMESPACES);
    const kind = dice.of(['Role', 'ClusterRole']);
    return { apiVersion: API, kind: 'RoleBinding', metadata: { name: `binding:${i}`, namespace }, roleRef: { kind, name: kind === 'Role' ? `role:${dice.below(size + 3)}` : dice.of(names) }, subjects: subjectsOf(dice, true) };
  });
  return { clusterRoles: [...clusterRoles, ...aggregates], roles, clusterBindings, bindings };
}

export type Cluster = ReturnType<typeof cluster>;

/** Questions: what some rule allows to some subject of a binding, and what lies just beside it. */
export function questions(dice: Dice, given: Cluster, count: number): object[] {
  const bindings = [...given.clusterBindings, ...given.bindings].filter(({ subjects }) => subjects.length > 0);
  const rules = [...given.clusterRoles, ...given.roles].flatMap((role) => role.rules as Rule[]);
  const rulesOfRole = new Map<string, Rule[]>([...given.clusterRoles, ...given.roles].map(({ kind, metadata, rules: own }) => [`${kind} ${metadata.name}`, own as Rule[]]));
  const bent = <T>(value: T, near: readonly T[]): T => dice.below(8) === 0 ? dice.of(near) : value;
  return Array.from({ length: count }, () => {
    const binding = dice.of(bindings);
    const own = rulesOfRole.get(`${binding.roleRef.kind} ${binding.roleRef.name}`);
    const rule = own?.length && dice.below(5) > 0 ? dice.of(own) : dice.of(rules);
    const namespace = bent((binding.metadata as { namespace?: string }).namespace ?? dice.of([...NAMESPACES, '']), [...NAMESPACES, '', 'not-there']);
    const who = asked(dice, dice.of(binding.subjects), namespace);
    if (rule.nonResourceURLs) {
      const url = bent(dice.of(rule.nonResourceURLs), URLS);
      const path = dice.below(3) === 0 ? `${url.replace(/\*+$/, '')}${dice.of(['', '/', 'x', '/x', '*'])}` : url;
      return { ...who, nonResourceAttributes: { verb: bent(dice.of(rule.verbs), VERBS), path } };
    }
    const [resource, ...subresource] = bent(dice.of(rule.resources!), RESOURCES).split('/');
    const name = rule.resourceNames ? bent(dice.of(rule.resourceNames), NAMES) : bent('', NAMES);
    const parts = dice.below(6) === 0 ? { resource: [resource, ...subresource].join('/') } : { resource: bent(resource, ['pods', 'deployments', 'things', '*']), subresource: bent(subresource.join('/'), ['log', 'scale', 'status', 'scale/x', '*', '']) };
    const attributes = { verb: bent(dice.of(rule.verbs), VERBS), group: bent(dice.of(rule.apiGroups!), GROUPS), ...parts, name, namespace, ...dice.below(5) === 0 ? { version: dice.of(['v1', '*', 'v2beta1']) } : {} };
    return { ...who, resourceAttributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '' || dice.below(3) === 0)) };
  });
}

/** A subject of a binding as somebody who asks: spelled out, with groups or without, or not quite that one. */
function asked(dice: Dice, subject: { kind: string; name: string; namespace?: string }, bindingNamespace: string) {
  const further = dice.below(3) === 0 ? dice.some(GROUPS_OF_USERS, 2) : [];
  const user = subject.kind === 'User' ? subject.name : `system:serviceaccount:${subject.namespace ?? bindingNamespace}:${subject.name}`;
  const who = subject.kind === 'Group' ? { user: dice.of(USERS), groups: [subject.name, ...further] } : { user, groups: further };
  if (dice.below(10) === 0) who.user = dice.of(USERS);
  if (dice.below(25) > 0) who.groups = who.groups.filter((group) => group !== 'system:masters'); // it is allowed everything
  if (who.user === '' && who.groups.length === 0) who.user = 'nobody';
  return { ...who, ...dice.below(10) === 0 ? { uid: '1', extra: { scopes: ['x'] } } : {} };
}
