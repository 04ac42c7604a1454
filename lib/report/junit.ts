import { Answer, answersOf, askedOf, passedAcross } from './asked';
import { name, placedLine, prose, termsOf, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { unreadableText } from './tally';
import type { Assessment } from '../assessment';
import type { Control } from '../controls';

/**
 * JUnit's XML, by the schema of Jenkins: a suite for each object, in it a case for each control that is about it. What fails is one
 * failure, however many containers it is about; what is exempted or known is skipped, and says why.
 */
export function* junit(assessment: Assessment, { today }: ReportOptions): Iterable<string> {
  const asked = askedOf(assessment);
  const controls = new Map(assessment.controls.map((control) => [control.id, control]));
  const across = passedAcross(assessment);
  const errors = assessment.unreadable > 0 ? 1 : 0;
  let tests = across.length + errors;
  let failures = 0;
  for (const judged of assessment.objects) {
    const counts = countsOf(answersOf(judged, asked));
    tests += counts.tests;
    failures += counts.failures;
  }
  const timestamp = today?.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'cdk8s-hardened', tests, failures, errors, time: 0 })}>\n`;
  if (errors > 0) yield unreadableSuite(assessment.unreadable, timestamp);
  for (const judged of assessment.objects) {
    const title = titleOf(judged.object);
    yield* suite({ name: `${title} (${name(judged.object.where)})`, timestamp }, answersOf(judged, asked), (answer) => testcase(answer, title, controls));
  }
  yield* suite({ name: ACROSS, timestamp }, across, (answer) => testcase(answer, ACROSS, controls));
  yield '</testsuites>\n';
}

/** What could not be read is an error, so that nobody takes the rest for all. */
function unreadableSuite(unreadable: number, timestamp: string | undefined): string {
  const testcase = `<testcase${attributes({ name: 'readable', classname: 'Input', time: 0 })}><error${attributes({ type: 'unreadable', message: unreadableText(unreadable) })}/></testcase>`;
  return `  <testsuite${attributes({ name: 'Input', tests: 1, failures: 0, errors: 1, skipped: 0, time: 0, timestamp })}>\n    ${testcase}\n  </testsuite>\n`;
}

const ACROSS = 'All objects together';

function* suite(facts: { readonly name: string; readonly timestamp?: string }, answers: readonly Answer[], testcaseOf: (answer: Answer) => string): Iterable<string> {
  const { tests, failures, skipped } = countsOf(answers);
  const { name, timestamp } = facts;
  yield `  <testsuite${attributes({ name, tests, failures, errors: 0, skipped, time: 0, timestamp })}>\n`;
  for (const answer of answers) yield `    ${testcaseOf(answer)}\n`;
  yield '  </testsuite>\n';
}

function countsOf(answers: readonly Answer[]) {
  const failures = answers.filter(({ violations }) => violations.length > 0).length;
  return { tests: answers.length, failures, skipped: answers.filter((answer) => answer.violations.length === 0 && isExcused(answer)).length };
}

function isExcused({ exempted, known }: Answer): boolean {
  return exempted.length + known.length > 0;
}

function testcase(answer: Answer, classname: string, controls: ReadonlyMap<string, Control>): string {
  const { control, violations } = answer;
  const start = `testcase${attributes({ name: control, classname, time: 0 })}`;
  if (violations.length > 0) return `<${start}>${failure(answer, controls.get(control))}</testcase>`;
  return isExcused(answer) ? `<${start}><skipped>${escaped(excuses(answer).join('\n'))}</skipped></testcase>` : `<${start}/>`;
}

function failure(answer: Answer, control: Control | undefined): string {
  const { violations } = answer;
  const [{ severity, message, remediation }] = violations;
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const lines = [...violations.map(placedLine), prose(remediation), ...control?.snippet ? [control.snippet.trimEnd()] : [], ...excuses(answer)];
  return `<failure${attributes({ type: severity, message: `${prose(message)}${more}` })}>${escaped(lines.join('\n'))}</failure>`;
}

/** Why it need not hold, a line each. */
function excuses({ exempted, known }: Answer): string[] {
  const reasons = exempted.map(({ exemption }) => `Exempted ${termsOf(exemption)}: ${prose(exemption.reason)}`);
  return [...new Set(reasons), ...known.length > 0 ? ['Known from the baseline'] : []];
}

function attributes(values: { readonly [name: string]: string | number | undefined }): string {
  return Object.entries(values).map(([key, value]) => value === undefined ? '' : ` ${key}="${escaped(String(value))}"`).join('');
}

const ENTITIES: { readonly [char: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
}
