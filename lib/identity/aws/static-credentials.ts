import type { AbstractPod, Container } from 'cdk8s-plus-28';
import { Fault, pathOf, shown } from '../../errors';

/** Variables that the AWS SDKs heed before a web identity. */
const OUTRANKING = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Variables that the webhook of EKS sets; it leaves a container alone that has one of them. */
const INJECTED = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** What in a workload's own environment would keep it from the identity. */
export function environmentFaults(workload: AbstractPod): Fault[] {
  return [...workload.containers, ...workload.initContainers].flatMap((container) => containerFaults(workload, container));
}

function containerFaults(workload: AbstractPod, { name, env }: Container): Fault[] {
  const variables = Object.keys(env.variables);
  const about = (variable: string) => `container ${shown(name)} of ${shown(pathOf(workload))} sets ${variable}`;
  return [
    ...OUTRANKING.filter((variable) => variables.includes(variable)).map((variable) => ({ problem: `${about(variable)}, which the AWS SDKs heed before the identity`, remedy: 'take it out; the identity brings credentials' })),
    ...INJECTED.filter((variable) => variables.includes(variable)).map((variable) => ({ problem: `${about(variable)}, and EKS gives such a container no identity`, remedy: 'take it out; EKS sets it' })),
  ];
}
