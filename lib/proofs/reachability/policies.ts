import { isAddressPeer, DIRECTIONS, Direction, isNamedPort, NamespacePolicy, Peer, Rule, TierPolicy } from './policy';
import type { AddressRange } from './addresses';
import { readNetworkPolicy } from './network-policy';
import { Reader } from './reader';
import type { Caveat, Remark } from './remark';
import { Selector } from './selector';
import { readTierPolicy, TIER_KINDS } from './tier-policy';
import { DEFAULT_NAMESPACE } from './workloads';
import { Inventory, KubeObject } from '../../inventory';

/** The policies of an inventory that the API server takes, and what is wrong with the others. */
export interface Policies {
  readonly namespaced: readonly NamespacePolicy[];
  readonly tiers: readonly TierPolicy[];
  /** Of policies that the API server refuses, and that are left out. */
  readonly faults: readonly Remark[];
  /** Of what is in them and counts for nothing. */
  readonly caveats: readonly Caveat[];
}

/** Reads all policies. One with a fault is left out whole: the cluster that refuses it has none of it. */
export function policiesOf(inventory: Inventory): Policies {
  const faults: Remark[] = [];
  const caveats: Caveat[] = [];
  const read = <T>(objects: readonly KubeObject[], reading: (reader: Reader) => T): T[] => objects.flatMap((object) => {
    const reader = new Reader(object);
    const policy = reading(reader);
    faults.push(...reader.faults);
    caveats.push(...reader.caveats);
    return reader.faults.length > 0 ? [] : [policy];
  });
  const namespaced = read(
    ['networking.k8s.io/NetworkPolicy', 'extensions/NetworkPolicy'].flatMap((kind) => inventory.ofKind(kind)),
    (reader) => readNetworkPolicy(reader, reader.object.namespace || DEFAULT_NAMESPACE));
  const tiers = read(TIER_KINDS.flatMap((kind) => inventory.ofKind(`policy.networking.k8s.io/${kind}`)), readTierPolicy);
  return { namespaced, tiers, faults, caveats };
}

/** Every rule of some policies in one direction, whether or not the policy's types cover it. */
export function rulesOf({ namespaced, tiers }: Policies, direction: Direction): Rule[] {
  return [...namespaced.flatMap(({ rules }) => rules[direction]), ...tiers.flatMap(({ rules }) => rules[direction])];
}

/** The selectors by which policies tell pods apart. */
export function podSelectorsOf(policies: Policies): Set<Selector> {
  const peers = DIRECTIONS.flatMap((direction) => rulesOf(policies, direction)).flatMap((rule): readonly Peer[] => rule.peers ?? []);
  return new Set([
    ...policies.namespaced.map(({ pods }) => pods),
    ...policies.tiers.map(({ subject }) => subject.pods),
    ...peers.flatMap((peer) => isAddressPeer(peer) ? [] : [peer.pods]),
  ]);
}

/** The names of ports that rules mention. */
export function portNamesOf(policies: Policies): Set<string> {
  return new Set(DIRECTIONS.flatMap((direction) => rulesOf(policies, direction)).flatMap(({ ports = [] }) => ports.filter(isNamedPort).map(({ name }) => name)));
}

/** The addresses that rules of one direction name. */
export function addressesOf(policies: Policies, direction: Direction): AddressRange[] {
  return rulesOf(policies, direction).flatMap(({ peers = [] }) => peers.filter(isAddressPeer).flatMap(({ ranges }) => ranges));
}
