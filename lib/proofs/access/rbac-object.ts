import type { KubeObject } from '../../inventory';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** One rule of a role, and where it stands. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** None for every object. */
  readonly names: readonly string[];
  /** Paths that are no resource; a rule has these or resources. */
  readonly urls: readonly string[];
  /** The role it is written in, whichever aggregated roles hold it too. */
  readonly object: KubeObject;
  /** Its place there, `rules[2]`. */
  readonly path: string;
}

export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  /** Empty for a ClusterRole. */
  readonly namespace: string;
  readonly object: KubeObject;
  readonly labels: ReadonlyMap<string, string>;
  /** As they are written. */
  readonly rules: readonly PolicyRule[];
  /** The LabelSelectors of an aggregated role, whose own rules then do not count. */
  readonly aggregates?: readonly unknown[];
}

/** Whom a binding names. */
export interface BoundSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of an account; empty for the others. */
  readonly namespace: string;
}

export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string;
  /** Empty for a ClusterRoleBinding. */
  readonly namespace: string;
  readonly object: KubeObject;
  readonly roleRef: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly BoundSubject[];
}

const ACCOUNT = 'system:serviceaccount:';

/** The user name that an account authenticates as. */
export function accountUser(namespace: string, name: string): string {
  return `${ACCOUNT}${namespace}:${name}`;
}

/** The account that a user name stands for; undefined for every other user. */
export function accountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  const [namespace, name, ...more] = user.startsWith(ACCOUNT) ? user.slice(ACCOUNT.length).split(':') : [];
  return namespace && name && more.length === 0 ? { namespace, name } : undefined;
}
