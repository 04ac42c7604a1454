import { parseAllDocuments } from 'yaml';
import { assessmentOf, manifestsOf, sample } from './sample-assessment';
import type { ObjectControl } from '../../lib/controls';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const reports = (assessment = sample(), options = {}) => parseAllDocuments(FORMATS.openreports(assessment, { ...OPTIONS, ...options })).map((document) => document.toJS());
const places = (assessment = sample()) => reports(assessment).map(({ kind, metadata: { name, namespace } }) => [kind, namespace, name].filter((part) => part).join(' '));
const pod = (name: string, namespace = '') => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}${namespace}}\nspec:\n  containers: [{name: a, image: b}]\n`;

test('there is one report for what stands outside of namespaces, and one for each namespace', () => {
  expect(places()).toEqual(['ClusterReport cdk8s-hardened-restricted', 'Report monitoring cdk8s-hardened-restricted', 'Report shop cdk8s-hardened-restricted']);
});

test('who applies them chooses the namespace where the manifests leave it open', () => {
  expect(places(assessmentOf(manifestsOf(pod('a'), 'a.yaml')))).toEqual(['Report cdk8s-hardened-restricted']);
});

test('what is exempted is skipped, what is known a warning, and the summary counts them', () => {
  const [cluster, monitoring, shop] = reports();
  expect(monitoring.results[0]).toMatchObject({ policy: 'pod/no-host-namespaces', result: 'skip', scored: false, properties: { owner: 'team-monitoring', reason: "it reads the counters of the node's own interfaces" } });
  expect(shop.results.at(-1)).toMatchObject({ policy: 'secret/no-plain-values', result: 'warn', scored: false });
  for (const { summary, results } of [cluster, monitoring, shop]) {
    for (const answer of ['fail', 'warn', 'error', 'skip']) expect(summary[answer]).toBe(results.filter(({ result }: { result: string }) => result === answer).length);
  }
  expect(shop.summary.pass).toBe(0);
  expect(monitoring.summary.pass).toBe(11);
});

test('what could not be judged is an error', () => {
  const control = { id: 'object/broken', title: 'Broken', severity: 'high', level: 'baseline', frameworks: {}, on: ['/ConfigMap'], cel: 'object.nothing == 1', message: 'x', remediation: 'X.', at: 'data', allowed: {}, denied: {} };
  const [{ summary, results }] = reports(assessmentOf(manifestsOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}', 'a.yaml'), { catalog: [control as unknown as ObjectControl] }));
  expect(results).toMatchObject([{ policy: 'object/broken', result: 'error' }]);
  expect(summary).toEqual({ pass: 0, fail: 0, warn: 0, error: 1, skip: 0 });
});

test('a time stands in it only if one is given', () => {
  expect(reports()[1].results[0].timestamp).toBeUndefined();
  expect(reports(sample(), { today: '2026-09-30T12:00:00Z' })[1].results[0].timestamp).toEqual({ seconds: 1790769600, nanos: 0 });
});

test('many results come in parts, of which only the first counts what passes', () => {
  const parts = reports(assessmentOf(manifestsOf(Array.from({ length: 100 }, (_, i) => pod(`a${i}`, ', namespace: shop')).join('---\n'), 'a.yaml')));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ metadata: { name } }) => name).slice(0, 2)).toEqual(['cdk8s-hardened-restricted', 'cdk8s-hardened-restricted-2']);
  expect(parts.map(({ summary: { pass } }) => pass > 0)).toEqual(parts.map((_, i) => i === 0));
  expect(Math.max(...parts.map((part) => JSON.stringify(part).length))).toBeLessThan(256 * 1024);
});

test('nothing in gives an empty report, which can be applied', () => {
  expect(reports(assessmentOf([]))).toMatchObject([{ kind: 'ClusterReport', results: [], summary: { pass: 0, fail: 0 } }]);
});
