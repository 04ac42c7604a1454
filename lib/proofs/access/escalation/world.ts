import { Access, isBootstrap, subjectKey } from '../access';
import { AccountUse, accountUses } from '../account-use';
import type { BoundSubject } from '../rbac-object';
import { field, Inventory } from '../../../inventory';

/** What besides RBAC decides what a right leads to. */
export interface World {
  readonly namespaces: readonly string[];
  /** Accounts that can be run as in a namespace, by the keys of their subjects, in order. */
  accountsIn(namespace: string): readonly BoundSubject[];
  /** The accounts whose tokens pods of a namespace hold; of one pod, where it is known. */
  runningIn(namespace: string): readonly BoundSubject[];
  /** The accounts whose tokens stand in Secrets of a namespace, by the Secrets' names. */
  tokensIn(namespace: string): ReadonlyMap<string, BoundSubject>;
  /** Groups that are bound which a bootstrap token can be in. */
  readonly bootstrappers: readonly BoundSubject[];
  /** Whether Pod Security lets no pod of a namespace take over its node. */
  confines(namespace: string): boolean;
  /** Who runs as an account. */
  usesOf(account: BoundSubject): readonly AccountUse[];
  /** Whether the cluster is EKS's, where a ConfigMap says who is an administrator. */
  readonly mapsIdentities: boolean;
}

/** Those that every cluster has. */
const OF_EVERY_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What is taken for granted of what the input does not show. */
export interface WorldOptions {
  /** Whether Pod Security keeps privileged pods out of namespaces whose Namespace is not in the input. @default false */
  readonly unknownNamespacesConfined?: boolean;
}

export function worldOf(inventory: Inventory, access: Access, { unknownNamespacesConfined = false }: WorldOptions = {}): World {
  const uses = accountUses(inventory);
  const accounts = new Map<string, Map<string, BoundSubject>>();
  const running = new Map<string, Map<string, BoundSubject>>();
  const usesByAccount = new Map<string, AccountUse[]>();
  const tokens = new Map<string, Map<string, BoundSubject>>();
  const namespaces = new Set(OF_EVERY_CLUSTER);
  const put = (into: typeof accounts, account: BoundSubject, key = subjectKey(account), at = account.namespace) => {
    namespaces.add(at);
    const others = into.get(at);
    if (others) others.set(key, account);
    else into.set(at, new Map([[key, account]]));
  };
  for (const { subject } of access.subjects.values()) if (subject.kind === 'ServiceAccount') put(accounts, subject);
  for (const { namespace, name } of inventory.ofKind('/ServiceAccount')) if (name !== undefined) put(accounts, account(namespace || 'default', name));
  for (const use of uses) {
    const subject = account(use.namespace, use.account);
    put(accounts, subject);
    if (use.token) put(running, subject);
    const key = subjectKey(subject);
    const others = usesByAccount.get(key);
    if (others) others.push(use);
    else usesByAccount.set(key, [use]);
  }
  for (const { json, namespace, name } of inventory.ofKind('/Secret')) {
    const of = field(json, 'metadata', 'annotations', 'kubernetes.io/service-account.name');
    if (field(json, 'type') === 'kubernetes.io/service-account-token' && typeof of === 'string' && name !== undefined) put(tokens, account(namespace || 'default', of), name);
  }
  for (const { namespace } of [...access.bindings, ...access.roles]) if (namespace !== '') namespaces.add(namespace);
  for (const name of inventory.namespaces.keys()) namespaces.add(name);
  const listed = (from: typeof accounts) => {
    const inOrder = new Map([...from].map(([at, of]) => [at, [...of].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject)]));
    return (namespace: string) => inOrder.get(namespace) ?? [];
  };
  return {
    namespaces: [...namespaces].sort(),
    accountsIn: listed(accounts),
    // Where no pod is known, whatever is bound there is taken to run.
    runningIn: ((known, bound) => (namespace) => known(namespace).length > 0 ? known(namespace) : bound(namespace))(listed(running), listed(boundAccounts(access))),
    tokensIn: (namespace) => tokens.get(namespace) ?? new Map(),
    bootstrappers: [...access.subjects.values()].map(({ subject }) => subject).filter(({ kind, name }) => kind === 'Group' && name.startsWith('system:bootstrappers')),
    confines: (namespace) => inventory.namespaces.has(namespace) ? isConfined(inventory, namespace) : unknownNamespacesConfined,
    usesOf: (of) => usesByAccount.get(subjectKey(of)) ?? [],
    mapsIdentities: inventory.ofKind('/ConfigMap').some(({ name, namespace }) => name === 'aws-auth' && namespace === 'kube-system'),
  };
}

function account(namespace: string, name: string): BoundSubject {
  return { kind: 'ServiceAccount', namespace, name };
}

/** Accounts that a binding names which Kubernetes does not bring: its controllers run in no pod. */
function boundAccounts(access: Access): Map<string, Map<string, BoundSubject>> {
  const accounts = new Map<string, Map<string, BoundSubject>>();
  for (const { object, subjects } of access.bindings) {
    if (isBootstrap(object)) continue;
    for (const subject of subjects.filter(({ kind }) => kind === 'ServiceAccount')) {
      accounts.set(subject.namespace, (accounts.get(subject.namespace) ?? new Map<string, BoundSubject>()).set(subjectKey(subject), subject));
    }
  }
  return accounts;
}

/** Both levels forbid what leads to the node; a level that there is not is taken for the stricter one. */
function isConfined(inventory: Inventory, namespace: string): boolean {
  const enforce = field(inventory.namespaces.get(namespace)?.json, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  return enforce !== undefined && enforce !== 'privileged' && enforce !== '';
}
