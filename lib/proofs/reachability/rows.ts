import type { PortSet } from './port-sets';
import type { PortSpec } from './port-specs';
import type { Reachability } from './reachability';
import type { Profile, Side } from './side';

/** What one source reaches. It may hold the source itself, which is no pair: sources that reach the same have the same row. */
export interface Row {
  /** The places of the destinations, ascending. */
  readonly destinations: Int32Array;
  /** What is allowed to each; never nothing. */
  readonly connections: Int32Array;
}

/** Nodes that are alike where no rule names them by a selector or a block. */
interface Kinds {
  readonly kindOf: readonly number[];
  readonly nodes: readonly (readonly number[])[];
}

/** Classes of pods that some sources are let in by, and on which ports. */
interface Admission {
  readonly pods: readonly number[];
  readonly ports: PortSpec;
}

/** How many rows are kept for other sources to come. */
const KEPT = 256;

/** Computes rows. For each source it looks at the destinations that some rule names, and at kinds of the others. */
export class Rows {
  private readonly destinationsOf: readonly (readonly number[])[];
  private readonly sourceKinds: Kinds;
  private readonly destinationKinds: Kinds;
  private readonly between = new Map<number, PortSet>();
  private readonly rows = new Map<string, Row>();
  /** By the sets of sources that rules name. */
  private readonly admissions: readonly (readonly Admission[])[];
  /** Of each source node the sets that it is in. */
  private readonly setsOf: readonly (readonly number[])[];
  private readonly egress: Side;
  private readonly ingress: Side;
  /** Scratch, all zero between two rows: by node what rules of the source and of the destination say, and whether any does. */
  private readonly toNode: Int32Array;
  private readonly fromNode: Int32Array;
  private readonly named: Uint8Array;
  /** Scratch by destination. */
  private readonly toEnd: Int32Array;

  /** @param sources the nodes of each source @param destinations the nodes of each destination */
  public constructor(private readonly reach: Reachability, private readonly sources: readonly (readonly number[])[], destinations: readonly (readonly number[])[]) {
    const { ingress, egress } = reach.sides;
    this.ingress = ingress;
    this.egress = egress;
    this.destinationsOf = listsBy(egress.nodeCount, destinations);
    this.sourceKinds = kindsOf(ingress.nodeCount, (node) => this.kindKey(node, egress, ingress));
    this.destinationKinds = kindsOf(egress.nodeCount, (node) => `${this.kindKey(node, ingress, egress)} ${this.namesOf(node)}`);
    this.admissions = admissionsOf(ingress);
    this.setsOf = listsBy(ingress.nodeCount, ingress.sets);
    this.toNode = new Int32Array(egress.nodeCount);
    this.fromNode = new Int32Array(egress.nodeCount);
    this.named = new Uint8Array(egress.nodeCount);
    this.toEnd = new Int32Array(destinations.length);
  }

  public row(source: number): Row {
    const nodes = this.sources[source];
    const key = nodes.map((node) => `${this.sourceKinds.kindOf[node]} ${this.egress.profiles[node]?.id} ${this.setsOf[node].join()}`).join('|');
    const known = this.rows.get(key);
    if (known) return known;
    const found: number[] = [];
    for (const node of nodes) this.reachedFrom(node, found);
    const row = this.collected(found);
    if (this.rows.size >= KEPT) this.rows.delete(this.rows.keys().next().value!);
    this.rows.set(key, row);
    return row;
  }

  /** What a source node may send to a destination node, by all that rules say and not only by those that name them. */
  public connectionOf(source: number, destination: number, to: PortSpec, from: PortSpec): PortSet {
    const fromPod = this.egress.isPod(source);
    const toPod = this.egress.isPod(destination);
    const { ports } = this.reach;
    if (!fromPod && !toPod) return ports.none;
    const names = this.namesOf(destination);
    const sent = fromPod ? this.allowed(this.egress, source, destination, toPod, to, names) : ports.all;
    return sent === ports.none || !toPod ? sent : ports.intersection(sent, this.allowed(this.ingress, destination, source, fromPod, from, names));
  }

  /** What a class of pods takes from a pod of which nothing is known. */
  public takenFromAnyone(destination: number): PortSet {
    return this.allowed(this.ingress, destination, -1, true, this.reach.specs.none, this.namesOf(destination));
  }

  private allowed(side: Side, subject: number, peer: number, peerIsPod: boolean, named: PortSpec, names: number): PortSet {
    const { specs, ports, tiers: { [side.direction]: tiers } } = this.reach;
    const { isolated, every, everyPod } = side.profiles[subject];
    const { accepted, left, open } = tiers.decisionOf(tiers.subjectOf(subject), tiers.peerOf(peer), peerIsPod, names);
    if (!isolated) return open;
    const said = specs.union(named, peerIsPod ? specs.union(every, everyPod) : every);
    return ports.union(accepted, ports.intersection(left, specs.resolve(said, names)));
  }

  /** Adds the destinations that a node reaches to those found, and what it reaches there to `toEnd`. */
  private reachedFrom(source: number, found: number[]): void {
    const kind = this.sourceKinds.kindOf[source];
    const named = this.namedFrom(source);
    this.destinationKinds.nodes.forEach((nodes, other) => {
      const connection = this.connectionOfKinds(kind, other, source, nodes[0]);
      if (connection === this.reach.ports.none) return;
      for (const node of nodes) if (this.named[node] === 0) this.add(node, connection, found);
    });
    for (const node of named) {
      this.add(node, this.connectionOf(source, node, this.toNode[node], this.fromNode[node]), found);
      this.toNode[node] = this.fromNode[node] = this.named[node] = 0;
    }
  }

  /** The destinations that a rule of the source names, or whose rules name the source; what they say is put into the scratch. */
  private namedFrom(source: number): number[] {
    const { specs } = this.reach;
    const list: number[] = [];
    const name = (node: number, said: Int32Array, ports: PortSpec) => {
      if (this.named[node] === 0) list.push(node);
      this.named[node] = 1;
      said[node] = specs.union(said[node], ports);
    };
    for (const { set, ports } of this.egress.profiles[source]?.entries ?? []) for (const node of this.egress.sets[set]) name(node, this.toNode, ports);
    for (const set of this.setsOf[source]) for (const { pods, ports } of this.admissions[set]) for (const pod of pods) name(pod, this.fromNode, ports);
    return list;
  }

  private connectionOfKinds(kind: number, other: number, source: number, destination: number): PortSet {
    const key = kind * this.destinationKinds.nodes.length + other;
    let connection = this.between.get(key);
    if (connection === undefined) this.between.set(key, connection = this.connectionOf(source, destination, this.reach.specs.none, this.reach.specs.none));
    return connection;
  }

  private add(node: number, connection: PortSet, found: number[]): void {
    const { ports } = this.reach;
    if (connection === ports.none) return;
    for (const end of this.destinationsOf[node]) {
      if (this.toEnd[end] === ports.none) found.push(end);
      this.toEnd[end] = ports.union(this.toEnd[end], connection);
    }
  }

  private collected(found: readonly number[]): Row {
    const destinations = new Int32Array(found.length);
    if (found.length * 16 < this.toEnd.length) destinations.set([...found].sort((a, b) => a - b));
    else for (let end = 0, i = 0; i < found.length; end++) if (this.toEnd[end] !== 0) destinations[i++] = end;
    const connections = destinations.map((end) => this.toEnd[end]);
    for (const end of destinations) this.toEnd[end] = 0;
    return { destinations, connections };
  }

  private kindKey(node: number, own: Side, other: Side): string {
    const { tiers } = this.reach;
    const peer = tiers[other.direction].peerOf(node);
    if (!own.isPod(node)) return `outside ${peer}`;
    const { isolated, every, everyPod } = own.profiles[node];
    return `${peer} ${tiers[own.direction].subjectOf(node)} ${isolated} ${every} ${everyPod}`;
  }

  private namesOf(node: number): number {
    return this.egress.isPod(node) ? this.reach.classes[node].names : 0;
  }
}

function kindsOf(count: number, keyOf: (node: number) => string): Kinds {
  const known = new Map<string, number>();
  const nodes: number[][] = [];
  const kindOf = Array.from({ length: count }, (_, node) => {
    const key = keyOf(node);
    let kind = known.get(key);
    if (kind === undefined) {
      known.set(key, kind = nodes.length);
      nodes.push([]);
    }
    nodes[kind].push(node);
    return kind;
  });
  return { kindOf, nodes };
}

/** For each of `count` things the places of the lists that hold it. */
function listsBy(count: number, lists: readonly Iterable<number>[]): number[][] {
  const result: number[][] = Array.from({ length: count }, () => []);
  lists.forEach((things, list) => {
    for (const thing of things) result[thing].push(list);
  });
  return result;
}

function admissionsOf({ sets, profiles }: Side): Admission[][] {
  const pods = new Map<Profile, number[]>();
  profiles.forEach((profile, pod) => {
    const list = pods.get(profile);
    if (list) list.push(pod);
    else pods.set(profile, [pod]);
  });
  const result: Admission[][] = sets.map(() => []);
  for (const [{ entries }, of] of pods) for (const { set, ports } of entries) result[set].push({ pods: of, ports });
  return result;
}
