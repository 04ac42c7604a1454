import { parseAllDocuments } from 'yaml';
import { validators } from './validators';
import { Format, FORMATS } from '../../../lib/report';
import { HOSTILE, hostile, LONG } from '../../report/hostile';
import { assessmentOf, sample } from '../../report/sample-assessment';

const judges = validators();
afterAll(() => judges?.dispose());

const judge = judges ? test : test.skip;
const OPTIONS = { toolVersion: '1.0.0', today: '2026-09-30T12:00:00Z' };
const ASSESSMENTS = {
  'the sample': sample(), 'nothing': assessmentOf([]), 'nothing that can be read': assessmentOf([], { unreadable: 1 }), 'the whole catalog': assessmentOf([], { profile: 'strict', kubernetesVersion: 'latest' }), 'a megabyte of a name': hostile(LONG),
  ...Object.fromEntries(Object.entries(HOSTILE).map(([attack, text]) => [`${attack} in every name`, hostile(text)])),
};
const all = (format: Format) => Object.entries(ASSESSMENTS).map(([what, assessment]): [string, string] => [what, FORMATS[format](assessment, OPTIONS)]);
/** What a judge says against the reports, of which it gets all at once. */
function said(format: Format, faultsOf: (reports: readonly string[]) => string[][]): string[] {
  const reports = all(format);
  return faultsOf(reports.map(([, report]) => report)).flatMap((faults, i) => faults.map((fault) => `${reports[i][0]}: ${fault}`));
}

judge('SARIF is accepted by the schema 2.1.0', () => {
  expect(said('sarif', (reports) => reports.map(judges!.sarif))).toEqual([]);
});

judge('the schema of SARIF looks: it refuses a result without its message', () => {
  expect(judges!.sarif(FORMATS.sarif(sample(), OPTIONS).replaceAll('"message"', '"massage"')).length).toBeGreaterThan(20);
});

judge('JUnit is accepted by the schema of Jenkins', () => {
  expect(said('junit', judges!.junit)).toEqual([]);
});

judge('the schema of JUnit looks: it refuses a case without its name, and XML that is not well-formed', () => {
  const xml = FORMATS.junit(sample(), OPTIONS);
  const faults = judges!.junit([xml, xml.replace('<testcase name=', '<testcase title='), xml.replace('</testsuites>', '')]);
  expect(faults.map(({ length }) => length > 0)).toEqual([false, true, true]);
});

const openreports = judges?.openreports ? test : test.skip;
const documents = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS());

openreports('OpenReports are accepted by their CustomResourceDefinitions', () => {
  expect(said('openreports', (reports) => reports.map((yaml) => judges!.openreports!(documents(yaml))))).toEqual([]);
});

openreports('the CustomResourceDefinitions look: they refuse another answer, and a field that there is not', () => {
  const yaml = FORMATS.openreports(sample(), OPTIONS);
  expect(judges!.openreports!(documents(yaml.replace('result: skip', 'result: exempted')))).toEqual([expect.stringContaining('.result')]);
  expect(judges!.openreports!(documents(yaml.replace('scored: false', 'scores: false')))).toEqual([expect.stringContaining('additional properties')]);
});

judge('Markdown, rendered, has no element but ours, three cells to a row, and no mention outside of code', () => {
  const faults = (html: string) => {
    const strangers = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/^<(\/?(p|h2|h3|table|thead|tbody|tr|td|th|code|br|b|strong|details|summary|ul|li|pre)|code class="language-yaml"|br \/|!-- --)>$/.test(tag));
    const rows = html.split('<tr>').slice(1).filter((row) => row.match(/<t[dh]>/g)!.length !== 3).map((row) => `a row ${row.slice(0, 200)}`);
    const prose = html.replace(/<code[^>]*>[^]*?<\/code>/g, '').replaceAll('<!-- -->', ' ');
    return [...strangers, ...rows, ...[/[@#]\w+/.exec(prose)].flatMap((mention) => mention ?? [])];
  };
  expect(said('markdown', (reports) => judges!.rendered(reports).map(faults))).toEqual([]);
  expect(faults(judges!.rendered(['| a | b |\n| --- | --- |\n| @octocat | [x](y) |\n'])[0]).length).toBeGreaterThan(2);
});
