import type { Allowance } from './allowance';
import { Budget } from './budget';
import { ReadFault } from './fault';
import { JsonMap, put, twice } from './map';
import { note, Places } from './places';
import { keyText, plainScalar, Scalar, taggedScalar } from './scalar';
import type { Token } from './scanner';
import { shown } from '../errors';

/** What was read, and what a key or a merge key asks of it. */
export interface Node {
  readonly value: unknown;
  readonly kind: 'scalar' | 'map' | 'list' | 'list of maps';
  /** As a scalar is written. */
  readonly text: string;
  /** Whether it is `<<`, written so that it merges. */
  readonly isMergeKey: boolean;
}

/** What an anchor names; it has no node while that is being read. */
interface Anchored {
  node?: Node;
  /** How many values it makes, those that aliases in it stand for included. */
  size: number;
}

/** A map that is being read, and which of its keys are only merged into it. */
interface OpenMap {
  readonly value: JsonMap;
  merged?: Set<string>;
}

interface OpenList {
  readonly value: unknown[];
  holdsOnlyMaps: boolean;
}

export const YAML_TAGS = 'tag:yaml.org,2002:';

/**
 * Makes JSON of a document as go-yaml v2 and sigs.k8s.io/yaml do: keys become text, and a merge key overrides what stands before it in
 * its map. Unlike them it refuses a key that is written twice.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/decode.go
 */
export class Builder {
  private readonly anchors = new Map<string, Anchored>();
  private readonly budget: Budget;

  constructor(allowance: Allowance, private readonly places?: Places) {
    this.budget = new Budget(allowance);
  }

  public count(at: number): void {
    this.budget.spend(1, at);
  }

  public nothing(at: number): Node {
    this.count(at);
    return { value: null, kind: 'scalar', text: '', isMergeKey: false };
  }

  /** @param tag in full; `!` for the one that says that it is text */
  public scalar({ text, isPlain, at }: Token, tag?: string): Node {
    const value = tag !== undefined ? taggedScalar(tag, text) : isPlain ? plainScalar(text) : text;
    if (value === undefined) throw new ReadFault(`${shown(text)} is not what its tag ${shown(tag)} says; take the tag away, or write what it says`, at);
    const isMergeKey = text === '<<' && (tag === undefined ? isPlain : tag === '!' || tag === `${YAML_TAGS}merge`);
    return { value, kind: 'scalar', text, isMergeKey };
  }

  /** Reads what an anchor names. */
  public anchored(name: string, read: () => Node): Node {
    const anchored: Anchored = { size: 0 };
    this.anchors.set(name, anchored);
    const before = this.budget.spent - 1;
    anchored.node = read();
    anchored.size = this.budget.spent - before;
    return anchored.node;
  }

  public alias({ text: name, at }: Token): Node {
    const anchored = this.anchors.get(name);
    if (!anchored) throw new ReadFault(`the alias ${shown(`*${name}`)} has no anchor before it; write the anchor, or the value itself`, at);
    if (!anchored.node) throw new ReadFault(`the alias ${shown(`*${name}`)} stands within what its anchor names; write the value itself`, at);
    this.budget.spendAliased(anchored.size, at);
    return { ...anchored.node, kind: anchored.node.kind === 'list of maps' ? 'list' : anchored.node.kind, isMergeKey: false };
  }

  public openList(): OpenList {
    return { value: [], holdsOnlyMaps: true };
  }

  public item(list: OpenList, at: number, item: Node): void {
    if (this.places) note(this.places, list.value, list.value.length, at);
    if (item.kind !== 'map') list.holdsOnlyMaps = false;
    list.value.push(held(item, at));
  }

  public list({ value, holdsOnlyMaps }: OpenList): Node {
    return { value, kind: holdsOnlyMaps ? 'list of maps' : 'list', text: '', isMergeKey: false };
  }

  public openMap(): OpenMap {
    return { value: {} };
  }

  public entry(map: OpenMap, at: number, key: Node, readValue: () => Node): void {
    if (key.isMergeKey) return this.merge(map, readValue(), at);
    const name = nameOf(key, at);
    if (Object.hasOwn(map.value, name) && !map.merged?.delete(name)) throw twice(name, at);
    const value = readValue();
    if (this.places) note(this.places, map.value, name, at);
    put(map.value, name, held(value, at));
  }

  public map({ value }: OpenMap): Node {
    return { value, kind: 'map', text: '', isMergeKey: false };
  }

  private merge(map: OpenMap, { kind, value }: Node, at: number): void {
    if (kind !== 'map' && kind !== 'list of maps') throw new ReadFault('the merge key "<<" is given no map; give it a map, an alias of one, or a list of these', at);
    // To go-yaml a merge key is no value, and a list of maps is none either.
    this.budget.spend(kind === 'map' ? -1 : -2, at);
    // Of several maps the first has the last word.
    for (const each of kind === 'map' ? [value as JsonMap] : [...value as JsonMap[]].reverse()) {
      for (const key of Object.keys(each)) {
        if (!Object.hasOwn(map.value, key)) (map.merged ??= new Set()).add(key);
        if (this.places) note(this.places, map.value, key, this.places.get(each)?.get(key) ?? at);
        put(map.value, key, each[key]);
      }
    }
  }
}

/** A key as JSON has it. */
function nameOf({ value, kind, text }: Node, at: number): string {
  const name = kind === 'scalar' ? keyText(value as Scalar, text) : undefined;
  if (name === undefined) throw new ReadFault(`a key is ${shown(value)}; write text`, at);
  return name;
}

/** A value, if JSON can hold it. */
export function held({ value, text }: Node, at: number): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new ReadFault(`${shown(text)} is no number that JSON can hold; write a number, or the text in quotes`, at);
  return value;
}
