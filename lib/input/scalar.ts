import { isUtf8 } from 'buffer';
import { integerOf, numberKey, numberOf } from './number';

/**
 * Scalars as sigs.k8s.io/yaml resolves them, which is how kubectl reads YAML: the types of YAML 1.1 as go-yaml v2 has them (no
 * sexagesimal numbers; `0o17` and `08` are numbers; what looks like a date stays text), turned into JSON.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go
 */
export type Scalar = string | number | boolean | null;

/** Words that are no text. */
const WORDS: ReadonlyMap<string, Scalar> = new Map([
  ...words(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], true),
  ...words(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], false),
  ...words(['', '~', 'null', 'Null', 'NULL'], null),
  ...words(['.nan', '.NaN', '.NAN'], NaN),
  ...words(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], Infinity),
  ...words(['-.inf', '-.Inf', '-.INF'], -Infinity),
]);

function words(all: readonly string[], value: Scalar): [string, Scalar][] {
  return all.map((word) => [word, value]);
}

/** Whether a text means something other than text where nothing quotes it. */
export function isWord(text: string): boolean {
  return WORDS.has(text);
}

/** What an unquoted scalar without a tag means; it may be a number that JSON cannot hold. */
export function plainScalar(text: string): Scalar {
  if (text.length <= 5) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  // Only what begins with + - . or a digit can be a number.
  const first = text.charCodeAt(0);
  if (first > 57 || (first < 48 && first !== 43 && first !== 45 && first !== 46)) return text;
  return numberOf(text) ?? text;
}

/** YAML's own tags whose scalars are resolved; any other, unknown ones too, makes text. */
const RESOLVED: ReadonlyMap<string, (value: Scalar, text: string) => boolean> = new Map<string, (value: Scalar, text: string) => boolean>([
  ['bool', (value) => typeof value === 'boolean'],
  ['int', (value, text) => typeof value === 'number' && integerOf(text) !== undefined],
  // A whole number beyond 63 bits is none to go-yaml under this tag.
  ['float', (value, text) => typeof value === 'number' && !((integerOf(text) ?? 0n) >= 2n ** 63n)],
  ['null', (value) => value === null],
  ['timestamp', (value, text) => typeof value === 'string' && isTimestamp(text)],
]);
const YAML_TAG = 'tag:yaml.org,2002:';

/** What a scalar with an explicit tag means, whether quoted or not; undefined where it is not what its tag says. */
export function taggedScalar(tag: string, text: string): Scalar | undefined {
  const name = tag.startsWith(YAML_TAG) ? tag.slice(YAML_TAG.length) : '';
  if (name === 'binary') return binary(text);
  const fits = RESOLVED.get(name);
  if (!fits) return text;
  const value = plainScalar(text);
  return fits(value, text) ? value : undefined;
}

function binary(text: string): string | undefined {
  const base64 = text.replace(/[\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

const DAY = String.raw`(\d{4})-(\d\d?)-(\d\d?)`;
const TIME = String.raw`(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?`;
const TIMESTAMP = new RegExp(`^${DAY}(?:(?:[Tt]${TIME}(?:Z|[-+](?:[01]\\d|2[0-4]):(?:[0-5]\\d|60)))| ${TIME})?$`);

/** The forms of a date that go-yaml knows; they stay text, but the tag !!timestamp takes no others. */
function isTimestamp(text: string): boolean {
  const [, year, month, day, ...time] = TIMESTAMP.exec(text)?.map(Number) ?? [];
  if (year === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const [hour, minute, second] = Number.isNaN(time[0]) ? time.slice(3) : time;
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && !(hour > 23 || minute > 59 || second > 59);
}

/** The text of a key, given what it means; undefined where JSON has no such key. */
export function keyText(value: Scalar, text: string): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value === null ? undefined : numberKey(text, value);
}
