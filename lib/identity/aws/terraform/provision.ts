import { Construct, IConstruct } from 'constructs';
import { AwsBlocks } from './aws-blocks';
import { Block, INSTALLING, libraryOf, stackOf } from './library';
import type { ProvisionOptions } from './provision-options';
import { Fault, faultAt, pathOf, refuse, shown } from '../../../errors';
import type { AwsCloudProps } from '../../../platform';
import type { RoleSettings } from '../role';

/** What Terraform is to make. */
export interface CloudHalf {
  readonly facts: AwsCloudProps;
  readonly settings: RoleSettings;
  readonly description: string;
  readonly trustPolicy: string;
  readonly permissionPolicy?: string;
}

/** What is in a stack already: the roles, by what Terraform calls them; and for each issuer its identity provider. */
interface Provisioned {
  readonly roles: Map<string, string>;
  readonly issuers: Map<string, { readonly audience: string; readonly block: Block }>;
}

const STACKS = new WeakMap<IConstruct, Provisioned>();

/** @throws if the scope is in no stack, if the role is in it already, or if a library is missing */
export function provision(identity: IConstruct, scope: Construct, half: CloudHalf, options: ProvisionOptions): void {
  const stack = stackOf(scope);
  if (!stack) throw faultAt(identity, `${shown(pathOf(scope))} is in no Terraform stack`, `give provision a TerraformStack, or a construct in one; ${INSTALLING}`);
  const provisioned = STACKS.get(stack) ?? { roles: new Map(), issuers: new Map() };
  STACKS.set(stack, provisioned);
  refuse(pathOf(identity), roleFaults(stack, half.settings.roleName, provisioned));
  const blocks = new AwsBlocks(stack, libraryOf(stack), half.facts.region, options.provider);
  const oidcProvider = options.createOidcProvider ? oidcProviderOf(identity, stack, blocks, half, provisioned) : undefined;
  addRole(scope, blocks, half, oidcProvider);
  provisioned.roles.set(logicalIdOf(half.settings.roleName), half.settings.roleName);
}

function roleFaults(stack: IConstruct, roleName: string, { roles }: Provisioned): Fault[] {
  const known = roles.get(logicalIdOf(roleName));
  if (known === undefined) return [];
  if (known === roleName) return [{ problem: `the role ${shown(roleName)} is in the stack ${shown(pathOf(stack))} already`, remedy: 'call provision once for each stack' }];
  return [{ problem: `Terraform would call the role ${shown(roleName)} as it calls ${shown(known)} in the stack ${shown(pathOf(stack))}`, remedy: 'give one of them a roleName that differs in more than signs' }];
}

function addRole(scope: Construct, blocks: AwsBlocks, { settings, ...half }: CloudHalf, oidcProvider: Block | undefined): void {
  const place = new Construct(scope, settings.roleName);
  const logicalId = logicalIdOf(settings.roleName);
  const role = blocks.add('aws_iam_role', { scope: place, id: 'role', logicalId, ...oidcProvider ? { dependsOn: [oidcProvider] } : {} }, {
    name: settings.roleName,
    path: settings.rolePath,
    description: half.description,
    assume_role_policy: escaped(half.trustPolicy),
    max_session_duration: settings.maxSessionDuration.toSeconds(),
    permissions_boundary: settings.permissionsBoundary,
  });
  const roleName = role.getStringAttribute('name');
  const policies = half.permissionPolicy === undefined ? [] : [blocks.add('aws_iam_role_policy', { scope: place, id: 'policy', logicalId }, {
    name: 'permissions', policy: escaped(half.permissionPolicy), role: roleName,
  })];
  const attachments = settings.managedPolicyArns.map((arn) => {
    const name = arn.replace(/^.*:(aws|\d+):policy\//, (_, owner) => (owner === 'aws' ? 'aws/' : ''));
    return blocks.add('aws_iam_role_policy_attachment', { scope: place, id: `attachment-${name.replace(/\//g, '-')}`, logicalId: `${logicalId}_${logicalIdOf(name)}` }, { policy_arn: arn, role: roleName });
  });
  // What is put on the role by hand, Terraform takes off again.
  blocks.add('aws_iam_role_policies_exclusive', { scope: place, id: 'policies-exclusive', logicalId }, {
    role_name: roleName, policy_names: policies.map((policy) => policy.getStringAttribute('name')),
  });
  blocks.add('aws_iam_role_policy_attachments_exclusive', { scope: place, id: 'attachments-exclusive', logicalId }, {
    role_name: roleName, policy_arns: attachments.map((attachment) => attachment.getStringAttribute('policy_arn')),
  });
}

/** One for each issuer in a stack, shared by its identities. */
function oidcProviderOf(identity: IConstruct, stack: IConstruct, blocks: AwsBlocks, { facts, settings: { audience } }: CloudHalf, { issuers }: Provisioned): Block {
  const known = issuers.get(facts.oidcIssuer!);
  refuse(pathOf(identity), known && known.audience !== audience
    ? [{ problem: `the identity provider of the cluster in the stack ${shown(pathOf(stack))} is for the audience ${shown(known.audience)}, not ${shown(audience)}`, remedy: 'give the identities of a cluster one audience' }]
    : []);
  if (known) return known.block;
  const name = `${facts.cluster}-${facts.region}`;
  const block = blocks.add('aws_iam_openid_connect_provider', { scope: stack, id: `oidc-${name}`, logicalId: logicalIdOf(name) }, { url: facts.oidcIssuer, client_id_list: [audience] });
  issuers.set(facts.oidcIssuer!, { audience, block });
  return block;
}

/** What Terraform calls a block: letters, digits, "_" and "-", no digit first. */
function logicalIdOf(name: string): string {
  return name.replace(/[^\w-]/g, '_').replace(/^(?=[\d-])/, '_');
}

/** IAM's own variables look like Terraform's, which must not take them; Terraform's tokens stay. */
function escaped(policy: string): string {
  return policy.replace(/\$\{(?!TfToken\[)/g, '$$$${').replace(/%\{/g, '%%{');
}
