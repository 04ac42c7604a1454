import type { Document } from './parser';
import type { Places } from './places';

/** Reads a document again, with the places of all its fields. */
export type ReadAgain = (places: Places) => Document;

/**
 * Finds where the field of a path is written, or else the nearest field around it. It is the reader itself that is asked, so the two
 * cannot disagree.
 * @param path fields, with dots between them, and places in lists; a field may be quoted: `metadata.annotations["a.b/c"]`
 */
export function locate(read: ReadAgain, path: string): number {
  const { json, at: start, places } = placed(read);
  let at = start;
  let value = json;
  for (let rest = path; rest !== '' && typeof value === 'object' && value !== null;) {
    const step = Array.isArray(value) ? itemStep(rest) : fieldStep(value, rest);
    if (!step || !Object.hasOwn(value, step.key)) break;
    at = places.get(value)?.get(step.key) ?? at;
    value = (value as { [key: string | number]: unknown })[step.key];
    rest = rest.slice(step.length);
  }
  return at;
}

interface Step {
  readonly key: string | number;
  readonly length: number;
}

function itemStep(path: string): Step | undefined {
  const match = /^\[(\d+)\]/.exec(path);
  return match ? { key: Number(match[1]), length: match[0].length } : undefined;
}

/** The first field of a path: of those that its beginning may name, since dots stand in names too, the longest. */
function fieldStep(map: object, path: string): Step | undefined {
  const quoted = /^\[("(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")\]/.exec(path);
  if (quoted) return { key: JSON.parse(quoted[1].replace(/[\u0000-\u001f]/g, '')) as string, length: quoted[0].length };
  const start = path.startsWith('.') ? 1 : 0;
  for (let end = path.length; end > start; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
    const key = path.slice(start, end);
    if (Object.hasOwn(map, key)) return { key, length: end };
  }
  return undefined;
}

interface Placed extends Document {
  readonly read: ReadAgain;
  readonly places: Places;
}

/** What was read last: questions about one document come one after the other. */
let last: Placed | undefined;

function placed(read: ReadAgain): Placed {
  if (last?.read === read) return last;
  const places: Places = new Map();
  return last = { ...read(places), read, places };
}
