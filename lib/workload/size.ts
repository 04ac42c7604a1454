import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Quantity } from '../quantity';

const UNITS: { readonly [suffix: string]: (amount: number) => Size } = {
  Ki: Size.kibibytes, Mi: Size.mebibytes, Gi: Size.gibibytes, Ti: Size.tebibytes, Pi: Size.pebibyte,
};

/** A size as manifests write it, with the largest suffix that leaves it whole: `256Mi`. */
export function quantityOf(size: Size): string {
  return Quantity.of(`${size.toKibibytes()}Ki`).toString();
}

/**
 * The size of such a quantity, for cdk8s-plus. That writes memory in whole Mi and ephemeral storage in whole Gi, and throws for
 * anything between; this size converts to fractions instead, and what is emitted is written from it by `quantityOf`.
 */
export function sizeOf(quantity: string): Size {
  const [, amount, suffix] = /^(\d+)(.*)$/.exec(quantity) ?? [];
  const size = (UNITS[suffix] ?? Size.kibibytes)(Number(amount));
  return Object.create(size, {
    toMebibytes: { value: () => size.toMebibytes({ rounding: SizeRoundingBehavior.NONE }) },
    toGibibytes: { value: () => size.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) },
  });
}
