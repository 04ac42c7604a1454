import { CelParams, judge, objectFrame } from './expression';
import type { Place } from './locate';
import { allowedAt, culprits, partPlaces, problemAt, valueAt, withField } from './suspect';
import { fieldsOf, ObjectControl } from '../controls';
import type { TypedMap, TypedValue } from '../inventory';
import { shown } from '../errors';

/**
 * Finds what of an object makes an expression false, as locate.ts does of a pod: of the control's fields those that fail alone, in a
 * list its items, in a map its keys. The object itself, where its other fields fail too.
 */
export function objectPlaces(control: ObjectControl, cel: string, object: TypedMap, params: CelParams): Place[] {
  const fails = (copy: TypedMap) => judge(cel, objectFrame(copy, params)) !== true;
  const { hides } = control;
  // With its fields made good it fails still: it is not for these, or not for these alone.
  if (fails(fieldsOf(control).reduce((copy, at) => withField(copy, at, allowedAt(control)), object))) return [{ path: '', problem: 'the object does not comply' }];
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
