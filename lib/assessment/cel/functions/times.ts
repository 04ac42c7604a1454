import { instance, text } from './arguments';
import type { Fn, Functions } from '../call';
import { CelError, Extension, Value } from '../value';

const SECOND = 1_000_000_000n;
const UNITS: { readonly [unit: string]: bigint } = { ns: 1n, us: 1_000n, 'µs': 1_000n, 'μs': 1_000n, ms: 1_000_000n, s: SECOND, m: 60n * SECOND, h: 3600n * SECOND };
const MOST = 2n ** 63n - 1n;
const [EARLIEST, LATEST] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'].map((text) => Date.parse(text));

/** A span of time. */
export class Duration implements Extension {
  public readonly celType = 'google.protobuf.Duration';

  constructor(public readonly nanos: bigint) {
    if (nanos > MOST || nanos < -MOST - 1n) throw new CelError('integer overflow');
  }

  public equals(other: Duration): boolean {
    return this.nanos === other.nanos;
  }

  public compareTo(other: Duration): number {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  public plus(other: Value): Value | undefined {
    if (other instanceof Timestamp) return other.plus(this);
    return other instanceof Duration ? new Duration(this.nanos + other.nanos) : undefined;
  }

  public minus(other: Value): Value | undefined {
    return other instanceof Duration ? new Duration(this.nanos - other.nanos) : undefined;
  }

  /** In seconds, as CEL writes it. */
  public toString(): string {
    const fraction = String((this.nanos < 0n ? -this.nanos : this.nanos) % SECOND).padStart(9, '0').replace(/0+$/, '');
    const sign = this.nanos < 0n ? '-' : '';
    return `${sign}${(this.nanos < 0n ? -this.nanos : this.nanos) / SECOND}${fraction === '' ? '' : `.${fraction}`}s`;
  }
}

/** A moment. */
export class Timestamp implements Extension {
  public readonly celType = 'google.protobuf.Timestamp';

  /** @param nanos since 1970 */
  constructor(public readonly nanos: bigint) {
    if (this.date.getTime() < EARLIEST || this.date.getTime() > LATEST || Number.isNaN(this.date.getTime())) throw new CelError('timestamp overflow');
  }

  public get date(): Date {
    const millis = this.nanos / 1_000_000n - (this.nanos < 0n && this.nanos % 1_000_000n !== 0n ? 1n : 0n);
    return new Date(Number(millis));
  }

  public equals(other: Timestamp): boolean {
    return this.nanos === other.nanos;
  }

  public compareTo(other: Timestamp): number {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  public plus(other: Value): Value | undefined {
    return other instanceof Duration ? new Timestamp(this.nanos + other.nanos) : undefined;
  }

  public minus(other: Value): Value | undefined {
    if (other instanceof Timestamp) return new Duration(this.nanos - other.nanos);
    return other instanceof Duration ? new Timestamp(this.nanos - other.nanos) : undefined;
  }

  public toString(): string {
    const fraction = String(((this.nanos % SECOND) + SECOND) % SECOND).padStart(9, '0').replace(/0+$/, '');
    return `${this.date.toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
  }
}

/** Timestamps are read in UTC only; a time zone as an argument errs. */
export const TIMES: Functions = {
  'duration/1': (s) => s instanceof Duration ? s : duration(text(s)),
  'timestamp/1': (s) => s instanceof Timestamp ? s : typeof s === 'bigint' ? new Timestamp(s * SECOND) : timestamp(text(s)),
  '.getFullYear/1': part((date) => date.getUTCFullYear()),
  '.getMonth/1': part((date) => date.getUTCMonth()),
  '.getDate/1': part((date) => date.getUTCDate()),
  '.getDayOfMonth/1': part((date) => date.getUTCDate() - 1),
  '.getDayOfWeek/1': part((date) => date.getUTCDay()),
  '.getDayOfYear/1': part((date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)),
  '.getHours/1': part((date) => date.getUTCHours(), 3600n * SECOND),
  '.getMinutes/1': part((date) => date.getUTCMinutes(), 60n * SECOND),
  '.getSeconds/1': part((date) => date.getUTCSeconds(), SECOND),
  '.getMilliseconds/1': (time) => time instanceof Duration ? time.nanos / 1_000_000n : BigInt(instance(Timestamp, time).date.getUTCMilliseconds()),
};

/** A part of a timestamp, or a duration in a unit. */
function part(of: (date: Date) => number, unit?: bigint): Fn {
  return (time) => unit !== undefined && time instanceof Duration ? time.nanos / unit : BigInt(of(instance(Timestamp, time).date));
}

/** As Go reads them: `1h30m`, `-1.5s`. */
function duration(s: string): Duration {
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(s)!;
  if (rest === '0') return new Duration(0n);
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) throw new CelError(`type conversion error from 'string' to 'google.protobuf.Duration'`);
  const nanos = [...rest.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)].reduce((sum, [, whole, fraction, unit]) =>
    sum + BigInt(whole || '0') * UNITS[unit] + BigInt(fraction || '0') * UNITS[unit] / 10n ** BigInt(fraction.length), 0n);
  return new Duration(sign === '-' ? -nanos : nanos);
}

/** As RFC 3339 has them. */
function timestamp(s: string): Timestamp {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(s);
  const millis = parts ? Date.parse(`${parts[1]}${parts[3]}`) : NaN;
  // Date knows no second 60, nor a 30th of February; it takes one of these for the first of March.
  const written = parts && new Date(`${parts[1]}Z`);
  if (!parts || Number.isNaN(millis) || Number.isNaN(written!.getTime()) || written!.toISOString().slice(0, 19) !== parts[1]) throw new CelError(`type conversion error from 'string' to 'google.protobuf.Timestamp'`);
  return new Timestamp(BigInt(millis) * 1_000_000n + BigInt((parts[2] ?? '').slice(0, 9).padEnd(9, '0')));
}
