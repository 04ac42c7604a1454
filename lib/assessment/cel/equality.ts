import { CelError, Extension, isList, isMap, noOverload, typeName, Uint, Value } from './value';

/** `a == b`: numbers of all three types by their amount; values of different types are not equal. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof a === 'boolean' || a === null) return false;
  const [left, right] = [amount(a), amount(b)];
  // eslint-disable-next-line eqeqeq -- 1n == 1 compares amounts, exactly
  if (left !== undefined) return right !== undefined && left == right;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (isMap(a)) return isMap(b) && a.size === b.size && [...a].every(([key, item]) => b.has(key) && equal(item, b.get(key)!));
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  return typeName(a) === typeName(b) && (a as Extension).equals(b as Extension);
}

/** How `a` and `b` are ordered: below, at or above zero; NaN where a double is none, which is neither less, equal nor more. */
export function compared(operator: string, a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return byCodePoints(a, b);
  const [left, right] = [amount(a), amount(b)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : Number.isNaN(left) || Number.isNaN(right) ? NaN : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (isOrdered(a) && isOrdered(b) && a.celType === b.celType) return a.compareTo(b);
  throw noOverload(operator, a, b);
}

/** A type of ours with an order. */
export interface Ordered extends Extension {
  compareTo(other: this): number;
}

function isOrdered(value: Value): value is Ordered {
  return typeof (value as Ordered | null)?.compareTo === 'function';
}

/** A number of any type, as JavaScript compares it. */
export function amount(value: Value): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof Uint ? value.value : undefined;
}

/** UTF-16, as JavaScript compares, puts the emoji before some that come after them. */
function byCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = /[\ud800-\udfff]/.test(a + b) ? [Buffer.from(a), Buffer.from(b)] : [a, b];
  if (typeof left === 'string') return left < right ? -1 : 1;
  return Buffer.compare(left, right as Buffer);
}

/** A key as Maps hold it: CEL takes 1, 1u and 1.0 for the same. */
export function mapKey(key: Value): Value {
  if (key instanceof Uint) return key.value;
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : key;
}

/** `item in container` */
export function contains(item: Value, container: Value): boolean {
  if (isList(container)) return typeof item === 'string' ? container.includes(item) : container.some((each) => equal(each, item));
  if (isMap(container)) return container.has(mapKey(item));
  throw noOverload('in', item, container);
}

/** `container[key]`; undefined where there is nothing. */
export function elementOf(container: Value, key: Value): Value | undefined {
  if (isMap(container)) return container.get(mapKey(key));
  if (!isList(container)) return undefined;
  const index = mapKey(key);
  if (typeof index !== 'bigint') throw new CelError(`unsupported index value ${String(key)} in list`);
  return index >= 0n && index < BigInt(container.length) ? container[Number(index)] : undefined;
}

/** `container[key]`, which errs where there is nothing. */
export function element(container: Value, key: Value): Value {
  const value = elementOf(container, key);
  if (value !== undefined) return value;
  throw new CelError(isList(container) ? `index out of bounds: ${String(mapKey(key))}` : `no such key: ${String(amount(key) ?? key)}`);
}
