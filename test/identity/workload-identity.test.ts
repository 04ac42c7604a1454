import * as path from 'path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Golden } from '../../lib/golden';
import { AwsPermission } from '../../lib/identity';
import { HardenedNamespace } from '../../lib/namespace';
import { DefaultDenyNetwork } from '../../lib/network';
import { AwsCloudProps, Cloud, Platform } from '../../lib/platform';
import { AWS, identity, payments, READ, workload } from './production';

type Manifest = { kind: string; metadata: { name: string; annotations?: { [key: string]: string } }; spec: { egress: object[] } };

function objects(chart: Chart, kind: string): Manifest[] {
  return Testing.synth(chart).filter((manifest) => manifest.kind === kind);
}

function annotationsOf(chart: Chart, name: string) {
  return objects(chart, 'ServiceAccount').find(({ metadata }) => metadata.name === name)?.metadata.annotations;
}

describe('the cluster half', () => {
  test('everything set, as it is written', () => {
    const app = new App();
    new Platform(app, 'production', { cloud: Cloud.aws(AWS) });
    const chart = new Chart(app, 'payments', { namespace: 'payments' });
    identity({ serviceAccounts: [new kplus.ServiceAccount(chart, 'reports-account', { metadata: { name: 'reports' } })], rolePath: '/eu/', tokenExpiry: Duration.hours(12) }, chart as HardenedNamespace);
    Golden.of(chart).matches(path.join(__dirname, 'golden'));
  });

  test('the account of the workload is annotated with the role, the audience, and the region\'s STS', () => {
    const namespace = payments();
    identity({}, namespace);
    expect(annotationsOf(namespace, 'api')).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/main-payments-reports',
      'eks.amazonaws.com/audience': 'sts.amazonaws.com',
      'eks.amazonaws.com/sts-regional-endpoints': 'true',
      'eks.amazonaws.com/token-expiration': '3600',
    });
    expect(annotationsOf(namespace, 'default')).toBeUndefined();
  });

  test('everything set', () => {
    const namespace = payments();
    identity({ roleName: 'Reports', rolePath: '/workloads/eu/', tokenExpiry: Duration.minutes(10), audience: 'reports' }, namespace);
    expect(annotationsOf(namespace, 'api')).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/workloads/eu/Reports',
      'eks.amazonaws.com/audience': 'reports',
      'eks.amazonaws.com/sts-regional-endpoints': 'true',
      'eks.amazonaws.com/token-expiration': '600',
    });
  });

  test('the defaults are what they say', () => {
    const said = {
      rolePath: '/', maxSessionDuration: Duration.hours(1), tokenExpiry: Duration.hours(1), audience: 'sts.amazonaws.com', roleName: 'main-payments-reports', managedPolicyArns: [], serviceAccounts: [],
    };
    const [silent, explicit] = [payments(), payments()];
    expect(identity({}, silent).describe()).toBe(identity({ ...said, workloads: [workload(explicit)], permissions: [READ] }, explicit).describe());
    expect(Testing.synth(silent)).toEqual(Testing.synth(explicit));
  });

  test('the account that a workload was given gets the identity, and so may accounts of workloads elsewhere', () => {
    const namespace = payments();
    const own = new kplus.ServiceAccount(namespace, 's3-reader');
    const other = new kplus.ServiceAccount(namespace, 'operator-made');
    identity({ workloads: [workload(namespace, 'api', { serviceAccount: own })], serviceAccounts: [other] }, namespace);
    expect(annotationsOf(namespace, 's3-reader')).toEqual(annotationsOf(namespace, 'operator-made'));
    expect(annotationsOf(namespace, 's3-reader')?.['eks.amazonaws.com/role-arn']).toBe('arn:aws:iam::123456789012:role/main-payments-reports');
  });

  const egressOf = (namespace: Chart, name = 'api') => objects(namespace, 'NetworkPolicy').find(({ metadata }) => metadata.name === name)?.spec.egress;

  test('where default deny holds, TCP 443 is opened to public addresses and to nothing else', () => {
    const namespace = payments();
    const silent = workload(namespace, 'web');
    identity({}, namespace);
    expect(egressOf(namespace)?.slice(1)).toEqual([{
      to: [
        { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
        { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
      ],
      ports: [{ protocol: 'TCP', port: 443 }],
    }]);
    expect(egressOf(namespace, silent.name)).toBeUndefined();
  });

  test('with VPC endpoints only these are opened', () => {
    const namespace = payments({ ...AWS, apiEndpointCidrs: ['10.0.7.0/28', '10.0.8.0/28'] });
    identity({}, namespace);
    expect(egressOf(namespace)?.slice(1)).toEqual([{
      to: [{ ipBlock: { cidr: '10.0.7.0/28' } }, { ipBlock: { cidr: '10.0.8.0/28' } }], ports: [{ protocol: 'TCP', port: 443 }],
    }]);
  });

  test('a default-deny network in a plain chart is opened too; without one there is nothing to open', () => {
    const plain = (isolated: boolean) => {
      const app = new App();
      new Platform(app, 'production', { cloud: Cloud.aws(AWS) });
      const chart = new Chart(app, 'payments', { namespace: 'payments' });
      if (isolated) new DefaultDenyNetwork(chart, 'network');
      identity({ workloads: [workload(chart as HardenedNamespace)] }, chart as HardenedNamespace);
      return objects(chart, 'NetworkPolicy').map(({ spec }) => spec.egress?.length);
    };
    expect(plain(true)).toEqual([undefined, 1, 2]);
    expect(plain(false)).toEqual([]);
  });
});

describe('the trust policy', () => {
  test('names the account and the audience, of this cluster\'s issuer without https', () => {
    expect(JSON.parse(identity().trustPolicy)).toEqual({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A1' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'oidc.eks.eu-central-1.amazonaws.com/id/A1:aud': 'sts.amazonaws.com',
            'oidc.eks.eu-central-1.amazonaws.com/id/A1:sub': 'system:serviceaccount:payments:api',
          },
        },
      }],
    });
  });

  const subjectsOf = (text: string) => JSON.parse(text).Statement[0].Condition.StringEquals['oidc.eks.eu-central-1.amazonaws.com/id/A1:sub'];

  test('of several accounts names each, in an order of its own', () => {
    const namespace = payments();
    const workloads = [workload(namespace, 'web'), workload(namespace, 'api')];
    expect(subjectsOf(identity({ workloads }, namespace).trustPolicy)).toEqual(['system:serviceaccount:payments:api', 'system:serviceaccount:payments:web']);
  });

  test('names an account that two workloads share once', () => {
    const namespace = payments();
    const serviceAccount = new kplus.ServiceAccount(namespace, 'shared');
    const workloads = [workload(namespace, 'web', { serviceAccount }), workload(namespace, 'api', { serviceAccount })];
    expect(subjectsOf(identity({ workloads }, namespace).trustPolicy)).toBe('system:serviceaccount:payments:shared');
  });

  test('has the audience that the token is for', () => {
    expect(JSON.parse(identity({ audience: 'reports' }).trustPolicy).Statement[0].Condition.StringEquals['oidc.eks.eu-central-1.amazonaws.com/id/A1:aud']).toBe('reports');
  });

  test.each([['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov'], ['eusc-de-east-1', 'aws-eusc']])('in %s all ARNs are of the partition %s', (region, partition) => {
    const built = identity({ permissions: [AwsPermission.allow(['s3:GetObject'], [`arn:${partition}:s3:::reports/*`])] }, payments({ ...AWS, region }));
    expect(built.roleArn).toBe(`arn:${partition}:iam::123456789012:role/main-payments-reports`);
    expect(JSON.parse(built.trustPolicy).Statement[0].Principal.Federated).toBe(`arn:${partition}:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A1`);
  });
});

describe('the permission policy', () => {
  test('says what the permissions say, in their order', () => {
    const permissions = [
      AwsPermission.allow(['s3:GetObject', 's3:GetObjectTagging'], ['arn:aws:s3:::reports/${aws:PrincipalTag/team}/*']),
      AwsPermission.allow(['s3:ListAllMyBuckets'], ['*']),
      AwsPermission.allow(['kms:Decrypt'], ['arn:aws:kms:eu-central-1:123456789012:key/k']).when('StringEquals', 'kms:ViaService', 's3.eu-central-1.amazonaws.com')
        .when('StringEquals', 'aws:PrincipalTag/team', 'a', 'b').when('Bool', 'aws:SecureTransport', 'true'),
    ];
    expect(JSON.parse(identity({ permissions }).permissionPolicy!)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: ['arn:aws:s3:::reports/${aws:PrincipalTag/team}/*'] },
        { Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] },
        {
          Effect: 'Allow',
          Action: ['kms:Decrypt'],
          Resource: ['arn:aws:kms:eu-central-1:123456789012:key/k'],
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com', 'aws:PrincipalTag/team': ['a', 'b'] }, Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
    });
  });

  test('is none where only managed policies are attached', () => {
    expect(identity({ managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess'] }).permissionPolicy).toBeUndefined();
  });
});

describe('the role\'s name', () => {
  const named = (cluster: string, id: string) => identity({}, payments({ ...AWS, cluster }), id).roleName;

  test('is made of cluster, namespace and id', () => {
    expect(named('main', 'reports')).toBe('main-payments-reports');
  });

  test('has only characters that IAM takes', () => {
    expect(named('main', 'raw data')).toBe('main-payments-raw-data');
  });

  test('of 64 characters stays whole, and of 65 is cut and marked', () => {
    expect(named('c'.repeat(47), 'reports')).toBe(`${'c'.repeat(47)}-payments-reports`);
    expect(named('c'.repeat(48), 'reports')).toBe(`${'c'.repeat(48)}-paymen-7c209c0f`);
    expect(named('c'.repeat(48), 'reports')).toHaveLength(64);
    expect(named('c'.repeat(48), 'reporta')).not.toBe(named('c'.repeat(48), 'reports'));
  });
});

test('the same facts stand as plain JSON, for those who use another tool', () => {
  const aws: AwsCloudProps = { ...AWS };
  const built = identity({
    rolePath: '/workloads/', permissions: [READ], managedPolicyArns: ['arn:aws:iam::123456789012:policy/own'], permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary', maxSessionDuration: Duration.hours(2),
  }, payments(aws));
  expect(JSON.parse(built.describe())).toEqual({
    roleArn: 'arn:aws:iam::123456789012:role/workloads/main-payments-reports',
    roleName: 'main-payments-reports',
    rolePath: '/workloads/',
    maxSessionDuration: 7200,
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    trustPolicy: JSON.parse(built.trustPolicy),
    permissionPolicy: JSON.parse(built.permissionPolicy!),
    managedPolicyArns: ['arn:aws:iam::123456789012:policy/own'],
    oidcProvider: { arn: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A1', url: 'https://oidc.eks.eu-central-1.amazonaws.com/id/A1', clientIds: ['sts.amazonaws.com'] },
    serviceAccounts: [{ namespace: 'payments', name: 'api' }],
  });
});

test('a tree with a WorkloadIdentity is judged at synth', () => {
  const app = new App();
  const chart = new Chart(app, 'payments', { namespace: 'payments' });
  new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { hostNetwork: true, containers: [{ name: 'main', image: 'registry.example.com/x:1' }] } });
  expect(() => Testing.synth(chart)).not.toThrow();
  // The facts are given as a Platform gives them, since that would turn the gate on itself.
  jest.spyOn(Platform, 'of').mockReturnValueOnce({ ...Platform.of(new App()), cloud: Cloud.aws(AWS) });
  identity({ serviceAccounts: [new kplus.ServiceAccount(chart, 'account')] }, chart as HardenedNamespace);
  expect(() => Testing.synth(chart)).toThrow('pod/no-host-namespaces');
});
