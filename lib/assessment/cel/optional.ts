import { CelError, Extension, Value } from './value';
import { equal } from './equality';

/** A value that may not be there, where it is passed around; a chain of selections needs none (see selection.ts). */
export class Optional implements Extension {
  public static readonly NONE = new Optional(undefined);

  public static of(value: Value | undefined): Optional {
    return value === undefined ? Optional.NONE : new Optional(value);
  }

  public readonly celType = 'optional_type';

  private constructor(public readonly content: Value | undefined) {}

  public equals(other: Optional): boolean {
    return this.content === undefined || other.content === undefined ? this.content === other.content : equal(this.content, other.content);
  }
}

/** What an optional holds, for the calls that take only one. */
export function contentOf(value: Value): Value | undefined {
  if (value instanceof Optional) return value.content;
  throw new CelError('no such overload');
}
