import { aggregated } from './aggregation';
import { bootstrapOf, BOOTSTRAPPING } from './bootstrap';
import { accountUser, Binding, BoundSubject, PolicyRule, RBAC_GROUP, Role } from './rbac-object';
import { rbacObjectsOf, RbacObjects, Refusal } from './read-rbac';
import { lookupOf, Request, RuleIndex } from './rule-index';
import { Inventory, inventoryOf, KubeObject } from '../../inventory';

/** Who asks, as the API server sees it: nothing is added. */
export interface Identity {
  /** Empty where only groups are known. */
  readonly user: string;
  readonly groups: readonly string[];
}

/** One subject's part in one binding. */
export interface Grant {
  readonly binding: Binding;
  readonly subject: BoundSubject;
  /** Absent where the binding refers to a role that is not there. */
  readonly role?: GrantedRole;
}

/** A role, with the rules that it comes to. */
export interface GrantedRole {
  readonly role: Role;
  /** In an index that is built when it is first asked. */
  index(): RuleIndex;
}

export type Decision = { readonly allowed: true; readonly reason: string; readonly grant?: Grant; readonly rule?: PolicyRule }
| { readonly allowed: false; readonly reason: string };

/** Whom RBAC lets what, as the API server decides it. */
export interface Access {
  /** The release that is asked about, such as `1.34`. */
  readonly kubernetesVersion: string;
  /** Objects of the input that the API server refuses. */
  readonly refusals: readonly Refusal[];
  /** The release whose built-in roles were added; absent where the input brings its own. */
  readonly builtIn?: string;
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  /** Every subject that a binding names, in the order of their keys. */
  readonly subjects: ReadonlyMap<string, SubjectGrants>;
  role(kind: Role['kind'], namespace: string, name: string): GrantedRole | undefined;
  /** The Roles of a namespace, in the order of the input. */
  rolesIn(namespace: string): readonly Role[];
  binding(kind: Binding['kind'], namespace: string, name: string): Binding | undefined;
  decide(identity: Identity, request: Request): Decision;
}

/** What bindings give one subject. */
export class SubjectGrants {
  public readonly cluster: Grant[] = [];
  private readonly byNamespace = new Map<string, Grant[]>();

  constructor(public readonly subject: BoundSubject) {}

  public add(grant: Grant): void {
    const { namespace, kind } = grant.binding;
    if (kind === 'ClusterRoleBinding') return void this.cluster.push(grant);
    const others = this.byNamespace.get(namespace);
    if (others) others.push(grant);
    else this.byNamespace.set(namespace, [grant]);
  }

  public in(namespace: string): readonly Grant[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The namespaces in which something is granted, in order. */
  public namespaces(): string[] {
    return [...this.byNamespace.keys()].sort();
  }
}

/** The key of a subject: an account is the user that it authenticates as. */
export function subjectKey({ kind, namespace, name }: BoundSubject): string {
  return kind === 'Group' ? groupKey(name) : userKey(kind === 'ServiceAccount' ? accountUser(namespace, name) : name);
}

export function userKey(user: string): string {
  return `user ${user}`;
}

export function groupKey(group: string): string {
  return `group ${group}`;
}

/** Reads who may do what. The roles that an API server of the release creates by itself are added unless the input brings its own. */
export function accessOf(inventory: Inventory, kubernetesVersion: string): Access {
  const written = rbacObjectsOf(inventory);
  const bootstrap = bringsBootstrapRoles(inventory) ? undefined : bootstrapOf(kubernetesVersion);
  const { roles, bindings } = bootstrap ? merged(rbacObjectsOf(inventoryOf(bootstrap.manifests)), written) : written;
  const role = grantedRoles(roles);
  const subjects = subjectsOf(bindings, role);
  let byNamespace: Map<string, Role[]> | undefined;
  let byIdentity: Map<string, Binding> | undefined;
  return {
    kubernetesVersion, refusals: written.refusals, builtIn: bootstrap?.kubernetesVersion, roles, bindings, subjects, role,
    rolesIn: (namespace) => (byNamespace ??= grouped(roles, (each) => each.namespace)).get(namespace) ?? [],
    binding: (kind, namespace, name) => (byIdentity ??= new Map(bindings.map((each) => [identityOf(each), each]))).get(identityOf({ kind, namespace, name })),
    decide: (identity, request) => decision(subjects, identity, request),
  };
}

function bringsBootstrapRoles(inventory: Inventory): boolean {
  return inventory.ofKind(`${RBAC_GROUP}/ClusterRole`).some(({ name }) => name === 'cluster-admin' || name?.startsWith('system:'));
}

/** Whether Kubernetes itself brings an object. */
export function isBootstrap({ json }: KubeObject): boolean {
  return (json as { metadata?: { labels?: { [label: string]: unknown } } }).metadata?.labels?.[BOOTSTRAPPING] === 'rbac-defaults';
}

/** What is written stands in place of what is built in. */
function merged(builtIn: RbacObjects, written: RbacObjects): { roles: Role[]; bindings: Binding[] } {
  const over = <T extends Role | Binding>(given: readonly T[], own: readonly T[]) => {
    const names = new Set(own.map(identityOf));
    return [...given.filter((object) => !names.has(identityOf(object))), ...own];
  };
  return { roles: over(builtIn.roles, written.roles), bindings: over(builtIn.bindings, written.bindings) };
}

function identityOf({ kind, namespace, name }: Pick<Role | Binding, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace} ${name}`;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const others = groups.get(keyOf(item));
    if (others) others.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function grantedRoles(roles: readonly Role[]): Access['role'] {
  const rulesOf = aggregated(roles);
  const granted = new Map(roles.map((role): [string, GrantedRole] => {
    let index: RuleIndex | undefined;
    return [identityOf(role), { role, index: () => index ??= new RuleIndex(rulesOf(role)) }];
  }));
  return (kind, namespace, name) => granted.get(identityOf({ kind, namespace, name }));
}

function subjectsOf(bindings: readonly Binding[], roleOf: Access['role']): Map<string, SubjectGrants> {
  const subjects = new Map<string, SubjectGrants>();
  for (const binding of bindings) {
    const { namespace, roleRef: { kind, name } } = binding;
    const role = roleOf(kind, kind === 'Role' ? namespace : '', name);
    for (const subject of binding.subjects) {
      const key = subjectKey(subject);
      let grants = subjects.get(key);
      if (!grants) subjects.set(key, grants = new SubjectGrants(subject));
      grants.add({ binding, subject, role });
    }
  }
  return subjects;
}

const DENIED: Decision = { allowed: false, reason: 'no rule allows it' };

function decision(subjects: ReadonlyMap<string, SubjectGrants>, { user, groups }: Identity, request: Request): Decision {
  if (groups.includes('system:masters')) return { allowed: true, reason: 'group "system:masters" bypasses RBAC' };
  const own: SubjectGrants[] = [];
  for (let i = -1; i < groups.length; i++) {
    const grants = subjects.get(i === -1 ? userKey(user) : groupKey(groups[i]));
    if (grants) own.push(grants);
  }
  if (own.length === 0) return DENIED;
  const lookup = lookupOf(request);
  const namespace = 'url' in request ? '' : request.namespace;
  const missing: Grant[] = [];
  for (const everywhere of namespace === '' ? [true] : [true, false]) {
    for (const of of own) {
      for (const grant of everywhere ? of.cluster : of.in(namespace)) {
        const rule = grant.role?.index().allowing(lookup);
        if (rule) return { allowed: true, reason: `RBAC: allowed by ${described(grant)}`, grant, rule };
        if (!grant.role) missing.push(grant);
      }
    }
  }
  return missing.length === 0 ? DENIED : { allowed: false, reason: [DENIED.reason, ...new Set(missing.map(({ binding }) => `${refOf(binding)} does not exist`))].join('; ') };
}

/** A grant in the API server's own words. */
export function described({ binding, subject }: Grant): string {
  const { kind, name, namespace } = binding;
  const whole = (of: { readonly name: string; readonly namespace: string }) => JSON.stringify(of.namespace === '' ? of.name : `${of.name}/${of.namespace}`);
  return `${kind} ${whole({ name, namespace })} of ${refOf(binding)} to ${subject.kind} ${whole(subject)}`;
}

function refOf({ roleRef: { kind, name } }: Binding): string {
  return `${kind} ${JSON.stringify(name)}`;
}
