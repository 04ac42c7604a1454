import { Cursor } from './cursor';
import { ReadFault } from './fault';
import type { JsonMap } from './map';
import type { Document } from './parser';
import { note, Places } from './places';
import { isWord, plainScalar } from './scalar';
import { scanBlock } from './scan-scalar';

/** Something that only the whole grammar can tell. */
const UNUSUAL = Symbol('unusual');
/** Nesting beyond which the whole grammar counts. */
const DEEP = 100;

/**
 * Reads a document of the YAML that nearly all manifests are written in (maps and lists in block style with plain keys, scalars on one
 * line, block scalars, short flow collections), several times as fast as the whole grammar. On anything else, wrong things included, it
 * gives up; what it does read, it reads as `Parser` does, as a test on random documents says.
 * @param text without control characters, carriage returns and Unicode's line breaks; ends in a line feed
 * @returns undefined where the document is another
 */
export function readBlockDocument(text: string, start: number, end: number, places?: Places): Document | undefined {
  try {
    return new BlockReader(text, start, end, places).document();
  } catch (error) {
    if (error === UNUSUAL || error instanceof ReadFault) return undefined;
    throw error;
  }
}

class BlockReader {
  /** The column of the line that is to be read next; -1 after the last. */
  private column = -1;
  private depth = 0;
  private cursor?: Cursor;

  private at: number;

  constructor(private readonly text: string, private readonly start: number, private readonly end: number, private readonly places?: Places) {
    this.at = start;
  }

  /**
   * What reads a collection or a scalar stops at the first line that does not go on with it. If that is further in than what encloses
   * it, nothing takes it, and it is left over here: a scalar over several lines, or a line that is indented wrongly.
   */
  public document(): Document {
    this.nextLine();
    const { at } = this;
    if (this.column === -1) return { json: null, at: at - this.start };
    const json = this.isEntry(at) ? this.list(this.column) : this.map(this.column);
    if (this.column !== -1) throw UNUSUAL;
    return { json, at: at - this.start };
  }

  /** From the beginning of a line, moves to the first that says something. */
  private nextLine(): void {
    const { text } = this;
    let { at } = this;
    while (at < this.end) {
      let first = at;
      while (text.charCodeAt(first) === 32) first++;
      const code = text.charCodeAt(first);
      if (code === 9) throw UNUSUAL;
      if (code !== 10 && code !== 35) {
        this.column = first - at;
        this.at = first;
        return;
      }
      at = code === 10 ? first + 1 : text.indexOf('\n', first) + 1;
    }
    this.at = this.end;
    this.column = -1;
  }

  /** Moves on from the end of a value, with nothing but spaces and a comment after it. */
  private endLine(): void {
    const { text } = this;
    let { at } = this;
    while (text.charCodeAt(at) === 32) at++;
    const code = text.charCodeAt(at);
    if (code === 10) this.at = at + 1;
    else if (code === 35 && text.charCodeAt(at - 1) === 32) this.at = text.indexOf('\n', at) + 1;
    else throw UNUSUAL;
    this.nextLine();
  }

  private isEntry(at: number): boolean {
    if (this.text.charCodeAt(at) !== 45) return false;
    const next = this.text.charCodeAt(at + 1);
    return next === 32 || next === 10;
  }

  /** What stands on the lines further in than a column. */
  private nested(column: number): unknown {
    if (this.isEntry(this.at)) return this.list(this.column);
    return this.keyEnd(this.at) === -1 ? this.scalar(column) : this.map(this.column);
  }

  private map(column: number): JsonMap {
    if (++this.depth > DEEP) throw UNUSUAL;
    const map: JsonMap = {};
    do {
      const end = this.keyEnd(this.at);
      if (end === -1) throw UNUSUAL;
      const key = this.keyOf(this.at, end);
      // A key that is given twice, or that means something to JavaScript.
      if (map[key] !== undefined) throw UNUSUAL;
      if (this.places) note(this.places, map, key, this.at - this.start);
      this.at = end + 1;
      map[key] = this.value(column, true);
    } while (this.column === column);
    this.depth--;
    return map;
  }

  private list(column: number): unknown[] {
    if (++this.depth > DEEP) throw UNUSUAL;
    const list: unknown[] = [];
    do {
      if (this.places) note(this.places, list, list.length, this.at - this.start);
      const dash = this.at++;
      while (this.text.charCodeAt(this.at) === 32) this.at++;
      const inner = column + this.at - dash;
      if (this.isEntry(this.at)) list.push(this.list(inner));
      else if (this.keyEnd(this.at) !== -1) list.push(this.map(inner));
      else list.push(this.value(column, false));
    } while (this.column === column && this.isEntry(this.at));
    this.depth--;
    return list;
  }

  /** What stands after a key or a dash, on its line or on those after it that are further in. */
  private value(column: number, ofKey: boolean): unknown {
    while (this.text.charCodeAt(this.at) === 32) this.at++;
    const code = this.text.charCodeAt(this.at);
    if (code !== 10 && code !== 35) return this.scalar(column);
    this.endLine();
    if (this.column > column) return this.nested(column);
    return ofKey && this.column === column && this.isEntry(this.at) ? this.list(column) : null;
  }

  /** A value that is written on one line, or a block scalar; and the end of its lines. */
  private scalar(column: number): unknown {
    const code = this.text.charCodeAt(this.at);
    if (code === 0x7c || code === 0x3e) return this.blockScalar(column);
    const value = this.inline(code);
    this.endLine();
    return value;
  }

  private inline(code: number): unknown {
    switch (code) {
      case 0x22: case 0x27: return this.quoted(code);
      case 0x5b: case 0x7b: return this.flow(code);
      default: return this.plain(code);
    }
  }

  private blockScalar(column: number): string {
    const cursor = this.cursor ??= new Cursor(this.text);
    cursor.at = this.at;
    cursor.lineStart = this.text.lastIndexOf('\n', this.at) + 1;
    const value = scanBlock(cursor, column);
    this.at = cursor.lineStart;
    this.nextLine();
    return value;
  }

  private plain(first: number): string | number | boolean | null {
    const { text } = this;
    if (first < 128 && (!BEGINS_PLAIN[first] || this.isEntry(this.at))) throw UNUSUAL;
    const start = this.at;
    let end = start;
    for (let at = start, code = first; code !== 10; code = text.charCodeAt(++at)) {
      if (code === 32) continue;
      if (code === 9) throw UNUSUAL;
      if (code === 35 && at - 1 >= end && at > start) break;
      if (code === 58) {
        const next = text.charCodeAt(at + 1);
        if (next === 32 || next === 10) throw UNUSUAL;
      }
      end = at + 1;
    }
    this.at = end;
    return number(plainScalar(text.slice(start, end)));
  }

  /** A scalar in quotes on one line, in which nothing is escaped. */
  private quoted(quote: number): string {
    const { text } = this;
    const start = this.at + 1;
    let at = start;
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(++at)) if (code === 10 || code === 92) throw UNUSUAL;
    if (quote === 39 && text.charCodeAt(at + 1) === 39) throw UNUSUAL;
    this.at = at + 1;
    return text.slice(start, at);
  }

  private flow(code: number): unknown {
    if (code === 0x22 || code === 0x27) return this.quoted(code);
    if (code === 0x5b) return this.flowList();
    if (code === 0x7b) return this.flowMap();
    const start = this.at;
    while (IN_FLOW[this.text.charCodeAt(this.at)]) this.at++;
    if (this.at === start) throw UNUSUAL;
    return number(plainScalar(this.text.slice(start, this.at)));
  }

  private flowList(): unknown[] {
    const list: unknown[] = [];
    for (let code = this.afterSpaces(1); code !== 0x5d || list.length > 0; code = this.afterSpaces(1)) {
      if (this.places) note(this.places, list, list.length, this.at - this.start);
      list.push(this.flow(code));
      const next = this.afterSpaces(0);
      if (next === 0x5d) break;
      if (next !== 0x2c) throw UNUSUAL;
    }
    this.at++;
    return list;
  }

  private flowMap(): JsonMap {
    const map: JsonMap = {};
    for (let code = this.afterSpaces(1), isFirst = true; code !== 0x7d || !isFirst; code = this.afterSpaces(1), isFirst = false) {
      const end = this.keyEnd(this.at);
      if (end === -1 || this.text.charCodeAt(end + 1) === 10) throw UNUSUAL;
      const key = this.keyOf(this.at, end);
      if (map[key] !== undefined) throw UNUSUAL;
      if (this.places) note(this.places, map, key, this.at - this.start);
      this.at = end;
      map[key] = this.flow(this.afterSpaces(1));
      const next = this.afterSpaces(0);
      if (next === 0x7d) break;
      if (next !== 0x2c) throw UNUSUAL;
    }
    this.at++;
    return map;
  }

  private afterSpaces(skipped: number): number {
    this.at += skipped;
    while (this.text.charCodeAt(this.at) === 32) this.at++;
    return this.text.charCodeAt(this.at);
  }

  /** Where the `:` is of a key that begins here; -1 where none does, or an unusual one. */
  private keyEnd(start: number): number {
    const { text } = this;
    const first = text.charCodeAt(start);
    let at = start + 1;
    if (first === 0x22 || first === 0x27) {
      for (let code = text.charCodeAt(at); code !== first; code = text.charCodeAt(++at)) if (code === 10 || code === 92) return -1;
      at++;
    } else {
      if (!BEGINS_KEY[first]) return -1;
      while (IN_KEY[text.charCodeAt(at)]) at++;
    }
    if (text.charCodeAt(at) !== 58 || at - start > 1000) return -1;
    const next = text.charCodeAt(at + 1);
    return next === 32 || next === 10 ? at : -1;
  }

  private keyOf(start: number, end: number): string {
    const first = this.text.charCodeAt(start);
    if (first === 0x22 || first === 0x27) return this.text.slice(start + 1, end - 1);
    const key = this.text.slice(start, end);
    if (end - start <= 5 && isWord(key)) throw UNUSUAL;
    return key;
  }
}

function number<T>(value: T): T {
  if (typeof value === 'number' && !Number.isFinite(value)) throw UNUSUAL;
  return value;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const BEGINS_KEY = those(LETTERS);
const IN_KEY = those(`${LETTERS}0123456789./-`);
const IN_FLOW = those(`${LETTERS}0123456789./=+`);
/** Of `-` it depends on what follows. */
const BEGINS_PLAIN = those(`${LETTERS}0123456789$()+-./;<=\\^~`);

function those(characters: string): boolean[] {
  return Array.from({ length: 128 }, (_, code) => characters.includes(String.fromCharCode(code)));
}
