import { isAddressPeer, Direction, isNamedPort, NamespacePolicy, Peer, Rule, TierPolicy } from './policy';
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
  const known = new Map<string, unknown>();
  const read = <T>(objects: readonly KubeObject[], reading: (reader: Reader) => T): T[] => objects.flatMap((object) => {
    const reader = new Reader(object, known);
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

/** What the rules of some policies in one direction say, whether or not a policy's types cover it; each list of peers and ports once. */
export interface Said {
  readonly peers: ReadonlySet<readonly Peer[]>;
  readonly ports: ReadonlySet<NonNullable<Rule['ports']>>;
}

export function said({ namespaced, tiers }: Policies, direction: Direction): Said {
  const [peers, ports] = [new Set<readonly Peer[]>(), new Set<NonNullable<Rule['ports']>>()];
  for (const { rules } of [...namespaced, ...tiers]) {
    for (const rule of rules[direction]) {
      if (rule.peers) peers.add(rule.peers);
      if (rule.ports) ports.add(rule.ports);
    }
  }
  return { peers, ports };
}

/** The selectors by which policies tell pods apart. */
export function podSelectorsOf({ namespaced, tiers }: Policies, rules: readonly Said[]): Set<Selector> {
  const selectors = new Set([...namespaced.map(({ pods }) => pods), ...tiers.map(({ subject }) => subject.pods)]);
  for (const { peers } of rules) for (const list of peers) for (const peer of list) if (!isAddressPeer(peer)) selectors.add(peer.pods);
  return selectors;
}

/** The names of ports that rules mention. */
export function portNamesOf(rules: readonly Said[]): Set<string> {
  return new Set(rules.flatMap(({ ports }) => [...ports].flatMap((list) => list.filter(isNamedPort).map(({ name }) => name))));
}

/** The addresses that rules name. */
export function addressesOf({ peers }: Said): AddressRange[] {
  return [...new Set([...peers].flatMap((list) => list.filter(isAddressPeer)))].flatMap(({ ranges }) => ranges);
}
