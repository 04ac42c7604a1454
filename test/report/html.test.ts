import { createHash } from 'crypto';
import { assessmentOf, sample } from './sample-assessment';
import { FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
const html = (assessment = sample()) => FORMATS.html(assessment, OPTIONS);

test('the page asks nothing of any other place, and its policy allows only what it holds', () => {
  const page = html();
  expect(page).not.toMatch(/\b(src|href|srcset|action|poster|data)=|@import|url\(|fetch\(|XMLHttpRequest|import\(/i);
  const [policy] = [...page.matchAll(/http-equiv="Content-Security-Policy" content="([^"]*)"/g)].map(([, content]) => content);
  expect(policy).toMatch(/^default-src 'none';/);
  for (const [element, directive] of [['style', 'style-src'], ['script', 'script-src']]) {
    const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)![1];
    expect(policy).toContain(`${directive} 'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  }
  expect(page.match(/<script|<style/g)).toHaveLength(2);
  expect(page).not.toMatch(/ on[a-z]+=| style=/);
});

test('without its script everything is there, and the filter is not', () => {
  const page = html().replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*?<\/script>/, '');
  expect(page).toContain('<form class="filter" hidden');
  expect(page.match(/<article /g)).toHaveLength(10);
  expect(page.match(/<[^>]* hidden/g)).toHaveLength(1);
});

test('the filter offers what there is', () => {
  const page = html();
  expect([...page.matchAll(/name="severity" value="(\w+)"/g)].map(([, value]) => value)).toEqual(['critical', 'high', 'medium']);
  expect(page).toContain('<option value="=shop">shop</option>');
  expect(page).toContain('<option value="pod/no-privileged">pod/no-privileged</option>');
});

test('what is clean has nothing to filter, and lists the objects', () => {
  const page = html(assessmentOf([{ json: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } }, where: 'shop/a' }], { catalog: [] }));
  expect(page).toContain('<h1 class="good">No violations</h1>');
  expect(page).not.toContain('<form');
  expect(page).not.toContain('<script>');
  expect(page).toContain('<summary>Objects without violations: 1</summary>');
});
