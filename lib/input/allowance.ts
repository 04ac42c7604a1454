/** How many values aliases may stand for in all that is read; the more is written, the more. */
export class Allowance {
  constructor(private left = 1_000_000) {}

  /** @param characters how much there is to read */
  public grow(characters: number): void {
    this.left += Math.floor(characters / 10);
  }

  public take(values: number): boolean {
    this.left -= values;
    return this.left >= 0;
  }
}
