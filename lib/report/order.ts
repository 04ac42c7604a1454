import type { Finding, JudgedObject } from '../assessment';
import { SEVERITIES } from '../controls';

/** The objects that have violations, those with more of the worst first, otherwise as they came. */
export function worstFirst(objects: readonly JudgedObject[]): JudgedObject[] {
  const ranked = objects.filter(({ violations }) => violations.length > 0).map((judged) => ({
    judged, counts: SEVERITIES.map((severity) => judged.violations.filter((finding) => finding.severity === severity).length),
  }));
  const first = (a: readonly number[], b: readonly number[]) => {
    const at = a.findIndex((each, i) => each !== b[i]);
    return at === -1 ? 0 : b[at] - a[at];
  };
  return ranked.sort((a, b) => first(a.counts, b.counts)).map(({ judged }) => judged);
}

/** Findings of one object by their control, in the order in which they came. */
export function byControl(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.control);
    if (group) group.push(finding);
    else groups.set(finding.control, [finding]);
  }
  return [...groups.values()];
}
