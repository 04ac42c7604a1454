import { CelParams, judgeObject } from './expression';
import type { Place } from './locate';
import { culprits, partPlaces, problemAt, valueAt } from './suspect';
import type { ObjectControl } from '../controls';
import type { TypedMap, TypedValue } from '../inventory';
import { shown } from '../errors';

/**
 * Finds what of an object makes an expression false, as locate.ts does of a pod: of the control's fields those that fail alone, in a
 * list its items, in a map its keys.
 */
export function objectPlaces(control: ObjectControl, cel: string, object: TypedMap, params: CelParams): Place[] {
  const fails = (copy: TypedMap) => judgeObject(cel, copy, params) !== true;
  const { hides } = control;
  return culprits(control, object, fails).flatMap((at): Place[] => {
    if (hides === 'whole') return [{ path: at, problem: `${at} has ${keysShown(valueAt(object, at))}` }];
    return partPlaces(object, at, fails).map(({ path, value }) => ({ path, problem: hides && value !== undefined ? hidden(path, value) : problemAt(path, value) }));
  });
}

function hidden(path: string, value: TypedValue): string {
  return typeof value === 'object' ? `${path} has ${keysShown(value)}` : `${path} has a value (not shown)`;
}

/** The keys of a map, and never its values, which may be what must not be shown. */
function keysShown(value: TypedValue | undefined): string {
  return shown(value instanceof Map ? [...value.keys()] : Array.isArray(value) ? [...value.keys()].map(String) : typeof value);
}
