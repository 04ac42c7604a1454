import { networkIndexOf } from './network-index';
import { AddressRange, Direction, PodFacts, Reachability, reachabilityOf } from '../proofs/reachability';
import type { Inventory, KubeObject } from '../inventory';

const KNOWN = new WeakMap<Inventory, Reachability>();

/** Computed once, however many controls ask. */
export function reachOf(inventory: Inventory): Reachability {
  let reach = KNOWN.get(inventory);
  if (!reach) KNOWN.set(inventory, reach = reachabilityOf(inventory));
  return reach;
}

/**
 * The pods of a class on which policies of Kubernetes decide in a direction: not those on their node's network, nor those that Cilium or
 * Calico isolates by policies of its own, of which nothing is computed.
 */
export function decidedPods(inventory: Inventory, reach: Reachability, direction: Direction): (pod: number) => readonly PodFacts[] {
  const { pods } = networkIndexOf(inventory);
  const otherwise = new Set<KubeObject>(pods.filter(({ isolated, policies }) => isolated[direction] && policies[direction].length === 0).map(({ object }) => object));
  return (pod) => reach.classes[pod].pods.filter((facts) => !facts.hostNetwork && !otherwise.has(facts.object));
}

/** The place of the range that holds an address, among those of egress. */
export function rangeWith(reach: Reachability, { family, low }: AddressRange): number {
  return reach.sides.egress.ranges.findIndex((range) => range.family === family && range.low <= low && low <= range.high);
}
