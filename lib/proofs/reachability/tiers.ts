import { DIRECTIONS, Direction, TierPolicy, TierRule } from './policy';
import type { PodIndex } from './pod-index';
import type { PortNames, PortSpec, PortSpecs } from './port-specs';
import type { PortSet, PortSets } from './port-sets';
import type { RulePeers, Side } from './side';

/** What the tiers around NetworkPolicies say of a pair in one direction. */
export interface Decision {
  /** Allowed before NetworkPolicies are asked. */
  readonly accepted: PortSet;
  /** Left to NetworkPolicies, where some select the subject. */
  readonly left: PortSet;
  /** Allowed where none selects it. */
  readonly open: PortSet;
}

interface Step {
  readonly policy: TierPolicy;
  readonly rule: TierRule;
  readonly peers: RulePeers;
  readonly ports: PortSpec;
}

/** In the order in which they are asked: by tier, by priority, and by name where the API leaves it open. */
export function inOrder(policies: readonly TierPolicy[]): TierPolicy[] {
  const name = ({ object }: TierPolicy) => `${object.name} ${object.kind}`;
  return [...policies].sort((a, b) => (a.tier === b.tier ? a.priority - b.priority || (name(a) < name(b) ? -1 : 1) : a.tier === 'Admin' ? -1 : 1));
}

/**
 * The policies of a cluster in one direction. The first rule that matches decides: Admin, then NetworkPolicies where they select the
 * pod, else Baseline; then everything is allowed.
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class Tiers {
  private readonly steps: readonly Step[];
  /** The steps whose policies select a class, as a number that stands for them. */
  private readonly subjects: readonly number[];
  private readonly subjectSteps: number[][] = [];
  /** The sets of peers that a node is of, as a number that stands for them. */
  private readonly peers: readonly number[];
  private readonly peerSets: ReadonlySet<number>[] = [];
  private readonly decisions = new Map<string, Decision>();
  private readonly undecided: Decision;

  /** @param policies in order */
  public constructor(policies: readonly TierPolicy[], side: Side, index: PodIndex, private readonly specs: PortSpecs, private readonly ports: PortSets) {
    this.undecided = { accepted: ports.none, left: ports.all, open: ports.all };
    this.steps = policies.flatMap((policy) => policy.rules[side.direction].map((rule) => ({ policy, rule, peers: side.peersOf(rule), ports: specs.of(rule) })));
    const selecting: number[][] = side.profiles.map(() => []);
    this.steps.forEach(({ policy: { subject } }, step) => {
      for (const pod of index.selected(subject)) selecting[pod].push(step);
    });
    this.subjects = interned(selecting, this.subjectSteps, (steps) => steps);
    const containing: number[][] = this.steps.length === 0 ? [] : Array.from({ length: side.nodeCount }, () => []);
    for (const set of new Set(this.steps.flatMap(({ peers }) => peers.sets))) {
      for (const node of side.sets[set]) containing[node].push(set);
    }
    this.peers = interned(containing, this.peerSets, (sets) => new Set(sets));
  }

  /** Nodes with the same number are the same to the tiers. */
  public subjectOf(pod: number): number {
    return this.subjects[pod];
  }

  /** -1 for a pod that no rule names but by naming every pod. */
  public peerOf(node: number): number {
    return this.steps.length === 0 ? 0 : this.peers[node] ?? -1;
  }

  /** What is decided of a class of pods and a node at the other end, the destination being one with some port names. */
  public decisionOf(subject: number, peer: number, peerIsPod: boolean, names: PortNames): Decision {
    if (this.subjectSteps[subject].length === 0) return this.undecided;
    const key = `${subject} ${peer} ${peerIsPod} ${names}`;
    let decision = this.decisions.get(key);
    if (!decision) this.decisions.set(key, decision = this.decide(subject, peer, peerIsPod, names));
    return decision;
  }

  /** The steps that match a pair, in order, each with the ports that it decides. */
  public *stepsOf(subject: number, peer: number, peerIsPod: boolean, names: PortNames): Generator<{ step: Step; ports: PortSet }> {
    for (const number of this.subjectSteps[subject]) {
      const step = this.steps[number];
      const matches = step.peers.every || (step.peers.everyPod && peerIsPod) || step.peers.sets.some((set) => this.peerSets[peer]?.has(set) ?? false);
      if (matches) yield { step, ports: this.specs.resolve(step.ports, names) };
    }
  }

  private decide(subject: number, peer: number, peerIsPod: boolean, names: PortNames): Decision {
    const { ports } = this;
    let [accepted, passed, rest] = [ports.none, ports.none, ports.all];
    let [baseline, open] = [undefined as PortSet | undefined, ports.none];
    for (const { step: { policy, rule }, ports: matched } of this.stepsOf(subject, peer, peerIsPod, names)) {
      if (policy.tier === 'Admin') {
        const hit = ports.intersection(rest, matched);
        rest = ports.difference(rest, matched);
        if (rule.action === 'Accept') accepted = ports.union(accepted, hit);
        if (rule.action === 'Pass') passed = ports.union(passed, hit);
      } else {
        baseline ??= ports.union(rest, passed);
        if (rule.action !== 'Deny') open = ports.union(open, ports.intersection(baseline, matched));
        baseline = ports.difference(baseline, matched);
      }
    }
    const left = ports.union(rest, passed);
    return { accepted, left, open: ports.union(accepted, ports.union(open, baseline ?? left)) };
  }
}

/** Numbers equal lists alike. */
function interned<T>(lists: readonly (readonly number[])[], values: T[], made: (list: number[]) => T): number[] {
  const known = new Map<string, number>();
  return lists.map((list) => {
    const key = list.join();
    let number = known.get(key);
    if (number === undefined) {
      known.set(key, number = values.length);
      values.push(made([...list]));
    }
    return number;
  });
}

/** Pairs of policies of one tier and priority that both have rules of one direction: which comes first is not defined. */
export function tied(policies: readonly TierPolicy[]): [TierPolicy, TierPolicy][] {
  const rules = (policy: TierPolicy, direction: Direction) => policy.rules[direction].length > 0;
  return inOrder(policies).flatMap((policy, i, all): [TierPolicy, TierPolicy][] => {
    const next = all[i + 1];
    if (next?.tier !== policy.tier || next.priority !== policy.priority) return [];
    return DIRECTIONS.some((direction) => rules(policy, direction) && rules(next, direction)) ? [[policy, next]] : [];
  });
}
