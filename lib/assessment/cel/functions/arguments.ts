import { CelError, isList, Value } from '../value';

const NO_OVERLOAD = new CelError('no such overload');

/** An argument that must be a string. */
export function text(value: Value): string {
  if (typeof value !== 'string') throw NO_OVERLOAD;
  return value;
}

/** An argument that must be an int. */
export function whole(value: Value): number {
  if (typeof value !== 'bigint') throw NO_OVERLOAD;
  return Number(value);
}

/** An argument that must be a bool. */
export function flag(value: Value): boolean {
  if (typeof value !== 'boolean') throw NO_OVERLOAD;
  return value;
}

/** An argument that must be a list. */
export function items(value: Value): readonly Value[] {
  if (!isList(value)) throw NO_OVERLOAD;
  return value;
}

/** An argument that must be of a type of ours. */
export function instance<T extends Value>(type: abstract new (...args: never[]) => T, value: Value): T {
  if (!(value instanceof type)) throw NO_OVERLOAD;
  return value as T;
}
