import { addressOf, isWithin } from './addresses';
import type { Action, Direction } from './policy';
import type { PortSet, Protocol } from './port-sets';
import type { End, Reachability } from './reachability';
import type { RulePeers, Side } from './side';
import type { KubeObject } from '../../inventory';

/** A connection that is asked about. */
export interface Question {
  readonly source: End;
  readonly destination: End;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A rule or a policy, and what it does to the connection. */
export interface Reason {
  readonly object: KubeObject;
  /** Of the rule, such as `spec.ingress[0]`, or what selects the pod. */
  readonly path: string;
  /** `allows` and `accepts` let it through, `denies` does not, `passes` leaves it to others; `isolates` is a policy that selects the pod. */
  readonly verb: 'isolates' | 'allows' | 'accepts' | 'denies' | 'passes' | 'allows other ports';
  /** The ports that the rule is about, where they are not the one asked about. */
  readonly ports?: PortSet;
}

/** What one end's own policies say. */
export interface SideOfAnswer {
  readonly direction: Direction;
  /** Whose policies they are. */
  readonly subject: End;
  readonly allowed: boolean;
  /** In the order in which they are asked; none where no policy has a say. */
  readonly reasons: readonly Reason[];
}

export interface Explanation extends Question {
  readonly allowed: boolean;
  /** Egress at the source, then ingress at the destination; a range of addresses has no policies. */
  readonly sides: readonly SideOfAnswer[];
}

const VERBS: { readonly [action in Action]: Reason['verb'] } = { Accept: 'accepts', Deny: 'denies', Pass: 'passes' };

/** An end by how it is written: a workload's label, or an address outside. Undefined where there is none. */
export function endOf(reach: Reachability, text: string, role: 'source' | 'destination'): End | undefined {
  const ends = role === 'source' ? reach.sources : reach.destinations;
  const address = addressOf(text);
  return address ? ends.find(({ range }) => range && isWithin(address, range)) : ends.find(({ label }) => label === text);
}

/** Which policies allow a connection, or which isolate and none allows. Of a workload with several kinds of pods any two that may talk. */
export function explain(reach: Reachability, question: Question): Explanation {
  const pairs = nodesOf(reach, question.source, 'ingress').flatMap((source) => nodesOf(reach, question.destination, 'egress').map((destination) => [source, destination]));
  const answers = pairs.map(([source, destination]) => answer(reach, question, source, destination));
  return answers.find(({ allowed }) => allowed) ?? answers[0];
}

function answer(reach: Reachability, question: Question, source: number, destination: number): Explanation {
  const { ingress, egress } = reach.sides;
  const sides = [
    ...egress.isPod(source) ? [sideOf(reach, question, egress, source, destination, destination)] : [],
    ...ingress.isPod(destination) ? [sideOf(reach, question, ingress, destination, source, destination)] : [],
  ];
  return { ...question, allowed: sides.length > 0 && sides.every(({ allowed }) => allowed), sides };
}

function sideOf(reach: Reachability, { protocol, port, ...question }: Question, side: Side, subject: number, peer: number, destination: number): SideOfAnswer {
  const { specs, ports, tiers: { [side.direction]: tiers } } = reach;
  const names = side.isPod(destination) ? reach.classes[destination].names : 0;
  const base = { direction: side.direction, subject: side.direction === 'egress' ? question.source : question.destination };
  const reasons: Reason[] = [];
  const steps = [...tiers.stepsOf(tiers.subjectOf(subject), tiers.peerOf(peer), side.isPod(peer), names)].filter((step) => ports.has(step.ports, protocol, port));
  const asked = (tier: string) => {
    const first = steps.find(({ step }) => step.policy.tier === tier)?.step;
    if (first) reasons.push({ object: first.policy.object, path: first.rule.path, verb: VERBS[first.rule.action] });
    return first?.rule.action;
  };
  const admin = asked('Admin');
  if (admin === 'Accept' || admin === 'Deny') return { ...base, allowed: admin === 'Accept', reasons };
  const { isolated, policies } = side.profiles[subject];
  if (!isolated) return { ...base, allowed: asked('Baseline') !== 'Deny', reasons };
  let allowed = false;
  for (const { object, rules } of policies) {
    reasons.push({ object, path: 'spec.podSelector', verb: 'isolates' });
    for (const rule of rules[side.direction]) {
      if (!matches(side, side.peersOf(rule), peer)) continue;
      const set = specs.resolve(specs.of(rule), names);
      const hit = ports.has(set, protocol, port);
      allowed ||= hit;
      reasons.push({ object, path: rule.path, ...hit ? { verb: 'allows' } : { verb: 'allows other ports', ports: set } });
    }
  }
  return { ...base, allowed, reasons };
}

function matches(side: Side, { every, everyPod, sets }: RulePeers, peer: number): boolean {
  return every || (everyPod && side.isPod(peer)) || sets.some((set) => side.sets[set].includes(peer));
}

function nodesOf(reach: Reachability, { workload, range }: End, side: Direction): number[] {
  if (range) return [reach.classes.length + reach.sides[side].ranges.findIndex(({ family, low }) => family === range.family && low === range.low)];
  const place = reach.workloads.indexOf(workload!);
  return reach.classes.flatMap(({ workloads }, pod) => workloads.includes(place) ? [pod] : []);
}
