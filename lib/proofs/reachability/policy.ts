import type { AddressRange } from './addresses';
import type { Protocol } from './port-sets';
import type { Selector } from './selector';
import type { KubeObject } from '../../inventory';

export const DIRECTIONS = ['ingress', 'egress'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Pods of some namespaces. */
export interface PodPeer {
  /** A namespace by its name, or all that a selector selects. */
  readonly namespaces: string | Selector;
  readonly pods: Selector;
}

/** Addresses outside. */
export interface AddressPeer {
  /** What is left of a block without its exceptions. */
  readonly ranges: readonly AddressRange[];
  /** It matches every pod besides: a network of a ClusterNetworkPolicy that is all of IPv4. */
  readonly matchesPods: boolean;
}

export type Peer = PodPeer | AddressPeer;

/** Ports of the destination. */
export interface NumberedPorts {
  readonly protocol: Protocol;
  readonly low: number;
  readonly high: number;
}

/** A port that the destination pod has a name for; of any protocol where none is given. */
export interface NamedPort {
  readonly protocol?: Protocol;
  readonly name: string;
}

/** One rule of a policy, in one direction. */
export interface Rule {
  /** Where it stands in its policy, such as `spec.ingress[0]`. */
  readonly path: string;
  readonly name?: string;
  /** Undefined where it matches every peer, addresses and all. */
  readonly peers?: readonly Peer[];
  /** Undefined where it matches every connection. */
  readonly ports?: readonly (NumberedPorts | NamedPort)[];
}

/** A NetworkPolicy: of the pods that it selects it allows what its rules say, and nothing else. */
export interface NamespacePolicy {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly pods: Selector;
  readonly isolates: { readonly [direction in Direction]: boolean };
  readonly rules: { readonly [direction in Direction]: readonly Rule[] };
}

export type Tier = 'Admin' | 'Baseline';
export type Action = 'Accept' | 'Deny' | 'Pass';

export interface TierRule extends Rule {
  readonly action: Action;
}

/** A policy of a tier before or after NetworkPolicies: of its rules the first one that matches decides. */
export interface TierPolicy {
  readonly object: KubeObject;
  readonly tier: Tier;
  /** Lower ones come first. */
  readonly priority: number;
  readonly subject: PodPeer;
  readonly rules: { readonly [direction in Direction]: readonly TierRule[] };
}

export function isAddressPeer(peer: Peer): peer is AddressPeer {
  return 'ranges' in peer;
}

export function isNamedPort(port: NumberedPorts | NamedPort): port is NamedPort {
  return 'name' in port;
}
