import type { IConstruct } from 'constructs';
import { Block, isProvider, StackLibrary, typedAwsClass } from './library';
import { Fault, pathOf, refuse, shown } from '../../../errors';

/** The resources that an identity is made of, and the module of each in the typed provider. */
const RESOURCES = {
  aws_iam_openid_connect_provider: ['iam-openid-connect-provider', 'IamOpenidConnectProvider'],
  aws_iam_role: ['iam-role', 'IamRole'],
  aws_iam_role_policy: ['iam-role-policy', 'IamRolePolicy'],
  aws_iam_role_policies_exclusive: ['iam-role-policies-exclusive', 'IamRolePoliciesExclusive'],
  aws_iam_role_policy_attachment: ['iam-role-policy-attachment', 'IamRolePolicyAttachment'],
  aws_iam_role_policy_attachments_exclusive: ['iam-role-policy-attachments-exclusive', 'IamRolePolicyAttachmentsExclusive'],
} as const;

export type ResourceType = keyof typeof RESOURCES;

/** Where a resource goes in a stack, and what Terraform calls it. */
export interface BlockPlace {
  readonly scope: IConstruct;
  readonly id: string;
  readonly logicalId: string;
  readonly dependsOn?: readonly Block[];
}

/** The releases of the AWS provider that have all of these resources; the typed classes bring a release of their own. */
const PROVIDER_VERSIONS = '>= 5.81.0, < 7.0.0';

/** Builds AWS resources in a stack: typed where it is cdktf's, else from the same attributes by the general class. */
export class AwsBlocks {
  /** The provider whose alias must be named; none where the stack's usual one does. */
  private readonly provider?: IConstruct;

  /**
   * @param given the provider that the user has chosen
   * @throws if it cannot be said which of several providers is meant
   */
  constructor(private readonly stack: IConstruct, private readonly stackLibrary: StackLibrary, region: string, given?: IConstruct) {
    const providers = stack.node.findAll().filter(isAwsProvider);
    const usual = providers.find((provider) => !aliasOf(provider));
    refuse(pathOf(stack), given ? givenFaults(given, providers) : aliasFaults(providers, usual));
    const meant = given ?? usual ?? providers[0];
    if (!meant) this.addProvider(region);
    else if (aliasOf(meant)) this.provider = meant;
  }

  /** @param attributes by the names that Terraform has for them */
  public add(type: ResourceType, { scope, id, logicalId, dependsOn }: BlockPlace, attributes: { readonly [name: string]: unknown }): Block {
    const { name, library } = this.stackLibrary;
    const [module, className] = RESOURCES[type];
    const meta = { ...this.provider ? { provider: this.provider } : {}, ...dependsOn ? { dependsOn } : {} };
    const block = name === 'cdktf'
      ? new (typedAwsClass(this.stack, module, className))(scope, id, { ...camelCased(attributes), ...meta })
      : withAttributes(new library.TerraformResource(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'aws' }, ...meta }), attributes);
    block.overrideLogicalId(logicalId);
    return block;
  }

  private addProvider(region: string): void {
    const { name, library } = this.stackLibrary;
    if (name === 'cdktf') {
      new (typedAwsClass(this.stack, 'provider', 'AwsProvider'))(this.stack, 'aws', { region });
    } else {
      const config = { terraformResourceType: 'aws', terraformGeneratorMetadata: { providerName: 'aws', providerVersion: PROVIDER_VERSIONS }, terraformProviderSource: 'hashicorp/aws' };
      withAttributes(new library.TerraformProvider(this.stack, 'aws', config), { region });
    }
  }
}

function withAttributes(block: Block, attributes: { readonly [name: string]: unknown }): Block {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) block.addOverride(name, value);
  }
  return block;
}

function camelCased(attributes: { readonly [name: string]: unknown }): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()), value]));
}

function isAwsProvider(block: IConstruct): boolean {
  return isProvider(block) && (block as IConstruct & { terraformResourceType: string }).terraformResourceType === 'aws';
}

function aliasOf(provider: IConstruct): string | undefined {
  return (provider as IConstruct & { alias?: string }).alias;
}

function givenFaults(given: IConstruct, providers: readonly IConstruct[]): Fault[] {
  return providers.includes(given) ? [] : [{ problem: `provider ${shown(pathOf(given))} is no aws provider of this stack`, remedy: 'give the AwsProvider of the same stack, or leave it out' }];
}

function aliasFaults(providers: readonly IConstruct[], usual: IConstruct | undefined): Fault[] {
  if (usual || providers.length < 2) return [];
  return [{ problem: `it has ${providers.length} aws providers, each with an alias`, remedy: 'say which is meant: identity.provision(stack, { provider })' }];
}
