import type { Places } from './builder';
import { DEEPEST, ReadFault } from './fault';
import { put, twice } from './map';
import type { Document } from './parser';

/** What a text of JSON begins with. */
export interface JsonValue extends Document {
  readonly end: number;
}

/**
 * Reads one value of JSON, as Go's decoder does but for a key that is written twice, which is refused.
 * @returns undefined where the text is no JSON
 * @throws ReadFault
 */
export function jsonValue(text: string, from: number, places?: Places): JsonValue | undefined {
  const reader = new JsonReader(text, from, places);
  reader.space();
  const { at } = reader;
  const json = reader.value(0);
  return json === NONE ? undefined : { json, at, end: reader.at };
}

/** No JSON. */
const NONE = Symbol('none');
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

class JsonReader {
  constructor(private readonly text: string, public at: number, private readonly places?: Places) {}

  public value(depth: number): unknown {
    if (depth > DEEPEST) throw new ReadFault(`it is nested deeper than ${DEEPEST} levels`, this.at);
    this.space();
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b: return this.object(depth);
      case 0x5b: return this.array(depth);
      case 0x22: return this.string();
      case 0x74: return this.word('true', true);
      case 0x66: return this.word('false', false);
      case 0x6e: return this.word('null', null);
      default: return this.number();
    }
  }

  private object(depth: number): unknown {
    const object = {};
    this.at++;
    for (let first = true; ; first = false) {
      this.space();
      if (this.text[this.at] === '}' && first) break;
      if (!first && !this.comma()) {
        if (this.text[this.at] === '}') break;
        return NONE;
      }
      this.space();
      const keyAt = this.at;
      const key = this.text[this.at] === '"' ? this.string() : NONE;
      this.space();
      if (key === NONE || this.text[this.at++] !== ':') return NONE;
      const value = this.value(depth + 1);
      if (value === NONE) return NONE;
      if (Object.hasOwn(object, key as string)) throw twice(key as string, keyAt);
      this.note(object, key as string, keyAt);
      put(object, key as string, value);
    }
    this.at++;
    return object;
  }

  private array(depth: number): unknown {
    const array: unknown[] = [];
    this.at++;
    for (let first = true; ; first = false) {
      this.space();
      if (this.text[this.at] === ']' && first) break;
      if (!first && !this.comma()) {
        if (this.text[this.at] === ']') break;
        return NONE;
      }
      this.space();
      this.note(array, array.length, this.at);
      const item = this.value(depth + 1);
      if (item === NONE) return NONE;
      array.push(item);
    }
    this.at++;
    return array;
  }

  private comma(): boolean {
    if (this.text[this.at] !== ',') return false;
    this.at++;
    return true;
  }

  private string(): unknown {
    STRING.lastIndex = this.at;
    if (!STRING.test(this.text)) return NONE;
    const raw = this.text.slice(this.at, STRING.lastIndex);
    this.at = STRING.lastIndex;
    return raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1);
  }

  private number(): unknown {
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.text)) return NONE;
    const value = Number(this.text.slice(this.at, NUMBER.lastIndex));
    // Go's decoder refuses what no double holds.
    if (!Number.isFinite(value)) throw new ReadFault(`${this.text.slice(this.at, NUMBER.lastIndex)} is no number that Kubernetes can hold`, this.at);
    this.at = NUMBER.lastIndex;
    return value + 0;
  }

  private word(word: string, value: unknown): unknown {
    if (!this.text.startsWith(word, this.at)) return NONE;
    this.at += word.length;
    return value;
  }

  private note(holder: object, key: string | number, at: number): void {
    if (!this.places) return;
    const known = this.places.get(holder);
    if (known) known.set(key, at);
    else this.places.set(holder, new Map([[key, at]]));
  }

  public space(): void {
    for (let c = this.text.charCodeAt(this.at); c === 32 || c === 10 || c === 13 || c === 9; c = this.text.charCodeAt(++this.at));
  }
}
