import type { ShapeFault } from './manifest';
import { shown } from '../errors';
import { Quantity } from '../quantity';

/**
 * A JSON value as expressions read it: Maps for objects, so that no key is special to JavaScript, bigints for integers, and
 * nothing that is null or of the wrong type.
 */
export type TypedValue = string | boolean | bigint | number | readonly TypedValue[] | TypedMap;
export type TypedMap = ReadonlyMap<string, TypedValue>;

/** What Kubernetes reads at a place, as far as controls care. A quantity may be written as a number; the API server makes a text of it. */
export type Shape = 'anything' | 'string' | 'boolean' | 'integer' | 'integer or string' | 'quantity'
| { readonly listOf: Shape }
| { readonly mapOf: Shape }
| { readonly fields: { readonly [name: string]: Shape } };

/** Deeper than any object of Kubernetes, and well before the stack ends. */
const DEEPEST = 500;

/** A part of a value that was read before, by a shape of its own. */
export interface Known {
  readonly value: unknown;
  readonly typed: TypedValue;
}

/**
 * Reads a value by its shape. What is not of it is named as a fault, and left out.
 * @param known a part of it that need not be read again
 */
export function typedValue(value: unknown, shape: Shape, path: string, faults: ShapeFault[], known?: Known): TypedValue | undefined {
  return new Reader(path, faults, known).read(value, shape);
}

/** Reads one value. Where it is within it is kept as a stack of keys: a path is written only for a fault, and there are few. */
class Reader {
  private readonly keys: (string | number)[] = [];

  constructor(private readonly root: string, private readonly faults: ShapeFault[], private readonly known: Known | undefined) {}

  public read(value: unknown, shape: Shape): TypedValue | undefined {
    if (value === null || value === undefined) return undefined;
    if (this.known !== undefined && value === this.known.value) return this.known.typed;
    if (this.keys.length > DEEPEST) return this.wrong(`is nested deeper than ${DEEPEST} levels`);
    if (shape === 'anything') return this.anything(value);
    if (typeof shape === 'string') return this.scalar(value, shape);
    if ('listOf' in shape) return Array.isArray(value) ? this.list(value, shape.listOf) : this.wrong(`is ${shown(value)}, not a list`);
    if (typeof value !== 'object' || Array.isArray(value)) return this.wrong(`is ${shown(value)}, not a map`);
    return 'mapOf' in shape ? this.map(value, undefined, shape.mapOf) : this.map(value, shape.fields, 'anything');
  }

  private anything(value: unknown): TypedValue | undefined {
    switch (typeof value) {
      case 'string': case 'boolean': return value;
      case 'number': return Number.isInteger(value) ? BigInt(value) : value;
      case 'object': return Array.isArray(value) ? this.list(value, 'anything') : this.map(value!, undefined, 'anything');
      default: return this.wrong(`is ${shown(value)}, not a value of JSON`);
    }
  }

  private scalar(value: unknown, shape: string): TypedValue | undefined {
    if (shape === 'integer or string') return this.scalar(value, typeof value === 'string' ? 'string' : 'integer');
    if (shape === 'quantity') return Quantity.isWritten(value) ? String(value) : this.wrong(`is ${shown(value)}, not a quantity`);
    if (shape === 'integer') return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : this.wrong(`is ${shown(value)}, not an integer`);
    return typeof value === shape ? value as TypedValue : this.wrong(`is ${shown(value)}, not a ${shape}`);
  }

  private list(value: readonly unknown[], shape: Shape): TypedValue[] {
    // A list of our own: in a sandbox such as Jest's the given one may be another realm's.
    const result: TypedValue[] = [];
    for (let i = 0; i < value.length; i++) {
      this.keys.push(i);
      // In a list of things null is a thing with no name, which the API server refuses; an untyped list may hold it.
      if (value[i] === null && shape !== 'anything') this.wrong('is null');
      const typed = this.read(value[i], shape);
      if (typed !== undefined) result.push(typed);
      // What is left out of a list of maps leaves an empty one, so that those after it keep their places.
      else if (typeof shape === 'object' && !('listOf' in shape)) result.push(new Map());
      this.keys.pop();
    }
    return result;
  }

  private map(value: object, fields: { readonly [name: string]: Shape } | undefined, others: Shape): TypedMap {
    const result = new Map<string, TypedValue>();
    for (const key of Object.keys(value)) {
      this.keys.push(key);
      const typed = this.read((value as { readonly [key: string]: unknown })[key], fields && Object.hasOwn(fields, key) ? fields[key] : others);
      if (typed !== undefined) result.set(key, typed);
      this.keys.pop();
    }
    return result;
  }

  private wrong(problem: string): undefined {
    const path = this.keys.reduce<string>((at, key) => typeof key === 'number' ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`, this.root);
    this.faults.push({ path, problem: `${path} ${problem}` });
    return undefined;
  }
}
