import type { Sighting } from './control';
import { reachOf } from './reachable';
import { Direction, DIRECTIONS, NamespacePolicy, PortSpec, Reachability, Rule } from '../proofs/reachability';
import type { Inventory } from '../inventory';

/** How many peers a finding names. */
const MOST_NAMED = 3;

/** Rules about pods that are there, of which no other end lets any through. */
export function deadRules(inventory: Inventory): Sighting[] {
  const reach = reachOf(inventory);
  // What tiers accept or deny of it besides is decided rule by rule; where there are any, a half may be theirs.
  if (reach.policies.tiers.length > 0) return [];
  const halves = new Halves(reach);
  return reach.policies.namespaced.flatMap((policy) => DIRECTIONS.filter((direction) => policy.isolates[direction]).flatMap((direction) =>
    policy.rules[direction].flatMap((rule) => halves.deadPeers(policy, direction, rule)).map(({ path, peers }): Sighting => ({
      object: policy.object, path,
      problem: `${path} allows ${direction === 'egress' ? 'flows to' : 'flows from'} ${named(peers)}, and no policy there allows them`,
    }))));
}

class Halves {
  /** Scratch: the classes that the policy selects. */
  private readonly subject: Uint8Array;
  private readonly known = new Map<string, readonly string[] | undefined>();

  public constructor(private readonly reach: Reachability) {
    this.subject = new Uint8Array(reach.classes.length);
  }

  /** The peers of a rule, where there are some and none of them takes part. */
  public deadPeers(policy: NamespacePolicy, direction: Direction, rule: Rule): { path: string; peers: readonly string[] }[] {
    const { every, everyPod, sets } = this.reach.sides[direction].peersOf(rule);
    if (every || everyPod) return [];
    const ports = this.reach.specs.of(rule);
    const key = `${direction} ${sets.join()} ${ports} ${policy.pods.key} ${policy.namespace}`;
    if (!this.known.has(key)) this.known.set(key, this.dead(policy, direction, sets, ports));
    const peers = this.known.get(key);
    return peers ? [{ path: rule.path, peers }] : [];
  }

  private dead(policy: NamespacePolicy, direction: Direction, sets: readonly number[], ports: PortSpec): readonly string[] | undefined {
    const { reach } = this;
    const side = reach.sides[direction];
    const nodes = [...new Set(sets.flatMap((set) => [...side.sets[set]]))];
    const subjects = reach.index.selected({ namespaces: policy.namespace, pods: policy.pods });
    if (nodes.length === 0 || subjects.length === 0 || nodes.some((node) => !side.isPod(node))) return undefined;
    for (const pod of subjects) this.subject[pod] = 1;
    const alive = nodes.some((peer) => this.takesPart(direction, peer, subjects, ports));
    for (const pod of subjects) this.subject[pod] = 0;
    return alive ? undefined : nodes.map((node) => reach.workloads[reach.classes[node].workloads[0]].label);
  }

  /** Whether a peer lets some of it through with some of the policy's pods. */
  private takesPart(direction: Direction, peer: number, subjects: readonly number[], ports: PortSpec): boolean {
    const { specs, ports: sets, classes } = this.reach;
    const other = this.reach.sides[direction === 'egress' ? 'ingress' : 'egress'];
    const { isolated, every, everyPod, entries } = other.profiles[peer];
    if (!isolated) return true;
    const withSubject = (said: PortSpec, pod: number) => {
      const { names } = classes[direction === 'egress' ? peer : pod];
      return sets.intersection(specs.resolve(said, names), specs.resolve(ports, names)) !== sets.none;
    };
    const everybody = specs.union(every, everyPod);
    if (everybody !== specs.none && subjects.some((pod) => withSubject(everybody, pod))) return true;
    return entries.some((entry) => other.sets[entry.set].some((node) => this.subject[node] === 1 && withSubject(entry.ports, node)));
  }
}

function named(peers: readonly string[]): string {
  return peers.length <= MOST_NAMED ? peers.join(', ') : `${peers.slice(0, MOST_NAMED).join(', ')} and ${peers.length - MOST_NAMED} more`;
}
