import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { accountsOf, annotationsOf } from './accounts';
import { AwsPermission } from './aws/aws-permission';
import { togetherFaults } from './aws/policy-lint';
import { AccountName, defaultRoleName, oidcProviderArn, permissionPolicyFaults, roleArn, RoleSettings, settingsFaults, trustPolicy, trustPolicyFaults } from './aws/role';
import { environmentFaults } from './aws/static-credentials';
import { provision } from './aws/terraform/provision';
import type { ProvisionOptions } from './aws/terraform/provision-options';
import { Fault, faultAt, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { Peer, Port } from '../network';
import { namespaceAt } from '../network/endpoint';
import { networkOf } from '../network/networks';
import { AwsCloudProps, Platform } from '../platform';

/** Who gets an identity in the cloud, and what it may do there. */
export interface WorkloadIdentityProps {
  /**
   * The workloads that act as the role. Each must run as an account of its own app; all that run as one of these accounts get
   * the identity. Where default deny holds, they may reach the cloud's APIs on TCP 443.
   * @default - none; `serviceAccounts` is given
   */
  readonly workloads?: kplus.AbstractPod[];

  /** Accounts of workloads that are not in this app; their network is not opened. @default - none; `workloads` is given */
  readonly serviceAccounts?: kplus.ServiceAccount[];

  /** What the role may do. @default - none; `managedPolicyArns` is given */
  readonly permissions?: AwsPermission[];

  /**
   * Policies to attach: yours, or those of AWS that are neither everything nor a way to it.
   * @default - none
   */
  readonly managedPolicyArns?: string[];

  /**
   * At most 64 characters, unique in the account whatever the case.
   * @default - `<cluster>-<namespace>-<id>`; cut, with a hash at its end, where that is longer
   */
  readonly roleName?: string;

  /** Begins and ends with "/". @default '/' */
  readonly rolePath?: string;

  /** The ARN of the policy that bounds the role. @default - none */
  readonly permissionsBoundary?: string;

  /** How long credentials of the role last at most; 1 to 12 hours. @default Duration.hours(1) */
  readonly maxSessionDuration?: Duration;

  /**
   * How long the projected token is valid, 10 minutes to 24 hours; the kubelet renews it at 80 % of that.
   * @default Duration.hours(1)
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
   */
  readonly tokenExpiry?: Duration;

  /** Whom the token is for. The identity provider, the trust policy and the accounts all name it. @default 'sts.amazonaws.com' */
  readonly audience?: string;
}

/** Who has which identity, and which roles there are; by the root of each tree. */
const TREES = new WeakMap<IConstruct, { readonly accounts: Map<kplus.ServiceAccount, IConstruct>; readonly roles: Map<string, IConstruct> }>();

/**
 * An identity in the cloud for workloads, without a stored key: on EKS an IAM role for their service accounts (IRSA). The role
 * trusts exactly the accounts named, of exactly this cluster, and its ARN on both sides comes from the same inputs.
 *
 * In the manifests it annotates the accounts and opens the way to the cloud's APIs. `provision` puts the other half into a
 * Terraform stack; whoever uses another tool finds the same facts in `describe`.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class WorkloadIdentity extends Construct {
  /** The role's ARN, as the accounts are annotated with it. */
  public readonly roleArn: string;

  /** The role's name. */
  public readonly roleName: string;

  /** Who may act as the role, as JSON. */
  public readonly trustPolicy: string;

  /** What the role may do, as JSON; none where no `permissions` are given. */
  public readonly permissionPolicy?: string;

  private readonly facts: AwsCloudProps;
  private readonly settings: RoleSettings;
  private readonly accounts: AccountName[];

  /**
   * @throws if the Platform does not say which cluster it is, if an account cannot have the identity or has one already, if the
   * permissions are too wide or a way to more, or if a name or a duration is not valid
   */
  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    enforce(this);
    this.facts = awsFactsAt(this);
    const workloads = props.workloads ?? [];
    const faults: Fault[] = [];
    const accounts = accountsOf(workloads, props.serviceAccounts ?? [], faults);
    this.accounts = accounts.map(({ name, metadata }) => ({ name, namespace: metadata.namespace! }));
    this.settings = settingsOf(this, props, this.facts, this.accounts);
    this.roleName = this.settings.roleName;
    this.roleArn = roleArn(this.facts, this.settings.rolePath, this.roleName);
    this.trustPolicy = JSON.stringify(trustPolicy(this.facts, this.settings.audience, this.accounts));
    const statements = (props.permissions ?? []).map((permission) => permission._statement());
    if (statements.length > 0) this.permissionPolicy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    refuse(pathOf(this), [
      ...emptinessFaults(props),
      ...faults,
      ...this.ownershipFaults(accounts),
      ...settingsFaults(this.settings, this.facts),
      ...trustPolicyFaults(this.facts, this.settings.audience, this.accounts),
      ...(props.permissions ?? []).flatMap((permission) => permission._faults(this.facts.partition!)),
      ...togetherFaults(statements),
      ...permissionPolicyFaults(this.permissionPolicy ?? ''),
      ...workloads.flatMap(environmentFaults),
    ]);
    this.claim(accounts);
    for (const account of accounts) this.annotate(account);
    for (const workload of workloads) this.openWay(workload);
    // Containers and variables can be added until the last moment.
    this.node.addValidation({ validate: () => workloads.flatMap(environmentFaults).map(({ problem, remedy }) => `${problem}; ${remedy}`) });
  }

  /**
   * Puts the cloud half into a Terraform stack: the role with its trust policy, its permissions and attachments, and what keeps
   * others off it. Builds with the library of the stack, cdktf (and `@cdktf/provider-aws`) or cdktn, which is loaded only now.
   *
   * A stack with an aws provider of its own must have it before this is called; one without gets one.
   * @param scope a TerraformStack, or a construct in one
   * @throws if the role is in the stack already, if it is not clear which aws provider is meant, or if a library is not installed
   */
  public provision(scope: Construct, options: ProvisionOptions = {}): void {
    provision(this, scope, {
      facts: this.facts,
      settings: this.settings,
      description: `Kubernetes accounts ${this.accounts.map(({ namespace, name }) => `${namespace}/${name}`).sort().join(', ')} of the cluster ${this.facts.cluster}`.slice(0, 1000),
      trustPolicy: this.trustPolicy,
      permissionPolicy: this.permissionPolicy,
    }, options);
  }

  /** The cloud half as plain JSON, for those who use another tool than Terraform. */
  public describe(): string {
    const { rolePath, managedPolicyArns, permissionsBoundary, maxSessionDuration, audience } = this.settings;
    return JSON.stringify({
      roleArn: this.roleArn,
      roleName: this.roleName,
      rolePath,
      maxSessionDuration: maxSessionDuration.toSeconds(),
      permissionsBoundary,
      trustPolicy: JSON.parse(this.trustPolicy),
      permissionPolicy: this.permissionPolicy === undefined ? undefined : JSON.parse(this.permissionPolicy),
      managedPolicyArns,
      oidcProvider: { arn: oidcProviderArn(this.facts), url: this.facts.oidcIssuer, clientIds: [audience] },
      serviceAccounts: this.accounts,
    }, undefined, 2);
  }

  private get tree() {
    const tree = TREES.get(this.node.root) ?? { accounts: new Map<kplus.ServiceAccount, IConstruct>(), roles: new Map<string, IConstruct>() };
    TREES.set(this.node.root, tree);
    return tree;
  }

  /** IAM compares names of roles without case, whatever their paths. */
  private get roleKey(): string {
    return `${this.facts.partition}/${this.facts.account}/${this.roleName.toLowerCase()}`;
  }

  private ownershipFaults(accounts: readonly kplus.ServiceAccount[]): Fault[] {
    const sameRole = this.tree.roles.get(this.roleKey);
    return [
      ...accounts.flatMap((account) => {
        const owner = this.tree.accounts.get(account);
        if (owner) return [{ problem: `account ${shown(pathOf(account))} has an identity already, ${shown(pathOf(owner))}`, remedy: 'an account has one role; put the permissions together, or give the workload an account of its own' }];
        const written = annotationsOf(account)[ROLE_ARN];
        return written === undefined ? [] : [{ problem: `account ${shown(pathOf(account))} has the annotation ${ROLE_ARN} ${shown(written)} already`, remedy: 'take it out; the identity writes it' }];
      }),
      ...sameRole ? [{ problem: `role ${shown(this.roleName)} is that of ${shown(pathOf(sameRole))} already`, remedy: 'give one of them a roleName' }] : [],
    ];
  }

  private claim(accounts: readonly kplus.ServiceAccount[]): void {
    for (const account of accounts) this.tree.accounts.set(account, this);
    this.tree.roles.set(this.roleKey, this);
  }

  private annotate({ metadata }: kplus.ServiceAccount): void {
    metadata.addAnnotation(ROLE_ARN, this.roleArn);
    metadata.addAnnotation('eks.amazonaws.com/audience', this.settings.audience);
    metadata.addAnnotation('eks.amazonaws.com/sts-regional-endpoints', 'true');
    metadata.addAnnotation('eks.amazonaws.com/token-expiration', String(this.settings.tokenExpiry.toSeconds()));
  }

  /** Tokens are exchanged at the region's STS, and used at the other APIs, all on TCP 443. */
  private openWay(workload: kplus.AbstractPod): void {
    const namespace = namespaceAt(workload);
    const network = namespace === undefined ? undefined : networkOf(this, namespace);
    const { apiEndpointCidrs = [] } = this.facts;
    const apis = apiEndpointCidrs.length > 0 ? apiEndpointCidrs.map((cidr) => Peer.cidr(cidr)) : [Peer.internet()];
    for (const api of apis) network?.allow(workload, api, [Port.tcp(443)]);
  }
}

const ROLE_ARN = 'eks.amazonaws.com/role-arn';

function awsFactsAt(identity: WorkloadIdentity): AwsCloudProps {
  const facts = Platform.of(identity).cloud?.awsFacts;
  if (!facts) throw faultAt(identity, 'a WorkloadIdentity needs to know the cloud, and no Platform states it', 'state cloud: Cloud.aws({ account, region, cluster, oidcIssuer }) in the Platform');
  if (!facts.oidcIssuer) throw faultAt(identity, 'a WorkloadIdentity needs the OIDC issuer of the cluster, and the Platform does not state it', 'give Cloud.aws its oidcIssuer, as "aws eks describe-cluster --query cluster.identity.oidc.issuer" prints it');
  return facts;
}

function settingsOf(identity: WorkloadIdentity, props: WorkloadIdentityProps, facts: AwsCloudProps, accounts: readonly AccountName[]): RoleSettings {
  const namespace = Chart.of(identity).namespace ?? accounts[0]?.namespace ?? 'default';
  return {
    roleName: props.roleName ?? defaultRoleName(facts, namespace, identity.node.id),
    rolePath: props.rolePath ?? '/',
    managedPolicyArns: props.managedPolicyArns ?? [],
    permissionsBoundary: props.permissionsBoundary,
    maxSessionDuration: props.maxSessionDuration ?? Duration.hours(1),
    tokenExpiry: props.tokenExpiry ?? Duration.hours(1),
    audience: props.audience ?? 'sts.amazonaws.com',
  };
}

function emptinessFaults({ workloads = [], serviceAccounts = [], permissions = [], managedPolicyArns = [] }: WorkloadIdentityProps): Fault[] {
  return [
    ...workloads.length + serviceAccounts.length > 0 ? [] : [{ problem: 'nobody gets this identity', remedy: 'give workloads, or serviceAccounts' }],
    ...permissions.length + managedPolicyArns.length > 0 ? [] : [{ problem: 'the role may do nothing', remedy: 'give permissions, or managedPolicyArns' }],
  ];
}
