import type { Code, Frame } from './code';
import { CelError, noOverload, Value } from './value';

/** `a && b`: false on either side decides, whatever the other one is or errs with. */
export function and(left: Code, right: Code): Code {
  return (frame) => {
    let a: Value;
    try {
      a = left(frame);
    } catch (error) {
      return despite(error, false, right, frame);
    }
    if (a === false) return false;
    const b = right(frame);
    if (b === false || (a === true && b === true)) return b;
    throw noOverload('_&&_', a, b);
  };
}

/** `a || b`: true on either side decides, whatever the other one is or errs with. */
export function or(left: Code, right: Code): Code {
  return (frame) => {
    let a: Value;
    try {
      a = left(frame);
    } catch (error) {
      return despite(error, true, right, frame);
    }
    if (a === true) return true;
    const b = right(frame);
    if (b === true || (a === false && b === false)) return b;
    throw noOverload('_||_', a, b);
  };
}

/** Where the left side erred, the right one may still decide. */
function despite(error: unknown, decisive: boolean, right: Code, frame: Frame): boolean {
  if (error instanceof CelError && right(frame) === decisive) return decisive;
  throw error;
}

export function not(code: Code): Code {
  return (frame) => {
    const value = code(frame);
    if (typeof value !== 'boolean') throw noOverload('!_', value);
    return !value;
  };
}

export function conditional(condition: Code, then: Code, otherwise: Code): Code {
  return (frame) => {
    const value = condition(frame);
    if (typeof value !== 'boolean') throw noOverload('_?_:_', value);
    return value ? then(frame) : otherwise(frame);
  };
}
