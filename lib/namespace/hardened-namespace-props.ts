import type { LimitsProps, QuotaProps } from './namespace-limits';
import type { PodSecurityLevel } from './pod-security';

/** How a namespace is set up. */
export interface HardenedNamespaceProps {
  /** Who answers for what runs here; the label `owner` of every object. */
  readonly owner: string;

  /** @default - the construct's id */
  readonly namespaceName?: string;

  /**
   * Which pods the API server lets in.
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /** @default - see each of its members */
  readonly quota?: QuotaProps;

  /** @default - see each of its members */
  readonly limits?: LimitsProps;

  /**
   * Whether containers have CPU limits. Without them a busy container can slow its neighbours; with them one is throttled even
   * on an idle node. `false` leaves them out of the quota, of the limit range and of the workloads beneath.
   * @default true
   */
  readonly cpuLimits?: boolean;

  /** Further labels of every object beneath. @default - none */
  readonly labels?: { [key: string]: string };
}
