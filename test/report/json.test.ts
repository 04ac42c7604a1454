import { assessmentOf, manifestsOf, sample } from './sample-assessment';
import { FORMATS, PIECES } from '../../lib/report';

const json = (assessment = sample()) => JSON.parse(FORMATS.json(assessment, { toolVersion: '1.0.0' }));

test('every object of the input stands in it, in its order, with every promised key', () => {
  const { objects, summary } = json();
  expect(objects.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`)).toEqual([
    'Namespace shop', 'Deployment web', 'Secret web-password', 'ConfigMap settings', 'DaemonSet node-exporter', 'CronJob report', 'ClusterRole reader', 'Exemption pod/no-privileged',
  ]);
  for (const object of objects) {
    expect(Object.keys(object).slice(0, 9)).toEqual(['file', 'line', 'apiVersion', 'kind', 'namespace', 'name', 'allowed', 'violations', 'exempted']);
    expect(object.allowed).toBe(object.violations.length === 0);
    for (const finding of [...object.violations, ...object.exempted]) expect(Object.keys(finding).slice(0, 4)).toEqual(['control', 'severity', 'path', 'message']);
  }
  const violations = objects.flatMap((object: { violations: unknown[] }) => object.violations).length;
  expect(summary).toMatchObject({ profile: 'restricted', objects: 7, controls: 10, violations, exempted: 1, known: 1, notKubernetes: 1 });
});

test('lines are those of the file, also within a List', () => {
  const { objects } = json();
  expect(objects.map(({ line }: { line: number }) => line)).toEqual([1, 7, 38, 46, 4, 25, 47, 10]);
  expect(objects[1].violations[0]).toMatchObject({ control: 'pod/no-host-namespaces', line: 18 });
  expect(objects[5].violations[0]).toMatchObject({ path: 'spec.jobTemplate.spec.template.spec.containers[0].securityContext.capabilities', line: 39, container: { list: 'containers', index: 0, name: 'monday' } });
});

test('an object of a construct has its path for a file, and no line', () => {
  expect(json(assessmentOf([{ json: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }, where: 'shop/ns' }])).objects[0])
    .toMatchObject({ file: 'shop/ns', line: null, namespace: null, name: 'a' });
});

test('what is exempted says by whom and until when, and is no violation', () => {
  const { objects, exemptions } = json();
  expect(objects[4]).toMatchObject({ name: 'node-exporter', allowed: true, violations: [] });
  expect(objects[4].exempted).toMatchObject([{ control: 'pod/no-host-namespaces', owner: 'team-monitoring', expires: '2027-03-31', ticket: 'OPS-12', where: 'exemptions.yaml:2' }]);
  expect(exemptions).toHaveLength(2);
  expect(Object.keys(exemptions[0])).toEqual(['control', 'reason', 'owner', 'expires', 'ticket', 'where']);
});

test('nothing in gives an empty list', () => {
  expect(json(assessmentOf([])).objects).toEqual([]);
});

test('many objects come piece by piece, none longer than one object', () => {
  const manifests = manifestsOf(Array.from({ length: 300 }, (_, i) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${i}, namespace: a}`).join('\n---\n'), 'a.yaml');
  const pieces = [...PIECES.json(assessmentOf(manifests))];
  expect(pieces.length).toBeGreaterThan(300);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1000);
  expect(JSON.parse(pieces.join('')).objects).toHaveLength(300);
});
