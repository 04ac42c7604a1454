import { addressText } from './addresses';
import { Duration, Timestamp, TIMES } from './times';
import { int, uint } from '../arithmetic';
import type { Functions } from '../call';
import { CelError, CelType, typeName, Uint, Value } from '../value';

const TYPES = ['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint', 'optional_type'];
const CONSTANTS = new Map(TYPES.map((name) => [name, new CelType(name)]));

/** A type, where an expression names one. */
export function typeConstant(name: string): CelType | undefined {
  return CONSTANTS.get(name);
}

/** What makes a value of one type of a value of another. */
export const CONVERSIONS: Functions = {
  'dyn/1': (value) => value,
  'type/1': (value) => new CelType(typeName(value)),
  'bool/1': (value) => typeof value === 'boolean' ? value : bool(value),
  'int/1': toInt,
  'uint/1': toUint,
  'double/1': toDouble,
  'string/1': toText,
  'bytes/1': (value) => value instanceof Uint8Array ? value : typeof value === 'string' ? new Uint8Array(Buffer.from(value)) : unconverted(value, 'bytes'),
  ...TIMES,
};

function unconverted(value: Value, to: string): never {
  throw new CelError(`type conversion error from '${typeName(value)}' to '${to}'`);
}

function bool(value: Value): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value as string)) return true;
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value as string) ? false : unconverted(value, 'bool');
}

function toInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return int(value.value);
  if (typeof value === 'number') return int(truncated(value, 'integer overflow'));
  if (value instanceof Timestamp) return (value.nanos - (((value.nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n;
  if (value instanceof Duration) return value.nanos;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? int(BigInt(value.replace(/^\+/, ''))) : unconverted(value, 'int');
}

function toUint(value: Value): Uint {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return uint(value);
  if (typeof value === 'number') return uint(value < 0 ? -1n : truncated(value, 'unsigned integer overflow'));
  return typeof value === 'string' && /^\d+$/.test(value) ? uint(BigInt(value)) : unconverted(value, 'uint');
}

/** A double between the integers that it is exact about, without its fraction. */
function truncated(value: number, overflow: string): bigint {
  if (!Number.isFinite(value) || value >= 2 ** 64 || value <= -(2 ** 63)) throw new CelError(overflow);
  return BigInt(Math.trunc(value));
}

function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (typeof value !== 'string') return unconverted(value, 'double');
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(value);
  if (special) return special[2].toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : NaN;
  return Number.isFinite(number) ? number : unconverted(value, 'double');
}

/** Anything that has a text of its own. */
export function toText(value: Value): string {
  switch (typeof value) {
    case 'string': return value;
    case 'boolean': case 'bigint': return String(value);
    case 'number': return doubleText(value);
  }
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Duration || value instanceof Timestamp) return String(value);
  if (value instanceof CelType) return value.name;
  if (value instanceof Uint8Array) return utf8(value);
  const address = addressText(value);
  if (address === undefined) throw new CelError(`no such overload: string(${typeName(value)})`);
  return address;
}

/** The shortest digits that give it back, with an exponent from seven digits before or five zeros after the point. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [, digits, exponent] = /^(.*)e(.*)$/.exec(value.toExponential())!;
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}
