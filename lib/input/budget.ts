import { ReadFault } from './fault';

/**
 * How many values a document makes. It counts as go-yaml does and refuses what it refuses, so that a few lines of aliases
 * cannot become millions of values.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/decode.go, allowedAliasRatio
 */
export class Budget {
  /** Values so far, with those that aliases stand for. */
  public spent = 1;
  private aliased = 0;

  /** @param aliased how many of them stand for others that are written elsewhere */
  public spend(values: number, at: number, aliased = 0): void {
    this.spent += values;
    this.aliased += aliased;
    if (this.aliased > 100 && this.spent > 1000 && this.aliased / this.spent > allowedRatio(this.spent)) {
      throw new ReadFault('aliases make far more of this document than is written in it, which Kubernetes refuses; write out what they stand for', at);
    }
  }
}

function allowedRatio(values: number): number {
  return values <= 400_000 ? 0.99 : values >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((values - 400_000) / 3_600_000);
}
