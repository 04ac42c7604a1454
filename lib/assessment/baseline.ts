import type { Assessment } from './assessment';
import type { Finding } from './finding';
import { plainName } from './generated-name';
import { field, KubeObject } from '../inventory';

/** How often a baseline holds each finding, by its key. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * What a finding is known by from run to run: no generated part of a name, no line, and no place in a list where the item has a
 * name of its own.
 */
export function baselineKey({ control, object, path }: Finding): string {
  return [control, object.kind, object.namespace ?? '', plainName(object), byNames(object, path)].join(' ');
}

/** The findings as a baseline. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = baselineKey(finding);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** A baseline as the text of its file: sorted, one finding a line, so that a difference can be read. */
export function baselineText(baseline: Baseline): string {
  const lines = [...baseline].sort(([a], [b]) => a < b ? -1 : 1).map(([key, count]) => `  ${JSON.stringify(key)}: ${count}`);
  return lines.length === 0 ? '{}\n' : `{\n${lines.join(',\n')}\n}\n`;
}

/** Reads the text of a baseline's file; undefined if it is none. */
export function baselineFrom(text: string): Baseline | undefined {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const entries = Object.entries(json);
  return entries.every(([, count]) => Number.isInteger(count) && count > 0) ? new Map(entries) : undefined;
}

/** What is left of an assessment's violations once those that a baseline holds are known, each as often as it holds it. */
export function afterBaseline(assessment: Assessment, baseline: Baseline): Assessment {
  const left = new Map(baseline);
  const isKnown = (finding: Finding) => {
    const key = baselineKey(finding);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  };
  return {
    ...assessment, objects: assessment.objects.map((judged) => {
      const known = judged.violations.filter(isKnown);
      return known.length === 0 ? judged : { ...judged, violations: judged.violations.filter((finding) => !known.includes(finding)), known };
    }),
  };
}

/** `spec.template.spec.containers[1].image` becomes `spec.template.spec.containers[sidecar].image`. */
function byNames(object: KubeObject, path: string): string {
  let at: unknown = object.json;
  return path.replace(/([^.[\]]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/g, (text, name: string | undefined, _key: string | undefined, index: string | undefined) => {
    if (index === undefined) {
      at = name === undefined ? undefined : field(at, name);
      return text;
    }
    at = Array.isArray(at) ? at[Number(index)] : undefined;
    const named = field(at, 'name');
    return `[${typeof named === 'string' ? named : ''}]`;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
