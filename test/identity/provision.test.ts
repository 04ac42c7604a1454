import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Duration } from 'cdk8s';
import * as cdktf from 'cdktf';
import * as cdktn from 'cdktn';
import { Construct } from 'constructs';
import { Golden } from '../../lib/golden';
import { AwsPermission, WorkloadIdentity } from '../../lib/identity';
import { AWS, identity, messageOf, payments, workload } from './production';

type Libraries = 'cdktf' | 'cdktn';
type Blocks = { [type: string]: { [name: string]: { [attribute: string]: unknown } } };

const BOTH: Libraries[] = ['cdktf', 'cdktn'];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stacks.'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A stack of one of the libraries, which have the same classes. */
function newStack(library: Libraries): cdktf.TerraformStack {
  const { App, TerraformStack, S3Backend } = (library === 'cdktf' ? cdktf : cdktn) as typeof cdktf;
  const stack = new TerraformStack(new App({ outdir: fs.mkdtempSync(path.join(folder, library)) }), 'identities');
  new S3Backend(stack, { bucket: 'state', key: 'identities', region: 'eu-central-1' });
  return stack;
}

/** What the whole app writes for a stack; some faults show nowhere else. */
function written(stack: cdktf.TerraformStack): string {
  const app = stack.node.root as cdktf.App;
  app.synth();
  return fs.readFileSync(path.join(app.outdir, 'stacks/identities/cdk.tf.json'), 'utf8');
}

/** The stack without what it says of the library's release. */
function reviewed(stack: cdktf.TerraformStack): string {
  const { '//': _, ...blocks } = JSON.parse(written(stack));
  return `${JSON.stringify(blocks, undefined, 2)}\n`;
}

function blocksOf(stack: cdktf.TerraformStack): Blocks {
  return JSON.parse(written(stack)).resource;
}

/** An identity in which everything is set that Terraform hears of. */
function everythingSet(): WorkloadIdentity {
  return identity({
    roleName: 'reports@eu', rolePath: '/workloads/', maxSessionDuration: Duration.hours(2), permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    permissions: [AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/${aws:PrincipalTag/team}/*']).when('StringLike', 'aws:PrincipalTag/percent', '%{x}')],
    managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonS3ObjectLambdaExecutionRolePolicy', 'arn:aws:iam::123456789012:policy/own'],
  });
}

describe.each(BOTH)('in a stack of %s', (library) => {
  test('nothing set', () => {
    const stack = newStack(library);
    identity().provision(stack);
    Golden.ofFiles({ 'cdk.tf.json': reviewed(stack) }).matches(path.join(__dirname, 'golden', library, 'nothing-set'));
  });

  test('everything set', () => {
    const stack = newStack(library);
    everythingSet().provision(stack, { createOidcProvider: true });
    Golden.ofFiles({ 'cdk.tf.json': reviewed(stack) }).matches(path.join(__dirname, 'golden', library, 'everything-set'));
  });

  test('the role\'s ARN is the one that the account is annotated with', () => {
    const stack = newStack(library);
    const built = everythingSet();
    built.provision(stack);
    const { path: rolePath, name } = blocksOf(stack).aws_iam_role['reports_eu'];
    expect(`arn:aws:iam::123456789012:role${rolePath}${name}`).toBe(built.roleArn);
  });

  test('the policies are those of the identity, IAM\'s variables kept from Terraform', () => {
    const stack = newStack(library);
    const built = everythingSet();
    built.provision(stack);
    const blocks = blocksOf(stack);
    expect(blocks.aws_iam_role['reports_eu'].assume_role_policy).toBe(built.trustPolicy);
    expect(blocks.aws_iam_role_policy['reports_eu'].policy).toContain('arn:aws:s3:::reports/$${aws:PrincipalTag/team}/*');
    expect(blocks.aws_iam_role_policy['reports_eu'].policy).toBe(built.permissionPolicy!.replace('${', '$$$${').replace('%{', '%%{'));
  });

  test('the identity provider is created only when asked for, and then once for all identities', () => {
    const namespace = payments();
    const stack = newStack(library);
    identity({}, namespace, 'first').provision(stack, { createOidcProvider: true });
    identity({ workloads: [workload(namespace, 'web')] }, namespace, 'second').provision(stack, { createOidcProvider: true });
    identity({ workloads: [workload(namespace, 'db')] }, namespace, 'third').provision(stack);
    const blocks = blocksOf(stack);
    expect(Object.values(blocks.aws_iam_openid_connect_provider)).toEqual([expect.objectContaining({ url: AWS.oidcIssuer, client_id_list: ['sts.amazonaws.com'] })]);
    expect(Object.keys(blocks.aws_iam_role)).toEqual(['main-payments-first', 'main-payments-second', 'main-payments-third']);
    expect(blocks.aws_iam_role['main-payments-second'].depends_on).toEqual(['aws_iam_openid_connect_provider.main-eu-central-1']);
    expect(blocks.aws_iam_role['main-payments-third'].depends_on).toBeUndefined();
  });

  test('what others put on the role is taken off, also where it has nothing of the kind', () => {
    const stack = newStack(library);
    identity({ managedPolicyArns: ['arn:aws:iam::123456789012:policy/own'] }).provision(stack);
    const blocks = blocksOf(stack);
    expect(blocks.aws_iam_role_policy).toBeUndefined();
    expect(blocks.aws_iam_role_policies_exclusive['main-payments-reports']).toMatchObject({ policy_names: [], role_name: '${aws_iam_role.main-payments-reports.name}' });
    expect(blocks.aws_iam_role_policy_attachments_exclusive['main-payments-reports']).toMatchObject({ policy_arns: ['${aws_iam_role_policy_attachment.main-payments-reports_own.policy_arn}'] });
  });

  test('a construct in the stack will do, and Terraform\'s names stay the same', () => {
    const [direct, nested] = [newStack(library), newStack(library)];
    identity().provision(direct);
    identity().provision(new Construct(nested, 'identities'));
    expect(Object.keys(blocksOf(nested).aws_iam_role)).toEqual(Object.keys(blocksOf(direct).aws_iam_role));
  });

  test('provisioned twice', () => {
    const stack = newStack(library);
    const built = identity();
    built.provision(stack);
    expect(messageOf(() => built.provision(new Construct(stack, 'again')))).toBe('payments/reports: the role "main-payments-reports" is in the stack "identities" already; call provision once for each stack');
  });

  test('two roles that Terraform would call alike', () => {
    const namespace = payments();
    const stack = newStack(library);
    identity({ roleName: 'a.b' }, namespace, 'first').provision(stack);
    expect(messageOf(() => identity({ roleName: 'a@b', workloads: [workload(namespace, 'web')] }, namespace, 'second').provision(stack))).toBe(
      'payments/second: Terraform would call the role "a@b" as it calls "a.b" in the stack "identities"; give one of them a roleName that differs in more than signs');
  });

  test('two audiences for one identity provider', () => {
    const namespace = payments();
    const stack = newStack(library);
    identity({}, namespace, 'first').provision(stack, { createOidcProvider: true });
    expect(messageOf(() => identity({ audience: 'own', workloads: [workload(namespace, 'web')] }, namespace, 'second').provision(stack, { createOidcProvider: true }))).toBe(
      'payments/second: the identity provider of the cluster in the stack "identities" is for the audience "sts.amazonaws.com", not "own"; give the identities of a cluster one audience');
  });
});

test('both libraries get the same resources, byte by byte', () => {
  const [typed, general] = BOTH.map((library) => {
    const stack = newStack(library);
    everythingSet().provision(stack, { createOidcProvider: true });
    return JSON.stringify(blocksOf(stack));
  });
  expect(general).toBe(typed);
});

test('a token of Terraform stays one in a policy', () => {
  const stack = newStack('cdktf');
  const bucket = new S3Bucket(stack, 'bucket', { bucketPrefix: 'reports-' });
  identity({ permissions: [AwsPermission.allow(['s3:GetObject'], [`${bucket.arn}/\${aws:PrincipalTag/team}/*`])] }).provision(stack);
  expect(JSON.parse(blocksOf(stack).aws_iam_role_policy['main-payments-reports'].policy as string).Statement[0].Resource).toEqual(['${aws_s3_bucket.bucket.arn}/$${aws:PrincipalTag/team}/*']);
});

describe('the aws provider', () => {
  const providersOf = (stack: cdktf.TerraformStack) => JSON.parse(written(stack)).provider.aws;

  test.each(BOTH)('is added for the Platform\'s region where a stack of %s has none, once', (library) => {
    const namespace = payments();
    const stack = newStack(library);
    identity({}, namespace, 'first').provision(stack);
    identity({ workloads: [workload(namespace, 'web')] }, namespace, 'second').provision(stack);
    expect(providersOf(stack)).toEqual([{ region: 'eu-central-1' }]);
  });

  test('is the stack\'s own where it has one', () => {
    const stack = newStack('cdktf');
    new AwsProvider(stack, 'own', { region: 'us-east-1' });
    identity().provision(stack);
    expect(providersOf(stack)).toEqual([{ region: 'us-east-1' }]);
    expect(blocksOf(stack).aws_iam_role['main-payments-reports'].provider).toBeUndefined();
  });

  test('is the only one, though it has an alias', () => {
    const stack = newStack('cdktf');
    new AwsProvider(stack, 'own', { region: 'us-east-1', alias: 'production' });
    identity().provision(stack);
    expect(blocksOf(stack).aws_iam_role['main-payments-reports'].provider).toBe('aws.production');
  });

  test('is the one that is given', () => {
    const stack = newStack('cdktf');
    new AwsProvider(stack, 'staging', { region: 'us-east-1', alias: 'staging' });
    const provider = new AwsProvider(stack, 'production', { region: 'us-east-1', alias: 'production' });
    identity().provision(stack, { provider });
    expect(blocksOf(stack).aws_iam_role['main-payments-reports'].provider).toBe('aws.production');
  });

  test('must be said where there are several', () => {
    const stack = newStack('cdktf');
    for (const alias of ['staging', 'production']) new AwsProvider(stack, alias, { region: 'us-east-1', alias });
    expect(messageOf(() => identity().provision(stack))).toBe('identities: it has 2 aws providers, each with an alias; say which is meant: identity.provision(stack, { provider })');
  });

  test('must be of the same stack', () => {
    const provider = new AwsProvider(newStack('cdktf'), 'other', { region: 'us-east-1' });
    expect(messageOf(() => identity().provision(newStack('cdktf'), { provider }))).toBe('identities: provider "identities/other" is no aws provider of this stack; give the AwsProvider of the same stack, or leave it out');
  });
});

test('a scope in no stack', () => {
  const namespace = payments();
  expect(messageOf(() => identity({}, namespace).provision(namespace))).toBe('payments/reports: "payments" is in no Terraform stack; give provision a TerraformStack, or a construct in one; stacks come with "npm install cdktf @cdktf/provider-aws", or with "npm install cdktn"');
});

test('a stack of a library that is not installed here', () => {
  const stranger = new Construct(undefined as never, '');
  Object.defineProperty(stranger, Symbol.for('cdktf/TerraformStack'), { value: true });
  expect(messageOf(() => identity().provision(stranger))).toBe(
    '(root): the library of this stack is not found; install it beside cdk8s-hardened, and only once; stacks come with "npm install cdktf @cdktf/provider-aws", or with "npm install cdktn"');
});
