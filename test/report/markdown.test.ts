import { assessmentOf, manifestsOf } from './sample-assessment';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const markdown = (yaml: string) => FORMATS.markdown(assessmentOf(manifestsOf(yaml, 'k8s/a.yaml')), OPTIONS);
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  containers: [{name: a, image: b, securityContext: {privileged: true}}]\n`;

test('what is clean is said in two lines', () => {
  expect(FORMATS.markdown(assessmentOf([], { catalog: [] }), OPTIONS)).toBe('## No violations\n\n0 objects, 0 controls, 0 violations\n');
});

test('a comment on GitHub has room for it, whatever there is, and what is left out is counted', () => {
  const report = markdown(Array.from({ length: 500 }, (_, i) => pod(`a${i}`)).join('---\n'));
  expect(report.length).toBeGreaterThan(40_000);
  expect(report.length).toBeLessThanOrEqual(65_536);
  const critical = Number(/### Critical: (\d+)/.exec(report)![1]);
  const [shown, left] = [report.match(/^\| .*pod\/no-privileged/gm)!.length, Number(/… and (\d+) more, for which/.exec(report)![1])];
  expect(shown + left).toBe(critical);
  expect(report.match(/<details>/g)).toHaveLength(report.match(/<\/details>/g)!.length);
});

test('every failing control is mended once, worst first', () => {
  const report = markdown(`${pod('a')}---\n${pod('b')}`);
  const mended = [...report.matchAll(/^\*\*<code>(\S+)<\/code>/gm)].map(([, id]) => id);
  expect(mended[0]).toBe('pod/no-privileged');
  expect(new Set(mended).size).toBe(mended.length);
  expect(report).toContain('```yaml\nsecurityContext:\n  privileged: false\n```');
});
