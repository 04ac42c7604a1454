import { App } from 'cdk8s';
import { AwsPermission, WorkloadIdentity, WorkloadIdentityProps } from '../../lib/identity';
import { HardenedNamespace } from '../../lib/namespace';
import { AwsCloudProps, Cloud, Platform } from '../../lib/platform';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';

export const AWS: AwsCloudProps = { account: '123456789012', region: 'eu-central-1', cluster: 'main', oidcIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/A1' };
export const READ = AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/*']);
const IMAGE = 'registry.example.com/api:1@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';

/** A namespace in a cluster on AWS. */
export function payments(aws: AwsCloudProps = AWS): HardenedNamespace {
  const app = new App();
  new Platform(app, 'production', { cloud: Cloud.aws(aws) });
  return new HardenedNamespace(app, 'payments', { owner: 'team-payments' });
}

export function workload(namespace: HardenedNamespace, id = 'api', props: SecureDeploymentProps = {}): SecureDeployment {
  return new SecureDeployment(namespace, id, { containers: [{ image: IMAGE, portNumber: 8080 }], ...props });
}

/** An identity for one workload, with one permission unless said otherwise. */
export function identity(props: WorkloadIdentityProps = {}, namespace = payments(), id = 'reports'): WorkloadIdentity {
  const workloads = props.workloads ?? (props.serviceAccounts ? [] : [workload(namespace)]);
  const permissions = props.permissions ?? (props.managedPolicyArns ? [] : [READ]);
  return new WorkloadIdentity(namespace, id, { ...props, workloads, permissions });
}

export function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return '(nothing was refused)';
}
