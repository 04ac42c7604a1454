import { Chain, ChainStep, Goal } from './chains';
import type { Met } from './holdings';
import type { World } from './world';
import { bindingSource, ruleSource, Source, SubjectRef, subjectRef } from '../source';
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
