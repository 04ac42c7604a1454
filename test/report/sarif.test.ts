import { assessmentOf, manifestsOf, sample } from './sample-assessment';
import { CATALOG, Control } from '../../lib/controls';
import { FORMATS } from '../../lib/report';
import { uriOf } from '../../lib/report/uri';

const OPTIONS = { toolVersion: '1.0.0' };
interface Result {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

const run = (assessment = sample(), options = {}) => JSON.parse(FORMATS.sarif(assessment, { ...OPTIONS, ...options })).runs[0];
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: web, image: a}\n  - {name: api, image: b}\n';

test('what is clean has results, and they are empty', () => {
  expect(run(assessmentOf([])).results).toEqual([]);
});

test('each result has what GitHub asks of one', () => {
  const { results, tool: { driver: { rules } } } = run();
  expect(results).toHaveLength(31);
  for (const { ruleId, ruleIndex, locations, partialFingerprints, message, level } of results) {
    expect(rules[ruleIndex].id).toBe(ruleId);
    expect(locations).toHaveLength(1);
    const { artifactLocation: { uri }, region } = locations[0].physicalLocation;
    expect(uri).toMatch(/^(k8s\/|exemptions\.yaml$)/);
    expect(region).toEqual({ startLine: region.endLine, endLine: region.startLine });
    expect(region.startLine).toBeGreaterThan(0);
    expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
    expect(message.text.length).toBeGreaterThan(20);
    expect(['error', 'warning', 'note']).toContain(level);
  }
});

test('each rule has what GitHub asks of one, for the whole catalog', () => {
  const { tool: { driver: { rules } } } = run(assessmentOf([], { profile: 'strict', kubernetesVersion: 'latest' }));
  expect(rules.length).toBeGreaterThanOrEqual(CATALOG.length / 2);
  for (const { shortDescription, fullDescription, help, properties } of rules) {
    expect(shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(help.text).not.toBe('');
    expect(help.markdown).not.toBe('');
    expect(properties.tags.length).toBeLessThanOrEqual(20);
    expect(properties.tags).toEqual([...new Set(properties.tags)]);
    expect(['9.5', '8.0', '5.5', '2.0']).toContain(properties['security-severity']);
  }
});

test('what is too long for GitHub is cut, and tags are few', () => {
  const ids = Array.from({ length: 30 }, (_, i) => `5.${i}.1`);
  const wordy: Control = { ...CATALOG[0], remediation: 'word '.repeat(500), frameworks: { cis: ids } };
  const { tool: { driver: { rules: [rule] } } } = run({ ...assessmentOf([]), controls: [wordy] });
  expect(rule.fullDescription.text).toHaveLength(1024);
  expect(rule.properties.tags).toHaveLength(20);
  expect(rule.help.text.length).toBeGreaterThan(2000);
});

test('what is exempted or known raises no alert, and the exemptions stand beside', () => {
  const { results, properties } = run();
  expect(results.filter(({ ruleId }: Result) => ruleId === 'secret/no-plain-values')).toEqual([]);
  expect(properties).toMatchObject({ exempted: 1, known: 1, exemptions: [{ control: 'pod/no-host-namespaces', where: 'exemptions.yaml:2' }, {}] });
});

test('a fingerprint stays when lines, containers or other findings move, and no two are the same', () => {
  const prints = (yaml: string) => new Map(run(assessmentOf(manifestsOf(yaml, 'a.yaml'))).results.map(({ ruleId, message, partialFingerprints }: Result) => (
    [`${ruleId} ${message.text.replace(/\[\d\]/, '')}`, partialFingerprints.primaryLocationLineHash])));
  const [before, after] = [prints(POD), prints(`# moved\n\n${POD.replace('  - {name: web', '  - {name: new, image: c, securityContext: {privileged: true}}\n  - {name: web')}`)];
  for (const [key, print] of before) expect(after.get(key)).toBe(print);
  expect(new Set(after.values()).size).toBe(after.size);
});

test('the same object twice has fingerprints that differ', () => {
  const { results } = run(assessmentOf(manifestsOf(`${POD}---\n${POD}`, 'a.yaml')));
  const prints = results.map(({ partialFingerprints }: Result) => partialFingerprints.primaryLocationLineHash);
  expect(new Set(prints).size).toBe(prints.length);
});

test('of more than 25,000 results the worst are kept, and the rest is counted', () => {
  const one = assessmentOf(manifestsOf(POD, 'a.yaml'));
  const [judged] = one.objects;
  const low = judged.violations.map((finding) => ({ ...finding, severity: 'low' as const }));
  const many = { ...one, objects: [...Array.from({ length: Math.ceil(25_000 / low.length) }, () => ({ ...judged, violations: low })), judged] };
  const { results, invocations: [{ toolExecutionNotifications: [{ message }] }] } = run(many);
  expect(results).toHaveLength(25_000);
  expect(results[0].level).toBe('error');
  const total = many.objects.reduce((sum, { violations }) => sum + violations.length, 0);
  expect(message.text).toBe(`${total - 25_000} of ${total} violations are left out, the least severe ones, since consumers take 25000 results`);
});

test.each([
  ['k8s/a b.yaml', undefined, 'k8s/a%20b.yaml'], ['./k8s/a.yaml', undefined, 'k8s/a.yaml'], ['/srv/repo/k8s/a.yaml', '/srv/repo', 'k8s/a.yaml'],
  ['/srv/repo/k8s/a.yaml', '/srv/repo/', 'k8s/a.yaml'], ['/srv/repository/a.yaml', '/srv/repo', 'file:///srv/repository/a.yaml'], ['/etc/a.yaml', undefined, 'file:///etc/a.yaml'],
  ['k8s\\a.yaml', undefined, 'k8s/a.yaml'], ['C:\\repo\\a.yaml', 'C:\\repo', 'a.yaml'], ['C:\\x\\a.yaml', undefined, 'file:///C:/x/a.yaml'], ['a#b?c%d.yaml', undefined, 'a%23b%3Fc%25d.yaml'],
  ['-', undefined, '-'], ['payments/web', undefined, 'payments/web'], ['a\ud800', undefined, 'a%EF%BF%BD'], ['', undefined, '.'],
])('the file %j below %j has the uri %j', (file, root, uri) => {
  expect(uriOf(file, root)).toBe(uri);
});
