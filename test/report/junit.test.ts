import { assessmentOf, manifestsOf, sample } from './sample-assessment';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const junit = (assessment = sample(), options = {}) => FORMATS.junit(assessment, { ...OPTIONS, ...options });
const sum = (xml: string, attribute: string) => [...xml.matchAll(new RegExp(`<testsuite [^>]*\\b${attribute}="(\\d+)"`, 'g'))].reduce((total, [, n]) => total + Number(n), 0);

test('the counts are those of the cases', () => {
  const xml = junit();
  expect(xml.match(/<testcase /g)).toHaveLength(sum(xml, 'tests'));
  expect(xml.match(/<failure /g)).toHaveLength(sum(xml, 'failures'));
  expect(xml.match(/<skipped>/g)).toHaveLength(sum(xml, 'skipped'));
  expect(xml).toContain(`<testsuites name="cdk8s-hardened" tests="${sum(xml, 'tests')}" failures="${sum(xml, 'failures')}" errors="0" time="0">`);
});

test('a control and an object have one case, and one failure, however many containers fail', () => {
  const xml = junit();
  const cases = [...xml.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"/g)].map(([, name, of]) => `${name} ${of}`);
  expect(new Set(cases).size).toBe(cases.length);
  const failing = /<testcase name="pod\/drop-all-capabilities" classname="CronJob monitoring\/report" time="0">([^]*?)<\/testcase>/.exec(xml)![1];
  expect(failing.match(/<failure /g)).toHaveLength(1);
  expect(failing.match(/k8s\/nodes\.yaml:\d+ containers/g)).toHaveLength(8);
});

test('what holds is a case that passes, for each control that is about the object', () => {
  expect(junit()).toContain('<testcase name="pod/no-privileged" classname="DaemonSet monitoring/node-exporter" time="0"/>');
  expect(junit()).not.toContain('<testcase name="pod/no-privileged" classname="ConfigMap');
  expect(junit()).toContain('<testcase name="object/unique-identity" classname="All objects together" time="0"/>');
});

test('what is exempted or known is skipped, with the reason', () => {
  expect(junit()).toContain('<skipped>Exempted until 2027-03-31, by team-monitoring, OPS-12: it reads the counters of the node&apos;s own interfaces</skipped>');
  expect(junit()).toContain('<skipped>Known from the baseline</skipped>');
});

test('it says no time unless it is given one', () => {
  expect(junit()).not.toContain('timestamp');
  expect(junit(sample(), { today: '2026-09-30T12:00:00Z' })).toContain('timestamp="2026-09-30T12:00:00"');
});

test('nothing in gives a suite of what is asked of all objects together', () => {
  expect(junit(assessmentOf([], { catalog: [] }))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cdk8s-hardened" tests="0" failures="0" errors="0" time="0">\n'
    + '  <testsuite name="All objects together" tests="0" failures="0" errors="0" skipped="0" time="0">\n  </testsuite>\n</testsuites>\n');
  expect(junit(assessmentOf(manifestsOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: 1', 'a.yaml')))).toContain('<failure type="high"');
});
