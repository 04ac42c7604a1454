import { items, text } from './arguments';
import { toText } from './conversions';
import { Duration, Timestamp } from './times';
import type { Functions } from '../call';
import { CelError, isList, isMap, typeName, Uint, Value } from '../value';

/** `'%s has %d'.format([name, count])` */
export const FORMAT: Functions = {
  '.format/2': (s, args) => formatted(text(s), items(args)),
};

function formatted(s: string, args: readonly Value[]): string {
  let used = 0;
  const result = s.replace(/%(?:%|(?:\.(\d+))?([a-zA-Z])?)/g, (clause: string, precision: string | undefined, verb: string | undefined) => {
    if (clause === '%%') return '%';
    if (verb === undefined) throw new CelError('could not parse formatting clause: unexpected end of string');
    if (used >= args.length) throw new CelError(`index ${used} out of range`);
    return clauseText(verb, args[used++], Number(precision ?? 6));
  });
  return result;
}

function clauseText(verb: string, value: Value, precision: number): string {
  switch (verb) {
    case 's': return shownText(value);
    case 'd': return integer(value).toString();
    case 'f': return float('fixed-point', value, (number) => grouped(number.toFixed(precision)));
    case 'e': return float('scientific', value, scientific);
    case 'b': return typeof value === 'boolean' ? String(Number(value)) : integer(value, 'binary').toString(2);
    case 'o': return integer(value, 'octal').toString(8);
    case 'x': return hex(value);
    case 'X': return hex(value).toUpperCase();
    default: throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
}

function wrong(clause: string, value: Value): never {
  throw new CelError(`${clause} clause cannot be used on ${typeName(value)}`);
}

function integer(value: Value, clause = 'decimal'): bigint {
  if (typeof value === 'bigint') return value;
  return value instanceof Uint ? value.value : wrong(clause, value);
}

function float(clause: string, value: Value, text: (number: number) => string): string {
  if (typeof value === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(value)) return float(clause, Number(value), text);
  if (typeof value !== 'number') return wrong(clause, value);
  return Number.isFinite(value) ? text(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
}

/** With a comma between thousands. */
function grouped(digits: string): string {
  return digits.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** With six digits always, and the exponent as a power, as Go's printer for people has it. */
function scientific(number: number): string {
  const [, digits, sign, exponent] = /^(.*)e([+-])(.*)$/.exec(number.toExponential(6))!;
  return `${digits}×10${sign === '-' ? '⁻' : ''}${exponent.padStart(2, '0').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])}`;
}

function hex(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : integer(value, 'hex').toString(16);
}

/** A value of any type that has a text. */
function shownText(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return `[${value.map(within).join(', ')}]`;
  if (isMap(value)) return `{${[...value].map(([key, item]) => [within(key), within(item)]).sort(([a], [b]) => a < b ? -1 : 1).map((pair) => pair.join(':')).join(', ')}}`;
  return toText(value);
}

/** A value within another one, as an expression would have it. */
function within(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return float('string', value, (number) => grouped(number.toFixed(6)));
  if (value instanceof Uint8Array) return `b${JSON.stringify(toText(value))}`;
  if (value instanceof Duration) return `duration("${value}")`;
  return value instanceof Timestamp ? `timestamp("${value}")` : shownText(value);
}
