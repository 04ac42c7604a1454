import { instance, text } from './arguments';
import type { Functions } from '../call';
import { CelError, Extension, Value } from '../value';

const SYNTAX = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+|)$/;
const DECIMAL: { readonly [suffix: string]: number } = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;
const MAX = 2n ** 63n - 1n;
/** Beyond this no number is told from another one. */
const MOST_ZEROS = 5_000;

/**
 * An amount, such as `quantity('1.5Gi')`. Kubernetes holds it as an integer and a power of ten where both are small, and asInteger
 * knows no other one as whole: `quantity('1000m').isInteger()` is false.
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
class Quantity implements Extension {
  public readonly celType = 'kubernetes.Quantity';

  /** @param power the power of ten that it is held by; undefined where it is held otherwise */
  constructor(public readonly nanos: bigint, public readonly power?: number) {}

  public equals(other: Quantity): boolean {
    return this.nanos === other.nanos;
  }

  public compareTo(other: Quantity): number {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  public integer(): bigint | undefined {
    const value = this.nanos / NANO;
    return this.power !== undefined && this.power >= 0 && value <= MAX && value >= -MAX - 1n ? value : undefined;
  }

  public plus(other: Quantity, sign: 1n | -1n): Quantity {
    const nanos = this.nanos + sign * other.nanos;
    if (this.power === undefined || other.power === undefined) return new Quantity(nanos);
    const power = other.nanos === 0n ? this.power : this.nanos === 0n ? other.power : Math.min(this.power, other.power);
    return new Quantity(nanos, fits(scaled(nanos, power)) ? power : undefined);
  }
}

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
export const QUANTITIES: Functions = {
  'quantity/1': (s) => quantity(text(s)),
  'isQuantity/1': (s) => parsed(text(s)) !== undefined,
  'sign/1': (q) => BigInt(amount(q).compareTo(new Quantity(0n))),
  '.isInteger/1': (q) => amount(q).integer() !== undefined,
  '.asInteger/1': (q) => integer(amount(q)),
  '.asApproximateFloat/1': (q) => Number(`${amount(q).nanos}e-9`),
  '.add/2': (q, other) => amount(q).plus(operand(other), 1n),
  '.sub/2': (q, other) => amount(q).plus(operand(other), -1n),
};

function quantity(s: string): Quantity {
  const result = parsed(s);
  if (!result) throw new CelError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  return result;
}

function parsed(s: string): Quantity | undefined {
  const parts = s === '' ? null : SYNTAX.exec(s);
  if (!parts) return undefined;
  const [, sign, written, fraction = '', suffix] = parts;
  const whole = written.replace(/^0+/, '') || '0';
  const signed = (nanos: bigint) => sign === '-' ? -nanos : nanos;
  const binary = BINARY.indexOf(suffix);
  const digits = BigInt(whole + fraction);
  if (binary >= 0) {
    const units = digits * 1024n ** BigInt(binary + 1);
    const small = fraction === '' && 15 - whole.length - Math.trunc((binary + 1) * 3) - 1 >= 0 && fits(units);
    const nanos = roundedUp(units * NANO, fraction.length);
    return new Quantity(signed(small || nanos <= MAX * NANO ? nanos : MAX * NANO), small ? 0 : undefined);
  }
  const exponent = DECIMAL[suffix] ?? Math.max(-MOST_ZEROS, Math.min(MOST_ZEROS, Number(suffix.slice(1))));
  const power = exponent - fraction.length;
  const small = 18 - whole.length - fraction.length >= 0 && power >= -9;
  return new Quantity(signed(roundedUp(digits * NANO * 10n ** BigInt(Math.max(0, exponent)), fraction.length + Math.max(0, -exponent))), small ? power : undefined);
}

/** An amount over a power of ten, away from zero. */
function roundedUp(amountOfNanos: bigint, power: number): bigint {
  const unit = 10n ** BigInt(power);
  return (amountOfNanos + unit - 1n) / unit;
}

/** How many of a power of ten an amount is. */
function scaled(nanos: bigint, power: number): bigint {
  return power >= 0 ? nanos / NANO / 10n ** BigInt(power) : nanos * 10n ** BigInt(-power) / NANO;
}

function fits(value: bigint): boolean {
  return value <= MAX && value >= -MAX - 1n;
}

export function amount(value: Value): Quantity {
  return instance(Quantity, value);
}

/** Sums are with quantities or ints. */
function operand(value: Value): Quantity {
  return typeof value === 'bigint' ? new Quantity(value * NANO, 0) : amount(value);
}

function integer(q: Quantity): bigint {
  const value = q.integer();
  if (value === undefined) throw new CelError('cannot convert value to integer');
  return value;
}

export function isQuantity(value: Value): boolean {
  return value instanceof Quantity;
}
