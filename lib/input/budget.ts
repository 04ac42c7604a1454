import type { Allowance } from './allowance';
import { ReadFault } from './fault';

/**
 * How many values a document makes. It counts as go-yaml does and refuses what it refuses, so that a few lines of aliases
 * cannot become millions of values; and what many documents make together.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/decode.go, allowedAliasRatio
 */
export class Budget {
  /** Values so far, with those that aliases stand for. */
  public spent = 1;
  private aliased = 0;

  constructor(private readonly allowance: Allowance) {}

  public spend(values: number, at: number): void {
    this.spent += values;
    this.check(at);
  }

  /** Spends what an alias stands for. */
  public spendAliased(values: number, at: number): void {
    this.spent += values;
    this.aliased += values;
    this.check(at);
    if (!this.allowance.take(values)) throw new ReadFault('with this alias, aliases stand for more than a million values in what is read; write out what they stand for', at);
  }

  private check(at: number): void {
    if (this.aliased > 100 && this.spent > 1000 && this.aliased / this.spent > allowedRatio(this.spent)) {
      throw new ReadFault('aliases make far more of this document than is written in it, which Kubernetes refuses; write out what they stand for', at);
    }
  }
}

function allowedRatio(values: number): number {
  return values <= 400_000 ? 0.99 : values >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((values - 400_000) / 3_600_000);
}
