import { ReadFault } from './fault';
import { Event, getScalarValue, ScalarEvent } from './js-yaml';
import { keyText, plainScalar, Scalar, ScalarFault, taggedScalar } from './scalar';
import { shown } from '../errors';

/** The kinds of events, and the style of a scalar that nothing quotes, as js-yaml numbers them. */
const DOCUMENT = 1, SEQUENCE = 2, MAPPING = 3, SCALAR = 4, ALIAS = 5, POP = 6;
const PLAIN = 1;
const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** One document of a stream of events. */
export interface Composed {
  /** Plain JSON. What aliases name is shared, not copied. */
  readonly json: unknown;
  /** Where its content begins in the text; -1 where it has none. */
  readonly at: number;
}

/** What an anchor names. */
interface Anchored {
  readonly value: unknown;
  readonly isMap: boolean;
  /** How many values it holds, aliases expanded; undefined while it is being read. */
  size?: number;
}

/**
 * Builds documents from the events of js-yaml's parser as go-yaml v2 and sigs.k8s.io/yaml do: tags of collections mean nothing,
 * keys become text, and a merge key overrides what stands before it in its map. Unlike them it refuses a key that is written twice.
 * @throws ReadFault
 */
export function compose(source: string, events: readonly Event[], places?: Places): Composed[] {
  return new Composer(source, events, places).documents();
}

/** Where the entries of maps and lists are written. */
export type Places = Map<object, Map<string | number, number>>;

class Composer {
  private next = 0;
  private anchors = new Map<string, Anchored>();
  private tags = new Map<string, string>();
  private values = 0;
  private aliased = 0;
  /** Where the last event stands that says so. */
  private at = 0;
  private isMap = false;

  constructor(private readonly source: string, private readonly events: readonly Event[], private readonly places?: Places) {}

  public documents(): Composed[] {
    const documents: Composed[] = [];
    while (this.next < this.events.length) {
      const event = this.events[this.next++];
      if (event.type !== DOCUMENT) continue;
      this.anchors = new Map();
      this.tags = new Map(event.directives.flatMap((directive): [string, string][] => directive.kind === 'tag' ? [[directive.handle, directive.prefix]] : []));
      this.values = 1;
      this.aliased = 0;
      const at = placeOf(this.events[this.next]);
      documents.push({ json: this.node(), at });
    }
    return documents;
  }

  private node(): unknown {
    const event = this.events[this.next++];
    this.count(1, 0);
    this.isMap = false;
    switch (event.type) {
      case SCALAR: {
        const value = this.scalar(event);
        if (typeof value === 'number' && !Number.isFinite(value)) throw new ReadFault(`${shown(getScalarValue(this.source, event))} is no number that JSON can hold`, this.at);
        if (event.anchorStart !== -1) this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), { value, isMap: false, size: 1 });
        return value;
      }
      case ALIAS: return this.alias(event.anchorStart, event.anchorEnd);
      case SEQUENCE: {
        const value: unknown[] = [];
        const done = this.anchored(event, value, false);
        while (this.events[this.next].type !== POP) {
          this.note(value, value.length, placeOf(this.events[this.next]));
          value.push(this.node());
        }
        this.next++;
        done();
        this.isMap = false;
        return value;
      }
      case MAPPING: {
        const value = {};
        const done = this.anchored(event, value, true);
        this.mapping(value);
        done();
        this.isMap = true;
        return value;
      }
      /* istanbul ignore next */
      default: throw new ReadFault('the parser lost its place', this.at);
    }
  }

  private anchored(event: { anchorStart: number; anchorEnd: number }, value: unknown, isMap: boolean): () => void {
    if (event.anchorStart === -1) return nothing;
    const anchored: Anchored = { value, isMap };
    this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), anchored);
    const before = this.values - 1;
    return () => void (anchored.size = this.values - before);
  }

  private mapping(map: { [key: string]: unknown }): void {
    const written = new Set<string>();
    for (;;) {
      const event = this.events[this.next];
      if (event.type === POP) break;
      if (event.type === SCALAR && this.isMerge(event)) {
        this.next++;
        this.merge(map);
        continue;
      }
      const key = this.key(event, written);
      written.add(key);
      this.note(map, key, placeOf(event));
      put(map, key, this.node());
    }
    this.next++;
  }

  private key(event: Event, written: Set<string>): string {
    const at = placeOf(event);
    const value = event.type === SCALAR ? (this.next++, this.count(1, 0), this.scalar(event)) : this.node();
    if (event.type === SCALAR && event.anchorStart !== -1) this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), { value, isMap: false, size: 1 });
    if (typeof value === 'object' && value !== null) throw new ReadFault('a key is a list or a map; write text', at);
    const key = keyText(value as Scalar);
    if (key === null) throw new ReadFault('a key is null; write text', at);
    if (written.has(key)) throw new ReadFault(`the key ${shown(key)} is given twice in one map, of which Kubernetes silently keeps the last; write it once`, at);
    return key;
  }

  private isMerge(event: ScalarEvent): boolean {
    if (getScalarValue(this.source, event) !== '<<') return false;
    return event.tagStart === -1 ? event.style === PLAIN : this.tagOf(event) === MERGE_TAG;
  }

  private merge(map: { [key: string]: unknown }): void {
    const event = this.events[this.next];
    const at = this.at;
    const mergeOne = () => {
      const value = this.node();
      if (!this.isMap) throw new ReadFault('the merge key "<<" is given something other than maps; give it a map, an alias of one, or a list of these', at);
      return value as { [key: string]: unknown };
    };
    if (event.type !== SEQUENCE) return this.override(map, mergeOne());
    this.next++;
    const merged: { [key: string]: unknown }[] = [];
    const value: unknown[] = merged;
    const done = this.anchored(event, value, false);
    while (this.events[this.next].type !== POP) merged.push(mergeOne());
    this.next++;
    done();
    for (const each of merged.reverse()) this.override(map, each);
  }

  private override(map: { [key: string]: unknown }, by: { readonly [key: string]: unknown }): void {
    for (const key of Object.keys(by)) {
      put(map, key, by[key]);
      const at = this.places?.get(by)?.get(key);
      if (at !== undefined) this.note(map, key, at);
    }
  }

  private note(holder: object, key: string | number, at: number): void {
    if (!this.places) return;
    const known = this.places.get(holder);
    if (known) known.set(key, at);
    else this.places.set(holder, new Map([[key, at]]));
  }

  private alias(start: number, end: number): unknown {
    const name = this.source.slice(start, end);
    this.at = start - 1;
    const anchored = this.anchors.get(name);
    if (!anchored) throw new ReadFault(`the alias *${name} names no anchor that stands before it`, this.at);
    if (anchored.size === undefined) throw new ReadFault(`the anchor &${name} holds an alias of itself`, this.at);
    this.count(anchored.size, anchored.size);
    this.isMap = anchored.isMap;
    return anchored.value;
  }

  private scalar(event: ScalarEvent): Scalar {
    if (event.valueStart !== -1) this.at = event.valueStart;
    const text = getScalarValue(this.source, event);
    if (event.tagStart === -1) return event.style === PLAIN ? plainScalar(text) : text;
    const tag = this.tagOf(event);
    const value = tag === '!' ? text : taggedScalar(tag, text);
    if (value instanceof ScalarFault) throw new ReadFault(value.problem, event.tagStart);
    return value;
  }

  /** A tag in full. */
  private tagOf(event: ScalarEvent): string {
    const raw = this.source.slice(event.tagStart, event.tagEnd);
    if (raw === '!') return raw;
    if (raw.startsWith('!<')) return raw.slice(2, -1);
    const handle = raw.slice(0, raw.indexOf('!', 1) + 1) || '!';
    return (this.tags.get(handle) ?? (handle === '!!' ? 'tag:yaml.org,2002:' : '!')) + decoded(raw.slice(handle.length));
  }

  /** Counts values as go-yaml does, and refuses what it refuses, so that a few lines cannot become millions of values. */
  private count(values: number, aliased: number): void {
    this.values += values;
    this.aliased += aliased;
    if (this.aliased > 100 && this.values > 1000 && this.aliased / this.values > allowedRatio(this.values)) throw new ReadFault('aliases make far more of this document than is written in it, and Kubernetes refuses it; write it out', this.at);
  }
}

/** @see https://github.com/yaml/go-yaml/blob/v2.4.3/decode.go, allowedAliasRatio */
function allowedRatio(values: number): number {
  return values <= 400_000 ? 0.99 : values >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((values - 400_000) / 3_600_000);
}

/** Sets a key, whatever its name means to JavaScript. */
export function put(map: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** Where an event stands; -1 for what is left out. */
export function placeOf(event: Event): number {
  switch (event.type) {
    case SCALAR: return event.valueStart === -1 ? Math.max(event.tagStart, event.anchorStart) : event.valueStart - (event.style === PLAIN ? 0 : 1);
    case SEQUENCE: case MAPPING: return event.start;
    case ALIAS: return event.anchorStart - 1;
    default: return -1;
  }
}

function decoded(suffix: string): string {
  try {
    return decodeURIComponent(suffix);
  } catch {
    return suffix;
  }
}

function nothing(): void {}
