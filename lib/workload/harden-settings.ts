import type { NodeFacts } from '../platform';
import type { StringMap } from './pod-template';

/** Everything hardening decides by: the platform's facts and the workload's props, resolved to plain data. */
export interface HardenSettings {
  /** The value of the instance label, which the workload's selector asks for. */
  readonly name: string;

  /** The labels a template gets beside those it has. */
  readonly labels: StringMap;

  readonly kubernetesVersion: string;
  readonly nodes: NodeFacts;

  /** The uid, and the gid and fsGroup with it. */
  readonly runAsUser: number;

  readonly seccompLocalhostProfile?: string;

  /** Whether a container without a cpu limit gets one. */
  readonly cpuLimit: boolean;

  /** The paths each container can write to. */
  readonly writable: readonly string[];

  /** The size limit of each of them, as a quantity. */
  readonly writableSizeLimit: string;

  /** The projected token for the Kubernetes API; none without it. */
  readonly apiToken?: { readonly audience?: string; readonly expirationSeconds: number };

  readonly serviceLinks: boolean;
  readonly priorityClassName?: string;

  /** Whether its pods are replicas of each other, which nodes and zones should not share. */
  readonly spread: boolean;

  /** Whether its containers serve until they are stopped, so that they can be probed. */
  readonly serves: boolean;
}

/** The one label that selects the pods of a workload of this library. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** Paths that every container can write to; nearly every server needs this one. */
export const ALWAYS_WRITABLE = ['/tmp'];
