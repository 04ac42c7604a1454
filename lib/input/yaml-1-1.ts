import { InputFault } from './input-fault';

/**
 * What a scalar means to kubectl. It reads YAML 1.1 through go-yaml v2, which differs from the specification: integers are Go's
 * (`0o7`, `0b1`, `0x1`, `07`, all of them with `_`), `08` is the number 8, there is no base 60, and timestamps stay strings.
 * @see https://github.com/yaml/go-yaml/blob/v2/resolve.go
 */
export type Scalar = string | number | boolean | null;

const WORDS = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

/** All other scalars are strings at once, which most are. */
const MAY_BE_SPECIAL = /^(?:[-+.0-9yYnNtTfFoO~]|$)/;
const SMALL_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?)?$/;

/** An integer is a bigint here, so that keys keep all its digits. */
type Resolved = string | bigint | number | boolean | null;

/** What a scalar without quotes and tag stands for. */
export function plainScalar(text: string, offset: number): Scalar {
  if (!MAY_BE_SPECIAL.test(text)) return text;
  return SMALL_INTEGER.test(text) ? Number(text) : json(resolved(text), text, offset);
}

/** What a scalar with a tag stands for, with quotes or without. */
export function taggedScalar(rawTag: string, text: string, offset: number): Scalar {
  return json(tagged(rawTag, text, offset), text, offset);
}

/** The key that a scalar makes in JSON, whose keys are strings: `on: …` is "true", `0x10: …` is "16". */
export function scalarKey(rawTag: string, text: string, plain: boolean, offset: number): string {
  const value = rawTag ? tagged(rawTag, text, offset) : plain && MAY_BE_SPECIAL.test(text) ? resolved(text) : text;
  if (value === null) throw new InputFault(offset, 'a key is null; write a name, in quotes if it is a special word');
  if (typeof value === 'bigint' && value >= 1n << 63n) throw new InputFault(offset, `the key ${text} is too large a number; put it in quotes`);
  return typeof value === 'number' ? floatKey(value) : String(value);
}

/** Whether a key takes over the keys of other maps; in quotes it is a key like any other. */
export function isMergeKey(rawTag: string, text: string, plain: boolean): boolean {
  return text === '<<' && (rawTag === '' ? plain : rawTag === '!' || shortTag(rawTag) === 'merge');
}

function resolved(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text[0] === '.') return POINT_FLOAT.test(text) ? finite(text.replaceAll('_', '')) ?? text : text;
  if (!/^[-+0-9]/.test(text)) return text;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  return integer(digits) ?? (FLOAT.test(digits) ? finite(digits) : undefined) ?? text;
}

function integer(digits: string): bigint | undefined {
  const match = INTEGER.exec(digits);
  if (!match) return undefined;
  const [, sign, number] = match;
  const size = BigInt(/^0[0-7]/.test(number) ? `0o${number}` : number.toLowerCase());
  // Go tries 64 bits with a sign, then, if none is written, without.
  const most = sign === '-' ? 1n << 63n : sign === '+' ? (1n << 63n) - 1n : (1n << 64n) - 1n;
  return size > most ? undefined : sign === '-' ? -size : size;
}

function finite(digits: string): number | undefined {
  const number = Number(digits);
  return Number.isFinite(number) ? number : undefined;
}

function json(value: Resolved, text: string, offset: number): Scalar {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InputFault(offset, `${text} is a number that JSON does not have; put it in quotes if it is a word`);
  return value;
}

function tagged(rawTag: string, text: string, offset: number): Resolved {
  const tag = shortTag(rawTag);
  switch (tag) {
    case 'str': return text;
    case 'binary': return decoded(text, offset);
    case 'null': case 'bool': case 'int': case 'float': case 'timestamp': {
      const value = resolved(text);
      const is = typeOf(value, text);
      if (is === tag) return tag === 'timestamp' ? text : value;
      if (tag === 'float' && typeof value === 'bigint' && value < 1n << 63n) return Number(value);
      throw new InputFault(offset, `${JSON.stringify(text)} has the tag !!${tag}, which does not fit it; take the tag off`);
    }
    default: return text; // the tags of applications say nothing to kubectl
  }
}

function typeOf(value: Resolved, text: string): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return TIMESTAMP.test(text) && !Number.isNaN(Date.parse(text.slice(0, 10))) ? 'timestamp' : 'str';
  return ({ boolean: 'bool', bigint: 'int', number: 'float' } as const)[typeof value as 'boolean' | 'bigint' | 'number'];
}

function decoded(text: string, offset: number): string {
  const base64 = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(base64, 'base64');
  const value = bytes.toString('utf8');
  if (bytes.toString('base64') === base64 && Buffer.from(value, 'utf8').equals(bytes)) return value;
  throw new InputFault(offset, 'a value has the tag !!binary and is not text in base64; Kubernetes wants base64 as a plain string, without a tag');
}

/** `!!str` and `!<tag:yaml.org,2002:str>` are `str`; any other tag is itself. */
function shortTag(rawTag: string): string {
  const uri = /^!<(.*)>$/s.exec(rawTag)?.[1] ?? rawTag.replace(/^!!/, 'tag:yaml.org,2002:');
  const tag = uri.includes('%') ? unescaped(uri) : uri;
  return tag.startsWith('tag:yaml.org,2002:') ? tag.slice('tag:yaml.org,2002:'.length) : `!${tag}`;
}

function unescaped(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** A float as a key, as Go prints it: the shortest digits that 32 bits tell apart, with an exponent from a million on. */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return Number.isNaN(single) ? '.nan' : single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let precision = 1;
  while (Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const [digits, exponent] = single.toExponential(precision - 1).split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6) return String(Number(`${digits}e${exponent}`));
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
