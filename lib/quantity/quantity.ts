/** All amounts are held in the smallest unit Kubernetes knows, so that no sum and no comparison ever rounds. */
const ONE = 1_000_000_000n;

const DECIMAL: ReadonlyArray<readonly [suffix: string, nanos: bigint]> = [
  ['n', 1n], ['u', 1_000n], ['m', 1_000_000n], ['', ONE], ['k', ONE * 1_000n], ['M', ONE * 1_000n ** 2n], ['G', ONE * 1_000n ** 3n],
  ['T', ONE * 1_000n ** 4n], ['P', ONE * 1_000n ** 5n], ['E', ONE * 1_000n ** 6n],
];
const BINARY: ReadonlyArray<readonly [suffix: string, nanos: bigint]> = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i) => [suffix, ONE * 1_024n ** BigInt(i)]);
const NANOS = new Map([...DECIMAL, ...BINARY]);

const SYNTAX = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/**
 * An amount as manifests write it: `250m`, `1.5`, `512Mi`, `2G`, `1e3`. Exact: finer than a nano is rounded away from zero, as
 * Kubernetes does.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export class Quantity {
  public static readonly ZERO = new Quantity(0n, false);

  /** The amount a field of a manifest holds, a string or a number; undefined where Kubernetes would refuse it. */
  public static parse(value: unknown): Quantity | undefined {
    const parts = typeof value === 'string' || typeof value === 'number' ? SYNTAX.exec(String(value)) : null;
    if (!parts) return undefined;
    const [, sign, digits, suffix = '', exponent = '0'] = parts;
    const [whole, fraction = ''] = digits.split('.');
    const power = BigInt(exponent);
    const numerator = BigInt(whole + fraction) * NANOS.get(suffix)! * (power > 0n ? 10n ** power : 1n);
    const denominator = 10n ** BigInt(fraction.length) * (power < 0n ? 10n ** -power : 1n);
    const nanos = (numerator + denominator - 1n) / denominator;
    return new Quantity(sign === '-' ? -nanos : nanos, suffix.endsWith('i'));
  }

  /** Whether a field of a manifest holds an amount at all; cheaper than reading it. */
  public static isWritten(value: unknown): boolean {
    return (typeof value === 'string' || typeof value === 'number') && SYNTAX.test(String(value));
  }

  /** For the amounts this library writes itself. */
  public static of(value: string): Quantity {
    const quantity = Quantity.parse(value);
    if (!quantity) throw new Error(`${JSON.stringify(value)} is no quantity`);
    return quantity;
  }

  /** The larger of two; the first where they are equal. */
  public static max(a: Quantity, b: Quantity): Quantity {
    return b.isMoreThan(a) ? b : a;
  }

  /** The smaller of two; the first where they are equal. */
  public static min(a: Quantity, b: Quantity): Quantity {
    return a.isMoreThan(b) ? b : a;
  }

  private constructor(private readonly nanos: bigint, private readonly binary: boolean) {}

  public plus(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.binary || other.binary);
  }

  /** @param factor a whole number */
  public times(factor: number): Quantity {
    return new Quantity(this.nanos * BigInt(factor), this.binary);
  }

  public isMoreThan(other: Quantity): boolean {
    return this.nanos > other.nanos;
  }

  public equals(other: Quantity): boolean {
    return this.nanos === other.nanos;
  }

  public isPositive(): boolean {
    return this.nanos > 0n;
  }

  /** How many of a unit cover it: 1.5Gi is 1536 in `Mi`, 1100u is 2 in `m`. */
  public inUnitsOf(suffix: string): bigint {
    const unit = NANOS.get(suffix)!;
    return (this.nanos + unit - 1n) / unit;
  }

  /** As Kubernetes writes it: the largest suffix that leaves a whole number, binary where the amount was given so. */
  public toString(): string {
    const fits = ([, unit]: readonly [string, bigint]) => this.nanos % unit === 0n;
    const binary = this.binary ? [...BINARY].reverse().find(fits) : undefined;
    const [suffix, unit] = this.nanos === 0n ? ['', ONE] as const : binary ?? [...DECIMAL].reverse().find(fits)!;
    return `${this.nanos / unit}${suffix}`;
  }
}
