import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';

const DOCS = path.join(__dirname, '../docs');
const PAGES = fs.readdirSync(DOCS);

/** The pages are of the 21st of September 2026, and so are the days that they give. */
beforeAll(() => { process.env.SOURCE_DATE_EPOCH = '1790000000'; });
afterAll(() => { delete process.env.SOURCE_DATE_EPOCH; });

/** What the snippets take for granted: an app, and a namespace with three workloads in it. */
const PRELUDE = `
  const app = new App();
  __PLATFORM__
  const shop = new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
  const image = 'registry.example.com/web:1.4@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';
  const [web, api, db] = ['web', 'api', 'db'].map((id) => new SecureDeployment(shop, id, { containers: [{ image, portNumber: 8080 }] }));
`;
const PLATFORM = `new Platform(app, 'cluster', { cloud: Cloud.aws({ account: '123456789012', region: 'us-west-2', cluster: 'main', oidcIssuer: 'https://oidc.example.com/id/A' }) });`;

/** Runs a page's snippet; what it declares itself is taken out of the prelude. */
function run(snippet: string): string {
  let prelude = PRELUDE.replace('__PLATFORM__', snippet.includes('new Platform(') ? '' : PLATFORM);
  if (snippet.includes('new Platform(')) prelude = 'const app = new App();';
  if (/const shop\b/.test(snippet)) prelude = `const app = new App(); ${PLATFORM}`;
  if (/const (web|db)\b/.test(snippet)) prelude = prelude.replace(/const \[web[^\n]*/, '');
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'docs.'));
  process.env.CDK8S_OUTDIR = outdir;
  const program = `
    const { ApiObject, App, Chart, JsonPatch, Size, Testing } = require('cdk8s');
    const kplus = require('cdk8s-plus-28');
    const { ${Object.keys(require('cdk8s-hardened')).join(', ')} } = require('cdk8s-hardened');
    const process = { stdout: { write() {} } };
    ${prelude}
    ${snippet}
    app.synth();`;
  try {
    const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)(require, {});
    return 'synthesized';
  } catch (error) {
    return (error as Error).message;
  } finally {
    delete process.env.CDK8S_OUTDIR;
    fs.rmSync(outdir, { recursive: true });
  }
}

const SNIPPETS = PAGES.flatMap((page) => {
  const text = fs.readFileSync(path.join(DOCS, page), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```\n(?:^```\n([\s\S]*?)^```$)?/gm)].map(([, snippet, error], i): [string, string, string] => [`${page} #${i + 1}`, snippet, error?.trimEnd() ?? 'synthesized']);
});

test.each(SNIPPETS)('the program in docs/%s does what the page says', (_name, snippet, expected) => {
  expect(run(snippet)).toBe(expected);
});

test('every link of the pages leads somewhere', () => {
  const links = PAGES.flatMap((page) => [...fs.readFileSync(path.join(DOCS, page), 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target));
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((target) => !/^https?:/.test(target) && !fs.existsSync(path.join(DOCS, target)))).toEqual([]);
});
