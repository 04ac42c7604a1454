import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';

/** Amounts of what containers use. */
export interface ResourceAmounts {
  /** @default - as the constants of the enclosing prop say */
  readonly cpu?: Cpu;

  /** @default - as the constants of the enclosing prop say */
  readonly memory?: Size;

  /** @default - as the constants of the enclosing prop say */
  readonly ephemeralStorage?: Size;
}

/** What all pods of the namespace may take together. The workloads beneath must fit, with their rollouts; synth proves it. */
export interface QuotaProps {
  /** @default - 16 CPUs, 32Gi memory, 64Gi ephemeral storage */
  readonly requests?: ResourceAmounts;

  /** @default - 32 CPUs, 64Gi memory, 128Gi ephemeral storage */
  readonly limits?: ResourceAmounts;

  /** How many pods there may be at once. @default 100 */
  readonly pods?: number;

  /** How many nodes a DaemonSet of this namespace is taken to run on, in the proof that it fits. @default 10 */
  readonly daemonSetNodes?: number;
}

/**
 * What a container of the namespace may ask for, and what one gets that does not say. Constants that are not given make room for
 * the workloads beneath the namespace; what is given is kept, and a workload that it would refuse fails synth.
 */
export interface LimitsProps {
  /**
   * The request of a container without one: an injected sidecar, a debug pod.
   * @default - 100m CPU, 128Mi memory, 64Mi ephemeral storage
   */
  readonly defaultRequest?: ResourceAmounts;

  /**
   * The limit of a container without one.
   * @default - 500m CPU, 512Mi memory, 1Gi ephemeral storage, and never less than a request beneath that comes without a limit
   */
  readonly defaultLimit?: ResourceAmounts;

  /**
   * The least a container may request.
   * @default - 1m CPU, 4Mi memory, 1Mi ephemeral storage, and never more than a request beneath
   */
  readonly min?: ResourceAmounts;

  /**
   * The highest limit a container may have.
   * @default - 4 CPUs, 8Gi memory, 8Gi ephemeral storage, and never less than a limit beneath
   */
  readonly max?: ResourceAmounts;
}
