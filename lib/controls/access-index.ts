import type { Access, AccountUse, Chain } from '../proofs/access';
import type { Inventory, KubeObject } from '../inventory';

/** Who may do what among some manifests, worked out once for all controls that ask. */
export interface AccessIndex {
  readonly access: Access;
  /** What was written: the bindings and accounts that are not Kubernetes' own. */
  readonly bindings: readonly Access['bindings'][number][];
  chains(): readonly Chain[];
  powerful(binding: Access['bindings'][number]): boolean;
}

/** The newest release that is known; controls are asked about manifests that go to clusters of several. */
const RELEASE = '1.37';
const KNOWN = new WeakMap<Inventory, AccessIndex>();

export function accessIndexOf(inventory: Inventory): AccessIndex {
  let index = KNOWN.get(inventory);
  if (!index) KNOWN.set(inventory, index = read(inventory));
  return index;
}

function read(inventory: Inventory): AccessIndex {
  // The proof and the built-in roles are loaded only where something is bound, or somebody runs.
  const { accessOf, escalationOf, isBootstrap, isPowerful } = require('../proofs/access') as typeof import('../proofs/access');
  const access = accessOf(inventory, RELEASE);
  const strong = isPowerful();
  let chains: readonly Chain[] | undefined;
  return {
    access,
    bindings: access.bindings.filter(({ object }) => !isBootstrap(object)),
    // Whether Pod Security is enforced in a namespace that is not among the manifests is not for them to say.
    chains: () => chains ??= escalationOf(inventory, access, { unknownNamespacesConfined: true }).chains,
    powerful: ({ namespace, roleRef: { kind, name } }) => {
      const role = access.role(kind, kind === 'Role' ? namespace : '', name);
      return role !== undefined && strong(role);
    },
  };
}

/** Whether anything is bound at all: most inventories hold no binding, and are not read further. */
export function bindsAnybody(inventory: Inventory): boolean {
  return ['RoleBinding', 'ClusterRoleBinding'].some((kind) => inventory.ofKind(`rbac.authorization.k8s.io/${kind}`).length > 0);
}

/** As whom workloads run; nothing of what is bound is read for it. */
export function usesOf(inventory: Inventory): readonly AccountUse[] {
  const { accountUses } = require('../proofs/access/account-use') as typeof import('../proofs/access/account-use');
  return accountUses(inventory);
}

export function identityText({ namespace, name }: KubeObject): string {
  return `${namespace || 'default'}/${name ?? ''}`;
}
