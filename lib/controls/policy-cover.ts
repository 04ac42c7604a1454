import { reachOf } from './reachable';
import { DIRECTIONS, Direction, NamespacePolicy, PortSpec, Profile, Reachability } from '../proofs/reachability';
import type { Inventory } from '../inventory';

/** A policy that does nothing which others do not, and those others, the fewest that were found. */
export interface Covered {
  readonly policy: NamespacePolicy;
  readonly by: readonly NamespacePolicy[];
}

const KNOWN = new WeakMap<Inventory, readonly Covered[]>();

/**
 * The policies whose pods, those to come as well, others isolate in the same directions, and allow the same peers and more. Only policies
 * that select the same or all pods of the namespace are looked at, so what is found is sure and some may be missed. All that are found
 * can be taken away together: of two that say the same only the later one is. A policy of all pods of the namespace, such as one that
 * denies all or allows DNS, never is: it is to stay when the others are taken away.
 */
export function coveredPolicies(inventory: Inventory): readonly Covered[] {
  let covered = KNOWN.get(inventory);
  if (!covered) KNOWN.set(inventory, covered = found(reachOf(inventory)));
  return covered;
}

function found(reach: Reachability): Covered[] {
  const groups = new Map<string, Group>();
  reach.policies.namespaced.forEach((policy, place) => {
    const key = groupKey(policy.namespace, policy.pods.key);
    const group = groups.get(key) ?? new Group(reach);
    groups.set(key, group);
    group.add(policy, place);
  });
  const gone = new Set<Member>();
  return [...reach.policies.namespaced.entries()].reverse().flatMap(([place, policy]): Covered[] => {
    if (policy.pods.requirements.length === 0) return [];
    const keys = [...new Set([policy.pods.key, '[]'])].map((pods) => groupKey(policy.namespace, pods));
    const by = coverOf(reach, place, keys.flatMap((key) => groups.get(key) ?? []), gone);
    return by ? [{ policy, by }] : [];
  }).reverse();
}

function groupKey(namespace: string, pods: string): string {
  return `${pods} ${namespace}`;
}

interface Member {
  readonly policy: NamespacePolicy;
  readonly place: number;
  readonly says: { readonly [direction in Direction]: Profile };
}

/** Policies that select the same pods, by what they name. */
class Group {
  public readonly members: Member[] = [];
  private readonly naming = new Map<string, Member[]>();

  public constructor(private readonly reach: Reachability) {}

  public add(policy: NamespacePolicy, place: number): void {
    const [ingress, egress] = DIRECTIONS.map((direction) => this.reach.sides[direction].profileOf(policy.isolates[direction] ? [policy] : []));
    const member: Member = { policy, place, says: { ingress, egress } };
    this.members.push(member);
    for (const direction of DIRECTIONS) {
      const { isolated, every, everyPod, entries } = member.says[direction];
      if (!isolated) continue;
      this.under(direction).push(member);
      for (const { set } of entries) this.under(`${direction} ${set}`).push(member);
      if (every !== this.reach.specs.none || everyPod !== this.reach.specs.none) this.under(`${direction} every`).push(member);
    }
  }

  /** Those that isolate in a direction, or say something there of a set or of everybody. */
  public of(key: string): readonly Member[] {
    return this.naming.get(key) ?? [];
  }

  private under(key: string): Member[] {
    const list = this.naming.get(key) ?? [];
    this.naming.set(key, list);
    return list;
  }
}

/** Something that a policy does, and who may do it as well. */
interface Part {
  readonly candidates: readonly Member[];
  readonly ports: PortSpec;
  readonly saidBy: (member: Member) => PortSpec;
}

/** The policies that cover one, which is then gone; undefined where it is needed. */
function coverOf(reach: Reachability, place: number, groups: readonly Group[], gone: Set<Member>): NamespacePolicy[] | undefined {
  const { specs } = reach;
  const own = groups[0].members.find((member) => member.place === place)!;
  const parts = partsOf(reach, own, groups);
  const includes = (part: Part, said: PortSpec) => specs.union(said, part.ports) === said;
  // One that does all of it, among those that do the part that the fewest do.
  const rarest = parts.reduce((a, b) => b.candidates.length < a.candidates.length ? b : a);
  const single = rarest.candidates.find((member) => member !== own && !gone.has(member) && parts.every((part) => includes(part, part.saidBy(member))));
  const by = new Set<NamespacePolicy>(single && [single.policy]);
  for (const part of single ? [] : parts) {
    let said = specs.none;
    for (const member of part.candidates) {
      if (member === own || gone.has(member) || includes(part, said)) continue;
      const more = specs.union(said, part.saidBy(member));
      if (more !== said) by.add(member.policy);
      said = more;
    }
    if (!includes(part, said)) return undefined;
  }
  gone.add(own);
  return [...by];
}

function partsOf({ sides, specs }: Reachability, { says }: Member, groups: readonly Group[]): Part[] {
  return DIRECTIONS.filter((direction) => says[direction].isolated).flatMap((direction): Part[] => {
    const { every, everyPod, entries } = says[direction];
    const candidates = (...keys: readonly string[]) => [...new Set(groups.flatMap((group) => keys.flatMap((key) => group.of(key))))];
    const part = (ports: PortSpec, keys: readonly string[], saidBy: (profile: Profile) => PortSpec): Part[] =>
      ports === specs.none ? [] : [{ candidates: candidates(...keys), ports, saidBy: (member) => saidBy(member.says[direction]) }];
    const everybody = `${direction} every`;
    return [
      // Isolation is all or nothing, which a full set of ports and an empty one say as well.
      { candidates: candidates(direction), ports: specs.all, saidBy: (member) => member.says[direction].isolated ? specs.all : specs.none },
      ...part(every, [everybody], (profile) => profile.every),
      ...part(everyPod, [everybody], (profile) => specs.union(profile.every, profile.everyPod)),
      ...entries.flatMap(({ set, ports }) => part(ports, [`${direction} ${set}`, everybody], (profile) => {
        const named = profile.entries.find((entry) => entry.set === set)?.ports ?? specs.none;
        const pods = sides[direction].sets[set].every((node) => sides[direction].isPod(node)) ? profile.everyPod : specs.none;
        return specs.union(named, specs.union(profile.every, pods));
      })),
    ];
  });
}
