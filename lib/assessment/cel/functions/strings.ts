import { text, whole } from './arguments';
import type { Functions } from '../call';
import { CelError, isList, isMap, Value } from '../value';

/**
 * CEL's own functions on strings, and the extension that Kubernetes has, in its version 2. Positions count code points.
 * @see https://pkg.go.dev/github.com/google/cel-go/ext#Strings
 */
export const STRINGS: Functions = {
  'size/1': size,
  '.size/1': size,
  '.contains/2': (s, part) => text(s).includes(text(part)),
  '.startsWith/2': (s, start) => text(s).startsWith(text(start)),
  '.endsWith/2': (s, end) => text(s).endsWith(text(end)),
  '.charAt/2': (s, at) => charAt(points(s), whole(at)),
  '.substring/2': (s, start) => substring(points(s), whole(start)),
  '.substring/3': (s, start, end) => substring(points(s), whole(start), whole(end)),
  '.lowerAscii/1': (s) => text(s).replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  '.upperAscii/1': (s) => text(s).replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  '.trim/1': (s) => text(s).replace(/^[\s\u0085]+|[\s\u0085]+$/g, (spaces) => spaces.replace(/[^\ufeff]/g, '')),
  '.replace/3': (s, old, by) => replaced(text(s), text(old), text(by), -1),
  '.replace/4': (s, old, by, most) => replaced(text(s), text(old), text(by), whole(most)),
  '.split/2': (s, separator) => split(text(s), text(separator), -1),
  '.split/3': (s, separator, most) => split(text(s), text(separator), whole(most)),
  '.join/1': (list) => joined(list, ''),
  '.join/2': (list, separator) => joined(list, text(separator)),
  'strings.quote/1': (s) => quoted(text(s)),
};

function size(value: Value): bigint {
  if (typeof value === 'string') return BigInt(/[\ud800-\udfff]/.test(value) ? [...value].length : value.length);
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  throw new CelError('no such overload: size');
}

/** A string as its code points. */
export function points(value: Value): readonly string[] {
  return [...text(value)];
}

export function outOfRange(at: number): CelError {
  return new CelError(`index out of range: ${at}`);
}

function charAt(s: readonly string[], at: number): string {
  if (at < 0 || at > s.length) throw outOfRange(at);
  return s[at] ?? '';
}

function substring(s: readonly string[], start: number, end = s.length): string {
  if (start > end && end !== s.length) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  for (const at of [start, end]) if (at < 0 || at > s.length) throw outOfRange(at);
  return s.slice(start, end).join('');
}

/** The first `most` of them; all where it is negative. An empty string is found before each code point, and at the end. */
function replaced(s: string, old: string, by: string, most: number): string {
  if (most === 0) return s;
  const parts = old === '' ? ['', ...s, ''] : s.split(old);
  const last = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  if (old === '') return parts.map((part, i) => i < parts.length - 1 && i < last ? part + by : part).join('');
  return parts.slice(0, last + 1).join(by) + parts.slice(last + 1).map((part) => old + part).join('');
}

function split(s: string, separator: string, most: number): readonly string[] {
  if (most === 0) return [];
  const parts = separator === '' ? [...s] : s.split(separator);
  return most < 0 || parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function joined(list: Value, separator: string): string {
  if (!isList(list)) throw new CelError('no such overload: join');
  if (list.some((item) => typeof item !== 'string')) throw new CelError('join: invalid input');
  return list.join(separator);
}

const ESCAPES: { readonly [char: string]: string } = { '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', '"': '\\"' };

function quoted(s: string): string {
  return `"${s.replace(/[\x07\b\f\n\r\t\v\\"]/g, (char) => ESCAPES[char]).replace(/[\ud800-\udfff]/gu, '\ufffd')}"`;
}
