import { paint, Painter } from './colours';
import { findingPlace, name, placeOf, prose, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { count, summaryLine, tallyOf } from './tally';
import { byControl, worstFirst } from './order';
import { wrapped } from './wrap';
import { askedBy } from './frameworks';
import type { Assessment, ExemptedFinding, Finding, GrantedExemption, JudgedObject } from '../assessment';
import type { Control } from '../controls';

/** Of findings that say the same this many are placed one by one. */
const PLACES = 5;

/** For people: the objects that have violations, worst first, and at each control where, what, why and how to mend it. */
export function* text(assessment: Assessment, { colour = false, columns }: ReportOptions): Iterable<string> {
  const page: Page = { controls: new Map(assessment.controls.map((control) => [control.id, control])), shown: new Set(), paint: paint(colour), columns };
  for (const judged of worstFirst(assessment.objects)) yield* objectText(judged, page);
  yield* exemptedText(assessment.objects, page);
  yield `${page.paint.bold(summaryLine(tallyOf(assessment)))}\n`;
}

interface Page {
  readonly controls: ReadonlyMap<string, Control>;
  /** The controls whose YAML stands above already. */
  readonly shown: Set<string>;
  readonly paint: Painter;
  readonly columns?: number;
}

function* objectText(judged: JudgedObject, page: Page): Iterable<string> {
  const { object, violations } = judged;
  yield `${page.paint.bold(titleOf(object))}  ${page.paint.dim(placeOf(object))}\n\n`;
  for (const findings of byControl(violations)) yield* controlText(findings, page);
}

function* controlText(findings: readonly Finding[], page: Page): Iterable<string> {
  const [{ control: id, severity, remediation }] = findings;
  const control = page.controls.get(id);
  yield `  ${page.paint[severity](severity.padEnd(8))}  ${page.paint.bold(id)}${control ? `  ${control.title}` : ''}\n`;
  for (const place of placesText(findings)) yield paragraph('', place, page);
  const asked = control && askedBy(control.frameworks);
  if (asked) yield paragraph('why  ', `Asked for by ${asked}.`, page);
  yield paragraph('fix  ', prose(remediation), page);
  if (control?.snippet) yield snippetText(control.snippet, id, page);
  if (control?.neverExempt) yield paragraph('     ', 'No exemption excuses this.', page);
  yield '\n';
}

const INDENT = ' '.repeat(12);

function paragraph(label: string, sentence: string, { columns, paint: { dim } }: Page): string {
  const lines = wrapped(sentence, columns === undefined ? Infinity : columns - INDENT.length - label.length);
  return lines.map((line, i) => `${INDENT}${i === 0 ? dim(label) : ' '.repeat(label.length)}${line}\n`).join('');
}

/** The YAML that mends it, once in a report. */
function snippetText(snippet: string, id: string, page: Page): string {
  if (page.shown.has(id)) return paragraph('     ', 'As YAML: see above.', page);
  page.shown.add(id);
  return snippet.trimEnd().split('\n').map((line) => `${INDENT}       ${line}`.trimEnd() + '\n').join('');
}

/** Where and what, a line each; a long run of the same is told as one. */
function* placesText(findings: readonly Finding[]): Iterable<string> {
  const runs = new Map<string, Finding[]>();
  for (const finding of findings) {
    const run = runs.get(finding.message);
    if (run) run.push(finding);
    else runs.set(finding.message, [finding]);
  }
  for (const [message, run] of runs) {
    const placed = run.length > PLACES + 1 ? run.slice(0, PLACES) : run;
    for (const [i, finding] of placed.entries()) yield `${findingPlace(finding)}: ${i === 0 ? prose(message) : 'the same'}`;
    if (placed.length < run.length) yield `… and the same at ${run.length - placed.length} more places, down to ${findingPlace(run.at(-1)!)}`;
  }
}

/** Each exemption that excuses something, and what it excuses. */
function* exemptedText(objects: readonly JudgedObject[], page: Page): Iterable<string> {
  const granted = new Map<GrantedExemption, ExemptedFinding[]>();
  for (const each of objects.flatMap(({ exempted }) => exempted)) granted.set(each.exemption, [...granted.get(each.exemption) ?? [], each]);
  if (granted.size === 0) return;
  yield `${page.paint.bold('Exempted')}\n\n`;
  for (const [{ control, reason, owner, expires, ticket, where }, covered] of granted) {
    yield `  ${page.paint.bold(name(control))}  until ${name(expires)}, by ${name(owner)}${ticket ? `, ${name(ticket)}` : ''}  ${page.paint.dim(name(where))}\n`;
    yield paragraph('', prose(reason), page);
    for (const { finding } of covered.slice(0, PLACES)) yield paragraph('', `${findingPlace(finding)} ${titleOf(finding.object)}`, page);
    if (covered.length > PLACES) yield paragraph('', `… and ${count(covered.length - PLACES, 'finding')} more`, page);
    yield '\n';
  }
}
