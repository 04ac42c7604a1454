import { CelError, isList, noOverload, Uint, Value } from './value';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const UMAX = 2n ** 64n - 1n;

/** An int of 64 bits, or an error. */
export function int(value: bigint): bigint {
  if (value < MIN || value > MAX) throw new CelError('integer overflow');
  return value;
}

/** A uint of 64 bits, or an error. */
export function uint(value: bigint): Uint {
  if (value < 0n || value > UMAX) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

/** A type of ours that can be added to, or subtracted from. */
interface Sums {
  plus?(other: Value): Value | undefined;
  minus?(other: Value): Value | undefined;
}

export function add(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a + b);
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (isList(a) && isList(b)) return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
  if (a instanceof Uint && b instanceof Uint) return uint(a.value + b.value);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return new Uint8Array([...a, ...b]);
  const sum = (a as Sums | null)?.plus?.(b);
  if (sum === undefined) throw noOverload('_+_', a, b);
  return sum;
}

export function subtract(a: Value, b: Value): Value {
  const difference = arithmetic(a, b, (x, y) => x - y, (x, y) => x - y) ?? (a as Sums | null)?.minus?.(b);
  if (difference === undefined) throw noOverload('_-_', a, b);
  return difference;
}

export function multiply(a: Value, b: Value): Value {
  const product = arithmetic(a, b, (x, y) => x * y, (x, y) => x * y);
  if (product === undefined) throw noOverload('_*_', a, b);
  return product;
}

export function divide(a: Value, b: Value): Value {
  const quotient = arithmetic(a, b, (x, y) => y === 0n ? undefined : x / y, (x, y) => x / y, 'division by zero');
  if (quotient === undefined) throw noOverload('_/_', a, b);
  return quotient;
}

export function modulo(a: Value, b: Value): Value {
  const rest = arithmetic(a, b, (x, y) => y === 0n ? undefined : x % y, undefined, 'modulus by zero');
  if (rest === undefined) throw noOverload('_%_', a, b);
  return rest;
}

export function negate(a: Value): Value {
  if (typeof a === 'bigint') return int(-a);
  if (typeof a === 'number') return -a;
  throw noOverload('-_', a);
}

/** Of two numbers of one type; undefined for anything else. */
function arithmetic(a: Value, b: Value, integers: (x: bigint, y: bigint) => bigint | undefined, doubles?: (x: number, y: number) => number, otherwise = ''): Value | undefined {
  const checked = (result: bigint | undefined): bigint => {
    if (result === undefined) throw new CelError(otherwise);
    return result;
  };
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(checked(integers(a, b)));
  if (a instanceof Uint && b instanceof Uint) return uint(checked(integers(a.value, b.value)));
  return typeof a === 'number' && typeof b === 'number' ? doubles?.(a, b) : undefined;
}
