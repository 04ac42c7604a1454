import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'cdk8s';
import { Golden } from 'cdk8s-hardened';
import { dataProcessor } from './data-processor';
import { terraform } from './terraform';

test('the data processor synthesizes what was reviewed', () => {
  const app = new App();
  dataProcessor(app);
  Golden.of(app).matches(path.join(__dirname, 'golden'));
});

test('its Terraform is what was reviewed', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdktf.'));
  try {
    terraform(dataProcessor(new App()), outdir).synth();
    const stack = fs.readFileSync(path.join(outdir, 'stacks/data-processor/cdk.tf.json'), 'utf8');
    Golden.ofFiles({ 'cdk.tf.json': stack }).matches(path.join(__dirname, 'golden'));
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
});
