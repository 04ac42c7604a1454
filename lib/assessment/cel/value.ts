/** A value as expressions have it: bigint is int, number is double. */
export type Value = string | boolean | bigint | number | null | Uint8Array | readonly Value[] | ReadonlyMap<Value, Value> | Extension;

/** A value of a type that JavaScript has no own one for. */
export interface Extension {
  /** As `type()` and messages have it. */
  readonly celType: string;
  /** Whether another value of the same type is the same. */
  equals(other: this): boolean;
}

/** What an expression errs with. It is no Error: those are thrown by the thousand where `||` absorbs them, and a stack costs the most. */
export class CelError {
  constructor(public readonly message: string) {}
}

/** An unsigned integer. */
export class Uint implements Extension {
  public readonly celType = 'uint';

  constructor(public readonly value: bigint) {}

  public equals(other: Uint): boolean {
    return this.value === other.value;
  }
}

/** What `type()` gives. */
export class CelType implements Extension {
  public readonly celType = 'type';

  constructor(public readonly name: string) {}

  public equals(other: CelType): boolean {
    return this.name === other.name;
  }
}

/** The name of a value's type. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string': return 'string';
    case 'boolean': return 'bool';
    case 'bigint': return 'int';
    case 'number': return 'double';
  }
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (value instanceof Map) return 'map';
  return value instanceof Uint8Array ? 'bytes' : (value as Extension).celType;
}

// Array.isArray says of a readonly list only that it is some array.
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<Value, Value> {
  return value instanceof Map;
}

export function noOverload(what: string, ...args: Value[]): CelError {
  return new CelError(`no such overload: ${what}(${args.map(typeName).join(', ')})`);
}
