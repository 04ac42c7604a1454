import { ReadFault } from './fault';
import { shown } from '../errors';

/** A JSON object that is being read. */
export type JsonMap = { [key: string]: unknown };

/** Sets a key, whatever its name means to JavaScript. */
export function put(map: JsonMap, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

export function twice(key: string, at: number): ReadFault {
  return new ReadFault(`the key ${shown(key)} is given twice in one map, of which Kubernetes silently keeps the last; write it once`, at);
}
