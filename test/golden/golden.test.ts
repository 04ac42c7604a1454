import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Golden } from '../../lib/golden';

let folder: string;
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'golden.')), 'golden');
});
afterEach(() => {
  delete process.env.UPDATE_GOLDEN;
  fs.rmSync(path.dirname(folder), { recursive: true });
});

function app(value = 'one', ...charts: string[]): App {
  const root = new App();
  for (const id of charts.length > 0 ? charts : ['shop']) {
    new ApiObject(new Chart(root, id), 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { value } } as never);
  }
  return root;
}

function accept(golden: Golden): void {
  process.env.UPDATE_GOLDEN = '1';
  golden.matches(folder);
  delete process.env.UPDATE_GOLDEN;
}

/** The message, with the temporary folder taken out of it. */
function failure(golden: Golden): string {
  try {
    golden.matches(folder);
  } catch (error) {
    return (error as Error).message.split(path.relative(process.cwd(), folder)).join('golden');
  }
  throw new Error('it matched');
}

test('what was accepted matches from then on', () => {
  accept(Golden.of(app()));
  Golden.of(app()).matches(folder);
  expect(fs.readFileSync(path.join(folder, 'shop.yaml'), 'utf8')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  value: one\n');
});

test('a change is named by file and line, with how to accept it', () => {
  accept(Golden.of(app()));
  expect(failure(Golden.of(app('two')))).toMatchInlineSnapshot(`
"golden/shop.yaml:6: what is synthesized now differs from the golden file
  -   value: one
  +   value: two
If the change is meant, run the test again with UPDATE_GOLDEN=1 in the environment and review the diff."
`);
});

test('a text that goes on where the golden file ends differs', () => {
  accept(Golden.ofFiles({ report: 'a\n' }));
  expect(failure(Golden.ofFiles({ report: 'a\nb' }))).toMatchInlineSnapshot(`
"golden/report:2: what is synthesized now differs from the golden file
  - 
  + b
If the change is meant, run the test again with UPDATE_GOLDEN=1 in the environment and review the diff."
`);
});

test('a missing file and an orphaned one fail alike', () => {
  accept(Golden.of(app('one', 'shop', 'store')));
  expect(failure(Golden.of(app('one', 'shop', 'office')))).toMatchInlineSnapshot(`
"golden/office.yaml: the golden file is missing
golden/store.yaml: nothing synthesizes this file any more
If the change is meant, run the test again with UPDATE_GOLDEN=1 in the environment and review the diff."
`);
});

test('accepting removes the files that nothing synthesizes any more', () => {
  accept(Golden.of(app('one', 'shop', 'store')));
  accept(Golden.of(app('one', 'shop')));
  expect(fs.readdirSync(folder)).toEqual(['shop.yaml']);
});

test('accepting leaves everything alone that is no golden file', () => {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'shop.test.ts'), '');
  accept(Golden.of(app()));
  expect(fs.readdirSync(folder)).toEqual(['shop.test.ts', 'shop.yaml']);
  Golden.of(app()).matches(folder);
});

test('a chart alone has one file', () => {
  accept(Golden.of(app('one', 'shop', 'store').charts[1]));
  expect(fs.readdirSync(folder)).toEqual(['store.yaml']);
});

test('what has no manifests is refused', () => {
  const root = new App();
  expect(() => Golden.of(root)).toThrowErrorMatchingInlineSnapshot(`"(root): it has no chart, so there is nothing to compare; build the charts before calling Golden.of"`);
  expect(() => Golden.of(new Construct(new Chart(root, 'shop'), 'part'))).toThrowErrorMatchingInlineSnapshot(`"shop/part: only an App or a Chart has manifests; give one of these"`);
});
