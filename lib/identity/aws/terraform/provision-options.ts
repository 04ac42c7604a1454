import type { IConstruct } from 'constructs';

/** How the cloud half of an identity is put into a Terraform stack. */
export interface ProvisionOptions {
  /**
   * Whether the stack creates the identity provider that stands for the cluster's issuer. An account holds one for each cluster,
   * so it is created in one stack, and the others refer to it by its ARN.
   * @default false
   */
  readonly createOidcProvider?: boolean;

  /**
   * The aws provider of the stack to use, where it has several.
   * @default - the one without an alias; where there is none, the only one; where the stack has none at all, one for the Platform's region is added
   */
  readonly provider?: IConstruct;
}
