import { items, whole } from './arguments';
import { outOfRange, points } from './strings';
import type { Functions } from '../call';
import { equal } from '../equality';
import { isList, Value } from '../value';

/** `indexOf` and `lastIndexOf`, of strings and of lists. */
export const SEARCH: Functions = {
  '.indexOf/2': (all, part) => isList(all) ? BigInt(all.findIndex((item) => equal(item, part))) : first(points(all), points(part), 0),
  '.indexOf/3': (all, part, from) => first(points(all), points(part), whole(from)),
  '.lastIndexOf/2': (all, part) => isList(all) ? BigInt(all.reduce<number>((at, item, i) => equal(item, part) ? i : at, -1)) : last(points(all), points(part)),
  '.lastIndexOf/3': (all, part, from) => last(points(all), points(part), whole(from)),
};

function first(s: readonly string[], part: readonly string[], from: number): bigint {
  if (part.length === 0) return BigInt(from);
  if (from < 0) throw outOfRange(from);
  for (let at = from; at + part.length <= s.length; at++) if (isAt(s, part, at)) return BigInt(at);
  return -1n;
}

function last(s: readonly string[], part: readonly string[], from?: number): bigint {
  if (part.length === 0) return BigInt(from ?? s.length);
  if (from === undefined) {
    if (s.length < part.length) return -1n;
    from = s.length - 1;
  }
  if (from < 0) throw outOfRange(from);
  if (from >= s.length) return -1n;
  for (let at = Math.min(from, s.length - part.length); at >= 0; at--) if (isAt(s, part, at)) return BigInt(at);
  return -1n;
}

function isAt(s: readonly string[], part: readonly string[], at: number): boolean {
  return part.every((char, i) => s[at + i] === char);
}

/** @see https://pkg.go.dev/github.com/google/cel-go/ext#Sets */
export const SETS: Functions = {
  'sets.contains/2': (all, some) => containsAll(items(all), items(some)),
  'sets.equivalent/2': (a, b) => containsAll(items(a), items(b)) && containsAll(items(b), items(a)),
  'sets.intersects/2': (a, b) => items(a).some((item) => has(items(b), item)),
};

function containsAll(all: readonly Value[], some: readonly Value[]): boolean {
  return some.every((item) => has(all, item));
}

function has(list: readonly Value[], item: Value): boolean {
  return list.some((each) => equal(each, item));
}
