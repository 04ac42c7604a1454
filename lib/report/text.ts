import { paint, Painter } from './colours';
import { howToExempt } from './how-to-exempt';
import { findingPlace, name, placeOf, prose, termsOf, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { count, summaryLine, tallyOf } from './tally';
import { byControl, byExemption, byMessage, worstFirst } from './order';
import { wrapped } from './wrap';
import { Rule, rulesOf } from './rules';
import type { Assessment, Finding, JudgedObject } from '../assessment';

/** Of findings that say the same this many are placed one by one. */
const PLACES = 5;

/** For people: the objects that have violations, worst first, and at each control where, what, why and how to mend it. */
export function* text(assessment: Assessment, { colour = false, columns = Infinity }: ReportOptions): Iterable<string> {
  const page: Page = { rules: new Map(rulesOf(assessment).map((rule) => [rule.id, rule])), shown: new Map(), paint: paint(colour), columns };
  const objects = worstFirst(assessment.objects);
  for (const judged of objects) yield objectText(judged, page);
  const exempting = howToExempt(objects, assessment);
  if (exempting) yield `${wrapped(exempting.sentence, columns).join('\n')}\n\n${exempting.lines.map((line) => `  ${line}\n`).join('')}\n`;
  yield* exemptedText(assessment, page);
  yield `${wrapped(summaryLine(tallyOf(assessment)), columns).map(page.paint.bold).join('\n')}\n`;
}

interface Page {
  readonly rules: ReadonlyMap<string, Rule>;
  /** YAML that stands above already, and the control it stands at. */
  readonly shown: Map<string, string>;
  readonly paint: Painter;
  readonly columns: number;
}

function objectText({ object, violations }: JudgedObject, page: Page): string {
  const title = `${page.paint.bold(titleOf(object))}  ${page.paint.dim(placeOf(object))}\n\n`;
  return title + byControl(violations).map((findings) => controlText(findings, page)).join('');
}

function controlText(findings: readonly Finding[], page: Page): string {
  const [{ control: id, severity, remediation }] = findings;
  const { control, why } = page.rules.get(id)!;
  const beside = control !== undefined && INDENT.length + id.length + 2 + control.title.length <= page.columns;
  return [
    `  ${page.paint[severity](severity.padEnd(8))}  ${page.paint.bold(id)}${beside ? `  ${control.title}` : ''}\n`,
    control && !beside ? paragraph('', control.title, page) : '',
    ...byMessage(findings).flatMap(runLines).map((line) => paragraph('', line, page, '  ')),
    why === '' ? '' : paragraph('why  ', why, page),
    paragraph('fix  ', prose(remediation), page),
    control?.snippet ? snippetText(control.snippet, id, page) : '',
    control?.neverExempt ? paragraph('     ', 'No exemption excuses this.', page) : '',
    '\n',
  ].join('');
}

const INDENT = ' '.repeat(12);

/** A paragraph below a finding; its further lines stand below the first, or further in. */
function paragraph(label: string, sentence: string, { columns, paint: { dim } }: Page, further = ''): string {
  const below = ' '.repeat(label.length) + further;
  const lines = wrapped(sentence, columns - INDENT.length - below.length);
  return lines.map((line, i) => `${INDENT}${i === 0 ? dim(label) : below}${line}\n`).join('');
}

/** The YAML that mends it, once in a report. */
function snippetText(snippet: string, id: string, page: Page): string {
  const first = page.shown.get(snippet);
  if (first !== undefined) return paragraph('     ', `Its YAML stands above${first === id ? '' : `, at ${first}`}.`, page);
  page.shown.set(snippet, id);
  return snippet.trimEnd().split('\n').map((line) => `${INDENT}       ${line}`.trimEnd() + '\n').join('');
}

/** Where and what, a line each; a long run of the same is told as one. */
function runLines(run: readonly Finding[]): string[] {
  const placed = run.length > PLACES + 1 ? run.slice(0, PLACES) : run;
  const lines = placed.map((finding, i) => `${findingPlace(finding)}: ${i === 0 ? prose(finding.message) : 'the same'}`);
  return placed.length < run.length ? [...lines, `… and the same at ${run.length - placed.length} more places, down to ${findingPlace(run.at(-1)!)}`] : lines;
}

/** Each exemption, and what it excuses. */
function* exemptedText(assessment: Assessment, page: Page): Iterable<string> {
  const granted = byExemption(assessment);
  if (granted.size === 0) return;
  yield `${page.paint.bold('Exempted')}\n\n`;
  for (const [exemption, covered] of granted) {
    yield `  ${page.paint.bold(name(exemption.control))}  ${page.paint.dim(name(exemption.where))}\n`;
    yield paragraph('', termsOf(exemption), page);
    yield paragraph('', prose(exemption.reason), page);
    for (const { finding } of covered.slice(0, PLACES)) yield paragraph('', `${findingPlace(finding)} ${titleOf(finding.object)}`, page);
    if (covered.length > PLACES) yield paragraph('', `… and ${count(covered.length - PLACES, 'finding')} more`, page);
    if (covered.length === 0) yield paragraph('', 'It excuses nothing here.', page);
    yield '\n';
  }
}
