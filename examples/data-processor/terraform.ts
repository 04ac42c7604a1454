import { WorkloadIdentity } from 'cdk8s-hardened';
import { App, S3Backend, TerraformStack } from 'cdktf';

/** The cloud half of the identity, beside the manifests. */
export function terraform(identity: WorkloadIdentity, outdir?: string): App {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'data-processor');
  new S3Backend(stack, { bucket: 'example-terraform-state', key: 'data-processor.tfstate', region: 'us-west-2' });
  identity.provision(stack, { createOidcProvider: true });
  return app;
}
