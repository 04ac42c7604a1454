import type { Code } from './code';
import { FUNCTIONS } from './functions';
import type { Value } from './value';

/** A function of the library. It is given values of any type, and errs with "no such overload" where it has nothing for them. */
export type Fn = (...args: Value[]) => Value;

/**
 * Functions by how they are called, with the number of their arguments, the receiver being one: `size/1` is `size(x)`,
 * `.size/1` is `x.size()`, `sets.contains/2` is `sets.contains(a, b)`.
 */
export interface Functions {
  readonly [form: string]: Fn;
}

type Call = (args: readonly Code[]) => Code;

/** `name(args)` */
export function globalCall(name: string, args: number): Call | undefined {
  return callOf(`${name}/${args}`);
}

/** `namespace.name(args)` */
export function namespaceCall(name: string, args: number): Call | undefined {
  return callOf(`${name}/${args}`);
}

/** `receiver.name(args)` */
export function memberCall(name: string, args: number): Call | undefined {
  return callOf(`.${name}/${args}`);
}

function callOf(form: string): Call | undefined {
  const fn = FUNCTIONS.get(form);
  return fn && ((args) => applied(fn, args));
}

/** Without a list of arguments where there are few, as there nearly always are. */
function applied(fn: Fn, args: readonly Code[]): Code {
  const [first, second, third, fourth] = args;
  switch (args.length) {
    case 0: return () => fn();
    case 1: return (frame) => fn(first(frame));
    case 2: return (frame) => fn(first(frame), second(frame));
    case 3: return (frame) => fn(first(frame), second(frame), third(frame));
    default: return (frame) => fn(first(frame), second(frame), third(frame), fourth(frame));
  }
}
