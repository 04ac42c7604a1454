/** Namespaces that come with the cluster and are its own: what runs there must often be privileged, and is not bounded. `default` is a user's. */
export const SYSTEM_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];
