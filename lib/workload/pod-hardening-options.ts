import type { Duration, Size } from 'cdk8s';

/** A token for the Kubernetes API. */
export interface ApiAccessOptions {
  /**
   * Who the token is for; a server refuses a token that is for another.
   * @default - the API server: `Platform.apiServer.audience`, or what the API server puts where none is stated
   */
  readonly audience?: string;

  /**
   * How long the token is valid; the kubelet renews it at 80 % of that, daily at the latest. At least 10 minutes.
   * @default Duration.hours(1)
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
   */
  readonly expiry?: Duration;
}

/** What one tunes of a workload's hardening. Everything not said is as strict as a pod can be and still run. */
export interface PodHardeningOptions {
  /**
   * The uid *and* the gid that the image's files belong to: sets runAsUser, runAsGroup and fsGroup. Images whose files belong to a
   * user of their own need it: postgres 999, nginx-unprivileged 101, node 1000, grafana 472, prometheus 65534.
   * @default 10001, or what `securityContext` says
   */
  readonly runAsUser?: number;

  /**
   * Paths below the read-only root that the containers can write to, beside `/tmp`: each becomes an emptyDir that all containers
   * of the pod share. A container that mounts something at such a path, or above it, keeps what it has.
   * @default - `/tmp` alone
   */
  readonly writable?: string[];

  /**
   * How much fits into each writable path; a pod that writes more is evicted. The default limit of ephemeral storage grows with it.
   * @default Size.mebibytes(256)
   */
  readonly writableSizeLimit?: Size;

  /**
   * Whether containers that name no cpu limit get one. Without it a container may use what the node has left, and is not throttled;
   * its memory limit stays.
   * @default - true, or what the HardenedNamespace says
   */
  readonly cpuLimit?: boolean;

  /**
   * Gives the containers a token for the Kubernetes API, with the cluster's CA and the namespace, where client libraries look for
   * them, and in a HardenedNamespace the way to the API server. What the token may do is for a role to say.
   * @default - no token
   */
  readonly apiAccess?: ApiAccessOptions;

  /**
   * The PriorityClass, which must exist in the cluster.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * Whether containers get an environment variable for each Service of the namespace, such as `FOO_SERVICE_HOST`.
   * @default false
   */
  readonly serviceLinks?: boolean;

  /**
   * A seccomp profile on the nodes instead of the container runtime's own: its file, relative to the kubelet's seccomp folder.
   * @default - RuntimeDefault
   */
  readonly seccompLocalhostProfile?: string;
}

/** Of a workload that keeps several replicas. */
export interface ReplicatedOptions extends PodHardeningOptions {
  /**
   * Whether replicas prefer nodes and zones of their own. Preferred only: with one node, or one zone, all of them still run.
   * @default true
   */
  readonly spread?: boolean;

  /**
   * Whether a PodDisruptionBudget keeps node drains from taking more than one pod at a time: with two replicas or more, or an
   * autoscaler.
   * @default true
   */
  readonly podDisruptionBudget?: boolean;

  /**
   * How many old revisions are kept to roll back to.
   * @default 3
   */
  readonly revisionHistoryLimit?: number;
}
