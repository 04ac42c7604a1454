import * as fs from 'fs';
import * as path from 'path';
import { hasTerraform, validate } from './terraform';

const OUT = path.join(__dirname, '../../../cdktf.out/stacks');
const GOLDENS = path.join(__dirname, '../../identity/golden');
const judge = hasTerraform() ? describe : describe.skip;
if (!hasTerraform()) process.stderr.write('terraform is not on the PATH: the stacks are not validated\n');

judge('terraform validate, with the real provider', () => {
  const stacks = fs.existsSync(OUT) ? fs.readdirSync(OUT) : [];

  test('npm run synth has left stacks to judge', () => {
    expect(stacks).toEqual(['data-processor']);
  });

  test.each(stacks)('accepts the stack %s', (name) => {
    expect(validate(fs.readFileSync(path.join(OUT, name, 'cdk.tf.json'), 'utf8'))).toMatchObject({ valid: true, diagnostics: [] });
  });

  test.each(['cdktf/nothing-set', 'cdktf/everything-set', 'cdktn/nothing-set', 'cdktn/everything-set'])('accepts the golden stack %s', (name) => {
    expect(validate(fs.readFileSync(path.join(GOLDENS, name, 'cdk.tf.json'), 'utf8'))).toMatchObject({ valid: true, diagnostics: [] });
  });

  test('refuses a stack with an argument that the provider does not have', () => {
    const stack = JSON.parse(fs.readFileSync(path.join(OUT, 'data-processor', 'cdk.tf.json'), 'utf8'));
    for (const role of Object.values<Record<string, unknown>>(stack.resource.aws_iam_role)) role.trust_policy = '{}';
    expect(validate(JSON.stringify(stack)).valid).toBe(false);
  });
});
