import type { Control } from './control';
import { NETWORK_DIALECT_RULE } from './network-dialect-rule';
import { NETWORK_ISOLATION } from './network-isolation';
import { NETWORK_RULE } from './network-rule';

/** Who may reach whom: what can be decided without computing it. */
export const NETWORK: readonly Control[] = [...NETWORK_RULE, ...NETWORK_DIALECT_RULE, ...NETWORK_ISOLATION];
