import type { Control } from './control';
import { RBAC_ADMINISTRATION } from './rbac-administration';
import { RBAC_BINDING } from './rbac-binding';
import { RBAC_BUILT_IN } from './rbac-built-in';
import { RBAC_CLUSTER } from './rbac-cluster';
import { RBAC_NAMESPACE } from './rbac-namespace';
import { RBAC_WILDCARD } from './rbac-wildcard';

/** Roles, and whom they are bound to: what can be decided from one of them. */
export const RBAC: readonly Control[] = [...RBAC_WILDCARD, ...RBAC_NAMESPACE, ...RBAC_CLUSTER, ...RBAC_BINDING, ...RBAC_ADMINISTRATION, ...RBAC_BUILT_IN];
