/** In the order in which they are printed. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A set of ports of protocols, by its number in the table that made it; equal sets have equal numbers. */
export type PortSet = number;

/** Ascending, disjoint and not touching: low, high, low, high … A protocol's ports stand together, 65536 after the one before. */
type Intervals = readonly number[];

/** The ports of one protocol. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly low: number;
  readonly high: number;
}

const PORTS = 65536;
const EVERY_PORT: Intervals = PROTOCOLS.flatMap((_, i) => [i * PORTS + 1, i * PORTS + PORTS - 1]);

/**
 * A table of sets of ports. Each set is kept once and known by a small number, so that what is computed of two sets is looked up
 * the second time: a cluster has thousands of rules and a dozen sets.
 */
export class PortSets {
  public readonly none: PortSet;
  public readonly all: PortSet;
  private readonly sets: Intervals[] = [];
  private readonly numbers = new Map<string, PortSet>();
  private readonly texts: string[] = [];
  private readonly unions = new Map<number, PortSet>();
  private readonly intersections = new Map<number, PortSet>();
  private readonly differences = new Map<number, PortSet>();

  public constructor() {
    this.none = this.interned([]);
    this.all = this.interned(EVERY_PORT);
  }

  public of(...ranges: readonly PortRange[]): PortSet {
    return ranges.reduce((set, { protocol, low, high }) => {
      const offset = PROTOCOLS.indexOf(protocol) * PORTS;
      return this.union(set, this.interned([offset + low, offset + high]));
    }, this.none);
  }

  public union(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === this.none || a === this.all) return a;
    if (a === this.none || b === this.all) return b;
    return this.remembered(this.unions, Math.min(a, b), Math.max(a, b), joined);
  }

  public intersection(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === this.all || a === this.none) return a;
    if (a === this.all || b === this.none) return b;
    return this.remembered(this.intersections, Math.min(a, b), Math.max(a, b), common);
  }

  /** What of `a` is not in `b`. */
  public difference(a: PortSet, b: PortSet): PortSet {
    if (a === this.none || b === this.none) return a;
    if (a === b || b === this.all) return this.none;
    return this.remembered(this.differences, a, b, (left, right) => common(left, complement(right)));
  }

  public has(set: PortSet, protocol: Protocol, port: number): boolean {
    return this.rangesOf(set).some((range) => range.protocol === protocol && range.low <= port && port <= range.high);
  }

  /** Its ranges by protocol, then ascending. */
  public rangesOf(set: PortSet): PortRange[] {
    const intervals = this.sets[set];
    return Array.from({ length: intervals.length / 2 }, (_, i) => {
      const index = Math.floor(intervals[2 * i] / PORTS);
      return { protocol: PROTOCOLS[index], low: intervals[2 * i] - index * PORTS, high: intervals[2 * i + 1] - index * PORTS };
    });
  }

  /** As connections are printed: `All Connections`, or `TCP 80,8000-8100,UDP 53`. */
  public textOf(set: PortSet): string {
    return this.texts[set] ??= set === this.all ? 'All Connections' : this.rangesOf(set)
      .map(({ protocol, low, high }, i, ranges) => `${protocol === ranges[i - 1]?.protocol ? '' : `${protocol} `}${low === high ? low : `${low}-${high}`}`)
      .join(',');
  }

  private remembered(known: Map<number, PortSet>, a: PortSet, b: PortSet, compute: (a: Intervals, b: Intervals) => Intervals): PortSet {
    const key = a * 2 ** 26 + b;
    let result = known.get(key);
    if (result === undefined) known.set(key, result = this.interned(compute(this.sets[a], this.sets[b])));
    return result;
  }

  private interned(intervals: Intervals): PortSet {
    const key = intervals.join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      this.numbers.set(key, number = this.sets.length);
      this.sets.push(intervals);
    }
    return number;
  }
}

function joined(a: Intervals, b: Intervals): Intervals {
  const result: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const fromA = j >= b.length || (i < a.length && a[i] <= b[j]);
    const [low, high] = fromA ? [a[i], a[i + 1]] : [b[j], b[j + 1]];
    if (fromA) i += 2;
    else j += 2;
    const last = result.length - 1;
    if (last > 0 && low <= result[last] + 1) result[last] = Math.max(result[last], high);
    else result.push(low, high);
  }
  return result;
}

function common(a: Intervals, b: Intervals): Intervals {
  const result: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const low = Math.max(a[i], b[j]);
    const high = Math.min(a[i + 1], b[j + 1]);
    if (low <= high) result.push(low, high);
    if (a[i + 1] < b[j + 1]) i += 2;
    else j += 2;
  }
  return result;
}

function complement(a: Intervals): Intervals {
  const result: number[] = [];
  let next = 0;
  for (let i = 0; i < a.length; i += 2) {
    if (next < a[i]) result.push(next, a[i] - 1);
    next = a[i + 1] + 1;
  }
  return common([...result, next, PROTOCOLS.length * PORTS], EVERY_PORT);
}
