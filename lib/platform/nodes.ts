/** The operating system of a platform's nodes. */
export enum NodeOs {
  LINUX = 'linux',
  WINDOWS = 'windows',
}

/** Whether pods run on nodes of their owner, or on capacity that the cloud hides. */
export enum NodeCapacity {
  /** Nodes one can see: every kind of workload runs. */
  NODES = 'nodes',
  /** EKS on Fargate: no DaemonSets, no privileged pods, no hostPath. */
  FARGATE = 'fargate',
  /** GKE Autopilot: requests are raised to its minimum, no privileged pods, no hostPath. */
  AUTOPILOT = 'autopilot',
}

/**
 * What the nodes can enforce. Some hardening stops a pod on a node that lacks the feature, so it is emitted only where these
 * facts say that it works.
 */
export interface NodeFacts {
  /**
   * AppArmor is in the kernel (Ubuntu, Debian, Container-Optimized OS), so pods ask for it. On nodes without it (Amazon
   * Linux, Bottlerocket, the RHEL family, kind) the kubelet refuses a pod that does.
   * @default false
   */
  readonly appArmor?: boolean;

  /**
   * Pods can have a user namespace of their own (Kubernetes 1.33, containerd 2 or CRI-O, runc 1.2, Linux 6.3), so pods get
   * `hostUsers: false`.
   * @default false
   * @see https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
   */
  readonly userNamespaces?: boolean;

  /**
   * Pods may name the SELinux type that container runtimes use anyway, `container_t`; inert on nodes without SELinux.
   * OpenShift's default security context constraint refuses it.
   * @default true
   */
  readonly seLinuxType?: boolean;

  /** @default NodeOs.LINUX */
  readonly os?: NodeOs;

  /** @default NodeCapacity.NODES */
  readonly capacity?: NodeCapacity;
}
