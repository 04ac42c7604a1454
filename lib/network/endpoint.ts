import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { IpBlock, ipBlockFaults } from './cidr';
import { IPeer, Peer } from './peer';
import type { PortRule } from './rules';
import { isEveryOne, labelsFaults, namespaceNamed, SelectorRule, selectorRule } from './selector';
import { Fault, pathOf, shown } from '../errors';
import type { IPlatform } from '../platform';

/** Where a flow is written down, which decides what some peers stand for. */
export interface PlaceOfFlow {
  readonly namespace: string;
  readonly platform: IPlatform;
  /** Whether it is no flow but an expectation, which may also be about what no flow may lead to. */
  readonly expectation?: boolean;
  /** Collects what is wrong with the peers. */
  readonly faults: Fault[];
}

/** One end of a flow: pods, addresses, or what only Cilium can name. */
export type Endpoint = PodsEndpoint | AddressesEndpoint | CiliumEndpoint;

export interface PodsEndpoint {
  readonly kind: 'pods';
  /** What messages call it. */
  readonly text: string;
  readonly sets: PodSet[];
  /** Where the pods are those of a workload in this tree. */
  readonly workload?: kplus.AbstractPod;
}

/** Pods of one namespace, or of all that a selector finds. */
export interface PodSet {
  /** Its name, where it is one. */
  readonly namespace?: string;
  readonly namespaceSelector: SelectorRule;
  readonly podSelector: SelectorRule;
}

export interface AddressesEndpoint {
  readonly kind: 'addresses';
  readonly text: string;
  readonly blocks: IpBlock[];
  /** Where the ports are known with the addresses. */
  readonly ports?: PortRule[];
}

export interface CiliumEndpoint {
  readonly kind: 'cilium';
  readonly text: string;
  readonly peer: CiliumPeer;
  /** Where the ports are known with the peer. */
  readonly ports?: PortRule[];
}

/** What Cilium knows by itself, such as `kube-apiserver`, or learns from DNS answers. */
export type CiliumPeer = { readonly entity: string } | { readonly fqdn: { readonly matchName: string } | { readonly matchPattern: string } };

/** A peer of a rule, as NetworkPolicies write it. */
export interface PeerRule {
  readonly ipBlock?: IpBlock;
  readonly namespaceSelector?: SelectorRule;
  readonly podSelector?: SelectorRule;
}

/** What a peer stands for where a flow names it. */
export function endpointOf(peer: IPeer, flow: PlaceOfFlow): Endpoint {
  if (peer instanceof Peer) return peer._resolve(flow);
  const selector = peer?.toPodSelector?.();
  if (selector) return podsEndpoint(selector, flow);
  if (peer instanceof kplus.NetworkPolicyIpBlock) {
    const block = { cidr: peer.cidr, ...peer.except && peer.except.length > 0 ? { except: [...peer.except].sort() } : {} };
    flow.faults.push(...ipBlockFaults(block));
    return { kind: 'addresses', text: shown(pathOf(peer)), blocks: [block] };
  }
  flow.faults.push({ problem: `${shown(String(peer))} is no peer`, remedy: 'give a workload, a cdk8s-plus selector, or what a factory of Peer makes' });
  return { kind: 'addresses', text: 'an unknown peer', blocks: [] };
}

/** The peers by which a policy of a namespace names an endpoint. */
export function peersSeenFrom(namespace: string, endpoint: Endpoint): PeerRule[] {
  if (endpoint.kind === 'cilium') return [];
  if (endpoint.kind === 'addresses') return endpoint.blocks.map((ipBlock) => ({ ipBlock }));
  return endpoint.sets.map((set) => {
    if (set.namespace === namespace) return { podSelector: set.podSelector };
    return isEveryOne(set.podSelector) ? { namespaceSelector: set.namespaceSelector } : { namespaceSelector: set.namespaceSelector, podSelector: set.podSelector };
  });
}

function podsEndpoint(selector: kplus.IPodSelector, flow: PlaceOfFlow): PodsEndpoint {
  const text = shown(pathOf(selector));
  const { labelSelector, namespaces } = selector.toPodSelectorConfig();
  const podSelector = selectorRule(labelSelector);
  const among = selectorRule(namespaces?.labelSelector);
  flow.faults.push(...[podSelector, among].flatMap(({ matchLabels = {} }) => labelsFaults(matchLabels)));
  const workload = selector instanceof kplus.AbstractPod ? selector : undefined;
  if (workload?.hostNetwork) {
    flow.faults.push({ problem: `${text} runs on the network of its node, where no NetworkPolicy selects it`, remedy: 'leave hostNetwork out, or name the addresses of the nodes with Peer.cidr' });
  }
  return { kind: 'pods', text, sets: namespaceSets(selector, namespaces, among, flow).map((set) => ({ ...set, podSelector })), workload };
}

function namespaceSets(selector: kplus.IPodSelector, namespaces: kplus.NamespaceSelectorConfig | undefined, among: SelectorRule, flow: PlaceOfFlow): Omit<PodSet, 'podSelector'>[] {
  if (namespaces?.names) {
    return namespaces.names.map((name) => ({
      ...isEveryOne(among) ? { namespace: name } : {},
      namespaceSelector: { ...among, matchLabels: { ...among.matchLabels, ...namespaceNamed(name).matchLabels } },
    }));
  }
  if (namespaces) return [{ namespaceSelector: among }];
  const own = namespaceAt(selector);
  if (!own) {
    flow.faults.push({ problem: `${shown(pathOf(selector))} is in no namespace that is known here`, remedy: 'build it beneath its namespace, or say which it is' });
    return [];
  }
  return [{ namespace: own, namespaceSelector: namespaceNamed(own) }];
}

/** The namespace of what is built at a place: that of the nearest chart. */
export function namespaceAt(place: IConstruct): string | undefined {
  return place.node.scopes.reverse().find((scope): scope is Chart => Chart.isChart(scope))?.namespace;
}
