import { Allowance } from './allowance';
import { Builder, held, Node, YAML_TAGS } from './builder';
import { DEEPEST, ReadFault } from './fault';
import type { Places } from './places';
import { Scanner, Token, TokenKind } from './scanner';
import { shown } from '../errors';

/** One document. */
export interface Document {
  /** Plain JSON. What aliases name is shared, not copied. */
  readonly json: unknown;
  /** Where its content begins in the text. */
  readonly at: number;
}

/**
 * The documents of a text of YAML, one after the other, by the grammar that go-yaml v2 has of libyaml. Tags of maps and lists mean
 * nothing to it. Unlike go-yaml it goes on after the first document.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/parserc.go
 */
export class Parser {
  private readonly scanner: Scanner;
  private builder: Builder;
  private prefixes = new Map<string, string>();
  private depth = 0;
  private isFirst = true;

  constructor(text: string, private readonly allowance = new Allowance(), private readonly places?: Places) {
    this.scanner = new Scanner(text);
    this.builder = new Builder(allowance, places);
  }

  /** The next document; undefined after the last. @throws ReadFault, after which nothing more can be read */
  public document(): Document | undefined {
    while (!this.isFirst && this.is('document end')) this.scanner.take();
    if (this.is('end of stream')) return undefined;
    this.builder = new Builder(this.allowance, this.places);
    const hasDirectives = this.directives();
    const isExplicit = this.is('document start');
    if (!isExplicit && hasDirectives) throw this.fault('directives stand before no "---"');
    if (!isExplicit && !this.isFirst) throw this.fault('text stands after the end of the document, where kubectl silently ignores it; take it away, or put "---" before it');
    this.isFirst = false;
    if (isExplicit) this.scanner.take();
    const { at } = this.scanner.peek();
    const isEmpty = isExplicit && this.is('directive', 'document start', 'document end', 'end of stream');
    return { json: isEmpty ? null : held(this.node(true, false), at), at };
  }

  private directives(): boolean {
    this.prefixes = new Map();
    if (!this.is('directive')) return false;
    while (this.is('directive')) {
      const { tag } = this.scanner.take();
      if (tag) this.prefixes.set(tag.handle, tag.suffix);
    }
    return true;
  }

  private is(...kinds: TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }

  private fault(problem: string): ReadFault {
    return new ReadFault(`it is no valid YAML: ${problem}`, this.scanner.peek().at);
  }

  /** @param besideKey whether a list may stand here whose dashes are in the column of its key */
  private node(inBlock: boolean, besideKey: boolean): Node {
    const { kind, at } = this.scanner.peek();
    this.builder.count(at);
    if (kind === 'alias') return this.builder.alias(this.scanner.take());
    let anchor = kind === 'anchor' ? this.scanner.take() : undefined;
    const tag = this.is('tag') ? this.nameOf(this.scanner.take()) : undefined;
    if (!anchor && tag !== undefined && this.is('anchor')) anchor = this.scanner.take();
    if (!anchor) return this.content(inBlock, besideKey, tag, tag !== undefined);
    return this.builder.anchored(anchor.text, () => this.content(inBlock, besideKey, tag, true));
  }

  private content(inBlock: boolean, besideKey: boolean, tag: string | undefined, mayBeEmpty: boolean): Node {
    const token = this.scanner.peek();
    if (token.kind === 'scalar') return this.builder.scalar(this.scanner.take(), tag);
    const collection = this.collection(token.kind, inBlock, besideKey);
    if (collection) {
      if (this.depth === DEEPEST) throw new ReadFault(`it is nested deeper than ${DEEPEST} levels`, token.at);
      this.depth++;
      const node = collection.call(this);
      this.depth--;
      return node;
    }
    if (!mayBeEmpty) throw this.fault('a value is missing');
    return this.builder.scalar({ kind: 'scalar', text: '', isPlain: true, at: token.at }, tag);
  }

  private collection(kind: TokenKind, inBlock: boolean, besideKey: boolean): (() => Node) | undefined {
    switch (kind) {
      case 'block map': return inBlock ? this.blockMap : undefined;
      case 'block list': return inBlock ? this.blockList : undefined;
      case 'entry': return besideKey ? this.listBesideKey : undefined;
      case '[': return this.flowList;
      case '{': return this.flowMap;
      default: return undefined;
    }
  }

  /** A tag in full. */
  private nameOf({ tag, at }: Token): string {
    const { handle, suffix } = tag!;
    if (handle === '') return suffix;
    const prefix = this.prefixes.get(handle) ?? (handle === '!' ? '!' : handle === '!!' ? YAML_TAGS : undefined);
    if (prefix === undefined) throw new ReadFault(`it is no valid YAML: no %TAG directive says what ${shown(handle)} means`, at);
    return prefix + suffix;
  }

  private nothing(): Node {
    return this.builder.nothing(this.scanner.peek().at);
  }

  private blockMap(): Node {
    this.scanner.take();
    const map = this.builder.openMap();
    while (this.is('key')) {
      const { at } = this.scanner.take();
      this.builder.entry(map, at, this.blockValue(), () => (this.skip('value') ? this.blockValue() : this.nothing()));
    }
    if (!this.skip('block end')) throw this.fault('a map has something other than a key in its column; indent it otherwise');
    return this.builder.map(map);
  }

  private blockValue(): Node {
    return this.is('key', 'value', 'block end') ? this.nothing() : this.node(true, true);
  }

  private blockList(): Node {
    this.scanner.take();
    const list = this.builder.openList();
    while (this.is('entry')) {
      const { at } = this.scanner.take();
      this.builder.item(list, at, this.is('entry', 'block end') ? this.nothing() : this.node(true, false));
    }
    if (!this.skip('block end')) throw this.fault('a list has something other than "-" in its column; indent it otherwise');
    return this.builder.list(list);
  }

  private listBesideKey(): Node {
    const list = this.builder.openList();
    while (this.is('entry')) {
      const { at } = this.scanner.take();
      this.builder.item(list, at, this.is('entry', 'key', 'value', 'block end') ? this.nothing() : this.node(true, false));
    }
    return this.builder.list(list);
  }

  private flowMap(): Node {
    this.scanner.take();
    const map = this.builder.openMap();
    while (!this.skip('}')) {
      const { at } = this.scanner.peek();
      const isPair = this.skip('key');
      const key = isPair && this.is('value', ',', '}') ? this.nothing() : this.node(false, false);
      this.builder.entry(map, at, key, () => (isPair ? this.flowValue('}') : this.nothing()));
      this.comma('}');
    }
    return this.builder.map(map);
  }

  private flowList(): Node {
    this.scanner.take();
    const list = this.builder.openList();
    while (!this.skip(']')) {
      const { at } = this.scanner.peek();
      this.builder.item(list, at, this.is('key') ? this.flowPair() : this.node(false, false));
      this.comma(']');
    }
    return this.builder.list(list);
  }

  /** A map of one entry in a list, without braces: `[a: b]`. */
  private flowPair(): Node {
    const { at } = this.scanner.take();
    this.builder.count(at);
    const map = this.builder.openMap();
    // Of what stands in the place of a key that is left out, libyaml makes nothing at all.
    const key = this.is('value', ',', ']') ? (this.scanner.take(), this.nothing()) : this.node(false, false);
    this.builder.entry(map, at, key, () => this.flowValue(']'));
    return this.builder.map(map);
  }

  private flowValue(end: ']' | '}'): Node {
    return !this.skip('value') || this.is(',', end) ? this.nothing() : this.node(false, false);
  }

  private comma(end: ']' | '}'): void {
    if (!this.is(end) && !this.skip(',')) throw this.fault(`a "," or ${shown(end)} is missing`);
  }

  private skip(kind: TokenKind): boolean {
    if (!this.is(kind)) return false;
    this.scanner.take();
    return true;
  }
}
