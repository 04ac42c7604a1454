import { App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { WorkloadIdentity, WorkloadIdentityProps } from '../../lib/identity';
import { HardenedNamespace } from '../../lib/namespace';
import { Cloud, Platform } from '../../lib/platform';
import { AWS, identity, messageOf, payments, READ, workload } from './production';

type Props = (namespace: HardenedNamespace) => WorkloadIdentityProps;
const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const credentials = (name: string) => ({ containers: [{ image: 'registry.example.com/api:1@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03', portNumber: 8080, envVariables: { [name]: kplus.EnvValue.fromValue('x') } }] });

describe('an identity that could not be, or not be meant, is refused', () => {
  test.each<[string, Props, string]>([
    ['for nobody', () => ({ workloads: [] }), 'nobody gets this identity; give workloads, or serviceAccounts'],
    ['for nothing', () => ({ permissions: [] }), 'the role may do nothing; give permissions, or managedPolicyArns'],
    ['a workload without an account', (namespace) => ({ workloads: [new kplus.Deployment(namespace, 'plain')] }),
      'workload "payments/plain" has no account of its own and runs as "default", which other pods share; give the workload a serviceAccount'],
    ['a workload with an imported account', (namespace) => ({ workloads: [workload(namespace, 'api', { serviceAccount: kplus.ServiceAccount.fromServiceAccountName(namespace, 'there', 'reader', { namespaceName: 'payments' }) })] }),
      'workload "payments/api" has the imported account "reader", which cannot be annotated from here; create the account in this app'],
    ['the account "default"', (namespace) => ({ serviceAccounts: [namespace.node.findChild('DefaultServiceAccount') as kplus.ServiceAccount] }),
      'account "payments/DefaultServiceAccount" has the account "default", which every pod of the namespace has that names no other; give the workload an account of its own'],
    ['an account in no namespace', () => ({ serviceAccounts: [new kplus.ServiceAccount(new Chart(new App(), 'bare'), 'reader')] }),
      'account "bare/reader" has an account in no namespace, so nobody can say which account to trust; build it beneath a HardenedNamespace, or in a chart with a namespace'],
    ['an account that is annotated by hand', (namespace) => ({ serviceAccounts: [new kplus.ServiceAccount(namespace, 'reader', { metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x' } } })] }),
      'account "payments/reader" has the annotation eks.amazonaws.com/role-arn "arn:aws:iam::1:role/x" already; take it out; the identity writes it'],
    ['a long name', () => ({ roleName: 'r'.repeat(65) }), `roleName "${'r'.repeat(65)}" is not valid; use 1 to 64 letters, digits and any of _+=,.@-`],
    ['no name', () => ({ roleName: '' }), 'roleName "" is not valid; use 1 to 64 letters, digits and any of _+=,.@-'],
    ['a name with a slash', () => ({ roleName: 'team/reports' }), 'roleName "team/reports" is not valid; use 1 to 64 letters, digits and any of _+=,.@-'],
    ['a name that Terraform gives', () => ({ roleName: '${TfToken[TOKEN.0]}' }), 'roleName "${TfToken[TOKEN.0]}" is not valid; use 1 to 64 letters, digits and any of _+=,.@-'],
    ['a path without slashes', () => ({ rolePath: 'team' }), 'rolePath "team" is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between'],
    ['a path that does not end', () => ({ rolePath: '/team' }), 'rolePath "/team" is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between'],
    ['a path that EKS does not recognize', () => ({ rolePath: '/team:a/' }), 'rolePath "/team:a/" is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between'],
    ['a long path', () => ({ rolePath: `/${'p'.repeat(511)}/` }), `rolePath "/${'p'.repeat(115)}… is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between`],
    ['everything', () => ({ managedPolicyArns: [policy('AdministratorAccess')] }), 'managedPolicyArns has "arn:aws:iam::aws:policy/AdministratorAccess", which gives any rights or a way to them; write what is needed as permissions'],
    ['a way to everything', () => ({ managedPolicyArns: [policy('job-function/SystemAdministrator')] }), 'managedPolicyArns has "arn:aws:iam::aws:policy/job-function/SystemAdministrator", which gives any rights or a way to them; write what is needed as permissions'],
    ['a policy by its name', () => ({ managedPolicyArns: ['AmazonSSMReadOnlyAccess'] }), 'managedPolicyArns has "AmazonSSMReadOnlyAccess", which is no ARN of a policy; write "arn:aws:iam::123456789012:policy/NAME", or "arn:aws:iam::aws:policy/NAME" for one of AWS'],
    ['a policy of another partition', () => ({ managedPolicyArns: ['arn:aws-cn:iam::aws:policy/X'] }), 'managedPolicyArns has "arn:aws-cn:iam::aws:policy/X", and the role is in the partition "aws"; begin the ARN with "arn:aws:"'],
    ['a policy of another account', () => ({ managedPolicyArns: ['arn:aws:iam::210987654321:policy/own'] }), 'managedPolicyArns has "arn:aws:iam::210987654321:policy/own", a policy of another account; use one of the account 123456789012'],
    ['a policy twice', () => ({ managedPolicyArns: [policy('X'), policy('X')] }), 'managedPolicyArns names "arn:aws:iam::aws:policy/X" twice; name each once'],
    ['a boundary that is a role', () => ({ permissionsBoundary: 'arn:aws:iam::123456789012:role/x' }), 'permissionsBoundary has "arn:aws:iam::123456789012:role/x", which is no ARN of a policy; write "arn:aws:iam::123456789012:policy/NAME", or "arn:aws:iam::aws:policy/NAME" for one of AWS'],
    ['a short session', () => ({ maxSessionDuration: Duration.minutes(59) }), 'maxSessionDuration of 3540 s is not valid; give 1 to 12 hours'],
    ['a long session', () => ({ maxSessionDuration: Duration.hours(13) }), 'maxSessionDuration of 46800 s is not valid; give 1 to 12 hours'],
    ['a short token', () => ({ tokenExpiry: Duration.seconds(599) }), 'tokenExpiry of 599 s is not valid; give 10 minutes to 24 hours; less is silently raised'],
    ['a long token', () => ({ tokenExpiry: Duration.days(2) }), 'tokenExpiry of 172800 s is not valid; give 10 minutes to 24 hours; less is silently raised'],
    ['a token for half a second', () => ({ tokenExpiry: Duration.millis(600_500) }), 'tokenExpiry of 600.5 s is not valid; give 10 minutes to 24 hours; less is silently raised'],
    ['no audience', () => ({ audience: '' }), 'audience "" is not valid; leave it out for "sts.amazonaws.com", or give a text without blanks'],
    ['every audience', () => ({ audience: '*' }), 'audience "*" is not valid; leave it out for "sts.amazonaws.com", or give a text without blanks'],
    ['an audience that Terraform gives', () => ({ audience: '${TfToken[TOKEN.0]}' }), 'audience "${TfToken[TOKEN.0]}" is not valid; leave it out for "sts.amazonaws.com", or give a text without blanks'],
    ['a key in the environment', (namespace) => ({ workloads: [workload(namespace, 'api', credentials('AWS_ACCESS_KEY_ID'))] }),
      'container "main" of "payments/api" sets AWS_ACCESS_KEY_ID, which the AWS SDKs heed before the identity; take it out; the identity brings credentials'],
    ['a secret in the environment', (namespace) => ({ workloads: [workload(namespace, 'api', credentials('AWS_SECRET_ACCESS_KEY'))] }),
      'container "main" of "payments/api" sets AWS_SECRET_ACCESS_KEY, which the AWS SDKs heed before the identity; take it out; the identity brings credentials'],
    ['a role in the environment', (namespace) => ({ workloads: [workload(namespace, 'api', credentials('AWS_ROLE_ARN'))] }),
      'container "main" of "payments/api" sets AWS_ROLE_ARN, and EKS gives such a container no identity; take it out; EKS sets it'],
  ])('%s', (_name, props, message) => {
    const namespace = payments();
    expect(messageOf(() => new WorkloadIdentity(namespace, 'reports', {
      ...'serviceAccounts' in props(payments()) ? {} : { workloads: [workload(namespace, 'worker')] }, permissions: [READ], ...props(namespace),
    }))).toBe(`payments/reports: ${message}`);
  });

  test.each([
    'AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess', 'AWSLambda_FullAccess', 'AWSGlueConsoleFullAccess', 'job-function/DataScientist', 'job-function/SystemAdministrator', 'AWSCloudFormationFullAccess',
    'AmazonEC2FullAccess', 'AmazonECS_FullAccess', 'SecretsManagerReadWrite', 'AWSElasticBeanstalkFullAccess',
  ])('the managed policy %s', (name) => {
    expect(messageOf(() => identity({ managedPolicyArns: [policy(name)] }))).toBe(`payments/reports: managedPolicyArns has "${policy(name)}", which gives any rights or a way to them; write what is needed as permissions`);
    expect(messageOf(() => identity({ managedPolicyArns: [`arn:aws:iam::123456789012:policy/${name}`] }))).toBe('(nothing was refused)'); // one's own may have any name
  });

  test('more accounts than a trust policy can name', () => {
    const namespace = payments();
    const serviceAccounts = Array.from({ length: 40 }, (_, i) => new kplus.ServiceAccount(namespace, `account-number-${i}`));
    expect(messageOf(() => identity({ serviceAccounts }, namespace))).toBe(
      'payments/reports: the trust policy for 40 accounts has 2387 characters, and IAM takes 2048; split the workloads over identities of at most 33 accounts each');
    expect(messageOf(() => identity({ serviceAccounts: serviceAccounts.slice(0, 33) }, namespace, 'fitting'))).toBe('(nothing was refused)');
  });

  test('a second identity for an account', () => {
    const namespace = payments();
    const workloads = [workload(namespace)];
    identity({ workloads }, namespace, 'first');
    expect(messageOf(() => identity({ workloads }, namespace, 'second'))).toBe(
      'payments/second: account "payments/api/ServiceAccount" has an identity already, "payments/first"; an account has one role; put the permissions together, or give the workload an account of its own');
  });

  test('a second role of a name, whatever its case and path', () => {
    const namespace = payments();
    identity({ roleName: 'Reports', rolePath: '/a/' }, namespace, 'first');
    expect(messageOf(() => identity({ roleName: 'reports', workloads: [workload(namespace, 'web')] }, namespace, 'second'))).toBe(
      'payments/second: role "reports" is that of "payments/first" already; give one of them a roleName');
  });

  test('what was refused claims neither the account nor the name', () => {
    const namespace = payments();
    const workloads = [workload(namespace)];
    expect(() => identity({ workloads, permissions: [], roleName: 'r' }, namespace, 'wrong')).toThrow();
    expect(messageOf(() => identity({ workloads, roleName: 'r' }, namespace, 'right'))).toBe('(nothing was refused)');
  });

  test('several faults are named at once', () => {
    expect(messageOf(() => identity({ roleName: '', rolePath: '', tokenExpiry: Duration.seconds(1) })).split('\n')).toEqual([
      'payments/reports: roleName "" is not valid; use 1 to 64 letters, digits and any of _+=,.@-',
      'payments/reports: rolePath "" is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between',
      'payments/reports: tokenExpiry of 1 s is not valid; give 10 minutes to 24 hours; less is silently raised',
    ]);
  });
});

describe('a cluster of which too little is known is refused', () => {
  const within = (cloud?: Cloud) => {
    const app = new App();
    new Platform(app, 'production', { cloud });
    const namespace = new HardenedNamespace(app, 'payments', { owner: 'team' });
    return messageOf(() => identity({}, namespace));
  };

  test('no cloud', () => {
    expect(within()).toBe('payments/reports: a WorkloadIdentity needs to know the cloud, and no Platform states it; state cloud: Cloud.aws({ account, region, cluster, oidcIssuer }) in the Platform');
  });

  test('no issuer', () => {
    expect(within(Cloud.aws({ ...AWS, oidcIssuer: undefined }))).toBe(
      'payments/reports: a WorkloadIdentity needs the OIDC issuer of the cluster, and the Platform does not state it; give Cloud.aws its oidcIssuer, as "aws eks describe-cluster --query cluster.identity.oidc.issuer" prints it');
  });
});

describe('a key that comes into the environment later fails synth', () => {
  test.each<[string, (namespace: HardenedNamespace) => void, string]>([
    ['as a variable', (namespace) => (namespace.node.findChild('api') as kplus.Deployment).containers[0].env.addVariable('AWS_SESSION_TOKEN', kplus.EnvValue.fromValue('x')), 'main'],
    ['in an init container', (namespace) => (namespace.node.findChild('api') as kplus.Deployment).addInitContainer({ ...credentials('AWS_SESSION_TOKEN').containers[0], portNumber: undefined, name: 'init' }), 'init'],
  ])('%s', (_name, add, container) => {
    const namespace = payments();
    identity({}, namespace);
    add(namespace);
    expect(messageOf(() => Testing.synth(namespace))).toContain(`container "${container}" of "payments/api" sets AWS_SESSION_TOKEN, which the AWS SDKs heed before the identity; take it out; the identity brings credentials`);
  });
});
