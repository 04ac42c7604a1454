import type { InvalidExemption } from './evaluate';
import { Exemption, exemptionFaults, exemptionManifest, ExemptionTerms } from './exemption';
import { plainName } from './generated-name';
import { Fault, nearest, shown } from '../errors';
import { field, isRecord, KubeObject, Manifest } from '../inventory';

const REQUIRED = ['control', 'kind', 'name', 'reason', 'owner', 'expires'] as const;
const KEYS: readonly string[] = [...REQUIRED, 'namespace', 'ticket'];

/** What a file of exemptions holds. */
export interface ExemptionFile {
  readonly exemptions: readonly Exemption[];
  readonly invalid: readonly InvalidExemption[];
}

/**
 * Reads the exemptions of a file: a list, or a map whose `exemptions` is one. Undefined if it is neither, so that nothing in it
 * can be found.
 */
export function exemptionsOf({ json, where, lineOf = () => 1 }: Manifest, today: string): ExemptionFile | undefined {
  const path = Array.isArray(json) ? '' : 'exemptions';
  const entries = Array.isArray(json) ? json : field(json, 'exemptions');
  if (!Array.isArray(entries)) return undefined;
  const invalid: InvalidExemption[] = [];
  const strangers = isRecord(json) ? Object.keys(json).filter((key) => key !== 'exemptions') : [];
  for (const key of strangers) invalid.push({ manifest: exemptionManifest(undefined, where, () => lineOf(key)), fault: unknownKey(key, ['exemptions']) });
  const earlier = new Map<string, number>();
  const exemptions = entries.flatMap((entry: unknown, i): Exemption[] => {
    const line = () => lineOf(`${path}[${i}]`);
    const manifest = exemptionManifest(field(entry, 'control'), where, line);
    const faults = [...entryFaults(entry, today), ...duplicate(entry, line(), earlier)];
    invalid.push(...faults.map((fault) => ({ manifest, fault })));
    return faults.length === 0 ? [exemption(entry as Entry, manifest, `${where}:${line()}`)] : [];
  });
  return { exemptions, invalid };
}

interface Entry extends ExemptionTerms {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

function exemption({ control, reason, owner, expires, ticket, kind, name, namespace }: Entry, manifest: Manifest, where: string): Exemption {
  return {
    control, reason, owner, expires, ...ticket === undefined || ticket === null ? {} : { ticket }, where, manifest,
    covers: (object: KubeObject) => object.kind === kind && (object.namespace ?? '') === (namespace ?? '') && (object.name === name || plainName(object) === name),
  };
}

function entryFaults(entry: unknown, today: string): Fault[] {
  if (!isRecord(entry)) return [{ problem: `an exemption is ${shown(entry)}`, remedy: `give a map with ${KEYS.join(', ')}` }];
  const place = (['kind', 'name', 'namespace'] as const).filter((key) => key !== 'namespace' || field(entry, key) !== undefined);
  return [
    ...Object.keys(entry).filter((key) => !KEYS.includes(key)).map((key) => unknownKey(key, KEYS)),
    ...place.filter((key) => typeof entry[key] !== 'string' || entry[key] === '').map((key) => ({
      problem: `${key} is ${field(entry, key) === undefined ? 'missing' : shown(entry[key])}`, remedy: `give the ${key} of the object that it is for`,
    })),
    ...exemptionFaults(termsOf(entry), today),
  ];
}

/** By its own keys only, null being absent. */
function termsOf(entry: unknown): ExemptionTerms {
  const [control, reason, owner, expires, ticket] = ['control', 'reason', 'owner', 'expires', 'ticket'].map((key) => field(entry, key) as string);
  return { control, reason, owner, expires, ...ticket === undefined ? {} : { ticket } };
}

/** Of two for the same it could not be said which one holds. */
function duplicate(entry: unknown, line: number, earlier: Map<string, number>): Fault[] {
  const key = JSON.stringify(['control', 'kind', 'namespace', 'name'].map((name) => field(entry, name)));
  const first = earlier.get(key);
  if (first === undefined) earlier.set(key, line);
  return first === undefined ? [] : [{ problem: `it is for the same control and object as the one in line ${first}`, remedy: 'keep one of them' }];
}

function unknownKey(key: string, known: readonly string[]): Fault {
  const [near] = nearest(key, known);
  return { problem: `there is no key ${shown(key)} in an exemption`, remedy: near ? `did you mean ${shown(near)}?` : `give only ${known.join(', ')}` };
}
