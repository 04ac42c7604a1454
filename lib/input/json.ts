import { DEEPEST, ReadFault } from './fault';
import { JsonMap, put, twice } from './map';
import type { Document } from './parser';
import { note, Places } from './places';
import { shown } from '../errors';

/** What a text of JSON begins with. */
export interface JsonValue extends Document {
  readonly end: number;
}

/**
 * Reads one value of JSON, as Go's decoder does; but a key that is written twice is refused.
 * @returns undefined where the text is no JSON
 * @throws ReadFault
 */
export function jsonValue(text: string, from: number, places?: Places): JsonValue | undefined {
  const reader = new JsonReader(text, from, places);
  reader.skipSpace();
  const { at } = reader;
  const json = reader.value(0);
  return json === NONE ? undefined : { json, at, end: reader.at };
}

/** No JSON. */
const NONE = Symbol('none');
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

class JsonReader {
  constructor(private readonly text: string, public at: number, private readonly places?: Places) {}

  public value(depth: number): unknown {
    if (depth > DEEPEST) throw new ReadFault(`it is nested deeper than ${DEEPEST} levels`, this.at);
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b: return this.map(depth);
      case 0x5b: return this.list(depth);
      case 0x22: return this.string();
      case 0x74: return this.word('true', true);
      case 0x66: return this.word('false', false);
      case 0x6e: return this.word('null', null);
      default: return this.number();
    }
  }

  public skipSpace(): void {
    for (let code = this.text.charCodeAt(this.at); code === 32 || code === 10 || code === 13 || code === 9; code = this.text.charCodeAt(++this.at));
  }

  private map(depth: number): unknown {
    const map: JsonMap = {};
    this.at++;
    for (this.skipSpace(); !this.skip(0x7d); this.skipSpace()) {
      const keyAt = this.at;
      const key = this.text.charCodeAt(keyAt) === 0x22 ? this.string() : NONE;
      this.skipSpace();
      if (key === NONE || !this.skip(0x3a)) return NONE;
      this.skipSpace();
      const value = this.value(depth + 1);
      if (value === NONE) return NONE;
      if (Object.hasOwn(map, key as string)) throw twice(key as string, keyAt);
      if (this.places) note(this.places, map, key as string, keyAt);
      put(map, key as string, value);
      if (!this.comma(0x7d)) return NONE;
    }
    return map;
  }

  private list(depth: number): unknown {
    const list: unknown[] = [];
    this.at++;
    for (this.skipSpace(); !this.skip(0x5d); this.skipSpace()) {
      if (this.places) note(this.places, list, list.length, this.at);
      const item = this.value(depth + 1);
      if (item === NONE) return NONE;
      list.push(item);
      if (!this.comma(0x5d)) return NONE;
    }
    return list;
  }

  /** Whether after an entry the end follows, or a comma and another entry. */
  private comma(end: number): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.at) === end) return true;
    if (!this.skip(0x2c)) return false;
    this.skipSpace();
    return this.text.charCodeAt(this.at) !== end;
  }

  private skip(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  private string(): string | typeof NONE {
    const start = this.at;
    let isPlain = true;
    let code = this.text.charCodeAt(++this.at);
    for (; code !== 0x22; code = this.text.charCodeAt(++this.at)) {
      // The end of the text is no number.
      if (!(code >= 32)) return NONE;
      if (code === 0x5c) {
        isPlain = false;
        this.at++;
      }
    }
    const raw = this.text.slice(start, ++this.at);
    return isPlain ? raw.slice(1, -1) : unescaped(raw);
  }

  private number(): unknown {
    NUMBER.lastIndex = this.at;
    const text = NUMBER.exec(this.text)?.[0];
    if (text === undefined) return NONE;
    const value = Number(text);
    if (!Number.isFinite(value)) throw new ReadFault(`${shown(text)} is no number that Kubernetes can hold; write one that fits`, this.at);
    this.at += text.length;
    // There is no negative zero.
    return value + 0;
  }

  private word(word: string, value: unknown): unknown {
    if (!this.text.startsWith(word, this.at)) return NONE;
    this.at += word.length;
    return value;
  }
}

function unescaped(string: string): string | typeof NONE {
  try {
    return JSON.parse(string) as string;
  } catch {
    return NONE;
  }
}
