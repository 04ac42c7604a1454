import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '../../..');
const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers: [{name: app, image: registry.example.com/web:1.0, securityContext: {privileged: true}}]
`;

/** An app of its own that writes one file, and nothing of this library in it. */
function synth(pod: string, plugin: string): { status: number | null; said: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugin.'));
  try {
    fs.writeFileSync(path.join(folder, 'pod.yaml'), pod);
    fs.writeFileSync(path.join(folder, 'app.js'), "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.copyFileSync('pod.yaml', 'dist/shop.k8s.yaml');");
    fs.writeFileSync(path.join(folder, 'cdk8s.yaml'), `language: typescript
app: node app.js
validations:
  - {package: ${plugin}, class: HardenedValidation, version: 1.0.0, properties: {framework: pss-baseline}}
`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--no-check-upgrade'], { cwd: folder, encoding: 'utf8' });
    return { status, said: stdout + stderr };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe.each([['the folder of the package', ROOT], ['its file', path.join(ROOT, 'build/index.js')]])('cdk8s synth with the plugin by %s', (_, plugin) => {
  test('fails on a violation, and names it', () => {
    expect(synth(POD, plugin)).toEqual({ status: 2, said: expect.stringContaining('pod/no-privileged') });
  });

  test('passes without one', () => {
    expect(synth(POD.replace('true', 'false'), plugin).status).toBe(0);
  });
});
