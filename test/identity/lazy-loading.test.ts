import { execFileSync } from 'child_process';
import * as path from 'path';

const ROOT = path.join(__dirname, '../..');

/** Runs a program in a process of its own, where nothing is loaded yet. */
function run(...lines: string[]): string {
  const program = [SOURCES, `const { identity } = require(${JSON.stringify(path.join(__dirname, 'production'))});`, ...lines].join('\n');
  return execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', program], { cwd: ROOT, encoding: 'utf8' }).trim();
}

/** The sources find the interpreter's parser where jest.config.js says that it is. */
const SOURCES = `
  const Module = require('module'); const found = Module._resolveFilename;
  Module._resolveFilename = (request, ...rest) => found(request === '../../cel/parser' ? ${JSON.stringify(path.join(ROOT, 'build/cel/parser'))} : request, ...rest);`;

const LOADED = 'console.log([...new Set(Object.keys(require.cache).flatMap((file) => /node_modules\\/(cdktf|cdktn|@cdktf\\/[^/]+)\\//.exec(file)?.[1] ?? []))].sort().join())';
const NEW_STACK = (library: string) => `const stack = new (require('${library}').TerraformStack)(new (require('${library}').App)(), 'identities');`;

test('whoever does not provision loads nothing of Terraform', () => {
  expect(run('identity().describe();', LOADED)).toBe('');
});

test('whoever provisions loads the modules of the resources, and not the whole provider', () => {
  const MODULES = 'console.log(Object.keys(require.cache).flatMap((file) => /provider-aws\\/lib\\/([^/]+)\\/index.js$/.exec(file)?.[1] ?? []).sort().join())';
  expect(run(NEW_STACK('cdktf'), 'identity().provision(stack);', MODULES))
    .toBe('iam-role,iam-role-policies-exclusive,iam-role-policy,iam-role-policy-attachments-exclusive,provider');
});

test('a stack of cdktn needs nothing of cdktf\'s provider', () => {
  expect(run(NEW_STACK('cdktn'), 'identity().provision(stack);', LOADED)).not.toContain('@cdktf');
});

/** Makes Node find no module that begins like this from within this package; from elsewhere only if said. */
const HIDE = (prefix: string, elsewhere: boolean) => `
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, parent, main, options) => {
    if (request.startsWith('${prefix}') && !(${elsewhere} && options?.paths)) throw Object.assign(new Error('hidden'), { code: 'MODULE_NOT_FOUND' });
    return resolve(request, parent, main, options);
  };`;
const MESSAGE = 'try { identity().provision(stack); console.log("provisioned"); } catch (error) { console.log(error.message); }';

test('a missing provider package is named with the command that installs it', () => {
  expect(run(NEW_STACK('cdktf'), HIDE('@cdktf/provider-aws', false), MESSAGE)).toBe(
    'identities: WorkloadIdentity.provision needs @cdktf/provider-aws in a stack of cdktf, and it is not installed; run "npm install cdktf @cdktf/provider-aws"');
});

test('a package that only the program can find is found, as where this one is linked', () => {
  expect(run(NEW_STACK('cdktf'), HIDE('@cdktf/provider-aws', true), MESSAGE)).toBe('provisioned');
});
