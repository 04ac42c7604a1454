import { Chain, ChainStep, Goal } from './chains';
import type { Met } from './holdings';
import type { World } from './world';
import { bindingSource, refText, ruleSource, Source, sourceText, SubjectRef, subjectRef } from '../source';
import { printable } from '../../../errors';
import { qualified } from '../../../resources';

/** A chain as it is reported: who, where to, step by step. */
export interface ChainReport {
  readonly subject: SubjectRef;
  /** Who runs as the account that the chain starts with, `shop/web[Deployment]`. */
  readonly workloads: readonly string[];
  readonly goal: Goal;
  readonly steps: readonly StepReport[];
  readonly alsoIn: readonly string[];
}

export interface StepReport {
  /** Its kind, such as `run-pods`. */
  readonly kind: string;
  /** Absent where a role that was taken is used. */
  readonly by?: SubjectRef;
  readonly rights: readonly RightReport[];
  /** What comes of it. */
  readonly effect: string;
  readonly becomes?: SubjectRef;
}

export interface RightReport {
  readonly verb: string;
  /** `deployments.apps`, `pods/exec`. */
  readonly resource: string;
  readonly name?: string;
  /** Empty for everywhere. */
  readonly namespace: string;
  /** Absent where a role that was taken is used. */
  readonly binding?: Source;
  /** At the line of the rule. */
  readonly role: Source;
}

/** Looks up the places of everything that a chain rests on. */
export function chainReport({ start, goal, steps, alsoIn }: Chain, world: World): ChainReport {
  return { subject: subjectRef(start), workloads: world.usesOf(start).map(({ workload }) => workload), goal, steps: steps.map(stepReport), alsoIn };
}

function stepReport({ by, step, becomes }: ChainStep): StepReport {
  return { kind: step.kind, ...by && { by: subjectRef(by) }, rights: step.met.map(rightReport), effect: step.effect, ...becomes && { becomes: subjectRef(becomes) } };
}

function rightReport({ verb, need, name, namespace, rule, grant }: Met): RightReport {
  const role = grant?.role ? ruleSource(grant.role, rule) : { kind: rule.object.kind, name: rule.object.name ?? '', file: rule.object.manifest.where };
  return { verb, resource: need.group === '*' ? '*' : qualified(need), ...name !== undefined && { name }, namespace, ...grant && { binding: bindingSource(grant.binding) }, role };
}

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

const GOALS: { readonly [goal in Goal]: string } = { 'cluster-admin': 'cluster-admin', 'node': 'the nodes' };

function stepText({ by, rights, effect, becomes }: StepReport): string {
  return printable(`${by ? `${refText(by)} may ` : 'with that it may '}${rightsText(rights)}: ${effect}${becomes ? `, such as ${refText(becomes)}` : ''}`);
}

/** `escalate, update clusterroles.rbac.authorization.k8s.io` */
function rightsText(rights: readonly RightReport[]): string {
  const verbs = new Map<string, string[]>();
  for (const { verb, resource, name, namespace } of rights) {
    const what = `${resource}${name === undefined ? '' : ` ${JSON.stringify(name)}`}${namespace === '' ? '' : ` in ${namespace}`}`;
    verbs.set(what, [...verbs.get(what) ?? [], verb]);
  }
  return [...verbs].map(([what, of]) => `${of.join(', ')} ${what}`).join(' and ');
}

/** All chains as one picture in Mermaid's language. */
export function chainsMermaid(chains: readonly ChainReport[]): string {
  const ids = new Map<string, string>();
  const id = (label: string) => ids.get(label) ?? ids.set(label, `n${ids.size}`).get(label)!;
  const edges = new Set<string>();
  for (const { subject, goal, steps } of chains) {
    let from = refText(subject);
    steps.forEach(({ rights, becomes, effect }, i) => {
      const to = i === steps.length - 1 ? GOALS[goal] : becomes ? refText(becomes) : printable(effect);
      edges.add(`  ${id(from)} -->|${label(rightsText(rights))}| ${id(to)}`);
      from = to;
    });
  }
  return ['flowchart LR', ...[...ids].map(([text, key]) => `  ${key}[${label(text)}]`), ...edges].map((line) => `${line}\n`).join('');
}

/** A text in quotes, as Mermaid reads them: nothing in it is markup. */
export function label(text: string): string {
  return `"${printable(text).replace(/[&<>"#`\\]/g, (char) => `#${char.charCodeAt(0)};`)}"`;
}
