import type { IPodSelector } from 'cdk8s-plus-28';
import { INTERNET, ipBlockFaults, METADATA } from './cidr';
import type { AddressesEndpoint, Endpoint, PlaceOfFlow, PodsEndpoint } from './endpoint';
import { hostFaults } from './host';
import { labelsFaults, namespaceNamed } from './selector';
import { refuse, shown } from '../errors';
import { dnsLabelFaults } from '../names';
import { IPlatform, NetworkDialect } from '../platform';

/** Where the API server listens, with a load balancer before it and without. */
const API_SERVER_PORTS = [443, 6443];

/**
 * Who can be at one end of a flow. Every workload is a peer, of this library or of cdk8s-plus, and so are cdk8s-plus' `Pods`,
 * `Namespaces` and `NetworkPolicyIpBlock`; whatever else there is, `Peer` has a factory for.
 */
export interface IPeer {
  /** The pods behind this peer; none where it is no set of pods. */
  toPodSelector(): IPodSelector | undefined;
}

/** The peers that are no construct of the app: other parts of the cluster, and what lies beyond it. */
export class Peer implements IPeer {
  /** The pods that bring outside traffic in, `Platform.ingressController`. */
  public static ingressController(): Peer {
    return new Peer('Peer.ingressController()', (text, { platform }) =>
      podsIn(text, platform.ingressController.namespace, platform.ingressController.podLabels));
  }

  /**
   * The pods of a Prometheus that scrapes, by the label that its operator and its charts give them.
   * @param namespace where it runs; `monitoring` unless given
   */
  public static prometheus(namespace: string = 'monitoring'): Peer {
    const factory = namespace === 'monitoring' ? 'Peer.prometheus()' : `Peer.prometheus(${shown(namespace)})`;
    refuse('Peer.prometheus', dnsLabelFaults('namespace', namespace));
    return new Peer(factory, (text) => podsIn(text, namespace, { 'app.kubernetes.io/name': 'prometheus' }));
  }

  /**
   * The Kubernetes API: as a destination, for workloads with a Kubernetes client; as a source, for those that serve its
   * admission webhooks. `Platform.apiServer` says where it is, as no selector can.
   */
  public static apiServer(): Peer {
    return new Peer('Peer.apiServer()', (text, { platform, faults }) => {
      if (speaks(platform, NetworkDialect.CILIUM)) {
        // Cilium knows it whatever its address, and by its address does not find it.
        return { kind: 'cilium', text, peer: { entity: 'kube-apiserver' }, ports: (platform.apiServer?.ports ?? API_SERVER_PORTS).map((port) => ({ protocol: 'TCP', port })) };
      }
      if (!platform.apiServer) {
        faults.push({ problem: 'Peer.apiServer() is at no address that a Platform states', remedy: 'give the Platform its apiServer: the CIDRs of the addresses that "kubectl get endpointslices -n default" lists' });
        return { kind: 'addresses', text, blocks: [], ports: [] };
      }
      const { cidrs, ports = API_SERVER_PORTS } = platform.apiServer;
      faults.push(...cidrs.flatMap((cidr) => ipBlockFaults({ cidr })));
      return { kind: 'addresses', text, blocks: cidrs.map((cidr) => ({ cidr })), ports: ports.map((port) => ({ protocol: 'TCP', port })) };
    });
  }

  /**
   * Every pod of a namespace.
   * @throws if it is no namespace's name
   */
  public static namespace(name: string): Peer {
    refuse('Peer.namespace', dnsLabelFaults('namespace', name));
    return new Peer(`Peer.namespace(${shown(name)})`, (text) => podsIn(text, name, {}));
  }

  /**
   * The pods with all of these labels, such as those of a Helm chart.
   * @param labels at least one
   * @param namespace where they run; that of the network whose `allow` is called, unless given
   * @throws if a label or the namespace is not valid
   */
  public static pods(labels: { [key: string]: string }, namespace?: string): Peer {
    refuse('Peer.pods', [
      ...labelsFaults(labels),
      ...Object.keys(labels).length > 0 ? [] : [{ problem: 'no label is given', remedy: 'give at least one, or use Peer.namespace(name) for every pod of a namespace' }],
      ...namespace === undefined ? [] : dnsLabelFaults('namespace', namespace),
    ]);
    const args = [labels, ...namespace === undefined ? [] : [namespace]].map(shown).join(', ');
    return new Peer(`Peer.pods(${args})`, (text, flow) => podsIn(text, namespace ?? flow.namespace, labels));
  }

  /**
   * A block of addresses outside the cluster, IPv4 or IPv6. Whether such a block also matches pods depends on the CNI.
   * @param except parts of it that stay closed
   * @throws if it is not valid, is every address, or contains a service that hands out cloud credentials
   */
  public static cidr(cidr: string, except?: string[]): Peer {
    const block = { cidr, ...except && except.length > 0 ? { except: [...except].sort() } : {} };
    refuse('Peer.cidr', ipBlockFaults(block));
    return Peer._addresses(`Peer.cidr(${shown(cidr)})`, [block]);
  }

  /**
   * Servers by their DNS name, such as `api.example.com` or `*.s3.eu-central-1.amazonaws.com`, whatever addresses it has.
   * NetworkPolicies know no names; Cilium does.
   * @throws if it is no such name
   */
  public static host(name: string): Peer {
    refuse('Peer.host', hostFaults(name));
    return new Peer(`Peer.host(${shown(name)})`, (text, { platform, faults }) => {
      if (!speaks(platform, NetworkDialect.CILIUM)) {
        faults.push({
          problem: `${text} is a DNS name, and a NetworkPolicy can say only addresses`,
          remedy: 'on Cilium, whose CiliumNetworkPolicy can, state cni: Cni.cilium() in the Platform; else give the addresses: Peer.cidr(…), or Peer.internet()',
        });
      }
      return { kind: 'cilium', text, peer: { fqdn: name.includes('*') ? { matchPattern: name } : { matchName: name } } };
    });
  }

  /**
   * The addresses at which clouds hand out the credentials of a node to whoever asks there. For `expectUnreachable`: no flow may lead to
   * them.
   */
  public static cloudMetadata(): Peer {
    return new Peer('Peer.cloudMetadata()', (text, { expectation, faults }) => {
      if (!expectation) faults.push({ problem: `${text} hands out credentials of the node`, remedy: 'use WorkloadIdentity, which gives a workload its own; expectUnreachable may name it' });
      return { kind: 'addresses', text, blocks: METADATA.map(([address]) => ({ cidr: `${address}/${address.includes(':') ? 128 : 32}` })) };
    });
  }

  /** Public addresses: all but those of private networks, of carriers, and of link-local devices and so of metadata services. */
  public static internet(): Peer {
    return Peer._addresses('Peer.internet()', INTERNET);
  }

  /**
   * Addresses that were judged elsewhere: the endpoints of cloud identities lie where `Peer.cidr` may not reach.
   * @internal
   */
  public static _addresses(text: string, blocks: AddressesEndpoint['blocks']): Peer {
    return new Peer(text, () => ({ kind: 'addresses', text, blocks }));
  }

  private constructor(
    private readonly text: string,
    private readonly resolver: (text: string, flow: PlaceOfFlow) => Endpoint,
  ) {}

  /** None: what these peers stand for depends on where they are used. */
  public toPodSelector(): IPodSelector | undefined {
    return undefined;
  }

  /** @internal */
  public _resolve(flow: PlaceOfFlow): Endpoint {
    return this.resolver(this.text, flow);
  }
}

function speaks({ cni }: IPlatform, dialect: NetworkDialect): boolean {
  return cni?.dialects.includes(dialect) ?? false;
}

function podsIn(text: string, namespace: string, labels: { [key: string]: string }): PodsEndpoint {
  const podSelector = Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {};
  return { kind: 'pods', text, sets: [{ namespace, namespaceSelector: namespaceNamed(namespace), podSelector }] };
}
