import type { CiliumPeer } from './endpoint';
import { Half, PortRule, unitedRules } from './rules';
import type { SelectorRule } from './selector';
import type { DnsServer } from '../platform';

/**
 * The part of some pods' flows that only Cilium can say, as the spec of a CiliumNetworkPolicy. Everything else, and that the pods are
 * isolated at all, stands in their NetworkPolicy: Cilium allows what either of them allows.
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export function ciliumSpec(podSelector: SelectorRule, halves: readonly Half[], dnsServers: readonly DnsServer[]): object {
  const rules = (direction: Half['direction']) => unitedRules(halves
    .filter((half): half is Half & { cilium: CiliumPeer } => half.direction === direction && half.cilium !== undefined)
    .map(({ cilium, ports }) => ({ peer: cilium, ports: ports() })));
  const [ingress, egress] = [rules('ingress'), rules('egress')];
  const byName = egress.some(({ peers }) => peers.some((peer) => 'fqdn' in peer));
  return {
    endpointSelector: podSelector,
    ...ingress.length > 0 ? { ingress: ingress.map(({ peers, ports }) => ({ fromEntities: peers.flatMap(entitiesOf), toPorts: toPorts(ports) })) } : {},
    ...egress.length > 0 ? { egress: [...byName ? [dnsRule(dnsServers)] : [], ...egress.flatMap(({ peers, ports }) => egressRules(peers, ports))] } : {},
  };
}

/** Entities and names cannot stand in one rule. */
function egressRules(peers: readonly CiliumPeer[], ports: readonly PortRule[]): object[] {
  const [entities, names] = [peers.flatMap(entitiesOf), peers.flatMap((peer) => 'fqdn' in peer ? [peer.fqdn] : [])];
  return [
    ...entities.length > 0 ? [{ toEntities: entities, toPorts: toPorts(ports) }] : [],
    ...names.length > 0 ? [{ toFQDNs: names, toPorts: toPorts(ports) }] : [],
  ];
}

function entitiesOf(peer: CiliumPeer): string[] {
  return 'entity' in peer ? [peer.entity] : [];
}

function toPorts(ports: readonly PortRule[]): object[] {
  return [{ ports: ports.map(({ protocol, port, endPort }) => ({ port: String(port), ...endPort === undefined ? {} : { endPort }, protocol })) }];
}

/** Cilium learns which addresses a name has from the answers that pass its DNS proxy, so queries must go through it. */
function dnsRule(servers: readonly DnsServer[]): object {
  const pods = servers.filter(({ cidr }) => cidr === undefined);
  const addresses = servers.flatMap(({ cidr }) => cidr ?? []);
  const ports = [...new Set(servers.map(({ port = 53 }) => port))].sort((a, b) => a - b);
  return {
    ...pods.length > 0 ? { toEndpoints: pods.map(endpointSelector) } : {},
    ...addresses.length > 0 ? { toCIDR: addresses } : {},
    toPorts: [{ ports: ports.map((port) => ({ port: String(port), protocol: 'ANY' })), rules: { dns: [{ matchPattern: '*' }] } }],
  };
}

function endpointSelector({ namespace, podLabels = {} }: DnsServer): object {
  return { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...Object.fromEntries(Object.entries(podLabels).map(([key, value]) => [`k8s:${key}`, value])) } };
}
