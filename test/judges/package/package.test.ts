import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '../../..');
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

let project: string;
let packed: { filename: string; size: number; unpackedSize: number; files: { path: string }[] };

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The first program of the README, as a user copies it. */
function firstProgram(): string {
  const found = /```ts\n([\s\S]*?)```/.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
  if (!found) throw new Error('the README has no program');
  return found[1];
}

beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'project.'));
  [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', project));
  npm(project, 'init', '--yes');
  const versions = PEERS.map((name) => `${name}@${require(`${name}/package.json`).version}`);
  npm(project, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...versions, path.join(project, packed.filename));
});

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

test('the package holds what runs and what describes it, and nothing else', () => {
  const kinds = new Set(packed.files.map((file) => file.path.replace(/^build\/.*/, 'build')));
  expect([...kinds].sort()).toEqual(['.jsii', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bin/cdk8s-hardened', 'build', 'package.json']);
});

test('installing it brings no Terraform', () => {
  const installed = Object.keys(JSON.parse(fs.readFileSync(path.join(project, 'package-lock.json'), 'utf8')).packages).filter((name) => name);
  process.stdout.write(`packed: ${(packed.size / 1024).toFixed(0)} KiB, ${(packed.unpackedSize / 1024).toFixed(0)} KiB unpacked; installed packages: ${installed.length}\n`);
  expect(installed.filter((name) => /cdktf|cdktn|provider/.test(name))).toEqual([]);
});

test('the README\'s first program synthesizes in an empty project, and loads no Terraform', () => {
  const program = ts.transpileModule(firstProgram(), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText;
  const loaded = 'process.stdout.write(Object.keys(require.cache).filter((file) => /cdktf|cdktn|provider-aws/.test(file)).join());';
  fs.writeFileSync(path.join(project, 'main.js'), `${program}\n${loaded}`);
  expect(execFileSync('node', ['main.js'], { cwd: project, encoding: 'utf8' })).toBe('');
  expect(fs.readFileSync(path.join(project, 'dist/payments.k8s.yaml'), 'utf8')).toContain('pod-security.kubernetes.io/enforce: restricted');
});

test('without Terraform\'s packages, provisioning says what to install', () => {
  fs.writeFileSync(path.join(project, 'provision.js'), `
    const { App } = require('cdk8s');
    const { Construct } = require('constructs');
    const { Platform, Cloud, HardenedNamespace, SecureDeployment, WorkloadIdentity, AwsPermission } = require('cdk8s-hardened');
    const app = new App();
    new Platform(app, 'cluster', { cloud: Cloud.aws({ account: '123456789012', region: 'us-west-2', cluster: 'main', oidcIssuer: 'https://oidc.example.com/id/A' }) });
    const shop = new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
    const web = new SecureDeployment(shop, 'web', { containers: [{ image: 'registry.example.com/web:1@sha256:${'a'.repeat(64)}', portNumber: 8080 }] });
    const identity = new WorkloadIdentity(shop, 'reports', { workloads: [web], permissions: [AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/*'])] });
    try { identity.provision(new Construct(undefined, '')); } catch (error) { process.stdout.write(error.message); }
  `);
  expect(execFileSync('node', ['provision.js'], { cwd: project, encoding: 'utf8' })).toContain('npm install cdktf @cdktf/provider-aws');
});
