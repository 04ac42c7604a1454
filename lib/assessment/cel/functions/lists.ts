import { items, whole } from './arguments';
import { add } from '../arithmetic';
import type { Functions } from '../call';
import { compared, equal } from '../equality';
import { contentOf, Optional } from '../optional';
import { CelError, isList, typeName, Value } from '../value';

/**
 * Kubernetes' functions on lists, and CEL's extension of them in the version that Kubernetes has since 1.34.
 * @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library
 */
export const LISTS: Functions = {
  '.isSorted/1': (list) => items(list).every((item, i, all) => i === 0 || !(order(all[i - 1], item) > 0)),
  '.sum/1': (list) => items(list).length === 0 ? 0n : items(list).reduce(add),
  '.min/1': (list) => extreme('min', items(list), (a, b) => order(a, b) > 0),
  '.max/1': (list) => extreme('max', items(list), (a, b) => order(a, b) < 0),
  '.distinct/1': (list) => items(list).filter((item, i, all) => all.findIndex((other) => equal(other, item)) === i),
  '.reverse/1': (list) => [...items(list)].reverse(),
  '.slice/3': (list, start, end) => slice(items(list), whole(start), whole(end)),
  '.flatten/1': (list) => flattened(items(list), 1),
  '.flatten/2': (list, depth) => flattened(items(list), whole(depth)),
  '.sort/1': (list) => sortedBy(items(list), items(list)),
  '.first/1': (list) => Optional.of(items(list)[0]),
  '.last/1': (list) => Optional.of(items(list).at(-1)),
  '.unwrapOpt/1': unwrapped,
  'optional.unwrap/1': unwrapped,
  'lists.range/1': (count) => Array.from({ length: Math.max(0, whole(count)) }, (_, i) => BigInt(i)),
};

/** What the optionals of a list hold, where they hold anything. */
function unwrapped(list: Value): Value {
  return items(list).map(contentOf).filter((content) => content !== undefined);
}

/** Of values that have no order neither comes first; these functions take that for good. */
function order(a: Value, b: Value): number {
  try {
    return compared('', a, b);
  } catch {
    return NaN;
  }
}

function extreme(name: string, list: readonly Value[], isBetter: (best: Value, other: Value) => boolean): Value {
  if (list.length === 0) throw new CelError(`${name} called on empty list`);
  return list.reduce((best, other) => isBetter(best, other) ? other : best);
}

function slice(list: readonly Value[], start: number, end: number): readonly Value[] {
  if (start < 0 || end < 0) throw new CelError(`cannot slice(${start}, ${end}), negative indexes not supported`);
  if (start > end) throw new CelError(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`);
  if (list.length < end) throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  return list.slice(start, end);
}

function flattened(list: readonly Value[], depth: number): readonly Value[] {
  if (depth < 0) throw new CelError('level must be non-negative');
  return list.flatMap((item) => isList(item) && depth > 0 ? flattened(item, depth - 1) : [item]);
}

/** A list in the order of its keys, one for each item. */
export function sortedBy(list: readonly Value[], keys: readonly Value[]): readonly Value[] {
  if (keys.some((key) => typeName(key) !== typeName(keys[0]))) throw new CelError('list elements must have the same type');
  if (keys.length === 1) compared('sort', keys[0], keys[0]); // one key has an order too
  return list.map((_, i) => i).sort((a, b) => compared('sort', keys[a], keys[b])).map((i) => list[i]);
}
