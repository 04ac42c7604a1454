/**
 * What the API server lets into a namespace. There is no third level here: a namespace that admits anything is no HardenedNamespace.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Pods that follow current best practice, as this library's workloads do. */
  RESTRICTED = 'restricted',
  /** Any pod without known ways to escalate; warnings and audit entries still name what is not restricted. */
  BASELINE = 'baseline',
}

/**
 * The labels by which Pod Security judges the pods of a namespace, pinned to the cluster's release: with `latest` an upgrade of the
 * cluster could refuse pods that ran before.
 */
export function podSecurityLabels(enforced: PodSecurityLevel, kubernetesVersion: string): { [key: string]: string } {
  const levels = { enforce: enforced, audit: PodSecurityLevel.RESTRICTED, warn: PodSecurityLevel.RESTRICTED };
  return Object.fromEntries(Object.entries(levels).flatMap(([mode, level]) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
  ]));
}
