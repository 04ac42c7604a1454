import { parse } from 'yaml';
import { assessmentOf } from './sample-assessment';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const SAID = '2 documents could not be read, so nothing in them was judged';
const assessment = assessmentOf([], { unreadable: 2, catalog: [] });

test('no report takes for clean what could not be read', () => {
  expect(FORMATS.text(assessment, OPTIONS)).toBe(`0 objects, 0 controls, 0 violations; ${SAID}\n`);
  expect(JSON.parse(FORMATS.json(assessment, OPTIONS)).summary.unreadable).toBe(2);
  expect(FORMATS.markdown(assessment, OPTIONS)).toBe(`## No violations in what could be read\n\n0 objects, 0 controls, 0 violations; ${SAID}\n`);
  expect(FORMATS.html(assessment, OPTIONS)).toContain(`<h1>No violations in what could be read</h1>\n<p>0 objects, 0 controls, 0 violations; ${SAID}</p>`);
  expect(parse(FORMATS.openreports(assessment, OPTIONS)).metadata.annotations).toEqual({ 'cdk8s-hardened/unreadable': SAID });
});

test('SARIF says that the run did not succeed, and why', () => {
  const { runs: [{ invocations: [invocation], results }] } = JSON.parse(FORMATS.sarif(assessment, OPTIONS));
  expect(invocation).toEqual({ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: SAID } }] });
  expect(results).toEqual([]);
});

test('JUnit has an error, so that the job is red', () => {
  const xml = FORMATS.junit(assessment, OPTIONS);
  expect(xml).toContain('<testsuites name="cdk8s-hardened" tests="1" failures="0" errors="1" time="0">');
  expect(xml).toContain(`<testcase name="readable" classname="Input" time="0"><error type="unreadable" message="${SAID}"/></testcase>`);
});
