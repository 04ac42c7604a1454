import type { Value } from './value';

/** What an expression reads. */
export interface Frame {
  /** What `variables` holds, by name. */
  readonly variables?: Variables;
  readonly object?: Value;
  readonly params?: Value;
  /** The values of the variables that macros declare, at the places that compiling gave them. */
  readonly locals: Value[];
}

/** The variables of expressions; getting one may err. */
export interface Variables {
  get(name: string): Value | undefined;
}

/** A compiled expression. */
export type Code = (frame: Frame) => Value;

/** A compiled chain of optional selections: undefined where an optional would hold nothing. */
export type Chain = (frame: Frame) => Value | undefined;

/** The names that macros have declared around an expression, innermost last: each one's place is its index. */
export type Scope = readonly string[];
