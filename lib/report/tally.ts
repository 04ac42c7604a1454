import { Assessment, EXEMPTION_CONTROLS, JudgedObject } from '../assessment';
import { Control, SEVERITIES, Severity } from '../controls';

/** How much of what there is. */
export interface Tally {
  /** Of the input, without the exemptions that something is wrong with. */
  readonly objects: number;
  /** That were asked, without those about exemptions. */
  readonly controls: number;
  readonly violations: number;
  readonly bySeverity: { readonly [severity in Severity]: number };
  readonly exempted: number;
  readonly known: number;
  readonly notKubernetes: number;
  readonly unreadable: number;
}

export function tallyOf({ objects, controls, notKubernetes, unreadable }: Assessment): Tally {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
  let exempted = 0;
  let known = 0;
  for (const judged of objects) {
    for (const { severity } of judged.violations) bySeverity[severity]++;
    exempted += judged.exempted.length;
    known += judged.known.length;
  }
  const violations = SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);
  const asked = controls.filter((control) => !(EXEMPTION_CONTROLS as readonly Control[]).includes(control)).length;
  return { objects: objects.filter(isOfInput).length, controls: asked, violations, bySeverity, exempted, known, notKubernetes, unreadable };
}

/** Whether it is an object of the input, rather than an exemption that something is wrong with. */
export function isOfInput({ object }: JudgedObject): boolean {
  return !(object.kind === 'Exemption' && object.apiVersion === '');
}

/** `14 objects, 146 controls, 3 violations: 1 critical, 2 low; 1 exempted`: what a reader looks for first. */
export function summaryLine(tally: Tally): string {
  const severities = SEVERITIES.filter((severity) => tally.bySeverity[severity] > 0).map((severity) => `${tally.bySeverity[severity]} ${severity}`);
  const counts = [count(tally.objects, 'object'), count(tally.controls, 'control'), count(tally.violations, 'violation')].join(', ');
  return [
    severities.length > 0 ? `${counts}: ${severities.join(', ')}` : counts,
    ...tally.exempted > 0 ? [`${tally.exempted} exempted`] : [],
    ...tally.known > 0 ? [`${tally.known} known from the baseline`] : [],
    ...tally.unreadable > 0 ? [unreadableText(tally.unreadable)] : [],
    ...tally.notKubernetes > 0 ? [`${count(tally.notKubernetes, 'document')} ${tally.notKubernetes === 1 ? 'is' : 'are'} not Kubernetes`] : [],
  ].join('; ');
}

/** `No violations`, unless something could not be read; `3 violations`. */
export function headline({ violations, unreadable }: Tally): string {
  if (violations > 0) return count(violations, 'violation');
  return unreadable > 0 ? 'No violations in what could be read' : 'No violations';
}

/** What a report must say where something could not be read, lest it be taken for clean. */
export function unreadableText(unreadable: number): string {
  return `${count(unreadable, 'document')} could not be read, so nothing in ${unreadable === 1 ? 'it' : 'them'} was judged`;
}

/** `1 object`, `2 objects`. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
