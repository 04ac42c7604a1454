export { AwsPermission } from './aws/aws-permission';
export * from './aws/terraform/provision-options';
export * from './workload-identity';
