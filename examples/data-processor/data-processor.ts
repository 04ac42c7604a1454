import { App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AwsPermission, Cloud, HardenedNamespace, Platform, Rule, ScopedRole, SecureDeployment, Subject, WorkloadIdentity } from 'cdk8s-hardened';

/** RBAC and IAM side by side: a workload that may read one config map in the cluster, and one bucket in the cloud. */
export function dataProcessor(app: App): WorkloadIdentity {
  new Platform(app, 'production-cluster', {
    kubernetesVersion: '1.34',
    cloud: Cloud.aws({
      account: '123456789012',
      region: 'us-west-2',
      cluster: 'main',
      oidcIssuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
    }),
    apiServer: { cidrs: ['10.0.12.7/32', '10.0.13.41/32'], ports: [443], audience: 'https://kubernetes.default.svc' },
    registries: ['123456789012.dkr.ecr.us-west-2.amazonaws.com/'],
  });

  const production = new HardenedNamespace(app, 'production', { owner: 'team-data' });
  new kplus.ConfigMap(production, 'processor-settings', { data: { 'settings.yaml': 'batchSize: 500\n' } });

  const account = new kplus.ServiceAccount(production, 's3-reader');
  const processor = new SecureDeployment(production, 'data-processor', {
    serviceAccount: account,
    priorityClassName: 'standard', // of the cluster
    apiAccess: {}, // it watches its settings through the Kubernetes API
    containers: [{
      image: '123456789012.dkr.ecr.us-west-2.amazonaws.com/data-processor:3.2.0@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      portNumber: 9090,
      envVariables: { BUCKET: kplus.EnvValue.fromValue('data-lake-raw') },
    }],
  });

  new ScopedRole(production, 'settings-reader', {
    rules: [Rule.read('configmaps').named('processor-settings')],
    subjects: [Subject.serviceAccount(account)],
  });

  return new WorkloadIdentity(production, 'raw-data', {
    workloads: [processor],
    permissions: [
      AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::data-lake-raw/*']),
      AwsPermission.allow(['s3:ListBucket'], ['arn:aws:s3:::data-lake-raw']),
    ],
  });
}
