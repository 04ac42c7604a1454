import { Cursor, isBlank, isBlankOrEnd, isBreak } from './cursor';
import { scanDirective, scanName, scanTag, WrittenTag } from './scan-property';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar';

export type TokenKind =
  | 'end of stream' | 'directive' | 'document start' | 'document end'
  | 'block list' | 'block map' | 'block end' | 'entry' | 'key' | 'value'
  | '[' | ']' | '{' | '}' | ','
  | 'alias' | 'anchor' | 'tag' | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  /** Where it begins. */
  readonly at: number;
  /** A scalar's value, or the name of an anchor or an alias. */
  readonly text: string;
  /** Whether it is a scalar without quotes, and no block. */
  readonly isPlain: boolean;
  readonly tag?: WrittenTag;
}

/** What turns out to be a key if a `:` follows on its line. */
interface PossibleKey {
  /** Its token's number among all. */
  readonly token: number;
  readonly at: number;
  readonly column: number;
  /** Whether nothing but a key can stand there. */
  readonly required: boolean;
}

/** How far from its beginning a key may have its `:`. */
const LONGEST_KEY = 1024;

/**
 * The tokens of YAML 1.1 as libyaml finds them, whose rules go-yaml and so kubectl follow to the letter. They differ in many a
 * detail from those of YAML 1.2, which parsers for JavaScript follow, and each of the differences would let a manifest say one thing
 * to the API server and another to us.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/scannerc.go
 */
export class Scanner {
  private readonly cursor: Cursor;
  private queue: Token[] = [];
  private head = 0;
  /** How many tokens were taken before those of the queue. */
  private before = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  /** The possible key of the block context, and that of each flow collection that is open. */
  private readonly keys: (PossibleKey | undefined)[] = [undefined];
  private readonly keyAt = new Map<number, PossibleKey>();
  /** Whether a key may begin here. */
  private keyAllowed = true;

  constructor(text: string) {
    this.cursor = new Cursor(text);
  }

  /** The next token. What may yet turn out to stand after the `key` that belongs before it is not let out. @throws ReadFault */
  public peek(): Token {
    for (;;) {
      if (this.head < this.queue.length) {
        const key = this.keyAt.get(this.before + this.head);
        if (!key || !this.isStillPossible(key)) return this.queue[this.head];
      }
      this.fetch();
    }
  }

  public take(): Token {
    const token = this.peek();
    if (++this.head === this.queue.length) {
      this.before += this.head;
      this.head = 0;
      this.queue = [];
    }
    return token;
  }

  private get inFlow(): boolean {
    return this.keys.length > 1;
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.unroll(cursor.column);
    const code = cursor.code();
    const isMarker = isBlankOrEnd(cursor.code(1));
    if (code === 0) return this.end();
    if (code === 0x25 && cursor.column === 0) return this.directive();
    if (cursor.atDocumentMark()) return this.boundary(code === 0x2d ? 'document start' : 'document end', 3);
    switch (code) {
      case 0x5b: return this.openFlow('[');
      case 0x7b: return this.openFlow('{');
      case 0x5d: return this.closeFlow(']');
      case 0x7d: return this.closeFlow('}');
      case 0x2c: return this.comma();
      case 0x2d: if (isMarker) return this.entry(); break;
      case 0x3f: if (isMarker || this.inFlow) return this.explicitKey(); break;
      case 0x3a: if (isMarker || this.inFlow) return this.value(); break;
      case 0x2a: return this.startOfKey('alias', () => scanName(cursor));
      case 0x26: return this.startOfKey('anchor', () => scanName(cursor));
      case 0x21: return this.tag();
      case 0x7c: case 0x3e: if (!this.inFlow) return this.blockScalar(); break;
      case 0x22: case 0x27: return this.startOfKey('scalar', () => scanQuoted(cursor));
    }
    if (isBlank(code) || '#|>%@`'.includes(cursor.text[cursor.at])) {
      throw cursor.fault(code === 9 ? 'a tab stands where spaces indent a line' : `nothing can begin with ${JSON.stringify(cursor.text[cursor.at])}; write it in quotes`);
    }
    this.plainScalar();
  }

  /** Moves over blanks, comments and line breaks. */
  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      while (cursor.code() === 32 || (cursor.code() === 9 && (this.inFlow || !this.keyAllowed))) cursor.at++;
      cursor.skipComment();
      if (!isBreak(cursor.code())) return;
      cursor.lineBreak();
      if (!this.inFlow) this.keyAllowed = true;
    }
  }

  private push(kind: TokenKind, at: number, text = '', isPlain = false, tag?: WrittenTag): void {
    this.queue.push({ kind, at, text, isPlain, tag });
  }

  /** Puts a token before one that is still in the queue. */
  private insert(number: number, kind: TokenKind, at: number): void {
    this.queue.splice(number - this.before, 0, { kind, at, text: '', isPlain: false });
  }

  /** Opens a block collection at a column further in. */
  private roll(column: number, number: number, kind: TokenKind, at: number): void {
    if (this.inFlow || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.insert(number, kind, at);
  }

  /** Closes the block collections that are further in than a column. */
  private unroll(column: number): void {
    if (this.inFlow) return;
    for (; this.indent > column; this.indent = this.indents.pop()!) this.push('block end', this.cursor.at);
  }

  private isStillPossible(key: PossibleKey): boolean {
    if (key.at >= this.cursor.lineStart && key.at + LONGEST_KEY >= this.cursor.at) return true;
    if (key.required) throw this.cursor.fault('there is no ":" after a key', key.at);
    this.forget(key);
    return false;
  }

  private forget(key: PossibleKey): void {
    this.keyAt.delete(key.token);
    // It may be that of an outer collection.
    const level = this.keys.lastIndexOf(key);
    if (level !== -1) this.keys[level] = undefined;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const { at, column } = this.cursor;
    this.removeKey();
    const key = { token: this.before + this.queue.length, at, column, required: !this.inFlow && this.indent === column };
    this.keys[this.keys.length - 1] = key;
    this.keyAt.set(key.token, key);
  }

  private removeKey(): void {
    const key = this.keys[this.keys.length - 1];
    if (!key) return;
    if (key.required) throw this.cursor.fault('there is no ":" after a key', key.at);
    this.forget(key);
  }

  private boundary(kind: TokenKind, length: number): void {
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.push(kind, this.cursor.at);
    this.cursor.at += length;
  }

  private end(): void {
    // What may be a key on the last line is none.
    this.cursor.lineStart = this.cursor.at;
    this.boundary('end of stream', 0);
  }

  private directive(): void {
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
    const { at } = this.cursor;
    this.push('directive', at, '', false, scanDirective(this.cursor));
  }

  private openFlow(kind: TokenKind): void {
    this.saveKey();
    this.keys.push(undefined);
    this.keyAllowed = true;
    this.push(kind, this.cursor.at++);
  }

  private closeFlow(kind: TokenKind): void {
    this.removeKey();
    if (this.inFlow) this.keys.pop();
    this.keyAllowed = false;
    this.push(kind, this.cursor.at++);
  }

  private comma(): void {
    this.removeKey();
    this.keyAllowed = true;
    this.push(',', this.cursor.at++);
  }

  private entry(): void {
    const { at, column } = this.cursor;
    if (!this.inFlow) {
      if (!this.keyAllowed) throw this.cursor.fault('a list begins on a line that says something else already');
      this.roll(column, this.before + this.queue.length, 'block list', at);
    }
    this.removeKey();
    this.keyAllowed = true;
    this.push('entry', this.cursor.at++);
  }

  private explicitKey(): void {
    const { at, column } = this.cursor;
    if (!this.inFlow) {
      if (!this.keyAllowed) throw this.cursor.fault('a key begins where none can stand');
      this.roll(column, this.before + this.queue.length, 'block map', at);
    }
    this.removeKey();
    this.keyAllowed = !this.inFlow;
    this.push('key', this.cursor.at++);
  }

  private value(): void {
    const { at, column } = this.cursor;
    const key = this.keys[this.keys.length - 1];
    if (key && this.isStillPossible(key)) {
      this.insert(key.token, 'key', key.at);
      this.roll(key.column, key.token, 'block map', key.at);
      this.forget(key);
      this.keyAllowed = false;
    } else {
      if (!this.inFlow) {
        if (!this.keyAllowed) throw this.cursor.fault('a ":" stands where no key can be; write the text around it in quotes');
        this.roll(column, this.before + this.queue.length, 'block map', at);
      }
      this.keyAllowed = !this.inFlow;
    }
    this.push('value', this.cursor.at++);
  }

  private startOfKey(kind: TokenKind, scan: () => string): void {
    const { at } = this.cursor;
    this.saveKey();
    this.keyAllowed = false;
    this.push(kind, at, scan());
  }

  private tag(): void {
    const { at } = this.cursor;
    this.saveKey();
    this.keyAllowed = false;
    this.push('tag', at, '', false, scanTag(this.cursor));
  }

  private plainScalar(): void {
    const { at } = this.cursor;
    this.saveKey();
    this.keyAllowed = false;
    const { text, broken } = scanPlain(this.cursor, this.indent + 1, this.inFlow);
    if (broken) this.keyAllowed = true;
    this.push('scalar', at, text, true);
  }

  private blockScalar(): void {
    const { at } = this.cursor;
    this.removeKey();
    this.keyAllowed = true;
    this.push('scalar', at, scanBlock(this.cursor, this.indent));
  }
}
