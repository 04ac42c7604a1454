import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';
import { readSource } from '../lib/input';
import { inventoryOf } from '../lib/inventory';
import { reachabilityOf, writeLines } from '../lib/proofs/reachability';

const README = fs.readFileSync(path.join(__dirname, '../README.md'), 'utf8');

/** The code blocks of a language, in their order. */
function blocks(language: string): string[] {
  return [...README.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, written]) => written === language).map(([, , code]) => code);
}

/** Runs a program of the README as it stands, and returns what it wrote, or its error. */
function run(program: string): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'readme.'));
  process.env.CDK8S_OUTDIR = outdir;
  try {
    const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)(require, {});
    return fs.readdirSync(outdir).map((name) => fs.readFileSync(path.join(outdir, name), 'utf8')).join('---\n');
  } catch (error) {
    return (error as Error).message;
  } finally {
    delete process.env.CDK8S_OUTDIR;
    fs.rmSync(outdir, { recursive: true });
  }
}

const [PROGRAM, WEAKENING] = blocks('ts');

test('the program is short, and writes what the README shows of it', () => {
  expect(PROGRAM.split('\n').length).toBeLessThan(30);
  expect(run(PROGRAM)).toContain(blocks('yaml')[0]);
});

test('weakened by one line it fails as the README shows', () => {
  const imports = "import { ApiObject, JsonPatch } from 'cdk8s';\n";
  const shown = blocks('').find((block) => block.startsWith('Validation failed'))!;
  expect(run(imports + PROGRAM.replace('app.synth();', `${WEAKENING}app.synth();`))).toBe(shown.trimEnd());
});

test('the lines of connectivity are those of its program', () => {
  const shown = blocks('').find((block) => block.startsWith('payments/api[Deployment] => '))!;
  let lines = '';
  const manifests = readSource(Buffer.from(run(PROGRAM))).documents.map(({ json }) => ({ json, where: 'payments.k8s.yaml' }));
  writeLines(reachabilityOf(inventoryOf(manifests)), (text) => { lines += text; });
  expect(lines).toBe(shown);
});

test('the picture is that of the example', () => {
  expect(blocks('mermaid')[0]).toBe(fs.readFileSync(path.join(__dirname, '../examples/payments/golden/connectivity.mmd'), 'utf8'));
});

test('the two commands stand at its top', () => {
  const [commands] = blocks('');
  expect(commands.split('\n').map((line) => line.split('  ')[0]).slice(0, 2)).toEqual(['npm ci && npm run synth', 'npm cit']);
});

test('every file it points to is there', () => {
  const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target).filter((target) => !/^https?:/.test(target));
  expect(links.filter((target) => !fs.existsSync(path.join(__dirname, '..', target)))).toEqual([]);
});
