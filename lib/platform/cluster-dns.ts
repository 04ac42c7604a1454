/** One place that answers the pods' DNS queries: pods, or an address. */
export interface DnsServer {
  /** The namespace of the DNS pods. @default - none; `cidr` is given */
  readonly namespace?: string;

  /** The labels of the DNS pods. @default - none; `cidr` is given */
  readonly podLabels?: { [key: string]: string };

  /** Where DNS is no pod of the cluster network: its address, such as `169.254.20.10/32`. @default - none */
  readonly cidr?: string;

  /** The port of the *pod* (not of the Service), for both UDP and TCP. @default 53 */
  readonly port?: number;
}

const KUBE_DNS: DnsServer = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };

/**
 * Where the pods of this cluster send DNS queries; default-deny namespaces allow exactly that.
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export class ClusterDns {
  /** CoreDNS or kube-dns in kube-system, as kubeadm, kind, EKS, AKS, k3s, RKE2 and GKE run it. */
  public static kubeDns(): ClusterDns {
    return new ClusterDns([KUBE_DNS]);
  }

  /**
   * NodeLocal DNSCache beside kube-dns. The cache runs on the host network, so only its address can be allowed.
   * @param address where it listens; 169.254.20.10 unless the cluster was built otherwise (Kubespray: 169.254.25.10)
   */
  public static nodeLocal(address: string = '169.254.20.10'): ClusterDns {
    return new ClusterDns([KUBE_DNS, { cidr: `${address}/32` }]);
  }

  /** OpenShift's DNS pods, which listen on 5353. */
  public static openShift(): ClusterDns {
    return new ClusterDns([{ namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 }]);
  }

  /** Cloud DNS for GKE: the resolver is at the metadata server's address. */
  public static gkeCloudDns(): ClusterDns {
    return new ClusterDns([{ cidr: '169.254.169.254/32' }]);
  }

  /** DNS servers that run otherwise. */
  public static of(...servers: DnsServer[]): ClusterDns {
    return new ClusterDns(servers);
  }

  private constructor(
    /** All of them may be asked. */
    public readonly servers: DnsServer[],
  ) {}
}
