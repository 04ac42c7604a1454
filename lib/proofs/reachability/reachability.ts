import { AddressRange, addressOf, cutAt, isWithin, rangeText } from './addresses';
import { addressesOf, Policies, policiesOf, podSelectorsOf, portNamesOf, said } from './policies';
import { mentionsOf, PodClass, podClasses } from './pod-classes';
import { PodIndex } from './pod-index';
import type { Direction } from './policy';
import { PortSet, PortSets } from './port-sets';
import { PortSpecs } from './port-specs';
import { Row, Rows } from './rows';
import { PeerSet, Side } from './side';
import { inOrder, Tiers } from './tiers';
import { DEFAULT_NAMESPACE, labelsOf, PodFacts, Workload, workloadsOf } from './workloads';
import type { Inventory, Labels } from '../../inventory';

/** What the proof takes for granted. */
export interface ReachabilityOptions {
  /** Ranges at which sources and destinations are cut besides, so that two inputs can be compared. */
  readonly cuts?: { readonly [direction in Direction]: readonly AddressRange[] };
  /** The table of port sets, where it is shared. */
  readonly ports?: PortSets;
  /** Whether an ipBlock matches a pod by the address in its status; plugins differ. @default false */
  readonly ipBlocksMatchPods?: boolean;
}

/** One end of a connection: a workload, or a range of addresses outside. */
export interface End {
  /** `namespace/name[Kind]`, or `10.0.0.0-10.255.255.255[External]`. */
  readonly label: string;
  readonly workload?: Workload;
  readonly range?: AddressRange;
}

/**
 * Who reaches whom by the policies of an inventory. Everything is computed for classes of pods that no policy tells apart, and for a
 * source only when it is asked for, so that what has no edges costs nothing.
 */
export class Reachability {
  public readonly workloads: readonly Workload[];
  public readonly policies: Policies;
  public readonly ports: PortSets;
  /** All that connections start at and lead to, in the order of their labels. */
  public readonly sources: readonly End[];
  public readonly destinations: readonly End[];
  public readonly classes: readonly PodClass[];
  public readonly sides: { readonly [direction in Direction]: Side };
  public readonly tiers: { readonly [direction in Direction]: Tiers };
  public readonly specs: PortSpecs;
  public readonly index: PodIndex;
  private readonly rows: Rows;
  private readonly destinationsOfSources: readonly number[];
  /** The classes of each workload, by its place. */
  private readonly podsOf: readonly (readonly number[])[];

  public constructor(inventory: Inventory, { cuts, ports = new PortSets(), ipBlocksMatchPods = false }: ReachabilityOptions = {}) {
    this.ports = ports;
    this.workloads = workloadsOf(inventory);
    this.policies = policiesOf(inventory);
    const rules = { ingress: said(this.policies, 'ingress'), egress: said(this.policies, 'egress') };
    const both = [rules.ingress, rules.egress];
    this.specs = new PortSpecs(ports, portNamesOf(both));
    const ranges = (direction: Direction) => {
      const blocks = [...addressesOf(rules[direction]), ...cuts?.[direction] ?? []];
      return [...cutAt(blocks, 32), ...cutAt(blocks, 128)];
    };
    const [from, to] = [ranges('ingress'), ranges('egress')];
    const within = (pod: PodFacts, among: readonly AddressRange[]) => addressesOfPod(pod).map((address) => among.findIndex((range) => isWithin(address, range)));
    const apart = ipBlocksMatchPods ? (pod: PodFacts) => [...within(pod, from), '/', ...within(pod, to)].join() : undefined;
    this.classes = podClasses(this.workloads, mentionsOf(podSelectorsOf(this.policies, both)), this.specs, apart);
    const index = this.index = new PodIndex(this.classes, namespaceLabels(inventory));
    const isIn = (block: AddressRange) => ({ facts }: PodClass) => addressesOfPod(facts).some((address) => isWithin(address, block));
    const podsWithin = (block: AddressRange) => ipBlocksMatchPods ? this.classes.flatMap((each, pod) => isIn(block)(each) ? [pod] : []) : [];
    const side = (direction: Direction, peers: readonly AddressRange[]) => new Side(direction, peers, this.classes, index, this.specs, this.policies.namespaced, podsWithin);
    this.sides = { ingress: side('ingress', from), egress: side('egress', to) };
    const tiers = inOrder(this.policies.tiers);
    const around = (direction: Direction) => new Tiers(tiers, this.sides[direction], index, this.specs, ports);
    this.tiers = { ingress: around('ingress'), egress: around('egress') };
    this.podsOf = podsOfWorkloads(this.workloads.length, this.classes);
    const [sources, destinations] = [this.endsOf(from), this.endsOf(to)];
    this.sources = sources.map(({ end }) => end);
    this.destinations = destinations.map(({ end }) => end);
    const places = new Map(this.destinations.map(({ workload }, i) => [workload, i]));
    this.destinationsOfSources = this.sources.map(({ workload }) => workload ? places.get(workload)! : -1);
    this.rows = new Rows(this, sources.map(({ nodes }) => nodes), destinations.map(({ nodes }) => nodes));
  }

  /** What a source reaches, by the places of sources and destinations. */
  public row(source: number): Row {
    return this.rows.row(source);
  }

  /** What one end may send to another; nothing between two ranges, and nothing between a workload and itself. */
  public connection(source: number, destination: number): PortSet {
    const row = this.row(source);
    const at = row.destinations.indexOf(destination);
    return at === -1 || this.destinationOf(source) === destination ? this.ports.none : row.connections[at];
  }

  /**
   * What a class of pods may send to a range of addresses, by its place among those of egress.
   * @param counts which of the sets that a rule names count; without them only what is said of everyone
   */
  public toAddresses(pod: number, range: number, counts: (set: PeerSet) => boolean): PortSet {
    const { profiles } = this.sides.egress;
    const node = this.classes.length + range;
    const within = this.sides.egress.setsWith(node);
    const named = profiles[pod].entries.reduce((ports, entry) => within.has(entry.set) && counts(entry.set) ? this.specs.union(ports, entry.ports) : ports, this.specs.none);
    return this.rows.connectionOf(pod, node, named, this.specs.none);
  }

  /** What a class of pods takes from a pod that is not among these, in whatever namespace. */
  public fromAnyone(pod: number): PortSet {
    return this.rows.takenFromAnyone(pod);
  }

  /** The place of a source among the destinations; -1 for a range, as sources and destinations are cut apart. */
  public destinationOf(source: number): number {
    return this.destinationsOfSources[source];
  }

  private endsOf(ranges: readonly AddressRange[]): { end: End; nodes: readonly number[] }[] {
    const ends = [
      ...this.workloads.map((workload, i) => ({ end: { label: workload.label, workload }, nodes: this.podsOf[i] })),
      ...ranges.map((range, i) => ({ end: { label: `${rangeText(range)}[External]`, range }, nodes: [this.classes.length + i] })),
    ];
    return ends.sort((a, b) => (a.end.label < b.end.label ? -1 : 1));
  }
}

/** Reads who reaches whom from all objects of an inventory. */
export function reachabilityOf(inventory: Inventory, options?: ReachabilityOptions): Reachability {
  return new Reachability(inventory, options);
}

/** A namespace's labels are its object's and the one that every namespace has, whatever is written. */
function namespaceLabels(inventory: Inventory): (namespace: string) => Labels {
  return (namespace) => labelsOf(inventory.namespaces.get(namespace)?.json).set('kubernetes.io/metadata.name', namespace || DEFAULT_NAMESPACE);
}

function podsOfWorkloads(count: number, classes: readonly PodClass[]): number[][] {
  const result: number[][] = Array.from({ length: count }, () => []);
  classes.forEach(({ workloads }, pod) => workloads.forEach((workload) => result[workload].push(pod)));
  return result;
}

function addressesOfPod({ addresses }: PodFacts): AddressRange[] {
  return addresses.flatMap((text) => addressOf(text) ?? []);
}
