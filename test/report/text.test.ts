import { assessmentOf, manifestsOf, sample } from './sample-assessment';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const text = (yaml: string, options = {}) => FORMATS.text(assessmentOf(manifestsOf(yaml, 'a.yaml')), { ...OPTIONS, ...options });
const pod = (containers: string, kind = 'Pod') => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: a}\nspec:\n  containers:\n${containers}\n`;

test('what has no violations is one line', () => {
  expect(FORMATS.text(assessmentOf([], { catalog: [] }), OPTIONS)).toBe('0 objects, 0 controls, 0 violations\n');
  const namespace = assessmentOf(manifestsOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}', 'a.yaml'), { catalog: [], notKubernetes: 2 });
  expect(FORMATS.text(namespace, OPTIONS)).toBe('1 object, 0 controls, 0 violations; 2 documents are not Kubernetes\n');
});

test('the object with more of the worst comes first, whatever the order of the input', () => {
  const low = pod('  - {name: a, image: b}');
  const high = pod('  - {name: a, image: b, securityContext: {privileged: true}}').replace('name: a}\nspec', 'name: worse}\nspec');
  expect([...text(`${low}---\n${high}`).matchAll(/^Pod \S+/gm)].map(([title]) => title)).toEqual(['Pod worse', 'Pod a']);
});

test('a run of the same is told as one, and does not ask for lines that it does not show', () => {
  const containers = Array.from({ length: 200 }, (_, i) => `  - {name: c${i}, image: b, securityContext: {privileged: true}}`).join('\n');
  let asked = 0;
  const manifests = manifestsOf(pod(containers), 'a.yaml').map((manifest) => ({ ...manifest, lineOf: (path: string) => ++asked && manifest.lineOf!(path) }));
  const report = FORMATS.text(assessmentOf(manifests), OPTIONS);
  expect(report).toContain('a.yaml:6 containers[0] "c0": securityContext.privileged is true, but privileged must not be true');
  expect(report).toContain('a.yaml:10 containers[4] "c4": the same\n            … and the same at 195 more places, down to a.yaml:205 containers[199] "c199"\n');
  expect(report.split('\n').length).toBeLessThan(200);
  expect(asked).toBeLessThan(100);
});

test('the YAML of a control stands once', () => {
  const one = pod('  - {name: a, image: b, securityContext: {privileged: true}}');
  const report = text(`${one}---\n${one.replace('name: a}\nspec', 'name: b}\nspec')}`);
  expect(report.match(/securityContext:\n +privileged: false/g)).toHaveLength(1);
  expect(report.match(/Its YAML stands above\./g)!.length).toBeGreaterThan(3);
});

test('prose is broken at the terminal\'s width, and YAML is not', () => {
  const narrow = FORMATS.text(sample(), { ...OPTIONS, columns: 60 });
  const long = narrow.split('\n').filter((line) => line.length > 60);
  expect(long.filter((line) => / /.test(line.trim()))).toEqual([]);
  expect(narrow.replace(/\s+/g, '')).toBe(FORMATS.text(sample(), OPTIONS).replace(/\s+/g, ''));
});

test('colour changes nothing but colour', () => {
  const coloured = FORMATS.text(sample(), { ...OPTIONS, colour: true });
  expect(coloured).toContain('\u001b[1;97;41mcritical\u001b[0m');
  expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(FORMATS.text(sample(), OPTIONS));
});

test('how to exempt is an example that the file of exemptions takes', () => {
  expect(text(pod('  - {name: a, image: b, securityContext: {privileged: true}}'))).toContain(`
  exemptions:
  - control: pod/no-privileged
    kind: Pod
    name: a
    reason: why it may be so here
    owner: who answers for it
    expires: YYYY-MM-DD
`);
});

test('of a construct it is the call at the construct', () => {
  const json = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image: 'b', securityContext: { privileged: true } }] } };
  const report = FORMATS.text(assessmentOf([{ json, where: 'payments/web' }]), OPTIONS);
  expect(report).toContain('Pod a  payments/web\n');
  expect(report).toContain("  Exemption.grant(construct, { control: 'pod/no-privileged', reason: 'why it may be so here', owner: 'who answers for it', expires: 'YYYY-MM-DD' });\n");
});

test('what can never be exempted says so, and is no example', () => {
  const assessment = assessmentOf([], { invalidExemptions: [{ manifest: { json: { kind: 'Exemption', metadata: { name: 'pod/x' } }, where: 'e.yaml', lineOf: () => 3 }, fault: { problem: 'reason is missing', remedy: 'say why' } }] });
  const report = FORMATS.text(assessment, OPTIONS);
  expect(report).toContain('No exemption excuses this.');
  expect(report).not.toContain('To exempt');
  expect(report).toMatch(/^0 objects, /m);
});
