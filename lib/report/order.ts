import { locateAll } from './place';
import type { Assessment, ExemptedFinding, Finding, GrantedExemption, JudgedObject } from '../assessment';
import { SEVERITIES } from '../controls';

/** The objects that have violations, those with more of the worst first, otherwise as they came. */
export function worstFirst(objects: readonly JudgedObject[]): JudgedObject[] {
  locateAll(objects);
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
export function byControl(findings: readonly Finding[]): (readonly Finding[])[] {
  return grouped(findings, ({ control }) => control);
}

/** Findings of one control and object that say the same, in the order in which they came. */
export function byMessage(findings: readonly Finding[]): (readonly Finding[])[] {
  return grouped(findings, ({ message }) => message);
}

function grouped(findings: readonly Finding[], keyOf: (finding: Finding) => string): (readonly Finding[])[] {
  if (findings.length < 2) return findings.length === 0 ? [] : [findings];
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

/** Every exemption, and what it excuses, which may be nothing. */
export function byExemption({ exemptions, objects }: Assessment): ReadonlyMap<GrantedExemption, readonly ExemptedFinding[]> {
  const groups = new Map(exemptions.map((exemption): [GrantedExemption, ExemptedFinding[]] => [exemption, []]));
  for (const { exempted } of objects) {
    for (const each of exempted) {
      const group = groups.get(each.exemption);
      if (group) group.push(each);
      else groups.set(each.exemption, [each]);
    }
  }
  return groups;
}
