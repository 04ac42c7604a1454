import type { CiliumPeer, PeerRule } from './endpoint';

/** A port as NetworkPolicies write it. */
export interface PortRule {
  readonly protocol: string;
  readonly port: number | string;
  readonly endPort?: number;
}

/** One direction of a flow, as a policy of one of its ends takes it in. */
export interface Half {
  readonly direction: 'ingress' | 'egress';
  readonly peers: PeerRule[];
  /** A peer that a CiliumNetworkPolicy names instead. */
  readonly cilium?: CiliumPeer;
  /** Asked for when the policy is written, so that containers added later count. */
  readonly ports: () => PortRule[];
}

/** Peers that have the same ports. */
export interface Rule<P> {
  readonly peers: P[];
  readonly ports: PortRule[];
}

/**
 * The rules of a policy in one direction: each peer's ports united, peers with the same ports put together, all of it sorted, so
 * that neither the order nor the repetition of flows shows.
 */
export function rulesOf(direction: 'ingress' | 'egress', halves: readonly Half[]): Array<{ from?: PeerRule[]; to?: PeerRule[]; ports: PortRule[] }> {
  return unitedRules(halves.filter((half) => half.direction === direction).flatMap((half) => half.peers.map((peer) => ({ peer, ports: half.ports() }))))
    .map(({ peers, ports }) => (direction === 'ingress' ? { from: peers, ports } : { to: peers, ports }));
}

/** Each peer once with all its ports, and peers of the same ports together, in an order that only they decide. */
export function unitedRules<P>(flows: readonly { readonly peer: P; readonly ports: readonly PortRule[] }[]): Rule<P>[] {
  const perPeer = new Map<string, Rule<P>>();
  for (const { peer, ports } of flows) {
    const key = canonical(peer);
    perPeer.set(key, { peers: [peer], ports: united([...perPeer.get(key)?.ports ?? [], ...ports]) });
  }
  const perPorts = new Map<string, Rule<P>>();
  for (const [, { peers, ports }] of sortedByKey(perPeer)) {
    const key = ports.map(portKey).join(', ');
    perPorts.set(key, { peers: [...perPorts.get(key)?.peers ?? [], ...peers], ports });
  }
  return sortedByKey(perPorts).map(([, rule]) => rule);
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) => (item && typeof item === 'object' && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : item));
}

function united(ports: PortRule[]): PortRule[] {
  return sortedByKey(new Map(ports.map((port) => [portKey(port), port]))).map(([, port]) => port);
}

function portKey({ protocol, port, endPort = 0 }: PortRule): string {
  return [protocol, String(port).padStart(5, '0'), String(endPort).padStart(5, '0')].join(' ');
}

function sortedByKey<T>(map: Map<string, T>): Array<[string, T]> {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
