import { howToExempt } from './how-to-exempt';
import { markdownCode, markdownSentence, markdownText, markdownYaml } from './markdown-text';
import { byControl, byExemption, byMessage, worstFirst } from './order';
import { findingPlace, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { Rule, rulesOf } from './rules';
import { headline, summaryLine, tallyOf } from './tally';
import type { Assessment, Finding, JudgedObject } from '../assessment';
import { SEVERITIES, Severity } from '../controls';

/** Of findings that say the same this many are placed one by one. */
const PLACES = 5;
/** GitHub takes no comment of more than 65,536 characters: how many the tables, then the folded parts may fill. */
const TABLES = 40_000;
const DETAILS = 62_000;

/** For the comment on a pull request: a table for each severity, and below, folded, how to mend each, and what is exempted. */
export function* markdown(assessment: Assessment, _options: ReportOptions): Iterable<string> {
  const tally = tallyOf(assessment);
  const page = new Page();
  page.add(`## ${headline(tally)}\n\n${markdownText(summaryLine(tally))}\n`);
  const objects = worstFirst(assessment.objects);
  for (const severity of SEVERITIES) table(objects, severity, page);
  details(page, 'How to mend them', mendings(assessment));
  const exempting = howToExempt(objects, assessment);
  if (exempting) details(page, 'How to exempt one', [`${markdownText(exempting.sentence)}\n\n${markdownYaml(exempting.lines.join('\n'))}\n`]);
  details(page, `Exempted: ${tally.exempted}`, exemptions(assessment));
  yield page.text();
}

/** What is written so far, and how long it is. */
class Page {
  private readonly parts: string[] = [];
  private length = 0;

  public add(part: string): void {
    this.parts.push(part);
    this.length += part.length;
  }

  /** @returns whether it did fit */
  public addWithin(part: string, most: number): boolean {
    if (this.length + part.length > most) return false;
    this.add(part);
    return true;
  }

  public text(): string {
    return this.parts.join('');
  }
}

function table(objects: readonly JudgedObject[], severity: Severity, page: Page): void {
  const runs = objects.flatMap(({ violations }) => byControl(violations.filter((finding) => finding.severity === severity)).flatMap(byMessage));
  if (runs.length === 0) return;
  const folded = severity === 'medium' || severity === 'low';
  const heading = `${severity.charAt(0).toUpperCase()}${severity.slice(1)}: ${sum(runs)}`;
  page.add(`\n${folded ? `<details>\n<summary><b>${heading}</b></summary>` : `### ${heading}`}\n\n| Object | What | Where |\n| --- | --- | --- |\n`);
  const shown = runs.findIndex((run) => !page.addWithin(row(run), TABLES));
  if (shown !== -1) page.add(`\n… and ${sum(runs.slice(shown))} more, for which a comment has no room; \`--format html\` has them all.\n`);
  if (folded) page.add('\n</details>\n');
}

function sum(runs: readonly (readonly Finding[])[]): number {
  return runs.reduce((total, run) => total + run.length, 0);
}

function row(run: readonly Finding[]): string {
  const [{ object, control, message }] = run;
  const placed = run.slice(0, PLACES).map((finding) => markdownCode(findingPlace(finding)));
  const places = [...placed, ...run.length > PLACES ? [`and ${run.length - PLACES} more`] : []];
  return `| ${markdownCode(titleOf(object))} | ${markdownCode(control)}<br>${markdownText(message)} | ${places.join('<br>')} |\n`;
}

function* mendings(assessment: Assessment): Iterable<string> {
  const failing = new Set(assessment.objects.flatMap(({ violations }) => violations.map(({ control }) => control)));
  const rank = ({ severity }: Rule) => SEVERITIES.indexOf(severity);
  for (const rule of rulesOf(assessment).filter(({ id }) => failing.has(id)).sort((a, b) => rank(a) - rank(b))) yield mending(rule);
}

function mending({ id, rule, fix, why, control }: Rule): string {
  return [
    `**${markdownCode(id)}**<br>${markdownSentence([rule, fix, ...why ? [why] : [], ...control?.neverExempt ? ['No exemption excuses this.'] : []].join(' '))}`,
    ...control?.snippet ? [markdownYaml(control.snippet)] : [],
  ].join('\n\n') + '\n';
}

function* exemptions(assessment: Assessment): Iterable<string> {
  for (const [{ control, reason, owner, expires, ticket, where }, covered] of byExemption(assessment)) {
    const terms = `until ${markdownText(expires)}, by ${markdownText(owner)}${ticket ? `, ${markdownText(ticket)}` : ''}`;
    const places = covered.slice(0, PLACES).map(({ finding }) => `  - ${markdownCode(findingPlace(finding))} ${markdownCode(titleOf(finding.object))}\n`).join('');
    const more = covered.length > PLACES ? `  - … and ${covered.length - PLACES} more\n` : '';
    yield `- ${markdownCode(control)} ${terms}: ${markdownText(reason)} (${markdownCode(where)})\n${places}${more}`;
  }
}

/** A folded part, as far as there is room. */
function details(page: Page, summary: string, items: Iterable<string>): void {
  let open = false;
  let left = 0;
  for (const item of items) {
    const start = open ? '' : `\n<details>\n<summary><b>${summary}</b></summary>\n\n`;
    if (left > 0 || !page.addWithin(start + item + (item.startsWith('- ') ? '' : '\n'), DETAILS)) left++;
    else open = true;
  }
  if (left > 0) page.add(`\n… and ${left} more, for which this comment has no room.\n`);
  if (open) page.add('\n</details>\n');
}
