/** The kinds of policy that a network plugin enforces. */
export enum NetworkDialect {
  /** `networking.k8s.io/v1 NetworkPolicy`: pods, namespaces and addresses, allowed. */
  NETWORK_POLICY = 'NetworkPolicy',
  /** `cilium.io/v2 CiliumNetworkPolicy` and its cluster-wide form: DNS names and what runs on nodes as well, and denials. */
  CILIUM = 'CiliumNetworkPolicy',
  /** `projectcalico.org/v3 GlobalNetworkPolicy`, in tiers: denials for the whole cluster. */
  CALICO = 'GlobalNetworkPolicy',
  /** `policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy`: denials for the whole cluster. */
  CLUSTER_NETWORK_POLICY = 'ClusterNetworkPolicy',
}
