import { Binding, BoundSubject, PolicyRule, RBAC_GROUP, Role } from './rbac-object';
import { shown } from '../../errors';
import { field, Inventory, isRecord, KubeObject } from '../../inventory';

/** Why the API server does not take an object. */
export interface Refusal {
  readonly object: KubeObject;
  /** The field's whole path in its object. */
  readonly path: string;
  /** What is wrong, with the value given, and what is allowed; lower case, no final period. */
  readonly problem: string;
}

/** The roles and bindings that would come to be, were all objects applied in their order. */
export interface RbacObjects {
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  /** Objects that the API server refuses, so they grant nothing. */
  readonly refusals: readonly Refusal[];
}

/**
 * Reads the roles and bindings of an inventory, as strictly as the API server: what it refuses is not there. An object without a
 * namespace goes to `default`, as with kubectl. Of one identity the last counts, but a binding never changes its roleRef.
 */
export function rbacObjectsOf(inventory: Inventory): RbacObjects {
  const refusals: Refusal[] = [];
  const roles = new Map<string, Role>();
  const bindings = new Map<string, Binding>();
  const each = (kind: string, read: (object: KubeObject, refuse: Refuse) => void) => {
    for (const object of inventory.ofKind(`${RBAC_GROUP}/${kind}`)) read(object, (path, problem) => refusals.push({ object, path, problem }));
  };
  for (const kind of ['ClusterRole', 'Role'] as const) {
    each(kind, (object, refuse) => {
      const role = roleOf(kind, object, refuse);
      if (role) roles.set(`${kind} ${role.namespace} ${role.name}`, role);
    });
  }
  for (const kind of ['ClusterRoleBinding', 'RoleBinding'] as const) {
    each(kind, (object, refuse) => {
      const binding = bindingOf(kind, object, refuse);
      if (!binding) return;
      // Two objects whose names the server makes up are two.
      const identity = `${kind} ${binding.namespace} ${object.name === undefined ? `${bindings.size} of` : binding.name}`;
      const earlier = bindings.get(identity)?.roleRef;
      if (earlier && (earlier.kind !== binding.roleRef.kind || earlier.name !== binding.roleRef.name)) refuse('roleRef', `roleRef is ${shown(`${binding.roleRef.kind}/${binding.roleRef.name}`)} but an earlier object of this name has ${shown(`${earlier.kind}/${earlier.name}`)}; it cannot be changed`);
      else bindings.set(identity, binding);
    });
  }
  return { roles: [...roles.values()], bindings: [...bindings.values()], refusals };
}

type Refuse = (path: string, problem: string) => void;

/** Counts what was refused through it. */
function counted(refuse: Refuse): { refuse: Refuse; refused: () => boolean } {
  let refused = false;
  return { refuse: (path, problem) => { refused = true; refuse(path, problem); }, refused: () => refused };
}

function roleOf(kind: Role['kind'], object: KubeObject, toRefuse: Refuse): Role | undefined {
  const { refuse, refused } = counted(toRefuse);
  const name = nameOf(object, refuse);
  const rules = list(object.json, 'rules', '', refuse).map((rule, i) => ruleOf(rule, kind, object, `rules[${i}]`, refuse));
  const aggregationRule = kind === 'ClusterRole' ? field(object.json, 'aggregationRule') : undefined;
  const aggregates = aggregationRule === undefined ? undefined : selectorsOf(aggregationRule, refuse);
  if (refused()) return undefined;
  return { kind, name, namespace: kind === 'Role' ? object.namespace || 'default' : '', object, labels: labelsOf(object.json), rules, ...aggregates && { aggregates } };
}

function ruleOf(rule: unknown, kind: Role['kind'], object: KubeObject, path: string, refuse: Refuse): PolicyRule {
  if (rule !== null && !isRecord(rule)) refuse(path, `${path} is ${shown(rule)}, not a map`);
  const texts = (name: string) => textsOf(rule, name, path, refuse);
  const [verbs, groups, resources, names, urls] = [texts('verbs'), texts('apiGroups'), texts('resources'), texts('resourceNames'), texts('nonResourceURLs')];
  if (verbs.length === 0) refuse(`${path}.verbs`, `${path} has no verbs; it must have at least one`);
  if (urls.length > 0) {
    if (kind === 'Role') refuse(`${path}.nonResourceURLs`, `${path} of a Role has nonResourceURLs; only a ClusterRole can`);
    if (groups.length + resources.length + names.length > 0) refuse(`${path}.nonResourceURLs`, `${path} has nonResourceURLs and resources; write two rules`);
  } else {
    if (groups.length === 0) refuse(`${path}.apiGroups`, `${path} has no apiGroups; it must have at least one, "" for the core group`);
    if (resources.length === 0) refuse(`${path}.resources`, `${path} has no resources; it must have at least one`);
  }
  return { verbs, groups, resources, names, urls, object, path };
}

function selectorsOf(aggregationRule: unknown, refuse: Refuse): readonly unknown[] {
  const selectors = list(aggregationRule, 'clusterRoleSelectors', 'aggregationRule', refuse);
  if (selectors.length === 0) refuse('aggregationRule.clusterRoleSelectors', 'aggregationRule has no clusterRoleSelectors; it must have at least one');
  selectors.forEach((selector, i) => list(selector, 'matchExpressions', '', refuse).forEach((expression, j) => {
    const path = `aggregationRule.clusterRoleSelectors[${i}].matchExpressions[${j}]`;
    const operator = field(expression, 'operator');
    const values = list(expression, 'values', path, refuse);
    if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator as string)) refuse(`${path}.operator`, `${path}.operator is ${shown(operator)}; it must be In, NotIn, Exists or DoesNotExist`);
    else if ((values.length > 0) !== ['In', 'NotIn'].includes(operator as string)) refuse(`${path}.values`, `${path} has ${values.length} values; In and NotIn must have some, Exists and DoesNotExist none`);
  }));
  return selectors.map((selector) => selector ?? {});
}

function bindingOf(kind: Binding['kind'], object: KubeObject, toRefuse: Refuse): Binding | undefined {
  const { refuse, refused } = counted(toRefuse);
  const name = nameOf(object, refuse);
  const namespace = kind === 'RoleBinding' ? object.namespace || 'default' : '';
  const roleRef = { kind: field(object.json, 'roleRef', 'kind') as 'Role' | 'ClusterRole', name: field(object.json, 'roleRef', 'name') as string };
  const group = field(object.json, 'roleRef', 'apiGroup');
  const kinds = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kinds.includes(roleRef.kind)) refuse('roleRef.kind', `roleRef.kind is ${shown(roleRef.kind)}; it must be ${kinds.join(' or ')}`);
  if (!isPathSegment(roleRef.name)) refuse('roleRef.name', `roleRef.name is ${shown(roleRef.name)}; it must be a role's name`);
  if (group !== undefined && group !== '' && group !== RBAC_GROUP) refuse('roleRef.apiGroup', `roleRef.apiGroup is ${shown(group)}; it must be ${RBAC_GROUP}`);
  const subjects = list(object.json, 'subjects', '', refuse).map((subject, i) => subjectOf(subject, `subjects[${i}]`, namespace, refuse));
  return refused() ? undefined : { kind, name, namespace, object, roleRef, subjects };
}

/** An account without a namespace is one of the binding's. */
function subjectOf(subject: unknown, path: string, bindingNamespace: string, refuse: Refuse): BoundSubject {
  const [kind, name, group, namespace] = ['kind', 'name', 'apiGroup', 'namespace'].map((key) => field(subject, key) ?? '');
  const groupOfKind = kind === 'ServiceAccount' ? '' : RBAC_GROUP;
  if (!['User', 'Group', 'ServiceAccount'].includes(kind as string)) refuse(`${path}.kind`, `${path}.kind is ${shown(kind)}; it must be User, Group or ServiceAccount`);
  else if (group !== '' && group !== groupOfKind) refuse(`${path}.apiGroup`, `${path}.apiGroup is ${shown(group)}; for a ${kind} it must be ${shown(groupOfKind)}`);
  if (typeof name !== 'string' || name === '') refuse(`${path}.name`, `${path}.name is ${shown(name)}; it must be a name`);
  if (typeof namespace !== 'string') refuse(`${path}.namespace`, `${path}.namespace is ${shown(namespace)}; it must be a text`);
  if (kind !== 'ServiceAccount') return { kind: kind as BoundSubject['kind'], name: name as string, namespace: '' };
  if (name !== '' && !isAccountName(name)) refuse(`${path}.name`, `${path}.name is ${shown(name)}; it must be an account's name`);
  if (namespace === '' && bindingNamespace === '') refuse(`${path}.namespace`, `${path} has no namespace; an account in a ClusterRoleBinding must have one`);
  return { kind, name: name as string, namespace: (namespace || bindingNamespace) as string };
}

/** Judges what every object has on the way. */
function nameOf(object: KubeObject, refuse: Refuse): string {
  for (const { path, problem } of object.faults) refuse(path, problem);
  const generated = field(object.json, 'metadata', 'generateName');
  if (object.name === undefined && typeof generated === 'string' && generated !== '') return `${generated}…`;
  if (!isPathSegment(object.name)) refuse('metadata.name', `metadata.name is ${shown(object.name)}; it must be a name without "/" and "%"`);
  return object.name ?? '';
}

/** As RBAC has names: whatever can be a part of a URL. */
function isPathSegment(name: unknown): boolean {
  return typeof name === 'string' && /^(?!\.\.?$)[^/%]+$/s.test(name);
}

function isAccountName(name: unknown): boolean {
  return typeof name === 'string' && name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name);
}

function labelsOf(json: unknown): ReadonlyMap<string, string> {
  const labels = field(json, 'metadata', 'labels');
  return new Map(isRecord(labels) ? Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []);
}

function list(owner: unknown, name: string, path: string, refuse: Refuse): readonly unknown[] {
  const value = field(owner, name) ?? [];
  if (Array.isArray(value)) return value;
  const at = path === '' ? name : `${path}.${name}`;
  refuse(at, `${at} is ${shown(value)}, not a list`);
  return [];
}

/** A null among them is the empty text, as the API server reads it. */
function textsOf(rule: unknown, name: string, path: string, refuse: Refuse): readonly string[] {
  return list(rule, name, path, refuse).map((text) => {
    if (text !== null && typeof text !== 'string') refuse(`${path}.${name}`, `${path}.${name} has ${shown(text)}; it must be a list of texts`);
    return typeof text === 'string' ? text : '';
  });
}
