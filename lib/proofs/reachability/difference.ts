import { AddressRange, rangeText } from './addresses';
import type { PortSet, PortSets } from './port-sets';
import { End, Reachability, reachabilityOf } from './reachability';
import type { Inventory } from '../../inventory';

/** What a change does to a pair. */
export interface Change {
  readonly source: End;
  readonly destination: End;
  /** What is allowed now and was not. */
  readonly opened: PortSet;
  /** What was allowed and is not. */
  readonly closed: PortSet;
}

/** Two states of a cluster, and what lies between them. */
export interface Difference {
  readonly before: Reachability;
  readonly after: Reachability;
  readonly ports: PortSets;
  /** In the order of the labels of source and destination. */
  readonly changes: readonly Change[];
}

/** What a change opens and closes. Neighbouring ranges to which the same happens are one range. */
export function differenceOf(old: Inventory, now: Inventory): Difference {
  const cutsOf = ({ sides: { ingress, egress } }: Reachability) => ({ ingress: ingress.ranges, egress: egress.ranges });
  const first = reachabilityOf(old);
  const { ports } = first;
  const after = reachabilityOf(now, { ports, cuts: cutsOf(first) });
  const same = first.sources.length - first.workloads.length === after.sources.length - after.workloads.length
    && first.destinations.length - first.workloads.length === after.destinations.length - after.workloads.length;
  const before = same ? first : reachabilityOf(old, { ports, cuts: cutsOf(after) });
  const changes = [...changesBetween(before, after)];
  return { before, after, ports, changes: joined(joined(changes, 'destination', 'source'), 'source', 'destination').sort(byLabels) };
}

function* changesBetween(before: Reachability, after: Reachability): Generator<Change> {
  const { ports } = after;
  for (const [oldSource, newSource] of merged(before.sources, after.sources)) {
    const connections = new Map<string, { end: End; was: PortSet; is: PortSet }>();
    for (const [end, connection] of reached(before, oldSource)) connections.set(end.label, { end, was: connection, is: ports.none });
    for (const [end, connection] of reached(after, newSource)) connections.set(end.label, { end, was: connections.get(end.label)?.was ?? ports.none, is: connection });
    const source = newSource === -1 ? before.sources[oldSource] : after.sources[newSource];
    for (const { end: destination, was, is } of connections.values()) {
      if (was !== is) yield { source, destination, opened: ports.difference(is, was), closed: ports.difference(was, is) };
    }
  }
}

function* reached(reach: Reachability, source: number): Generator<[End, PortSet]> {
  if (source === -1) return;
  const { destinations, connections } = reach.row(source);
  for (let i = 0; i < destinations.length; i++) {
    if (destinations[i] !== reach.destinationOf(source)) yield [reach.destinations[destinations[i]], connections[i]];
  }
}

/** The places of each label in two lists that are in order; -1 where it is not there. */
function* merged(a: readonly End[], b: readonly End[]): Generator<[number, number]> {
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [left, right] = [a[i]?.label, b[j]?.label];
    if (left === right) yield [i++, j++];
    else if (right === undefined || (left !== undefined && left < right)) yield [i++, -1];
    else yield [-1, j++];
  }
}

/** Puts ranges together that touch, where the same happens between them and the other end. */
function joined(changes: readonly Change[], own: 'source' | 'destination', other: 'source' | 'destination'): Change[] {
  const groups = new Map<string, Change[]>();
  const result: Change[] = [];
  for (const change of changes) {
    const { range } = change[own];
    if (!range) {
      result.push(change);
      continue;
    }
    const key = `${range.family} ${change.opened} ${change.closed} ${change[other].label}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  for (const group of groups.values()) {
    const sorted = [...group].sort((a, b) => (a[own].range!.low < b[own].range!.low ? -1 : 1));
    const ranges: AddressRange[] = [];
    for (const { [own]: { range } } of sorted) {
      const last = ranges[ranges.length - 1];
      if (last && last.high + 1n === range!.low) ranges[ranges.length - 1] = { ...last, high: range!.high };
      else ranges.push(range!);
    }
    result.push(...ranges.map((range) => ({ ...group[0], [own]: { label: `${rangeText(range)}[External]`, range } })));
  }
  return result;
}

function byLabels(a: Change, b: Change): number {
  const [left, right] = [a, b].map(({ source, destination }) => `${source.label} => ${destination.label}`);
  return left < right ? -1 : left > right ? 1 : 0;
}
