import { refuse, Fault, shown } from '../errors';
import { holdsTerraformToken } from '../names';

/** What is true of an EKS cluster and the account it runs in. */
export interface AwsCloudProps {
  /** The account's twelve digits. */
  readonly account: string;

  /** Such as `eu-central-1`. */
  readonly region: string;

  /** The EKS cluster's name. */
  readonly cluster: string;

  /**
   * The cluster's OIDC issuer with `https://`, as `aws eks describe-cluster` prints it; without a trailing slash.
   * @default - none; IRSA is refused
   * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
   */
  readonly oidcIssuer?: string;

  /**
   * `aws`, `aws-cn`, `aws-us-gov`, `aws-iso`, `aws-iso-b` or `aws-eusc`.
   * @default - what the region belongs to
   */
  readonly partition?: string;

  /**
   * Where the AWS APIs are reached over VPC endpoints: the addresses of their network interfaces, as CIDRs. Workloads with
   * a cloud identity may then reach these on TCP 443, and no public address.
   * @default - none; the public addresses, on TCP 443
   */
  readonly apiEndpointCidrs?: string[];
}

/** The partitions, by what their regions' names begin with. */
const PARTITIONS: ReadonlyArray<readonly [prefix: string, partition: string]> = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-iso-', 'aws-iso'],
  ['eusc-', 'aws-eusc'],
];

/** The cloud a cluster runs in, and its place there. */
export class Cloud {
  /**
   * An EKS cluster.
   * @throws if a value is not of AWS' form
   */
  public static aws(props: AwsCloudProps): Cloud {
    refuse('Cloud.aws', awsFaults(props));
    return new Cloud({ ...props, partition: props.partition ?? partitionOf(props.region) });
  }

  private constructor(
    /** The facts of AWS, the partition filled in. */
    public readonly awsFacts: AwsCloudProps,
  ) {}
}

function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

function awsFaults(props: AwsCloudProps): Fault[] {
  const faults: Fault[] = [];
  const check = (valid: boolean, name: keyof AwsCloudProps, remedy: string) => {
    if (!valid || typeof props[name] !== 'string') faults.push({ problem: `${name} ${shown(props[name])} is not valid`, remedy });
  };
  check(/^\d{12}$/.test(props.account), 'account', 'give the twelve digits of the account');
  check(/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(props.region), 'region', 'give a region such as "eu-central-1"');
  check(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(props.cluster) && !holdsTerraformToken(props.cluster), 'cluster', 'give the cluster\'s name: letters, digits, "-" and "_"');
  if (props.oidcIssuer !== undefined) {
    check(/^https:\/\/[a-z0-9.-]+(:\d+)?(\/[^\s?#]*[^\s?#/])?$/i.test(props.oidcIssuer) && !holdsTerraformToken(props.oidcIssuer), 'oidcIssuer',
      'give the issuer with "https://" and without a trailing slash, as "aws eks describe-cluster" prints it');
  }
  const partitions = ['aws', ...PARTITIONS.map(([, partition]) => partition)];
  if (props.partition !== undefined) check(partitions.includes(props.partition), 'partition', `give one of ${partitions.join(', ')}`);
  return faults;
}
