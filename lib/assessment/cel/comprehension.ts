import type { Chain, Code, Scope } from './code';
import { mapKey } from './equality';
import { sortedBy } from './functions/lists';
import { contentOf } from './optional';
import { CelError, isList, isMap, noOverload, typeName, Value } from './value';

/** A macro over what it is called on: which of its arguments are names, and how it is compiled. */
export interface Macro {
  /** How many of its arguments, the first ones, are names. */
  readonly names: number;
  /** @param locals where the values of its names are kept */
  readonly code: (range: Code, bodies: readonly Code[], locals: readonly number[]) => Code;
}

/** The macros over lists and maps, by name and number of arguments. */
export const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['all/2', { names: 1, code: (range, [body], [item]) => quantifier(false, range, body, item) }],
  ['exists/2', { names: 1, code: (range, [body], [item]) => quantifier(true, range, body, item) }],
  ['exists_one/2', { names: 1, code: (range, [body], [item]) => exactlyOne(range, body, item) }],
  ['filter/2', { names: 1, code: (range, [body], [item]) => listed(range, body, (frame) => frame.locals[item], item) }],
  ['map/2', { names: 1, code: (range, [body], [item]) => listed(range, undefined, body, item) }],
  ['map/3', { names: 1, code: (range, [condition, body], [item]) => listed(range, condition, body, item) }],
  ['sortBy/2', { names: 1, code: (range, [body], [item]) => sortedByKeys(range, body, item) }],
  ['all/3', { names: 2, code: (range, [body], [key, item]) => quantifier(false, range, body, item, key) }],
  ['exists/3', { names: 2, code: (range, [body], [key, item]) => quantifier(true, range, body, item, key) }],
  ['exists_one/3', { names: 2, code: (range, [body], [key, item]) => exactlyOne(range, body, item, key) }],
  ['existsOne/3', { names: 2, code: (range, [body], [key, item]) => exactlyOne(range, body, item, key) }],
  ['transformList/3', { names: 2, code: (range, [body], [key, item]) => listed(range, undefined, body, item, key) }],
  ['transformList/4', { names: 2, code: (range, [condition, body], [key, item]) => listed(range, condition, body, item, key) }],
  ['transformMap/3', { names: 2, code: (range, [body], [key, item]) => mapped(range, undefined, body, item, key) }],
  ['transformMap/4', { names: 2, code: (range, [condition, body], [key, item]) => mapped(range, condition, body, item, key) }],
  ['transformMapEntry/3', { names: 2, code: (range, [body], [key, item]) => merged(range, undefined, body, item, key) }],
  ['transformMapEntry/4', { names: 2, code: (range, [condition, body], [key, item]) => merged(range, condition, body, item, key) }],
]);

/** `all` and `exists`: one decisive item decides, whatever others err with. */
function quantifier(decisive: boolean, range: Code, body: Code, item: number, key?: number): Code {
  return (frame) => {
    const entries = key === undefined ? itemsOf(range(frame)) : entriesOf(range(frame), true);
    const { locals } = frame;
    let failure: unknown;
    for (let i = 0; i < entries.length; i++) {
      declare(locals, entries[i], item, key);
      try {
        const value = body(frame);
        if (value === decisive) return decisive;
        if (typeof value !== 'boolean') failure ??= noOverload('predicate', value);
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return !decisive;
  };
}

function exactlyOne(range: Code, body: Code, item: number, key?: number): Code {
  const test = holds(body);
  return (frame) => {
    let count = 0;
    for (const entry of entriesOf(range(frame), key !== undefined)) {
      declare(frame.locals, entry, item, key);
      if (test(frame)) count++;
    }
    return count === 1;
  };
}

function listed(range: Code, condition: Code | undefined, body: Code, item: number, key?: number): Code {
  const test = condition && holds(condition);
  return (frame) => {
    const result: Value[] = [];
    for (const entry of entriesOf(range(frame), key !== undefined)) {
      declare(frame.locals, entry, item, key);
      if (!test || test(frame)) result.push(body(frame));
    }
    return result;
  };
}

function sortedByKeys(range: Code, body: Code, item: number): Code {
  const keys = listed(range, undefined, body, item);
  return (frame) => {
    const list = range(frame);
    if (!isList(list)) throw noOverload('sortBy', list);
    return sortedBy(list, keys(frame) as readonly Value[]);
  };
}

function mapped(range: Code, condition: Code | undefined, body: Code, item: number, key: number): Code {
  const test = condition && holds(condition);
  return (frame) => {
    const result = new Map<Value, Value>();
    for (const entry of entriesOf(range(frame), true)) {
      declare(frame.locals, entry, item, key);
      if (!test || test(frame)) result.set(mapKey((entry as Entry)[0]), body(frame));
    }
    return result;
  };
}

function merged(range: Code, condition: Code | undefined, body: Code, item: number, key: number): Code {
  const entries = listed(range, condition, body, item, key);
  return (frame) => {
    const result = new Map<Value, Value>();
    for (const map of entries(frame) as readonly Value[]) {
      if (!isMap(map)) throw noOverload('transformMapEntry', map);
      for (const [name, value] of map) {
        if (result.has(name)) throw new CelError(`insert failed: key ${String(name)} already exists`);
        result.set(name, value);
      }
    }
    return result;
  };
}

type Entry = readonly [key: Value, item: Value];

/** What a macro visits: the items of a list, the keys of a map; or pairs. */
function entriesOf(range: Value, pairs: boolean): readonly (Value | Entry)[] {
  if (!pairs) return itemsOf(range);
  if (isList(range)) return range.map((item, i): Entry => [BigInt(i), item]);
  if (isMap(range)) return [...range];
  throw notIterable(range);
}

function itemsOf(range: Value): readonly Value[] {
  if (isList(range)) return range;
  if (isMap(range)) return [...range.keys()];
  throw notIterable(range);
}

function notIterable(range: Value): CelError {
  return new CelError(`got '${typeName(range)}', expected iterable type`);
}

function declare(locals: Value[], entry: Value | Entry, item: number, key: number | undefined): void {
  if (key === undefined) locals[item] = entry as Value;
  else {
    locals[key] = (entry as Entry)[0];
    locals[item] = (entry as Entry)[1];
  }
}

function holds(body: Code): (frame: Parameters<Code>[0]) => boolean {
  return (frame) => {
    const value = body(frame);
    if (typeof value !== 'boolean') throw noOverload('predicate', value);
    return value;
  };
}

/** `optMap` and `optFlatMap`: the body, where there is a value to give it. */
export function optionalMap(chain: Chain, body: Code, local: number, flat: boolean): Chain {
  return (frame) => {
    const value = chain(frame);
    if (value === undefined) return undefined;
    frame.locals[local] = value;
    const result = body(frame);
    return flat ? contentOf(result) : result;
  };
}

/** The place of a name that is declared now. */
export function declared(scope: Scope, names: readonly string[]): { readonly scope: Scope; readonly locals: readonly number[] } {
  return { scope: [...scope, ...names], locals: names.map((_, i) => scope.length + i) };
}
