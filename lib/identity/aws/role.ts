import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import { REFUSED_MANAGED_POLICIES } from './escalation';
import { Fault, shown } from '../../errors';
import { holdsTerraformToken } from '../../names';
import type { AwsCloudProps } from '../../platform';

/** The account whose token a role trusts. */
export interface AccountName {
  readonly namespace: string;
  readonly name: string;
}

/** What IAM is told of a role, apart from its policies. */
export interface RoleSettings {
  readonly roleName: string;
  readonly rolePath: string;
  readonly managedPolicyArns: readonly string[];
  readonly permissionsBoundary?: string;
  readonly maxSessionDuration: Duration;
  readonly tokenExpiry: Duration;
  readonly audience: string;
}

/** What the webhook of EKS takes for a role; it does nothing, silently, for anything else. */
const WEBHOOK_ROLE_ARN = /^arn:aws[a-z0-9-]*:iam::\d{12}:role\/[\w\-/.@+=,]+$/;

/** IAM's limit for a trust policy, in characters, unless the account has asked for more. */
const LONGEST_TRUST_POLICY = 2048;

/** IAM's limit for all inline policies of a role, in characters. */
const LONGEST_PERMISSION_POLICY = 10_240;

export function roleArn({ partition, account }: AwsCloudProps, path: string, name: string): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}

/** The ARN of the identity provider that stands for a cluster's issuer; there is one for each account and issuer. */
export function oidcProviderArn(facts: AwsCloudProps): string {
  return `arn:${facts.partition}:iam::${facts.account}:oidc-provider/${issuerOf(facts)}`;
}

/** `<cluster>-<namespace>-<id>`, cut and given a hash where that is longer than IAM's 64 characters. */
export function defaultRoleName(facts: AwsCloudProps, namespace: string, id: string): string {
  const name = [facts.cluster, namespace, id].join('-').replace(/[^\w+=,.@-]/g, '-');
  return name.length <= 64 ? name : `${name.slice(0, 55)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/**
 * Trusts exactly these accounts of exactly this cluster. `StringEquals` without wildcards, as `*` would cross the colons of a
 * subject; both the audience and the subject, since a token of the cluster has many uses.
 */
export function trustPolicy(facts: AwsCloudProps, audience: string, accounts: readonly AccountName[]): object {
  const subjects = accounts.map(({ namespace, name }) => `system:serviceaccount:${namespace}:${name}`).sort();
  return {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Principal: { Federated: oidcProviderArn(facts) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${issuerOf(facts)}:aud`]: audience, [`${issuerOf(facts)}:sub`]: subjects.length === 1 ? subjects[0] : subjects } },
    }],
  };
}

/** The issuer as IAM's condition keys have it; with `https://` they never match. */
function issuerOf({ oidcIssuer }: AwsCloudProps): string {
  return oidcIssuer!.replace(/^https:\/\//, '');
}

export function trustPolicyFaults(facts: AwsCloudProps, audience: string, accounts: readonly AccountName[]): Fault[] {
  const length = (some: readonly AccountName[]) => JSON.stringify(trustPolicy(facts, audience, some)).length;
  if (length(accounts) <= LONGEST_TRUST_POLICY) return [];
  const longestFirst = [...accounts].sort((a, b) => `${b.namespace}${b.name}`.length - `${a.namespace}${a.name}`.length);
  const fitting = accounts.findIndex((_, i) => length(longestFirst.slice(0, i + 1)) > LONGEST_TRUST_POLICY);
  return [{
    problem: `the trust policy for ${accounts.length} accounts has ${length(accounts)} characters, and IAM takes ${LONGEST_TRUST_POLICY}`,
    remedy: `split the workloads over identities of at most ${fitting} accounts each`,
  }];
}

export function permissionPolicyFaults(policy: string): Fault[] {
  if (policy.length <= LONGEST_PERMISSION_POLICY) return [];
  return [{ problem: `the permissions have ${policy.length} characters as a policy, and IAM takes ${LONGEST_PERMISSION_POLICY}`, remedy: 'attach managed policies of your own with managedPolicyArns' }];
}

export function settingsFaults(settings: RoleSettings, facts: AwsCloudProps): Fault[] {
  const { roleName, rolePath, managedPolicyArns, permissionsBoundary, maxSessionDuration, tokenExpiry, audience } = settings;
  const faults: Fault[] = [];
  const check = (valid: boolean, problem: string, remedy: string) => {
    if (!valid) faults.push({ problem, remedy });
  };
  const isName = /^[\w+=,.@-]{1,64}$/.test(roleName);
  const isPath = /^\/([\w.@+=,-]+\/)*$/.test(rolePath) && rolePath.length <= 512;
  check(isName, `roleName ${shown(roleName)} is not valid`, 'use 1 to 64 letters, digits and any of _+=,.@-');
  check(isPath, `rolePath ${shown(rolePath)} is not valid`, 'begin and end it with "/", with letters, digits and any of _+=,.@- between');
  check(!isName || !isPath || WEBHOOK_ROLE_ARN.test(roleArn(facts, rolePath, roleName)), `the role's ARN ${shown(roleArn(facts, rolePath, roleName))} is none that EKS recognizes`, 'choose another roleName or rolePath');
  faults.push(...managedPolicyArns.flatMap((arn) => [...policyArnFaults('managedPolicyArns', arn, facts), ...managedPolicyFaults(arn)]));
  const twice = managedPolicyArns.filter((arn, i) => managedPolicyArns.indexOf(arn) !== i);
  check(twice.length === 0, `managedPolicyArns names ${twice.map(shown).join(', ')} twice`, 'name each once');
  if (permissionsBoundary !== undefined) faults.push(...policyArnFaults('permissionsBoundary', permissionsBoundary, facts));
  check(isWithin(maxSessionDuration, 3600, 43_200), `maxSessionDuration of ${seconds(maxSessionDuration)} s is not valid`, 'give 1 to 12 hours');
  check(isWithin(tokenExpiry, 600, 86_400), `tokenExpiry of ${seconds(tokenExpiry)} s is not valid`, 'give 10 minutes to 24 hours; less is silently raised');
  check(/^[^\s*?]{1,255}$/.test(audience) && !holdsTerraformToken(audience), `audience ${shown(audience)} is not valid`, 'leave it out for "sts.amazonaws.com", or give a text without blanks');
  return faults;
}

function policyArnFaults(prop: string, arn: string, { partition, account }: AwsCloudProps): Fault[] {
  const [, itsPartition, owner] = /^arn:([a-z-]+):iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/.exec(arn) ?? [];
  if (owner === undefined) return [{ problem: `${prop} has ${shown(arn)}, which is no ARN of a policy`, remedy: `write "arn:${partition}:iam::${account}:policy/NAME", or "arn:${partition}:iam::aws:policy/NAME" for one of AWS` }];
  if (itsPartition !== partition) return [{ problem: `${prop} has ${shown(arn)}, and the role is in the partition ${shown(partition)}`, remedy: `begin the ARN with "arn:${partition}:"` }];
  if (owner !== 'aws' && owner !== account) return [{ problem: `${prop} has ${shown(arn)}, a policy of another account`, remedy: `use one of the account ${account}` }];
  return [];
}

function managedPolicyFaults(arn: string): Fault[] {
  const [, name] = /:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === undefined || !REFUSED_MANAGED_POLICIES.includes(name)) return [];
  return [{ problem: `managedPolicyArns has ${shown(arn)}, which gives any rights or a way to them`, remedy: 'write what is needed as permissions' }];
}

function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

function isWithin(duration: Duration, least: number, most: number): boolean {
  return Number.isInteger(seconds(duration)) && seconds(duration) >= least && seconds(duration) <= most;
}
