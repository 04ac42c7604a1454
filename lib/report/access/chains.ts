import { printable } from '../../errors';
import { ChainReport, Goal, refText, RightReport, sourceText, StepReport } from '../../proofs/access';

/** A chain as people read it, one line a step and below it what it rests on. */
export function chainText({ subject, workloads, goal, steps, alsoIn }: ChainReport): string {
  const last = steps.at(-1)!;
  return [
    `${refText(subject)}${workloads.length > 0 ? `, as which ${workloads.map((workload) => printable(workload)).join(', ')} run${workloads.length === 1 ? 's' : ''},` : ''} comes to ${GOALS[goal]}:`,
    ...steps.flatMap((step, i) => [
      `  ${i + 1}. ${stepText(step)}`,
      ...new Set(step.rights.map(({ binding, role }) => `     ${[...binding ? [sourceText(binding)] : [], sourceText(role)].join(' → ')}`)),
    ]),
    ...goal === 'node' && last.becomes ? ['     and so into its nodes'] : [],
    ...alsoIn.length > 0 ? [`  The first step works in ${alsoIn.map((namespace) => printable(namespace)).join(', ')}, too.`] : [],
  ].map((line) => `${line}\n`).join('');
}

/** As people say it. */
export const GOALS: { readonly [goal in Goal]: string } = { 'cluster-admin': 'cluster-admin', 'node': 'the nodes' };

function stepText({ by, rights, effect, becomes }: StepReport): string {
  return printable(`${by ? `${refText(by)} may ` : 'with that it may '}${needsText(rights)}: ${effect}${becomes ? `, such as ${refText(becomes)}` : ''}`);
}

/** `escalate, update clusterroles.rbac.authorization.k8s.io` */
export function needsText(rights: readonly RightReport[]): string {
  const verbs = new Map<string, string[]>();
  for (const { verb, resource, name, namespace } of rights) {
    const what = `${resource}${name === undefined ? '' : ` ${JSON.stringify(name)}`}${namespace === '' ? '' : ` in ${namespace}`}`;
    verbs.set(what, [...verbs.get(what) ?? [], verb]);
  }
  return [...verbs].map(([what, of]) => `${of.join(', ')} ${what}`).join(' and ');
}
