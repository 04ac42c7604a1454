/** Actions that alone give a role whatever rights there are. */
export const ESCALATING: readonly string[] = [
  'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:AddUserToGroup', 'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion',
  'iam:AttachUserPolicy', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy',
  'glue:UpdateDevEndpoint', 'lambda:UpdateFunctionCode', 'sagemaker:CreatePresignedNotebookInstanceUrl',
];

/** Actions that do so together, in whichever statements they stand. */
export const ESCALATING_TOGETHER: ReadonlyArray<readonly string[]> = [
  ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
];

/** Policies of AWS that are everything, or hold a way to it. */
export const REFUSED_MANAGED_POLICIES: readonly string[] = [
  'AdministratorAccess', 'AdministratorAccess-Amplify', 'AdministratorAccess-AWSElasticBeanstalk', 'AmazonEC2FullAccess', 'AmazonECS_FullAccess', 'AmazonElasticMapReduceFullAccess',
  'AmazonSageMakerFullAccess', 'AWSCloudFormationFullAccess', 'AWSElasticBeanstalkFullAccess', 'AWSGlueConsoleFullAccess', 'AWSLambda_FullAccess', 'DataScientist', 'IAMFullAccess',
  'PowerUserAccess', 'SecretsManagerReadWrite', 'SystemAdministrator',
];

/**
 * Actions that know no resource, so `*` is the only one they can have; those that applications use.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const WITHOUT_RESOURCE: readonly string[] = [
  'autoscaling:Describe*', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics', 'cloudwatch:PutMetricData', 'dynamodb:ListTables',
  'ec2:Describe*', 'ecr:GetAuthorizationToken', 'elasticloadbalancing:Describe*', 'kms:ListAliases', 'kms:ListKeys', 'route53:ListHostedZones', 's3:ListAllMyBuckets',
  'sns:ListTopics', 'sqs:ListQueues', 'ssm:DescribeParameters', 'sts:GetCallerIdentity', 'tag:GetResources', 'xray:GetSamplingRules', 'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
];

/** Whether an action as it is written, with wildcards perhaps, covers an action. IAM compares them without case. */
export function covers(written: string, action: string): boolean {
  const pattern = written.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${pattern}$`, 'i').test(action);
}
