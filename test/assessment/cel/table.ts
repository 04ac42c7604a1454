import * as fs from 'fs';
import * as path from 'path';
import { Value } from '../../../lib/assessment/cel';
import { typedValue } from '../../../lib/inventory';

/** What `object` is to the expressions of the table. */
export const OBJECT = { s: 'x', n: 1, l: [1, 2, 'a'], m: { a: 1, b: { c: 2 } }, d: 1.5, e: {}, el: [] };

/** An expression, and what the API server says to it. */
export interface Case {
  readonly cel: string;
  /** `int 3`, `string "x"`, or `error`. */
  readonly answer: string;
}

export const CASES: readonly Case[] = fs.readFileSync(path.join(__dirname, 'expressions.txt'), 'utf8').split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const at = line.lastIndexOf('  =>  ');
    return { cel: line.slice(0, at), answer: line.slice(at + 6) };
  });

export const TYPED_OBJECT = typedValue(OBJECT, 'anything', '', []) as Value;

/** A value as JSON has it, for it to be compared with the server's. */
export function jsonOf(value: Value): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
  if (Array.isArray(value)) return value.map(jsonOf);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(jsonOf(key)), jsonOf(item)]));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'object' && value !== null && 'value' in value ? jsonOf((value as { value: Value }).value) : value;
}
