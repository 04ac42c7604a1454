import { AwsPermission } from '../../lib/identity';
import { AWS, identity, messageOf, payments } from './production';

const BUCKET = ['arn:aws:s3:::reports/*'];
const ROLE = ['arn:aws:iam::123456789012:role/node'];

function refusal(permissions: AwsPermission[], region = AWS.region): string[] {
  return messageOf(() => identity({ permissions }, payments({ ...AWS, region }))).split('\n');
}

const { allow } = AwsPermission;
const everyResource = 'name the resources by their ARNs; for an action that knows no resource, attach a managed policy of your own with managedPolicyArns';
const anyRights = 'which gives any rights; name the other actions it needs, and leave this to administrators';
const toService = 'allows iam:PassRole to every service; add .when("StringEquals", "iam:PassedToService", "ec2.amazonaws.com") with the service that is meant';

describe('permissions that are wrong or too wide are refused', () => {
  test.each<[string, AwsPermission, string]>([
    ['no action', allow([], BUCKET), 'AwsPermission.allow([], ["arn:aws:s3:::reports/*"]) names no action; name at least one, such as "s3:GetObject"'],
    ['no resource', allow(['s3:GetObject'], []), 'AwsPermission.allow(["s3:GetObject"], []) names no resource; name at least one by its ARN'],
    ['every action', allow(['*'], BUCKET), 'AwsPermission.allow(["*"], ["arn:aws:s3:::reports/*"]) allows "*", which is every action; name the actions'],
    ['every action of every service', allow(['*:*'], BUCKET), 'AwsPermission.allow(["*:*"], ["arn:aws:s3:::reports/*"]) names "*:*", which is no action; write "service:Action", such as "s3:GetObject"'],
    ['an action without its service', allow(['GetObject'], BUCKET), 'AwsPermission.allow(["GetObject"], ["arn:aws:s3:::reports/*"]) names "GetObject", which is no action; write "service:Action", such as "s3:GetObject"'],
    ['an action with a dot', allow(['s3.GetObject'], BUCKET), 'AwsPermission.allow(["s3.GetObject"], ["arn:aws:s3:::reports/*"]) names "s3.GetObject", which is no action; write "service:Action", such as "s3:GetObject"'],
    ['a service on everything', allow(['s3:*'], ['*']), 'AwsPermission.allow(["s3:*"], ["*"]) allows "s3:*" on every resource; name the actions, and the resources by their ARNs'],
    ['an action on everything', allow(['s3:GetObject', 's3:ListAllMyBuckets'], ['*']), `AwsPermission.allow(["s3:GetObject","s3:ListAllMyBuckets"], ["*"]) allows "s3:GetObject" on every resource; ${everyResource}`],
    ['actions that begin as one without a resource', allow(['s3:List*'], ['*']), `AwsPermission.allow(["s3:List*"], ["*"]) allows "s3:List*" on every resource; ${everyResource}`],
    ['everything written twice', allow(['s3:GetObject'], ['**']), `AwsPermission.allow(["s3:GetObject"], ["**"]) allows "s3:GetObject" on every resource; ${everyResource}`],
    ['every bucket', allow(['s3:GetObject'], ['arn:aws:s3:::*']), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::*"]) names "arn:aws:s3:::*", which is every resource of s3; name those it needs'],
    ['every object of every bucket', allow(['s3:GetObject'], ['arn:aws:s3:::*/*']), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::*/*"]) names "arn:aws:s3:::*/*", which is every resource of s3; name those it needs'],
    ['every ARN', allow(['s3:GetObject'], ['arn:*']), 'AwsPermission.allow(["s3:GetObject"], ["arn:*"]) names "arn:*", which is no ARN; write "arn:aws:service:region:account:resource"'],
    ['a bucket by its name', allow(['s3:GetObject'], ['reports']), 'AwsPermission.allow(["s3:GetObject"], ["reports"]) names "reports", which is no ARN; write "arn:aws:service:region:account:resource"'],
    ['an ARN with a short account', allow(['sqs:SendMessage'], ['arn:aws:sqs:eu-central-1:1234:q']), 'AwsPermission.allow(["sqs:SendMessage"], ["arn:aws:sqs:eu-central-1:1234:q"]) names "arn:aws:sqs:eu-central-1:1234:q", which is no ARN; write "arn:aws:service:region:account:resource"'],
    ['another partition', allow(['s3:GetObject'], ['arn:aws-cn:s3:::reports/*']), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws-cn:s3:::reports/*"]) names "arn:aws-cn:s3:::reports/*", and the role is in the partition "aws", where it matches nothing; begin the ARN with "arn:aws:"'],
    ['a variable of Terraform as a text', allow(['s3:GetObject'], ['${aws_s3_bucket.reports.arn}/*']), 'AwsPermission.allow(["s3:GetObject"], ["${aws_s3_bucket.reports.arn}/*"]) holds "${aws_s3_bucket.reports.arn}", which is no policy variable; write one such as "${aws:PrincipalTag/team}"; for a value of Terraform give the token, such as bucket.arn'],
    ['a policy variable without its service', allow(['s3:GetObject'], ['arn:aws:s3:::reports/${username}']), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::reports/${username}"]) holds "${username}", which is no policy variable; write one such as "${aws:PrincipalTag/team}"; for a value of Terraform give the token, such as bucket.arn'],
    ['a way to any rights', allow(['iam:CreateAccessKey'], ['arn:aws:iam::123456789012:user/ci']), `AwsPermission.allow(["iam:CreateAccessKey"], ["arn:aws:iam::123456789012:user/ci"]) allows "iam:CreateAccessKey", ${anyRights}`],
    ['a way to any rights in lower case', allow(['iam:putrolepolicy'], ROLE), `AwsPermission.allow(["iam:putrolepolicy"], ["arn:aws:iam::123456789012:role/node"]) allows "iam:putrolepolicy", ${anyRights}`],
    ['a way to any rights behind a wildcard', allow(['lambda:Update*'], ['arn:aws:lambda:eu-central-1:123456789012:function:f']), `AwsPermission.allow(["lambda:Update*"], ["arn:aws:lambda:eu-central-1:123456789012:function:f"]) allows "lambda:Update*", and so lambda:UpdateFunctionCode, ${anyRights}`],
    ['a way to any rights behind a question mark', allow(['iam:AttachRol?Policy'], ROLE), `AwsPermission.allow(["iam:AttachRol?Policy"], ["arn:aws:iam::123456789012:role/node"]) allows "iam:AttachRol?Policy", and so iam:AttachRolePolicy, ${anyRights}`],
    ['passing a role to any service', allow(['iam:PassRole'], ROLE), `AwsPermission.allow(["iam:PassRole"], ["arn:aws:iam::123456789012:role/node"]) ${toService}`],
    ['passing a role where only Exists is asked', allow(['iam:PassRole'], ROLE).when('StringEqualsIfExists', 'iam:PassedToService', 'ec2.amazonaws.com'), `AwsPermission.allow(["iam:PassRole"], ["arn:aws:iam::123456789012:role/node"]) ${toService}`],
    ['passing a role to services that end alike', allow(['iam:PassRole'], ROLE).when('StringLike', 'iam:PassedToService', '*.amazonaws.com'), `AwsPermission.allow(["iam:PassRole"], ["arn:aws:iam::123456789012:role/node"]) ${toService}`],
    ['passing any role', allow(['iam:PassRole'], ['arn:aws:iam::123456789012:role/*']).when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com'), 'AwsPermission.allow(["iam:PassRole"], ["arn:aws:iam::123456789012:role/*"]) allows iam:PassRole on more than named roles; name each role by its ARN, without wildcards'],
    ['assuming any role', allow(['sts:AssumeRole'], ['*']), `AwsPermission.allow(["sts:AssumeRole"], ["*"]) allows "sts:AssumeRole" on every resource; ${everyResource}`],
    ['assuming any role of an account', allow(['sts:AssumeRole'], ['arn:aws:iam::123456789012:role/*']), 'AwsPermission.allow(["sts:AssumeRole"], ["arn:aws:iam::123456789012:role/*"]) allows sts:AssumeRole on "arn:aws:iam::123456789012:role/*", which is roles nobody named; name the account and the roles'],
    ['assuming a role of any account', allow(['sts:AssumeRole'], ['arn:aws:iam::*:role/reader']), 'AwsPermission.allow(["sts:AssumeRole"], ["arn:aws:iam::*:role/reader"]) allows sts:AssumeRole on "arn:aws:iam::*:role/reader", which is roles nobody named; name the account and the roles'],
    ['an unknown operator', allow(['s3:GetObject'], BUCKET).when('Equals', 'aws:PrincipalTag/team', 'a'), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::reports/*"]) has a condition with "Equals", which is no operator; use one of IAM\'s, such as "StringEquals"'],
    ['a key without its service', allow(['s3:GetObject'], BUCKET).when('StringEquals', 'team', 'a'), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::reports/*"]) has a condition on "team", which is no key; use one such as "aws:PrincipalTag/team"'],
    ['a condition without a value', allow(['s3:GetObject'], BUCKET).when('StringEquals', 'aws:PrincipalTag/team'), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::reports/*"]) has a condition on "aws:PrincipalTag/team" without a value; give at least one'],
    ['a condition that would replace another', allow(['s3:GetObject'], BUCKET).when('StringEquals', 'aws:PrincipalTag/team', 'a').when('StringEquals', 'aws:PrincipalTag/team', 'b'), 'AwsPermission.allow(["s3:GetObject"], ["arn:aws:s3:::reports/*"]) has two conditions with "StringEquals" on "aws:PrincipalTag/team", of which IAM keeps one; give all values in one'],
  ])('%s', (_name, permission, message) => {
    expect(refusal([permission])).toEqual([`payments/reports: ${message}`]);
  });

  test.each<[string, AwsPermission[], string]>([
    ['a stack\'s change set', [allow(['cloudformation:CreateChangeSet'], ['arn:aws:cloudformation:eu-central-1:123456789012:stack/s/*']), allow(['cloudformation:Execute*'], ['arn:aws:cloudformation:eu-central-1:123456789012:stack/s/*'])],
      'permissions allow cloudformation:CreateChangeSet and cloudformation:ExecuteChangeSet, which together give any rights; leave one of them out'],
    ['an instance\'s user data', [allow(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], ['arn:aws:ec2:eu-central-1:123456789012:instance/i'])],
      'permissions allow ec2:ModifyInstanceAttribute and ec2:StopInstances and ec2:StartInstances, which together give any rights; leave one of them out'],
  ])('a way to any rights in several steps: %s', (_name, permissions, message) => {
    expect(refusal(permissions)).toEqual([`payments/reports: ${message}`]);
  });

  test.each([
    'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:AddUserToGroup', 'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:AttachUserPolicy', 'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'glue:UpdateDevEndpoint', 'lambda:UpdateFunctionCode', 'sagemaker:CreatePresignedNotebookInstanceUrl',
  ])('%s, which alone gives any rights', (action) => {
    expect(refusal([allow([action], ROLE)])).toEqual([`payments/reports: AwsPermission.allow(["${action}"], ["arn:aws:iam::123456789012:role/node"]) allows "${action}", ${anyRights}`]);
  });

  test('permissions that are longer than IAM takes', () => {
    const permissions = Array.from({ length: 100 }, (_, i) => allow(['s3:GetObject'], [`arn:aws:s3:::reports-of-the-department-with-the-number-${i}/*`]));
    expect(refusal(permissions)).toEqual(['payments/reports: the permissions have 12028 characters as a policy, and IAM takes 10240; attach managed policies of your own with managedPolicyArns']);
  });
});

describe('permissions that are as narrow as they can be are taken', () => {
  test.each<[string, AwsPermission[]]>([
    ['actions of a service on one resource', [allow(['s3:*'], BUCKET)]],
    ['some actions', [allow(['s3:Get*'], BUCKET)]],
    ['actions that know no resource', [allow(['s3:ListAllMyBuckets', 'sts:GetCallerIdentity', 'ec2:DescribeInstances', 'ec2:Describe*', 'xray:PutTraceSegments'], ['*'])]],
    ['a resource in any region', [allow(['dynamodb:GetItem'], ['arn:aws:dynamodb:*:123456789012:table/reports'])]],
    ['a prefix of names', [allow(['sqs:SendMessage'], ['arn:aws:sqs:eu-central-1:123456789012:reports-*'])]],
    ['a resource of AWS', [allow(['ssm:GetParameter'], ['arn:aws:ssm:eu-central-1::parameter/aws/service/eks/*'])]],
    ['a named role passed to a named service', [allow(['iam:PassRole'], ROLE).when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com')]],
    ['a role that Terraform knows, passed to a named service', [allow(['iam:PassRole'], ['${TfToken[TOKEN.7]}']).when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com')]],
    ['a named role of another account', [allow(['sts:AssumeRole'], ['arn:aws:iam::210987654321:role/reader'])]],
    ['policy variables', [allow(['s3:GetObject'], ['arn:aws:s3:::reports/${aws:PrincipalTag/team, \'none\'}/${*}'])]],
    ['values that Terraform knows', [allow(['s3:GetObject'], ['${TfToken[TOKEN.7]}/*'])]],
    ['half of a dangerous pair', [allow(['cloudformation:CreateChangeSet'], ['arn:aws:cloudformation:eu-central-1:123456789012:stack/s/*'])]],
  ])('%s', (_name, permissions) => {
    expect(refusal(permissions)).toEqual(['(nothing was refused)']);
  });
});
