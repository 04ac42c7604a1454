/**
 * Scalars as sigs.k8s.io/yaml resolves them, which is how kubectl reads YAML: the types of YAML 1.1 as go-yaml v2 has them (no
 * sexagesimal numbers, `0o17` and `08` are numbers, what looks like a date stays text), turned into JSON.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go
 */
export type Scalar = string | number | boolean | null;

/** A value that JSON cannot hold, so that kubectl refuses it, or that its tag does not allow. */
export class ScalarFault {
  constructor(readonly problem: string) {}
}

/** Words that are no strings. */
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word): [string, Scalar] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word): [string, Scalar] => [word, false]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, Scalar] => [word, null]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Scalar] => [word, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, Scalar] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, Scalar] => [word, -Infinity]),
]);

const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** What an unquoted scalar without a tag means; it may be a number that JSON cannot hold. */
export function plainScalar(text: string): Scalar {
  const first = text.charCodeAt(0);
  // Only what begins like this can be anything but text: nothing, + - . a digit, or one of ~ yYnNtTfFoO.
  if (text !== '' && !(first <= 57 ? first >= 48 || first === 43 || first === 45 || first === 46 : 'yYnNtTfFoO~'.includes(text[0]))) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return first <= 57 ? number(text) ?? text : text;
}

/** A number, if it is one: an integer of 64 bits in any base, or else a decimal, however long. */
function number(text: string): number | undefined {
  if (text[0] === '.') return DECIMAL.test(text) ? finite(Number(text)) : undefined;
  const plain = text.replaceAll('_', '');
  return integer(plain) ?? (DECIMAL.test(plain) ? finite(Number(plain)) : undefined);
}

function integer(plain: string): number | undefined {
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(plain) ?? [];
  if (sign === undefined) return undefined;
  const exact = BigInt(hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal);
  // From -2^63 to 2^64-1; what has a sign is read as signed.
  const most = sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n;
  return exact > most ? undefined : (sign === '-' && exact !== 0n ? -1 : 1) * Number(exact);
}

/** Beyond what a double holds, Go has an error, and the scalar stays text. There is no negative zero in what comes of it. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** YAML's own tags whose scalars are resolved; any other, unknown ones too, makes text. */
const RESOLVED = new Map(['bool', 'int', 'float', 'null', 'timestamp'].map((name) => [`tag:yaml.org,2002:${name}`, name]));
const BINARY = 'tag:yaml.org,2002:binary';

/** What a scalar with an explicit tag means, whether quoted or not. */
export function taggedScalar(tag: string, text: string): Scalar | ScalarFault {
  if (tag === BINARY) return binary(text);
  const name = RESOLVED.get(tag);
  if (name === undefined) return text;
  const value = plainScalar(text);
  const isInteger = typeof value === 'number' && integer(text.replaceAll('_', '')) !== undefined;
  const fits = {
    bool: typeof value === 'boolean',
    int: isInteger,
    // A whole number beyond 63 bits is none to go-yaml under this tag.
    float: typeof value === 'number' && !(isInteger && value >= 2 ** 63),
    null: value === null,
    timestamp: typeof value === 'string' && isTimestamp(text),
  }[name];
  return fits ? value : new ScalarFault(`${JSON.stringify(text)} is no ${name}, which its tag says it is`);
}

function binary(text: string): string | ScalarFault {
  const base64 = text.replace(/[\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return new ScalarFault('!!binary is not followed by valid base64');
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** The forms of a date that go-yaml knows; they stay text, but the tag !!timestamp takes no others. */
function isTimestamp(text: string): boolean {
  const [, year, month, day, hour, minute, second] = /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?))?$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60 && Number(second ?? 0) < 60;
}

/** A key of a map as JSON has it; null where there is no such key. */
export function keyText(key: Scalar): string | null {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean') return String(key);
  if (typeof key !== 'number') return null;
  return key === Infinity ? '.inf' : key === -Infinity ? '-.inf' : Number.isNaN(key) ? '.nan' : String(key);
}
