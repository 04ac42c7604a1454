import { flag, instance, text } from './arguments';
import type { Functions } from '../call';
import { CelError, Extension, Value } from '../value';

const SYNTAX = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const MOST = 2n ** 64n - 1n;

/** A semantic version. */
class Version implements Extension {
  public readonly celType = 'kubernetes.Semver';

  constructor(public readonly numbers: readonly bigint[], public readonly prerelease: readonly (string | bigint)[]) {}

  public equals(other: Version): boolean {
    return this.compareTo(other) === 0;
  }

  /** What is built from it does not count; a release comes after what was before it. */
  public compareTo(other: Version): number {
    const numbers = this.numbers.map((number, i) => order(number, other.numbers[i])).find((each) => each !== 0);
    if (numbers !== undefined) return numbers;
    const [ours, theirs] = [this.prerelease, other.prerelease];
    if (ours.length === 0 || theirs.length === 0) return Math.sign(theirs.length - ours.length);
    const parts = ours.slice(0, theirs.length).map((part, i) => order(part, theirs[i])).find((each) => each !== 0);
    return parts ?? Math.sign(ours.length - theirs.length);
  }
}

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */
export const VERSIONS: Functions = {
  'semver/1': (s) => version(text(s)),
  'semver/2': (s, normalize) => version(flag(normalize) ? normalized(text(s)) : text(s)),
  'isSemver/1': (s) => parsed(text(s)) !== undefined,
  'isSemver/2': (s, normalize) => parsed(flag(normalize) ? normalized(text(s)) : text(s)) !== undefined,
  '.major/1': (v) => instance(Version, v).numbers[0],
  '.minor/1': (v) => instance(Version, v).numbers[1],
  '.patch/1': (v) => instance(Version, v).numbers[2],
};

/** What quantities and versions are both asked. */
interface Comparable {
  compareTo(other: unknown): number;
}

export const COMPARISONS: Functions = {
  '.compareTo/2': (a, b) => BigInt(comparison(a, b)),
  '.isGreaterThan/2': (a, b) => comparison(a, b) > 0,
  '.isLessThan/2': (a, b) => comparison(a, b) < 0,
};

function comparison(a: Value, b: Value): number {
  const [left, right] = [a, b] as (Extension & Comparable)[];
  const comparable = ['kubernetes.Quantity', 'kubernetes.Semver'].includes(left?.celType) && left.celType === right?.celType;
  if (!comparable) throw new CelError('no such overload');
  return left.compareTo(right);
}

function version(s: string): Version {
  const result = parsed(s);
  if (!result) throw new CelError('no semantic version');
  return result;
}

function parsed(s: string): Version | undefined {
  const parts = SYNTAX.exec(s);
  if (!parts) return undefined;
  const numbers = parts.slice(1, 4).map(BigInt);
  const prerelease = (parts[4]?.split('.') ?? []).map((part) => /^\d+$/.test(part) ? BigInt(part) : part);
  const leading = (parts[4]?.split('.') ?? []).some((part) => /^0\d+$/.test(part));
  return leading || numbers.some((number) => number > MOST) ? undefined : new Version(numbers, prerelease);
}

/** Without the v before it and zeros before its numbers, and with the numbers that it leaves out. */
function normalized(s: string): string {
  const [major, minor, ...patch] = s.replace(/^v/, '').split('.');
  const parts = [major, minor, patch.length === 0 ? undefined : patch.join('.')].filter((part) => part !== undefined);
  const trimmed = parts.map((part) => part.length > 1 ? part.replace(/^0+/, '').replace(/^(?!\d)/, '0') : part);
  if (trimmed.length < 3 && /[+-]/.test(trimmed.at(-1)!)) return '';
  return [...trimmed, '0', '0'].slice(0, 3).join('.');
}

/** Numbers come before names. */
function order(a: string | bigint, b: string | bigint): number {
  if (typeof a !== typeof b) return typeof a === 'bigint' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
