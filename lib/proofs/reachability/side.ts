import type { AddressRange } from './addresses';
import { Direction, isAddressPeer, NamespacePolicy, Peer, Rule } from './policy';
import type { PodClass } from './pod-classes';
import type { PodIndex } from './pod-index';
import type { PortSpec, PortSpecs } from './port-specs';

/** Nodes at the other end that rules name together, by their number. */
export type PeerSet = number;

/** The peers of one rule: every one of them, every pod, and some sets of nodes. */
export interface RulePeers {
  readonly every: boolean;
  readonly everyPod: boolean;
  readonly sets: readonly PeerSet[];
}

const EVERY_PEER: RulePeers = { every: true, everyPod: false, sets: [] };

/** What the NetworkPolicies that select a pod allow it in one direction, all together. */
export interface Profile {
  readonly id: number;
  /** Some policy selects the pod; else everything is allowed, and the rest says nothing. */
  readonly isolated: boolean;
  readonly policies: readonly NamespacePolicy[];
  /** To or from everyone, addresses too. */
  readonly every: PortSpec;
  /** To or from every pod. */
  readonly everyPod: PortSpec;
  readonly entries: readonly { readonly set: PeerSet; readonly ports: PortSpec }[];
}

/**
 * One direction of all policies. Its subjects are classes of pods; the nodes at the other end are these classes and, numbered
 * after them, the ranges of addresses.
 */
export class Side {
  /** The nodes of each set. */
  public readonly sets: Int32Array[] = [];
  /** What holds for each class. */
  public readonly profiles: readonly Profile[];
  private readonly lists = new Map<readonly Peer[], RulePeers>();
  private readonly setNumbers = new Map<string, PeerSet>();
  private readonly containing = new Map<number, ReadonlySet<PeerSet>>();
  private readonly rangeAt = new Map<string, number>();

  public constructor(
    public readonly direction: Direction,
    public readonly ranges: readonly AddressRange[],
    private readonly classes: readonly PodClass[],
    private readonly index: PodIndex,
    private readonly specs: PortSpecs,
    policies: readonly NamespacePolicy[],
    private readonly podsWithin: (range: AddressRange) => readonly number[],
  ) {
    ranges.forEach(({ family, low }, i) => this.rangeAt.set(`${family} ${low}`, i));
    this.profiles = this.profilesOf(policies);
  }

  public get nodeCount(): number {
    return this.classes.length + this.ranges.length;
  }

  public isPod(node: number): boolean {
    return node < this.classes.length;
  }

  public peersOf({ peers }: Rule): RulePeers {
    if (!peers) return EVERY_PEER;
    let known = this.lists.get(peers);
    if (!known) this.lists.set(peers, known = this.peersOfList(peers));
    return known;
  }

  private peersOfList(peers: readonly Peer[]): RulePeers {
    const sets: PeerSet[] = [];
    let everyPod = false;
    for (const peer of peers) {
      if (isEveryPod(peer)) everyPod = true;
      if (isAddressPeer(peer) || !isEveryPod(peer)) sets.push(this.setOf(peer));
    }
    return { every: false, everyPod, sets };
  }

  private setOf(peer: Peer): PeerSet {
    const key = isAddressPeer(peer) ? peer.ranges.map(({ family, low, high }) => `${family} ${low} ${high}`).join()
      : `${peer.pods.key} ${typeof peer.namespaces === 'string' ? `named ${peer.namespaces}` : peer.namespaces.key}`;
    let number = this.setNumbers.get(key);
    if (number === undefined) {
      this.setNumbers.set(key, number = this.sets.length);
      this.sets.push(Int32Array.from(isAddressPeer(peer) ? peer.ranges.flatMap((range) => this.nodesWithin(range)) : this.index.selected(peer)));
    }
    return number;
  }

  /** A block is cut where ranges are, so that every range lies within it or outside. */
  private nodesWithin(block: AddressRange): number[] {
    const nodes = [...this.podsWithin(block)];
    for (let i = this.rangeAt.get(`${block.family} ${block.low}`)!; i < this.ranges.length && this.ranges[i].family === block.family && this.ranges[i].high <= block.high; i++) {
      nodes.push(this.classes.length + i);
    }
    return nodes;
  }

  /** The sets that a node is in. */
  public setsWith(node: number): ReadonlySet<PeerSet> {
    let known = this.containing.get(node);
    if (!known) this.containing.set(node, known = new Set(this.sets.flatMap((nodes, set) => nodes.includes(node) ? [set] : [])));
    return known;
  }

  /** Policies that select the same pods are one group, classes that the same groups select have one profile. */
  private profilesOf(policies: readonly NamespacePolicy[]): Profile[] {
    const groups = new Map<string, NamespacePolicy[]>();
    for (const policy of policies) {
      if (!policy.isolates[this.direction]) continue;
      const key = `${policy.pods.key} ${policy.namespace}`;
      const group = groups.get(key);
      if (group) group.push(policy);
      else groups.set(key, [policy]);
    }
    const selecting: number[][] = this.classes.map(() => []);
    const listed = [...groups.values()];
    listed.forEach(([{ namespace, pods }], i) => {
      for (const pod of this.index.selected({ namespaces: namespace, pods })) selecting[pod].push(i);
    });
    const known = new Map<string, Profile>();
    return selecting.map((numbers) => {
      const key = numbers.join();
      let profile = known.get(key);
      if (!profile) known.set(key, profile = this.profileOf(numbers.flatMap((i) => listed[i]), known.size));
      return profile;
    });
  }

  /** What some policies allow together, whomever they select. */
  public profileOf(policies: readonly NamespacePolicy[], id = -1): Profile {
    const entries = new Map<PeerSet, PortSpec>();
    let [every, everyPod] = [this.specs.none, this.specs.none];
    for (const rule of policies.flatMap(({ rules }) => rules[this.direction])) {
      const ports = this.specs.of(rule);
      const peers = this.peersOf(rule);
      if (peers.every) every = this.specs.union(every, ports);
      if (peers.everyPod) everyPod = this.specs.union(everyPod, ports);
      for (const set of peers.sets) entries.set(set, this.specs.union(entries.get(set) ?? this.specs.none, ports));
    }
    return { id, isolated: policies.length > 0, policies, every, everyPod, entries: [...entries].map(([set, ports]) => ({ set, ports })) };
  }
}

function isEveryPod(peer: Peer): boolean {
  if (isAddressPeer(peer)) return peer.matchesPods;
  return typeof peer.namespaces !== 'string' && peer.namespaces.requirements.length === 0 && peer.pods.requirements.length === 0;
}
