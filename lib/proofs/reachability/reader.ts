import type { Caveat, Remark, Topic } from './remark';
import { nearest, shown } from '../../errors';
import { field, isRecord, KubeObject } from '../../inventory';

/** Reads one object, and takes down what is wrong with it. */
export class Reader {
  /** What the API server refuses. */
  public readonly faults: Remark[] = [];
  /** What it takes, and one should know. */
  public readonly caveats: Caveat[] = [];

  /** @param known what was read before without a remark, for all objects of one input */
  public constructor(public readonly object: KubeObject, private readonly known: Map<string, unknown> = new Map()) {}

  /** What is read from a value: a cluster's policies say the same few things again and again, so each is read once. */
  public once<T>(what: string, value: unknown, read: () => T): T {
    const key = `${what} ${JSON.stringify(value)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known as T;
    const remarks = this.faults.length + this.caveats.length;
    const result = read();
    if (this.faults.length + this.caveats.length === remarks) this.known.set(key, result);
    return result;
  }

  public fault(path: string, problem: string, remedy: string): undefined {
    this.faults.push({ object: this.object, path, problem: path === '' ? problem : `${path} ${problem}`, remedy });
    return undefined;
  }

  public caveat(topic: Topic, path: string, problem: string, remedy: string): void {
    this.caveats.push({ topic, object: this.object, path, problem: `${path} ${problem}`, remedy });
  }

  /** A list; null is an empty one, as Kubernetes reads it. */
  public list(owner: unknown, name: string, path: string): unknown[] {
    const value = field(owner, name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.fault(joined(path, name), `is ${shown(value)}`, 'it must be a list');
    return [];
  }

  /** A list of texts. */
  public texts(owner: unknown, name: string, path: string): string[] {
    return this.list(owner, name, path).filter((item, i): item is string => {
      if (typeof item !== 'string') this.fault(`${joined(path, name)}[${i}]`, `is ${shown(item)}`, 'it must be a text; quote it');
      return typeof item === 'string';
    });
  }

  /** A map, of which only some fields are known; null is one without fields, as Kubernetes reads it. Undefined for what is no map. */
  public map(value: unknown, path: string, fields: readonly string[]): { readonly [name: string]: unknown } | undefined {
    if (value === undefined || value === null) return {};
    if (!isRecord(value)) return this.fault(path, `is ${shown(value)}`, 'it must be a map');
    for (const name of Object.keys(value)) {
      if (fields.includes(name)) continue;
      const [near] = nearest(name, fields);
      // kubectl refuses it, the API server drops it.
      this.caveat('unknown-field', joined(path, name), 'is no field that Kubernetes reads there, so it counts for nothing', near ? `did you mean ${near}?` : `write one of ${fields.join(', ')}`);
    }
    return value;
  }

  /** An integer within bounds. */
  public integer(owner: unknown, name: string, path: string, low: number, high: number): number | undefined {
    const value = field(owner, name);
    if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
    return this.fault(joined(path, name), value === undefined ? 'is absent' : `is ${shown(value)}`, `it must be an integer from ${low} to ${high}`);
  }

  /** One of some words. */
  public word<T extends string>(owner: unknown, name: string, path: string, words: readonly T[]): T | undefined {
    const value = field(owner, name);
    if (words.includes(value as T)) return value as T;
    const [near] = typeof value === 'string' ? nearest(value, words) : [];
    return this.fault(joined(path, name), value === undefined ? 'is absent' : `is ${shown(value)}`, near ? `did you mean ${near}?` : `it must be one of ${words.join(', ')}`);
  }
}

export function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
