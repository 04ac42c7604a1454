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

/** Reads a value by its shape. What is not of it is named as a fault, and left out. */
export function typedValue(value: unknown, shape: Shape, path: string, faults: ShapeFault[], depth = 0): TypedValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (depth > DEEPEST) return wrong(path, `is nested deeper than ${DEEPEST} levels`, faults);
  if (shape === 'anything') return anything(value, path, faults, depth);
  if (typeof shape === 'string') return scalar(value, shape, path, faults);
  if ('listOf' in shape) {
    return Array.isArray(value) ? list(value, shape.listOf, path, faults, depth) : wrong(path, `is ${shown(value)}, not a list`, faults);
  }
  if (typeof value !== 'object' || Array.isArray(value)) return wrong(path, `is ${shown(value)}, not a map`, faults);
  return 'mapOf' in shape ? map(value, () => shape.mapOf, path, faults, depth) : map(value, (key) => own(shape.fields, key), path, faults, depth);
}

function anything(value: unknown, path: string, faults: ShapeFault[], depth: number): TypedValue | undefined {
  if (Array.isArray(value)) return list(value, 'anything', path, faults, depth);
  if (typeof value === 'object') return map(value as object, () => 'anything', path, faults, depth);
  return scalar(value, typeof value === 'number' && Number.isInteger(value) ? 'integer' : 'anything', path, faults);
}

function scalar(value: unknown, shape: string, path: string, faults: ShapeFault[]): TypedValue | undefined {
  if (shape === 'integer or string') return scalar(value, typeof value === 'string' ? 'string' : 'integer', path, faults);
  if (shape === 'quantity') return Quantity.parse(value) ? String(value) : wrong(path, `is ${shown(value)}, not a quantity`, faults);
  if (shape === 'integer') return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : wrong(path, `is ${shown(value)}, not an integer`, faults);
  if (shape === 'anything' ? ['string', 'boolean', 'number'].includes(typeof value) : typeof value === shape) return value as TypedValue;
  return wrong(path, `is ${shown(value)}, not ${shape === 'anything' ? 'a value of JSON' : `a ${shape}`}`, faults);
}

function list(value: readonly unknown[], shape: Shape, path: string, faults: ShapeFault[], depth: number): TypedValue[] {
  // Array.from: in a sandbox such as Jest's a list may be another realm's, which the interpreter does not take for one.
  return Array.from(value).flatMap((item, i) => {
    // In a list of things null is a thing with no name, which the API server refuses; an untyped list may hold it.
    if (item === null && shape !== 'anything') wrong(`${path}[${i}]`, 'is null', faults);
    const typed = typedValue(item, shape, `${path}[${i}]`, faults, depth + 1);
    // What is left out of a list of maps leaves an empty one, so that those after it keep their places.
    return typed === undefined ? (typeof shape === 'object' && !('listOf' in shape) ? [new Map()] : []) : [typed];
  });
}

function map(value: object, shapeOf: (key: string) => Shape | undefined, path: string, faults: ShapeFault[], depth: number): TypedMap {
  const result = new Map<string, TypedValue>();
  for (const [key, item] of Object.entries(value)) {
    const typed = typedValue(item, shapeOf(key) ?? 'anything', path === '' ? key : `${path}.${key}`, faults, depth + 1);
    if (typed !== undefined) result.set(key, typed);
  }
  return result;
}

function own(fields: { readonly [name: string]: Shape }, key: string): Shape | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function wrong(path: string, problem: string, faults: ShapeFault[]): undefined {
  faults.push({ path, problem: `${path} ${problem}` });
  return undefined;
}
