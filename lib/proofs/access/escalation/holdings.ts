import type { Grant, GrantedRole, SubjectGrants } from '../access';
import type { PolicyRule } from '../rbac-object';
import { Lookup, lookupOf } from '../rule-index';
import { restrictedByName } from '../../../resources';

/** Verbs on a resource, one of which is enough. */
export interface Need {
  readonly verbs: readonly string[];
  readonly group: string;
  /** With its subresource, such as `pods/exec`. */
  readonly resource: string;
}

/** What a role says of a need. */
interface Way {
  readonly need: Need;
  readonly verb: string;
  /** The object that is meant; absent where every object is. */
  readonly name?: string;
  readonly rule: PolicyRule;
}

/** A role that is held, and where. */
export interface Held {
  readonly role: GrantedRole;
  /** Absent where the role was taken in a step before. */
  readonly grant?: Grant;
  /** Whether it is somebody's own, and not of a group that everybody like him is in. */
  readonly own: boolean;
  /** Empty for the whole cluster. */
  readonly namespace: string;
}

/** How a need is met, and by what. */
export interface Met extends Way, Omit<Held, 'role'> {}

/** What one identity holds. */
export interface Holder {
  readonly cluster: readonly Held[];
  in(namespace: string): readonly Held[];
  /** The namespaces in which it holds something, in order. */
  readonly namespaces: readonly string[];
}

/** What is held by a subject's own bindings, and by those of the groups that it is in by itself. */
export function holderOf(own: SubjectGrants | undefined, groups: readonly SubjectGrants[]): Holder {
  const held = (grants: readonly Grant[], isOwn: boolean): Held[] =>
    grants.flatMap((grant) => grant.role ? [{ role: grant.role, grant, own: isOwn, namespace: grant.binding.namespace }] : []);
  return {
    cluster: [...held(own?.cluster ?? [], true), ...groups.flatMap((group) => held(group.cluster, false))],
    in: (namespace) => [...held(own?.in(namespace) ?? [], true), ...groups.flatMap((group) => held(group.in(namespace), false))],
    namespaces: [...new Set([own, ...groups].flatMap((grants) => grants?.namespaces() ?? []))].sort(),
  };
}

/** What a role gives that was taken in a step before. */
export function holderOfRole(role: GrantedRole, namespace: string): Holder {
  const held = [{ role, own: true, namespace }];
  return { cluster: namespace === '' ? held : [], in: (each) => each === namespace ? held : [], namespaces: namespace === '' ? [] : [namespace] };
}

/** A role that is held, with what it says of each need. */
interface HeldWays extends Held {
  readonly ways: ReadonlyMap<Need, readonly Way[]>;
}

/** Finds how roles meet some needs. What a role says of them is worked out once. */
export class Needs {
  private readonly lookups: readonly (readonly [need: Need, verb: string, lookup: Lookup, byName: boolean])[];
  private readonly said = new Map<GrantedRole, ReadonlyMap<Need, readonly Way[]>>();

  constructor(needs: readonly Need[]) {
    this.lookups = needs.flatMap((need) => {
      const [resource, subresource = ''] = need.resource.split('/');
      // A list or a watch of one object bears its name; so does whatever is no verb of the API itself, such as bind.
      return need.verbs.map((verb) => [need, verb, lookupOf({ verb, group: need.group, resource, subresource, name: '', namespace: '' }), verb !== 'create' || restrictedByName(need, verb)] as const);
    });
  }

  /** Of what is held the roles that meet any need. */
  public concerned(held: readonly Held[]): HeldWays[] {
    return held.flatMap((each) => {
      const ways = this.waysOf(each.role);
      return ways.size > 0 ? [{ ...each, ways }] : [];
    });
  }

  private waysOf(role: GrantedRole): ReadonlyMap<Need, readonly Way[]> {
    let ways = this.said.get(role);
    if (!ways) this.said.set(role, ways = this.read(role));
    return ways;
  }

  private read(role: GrantedRole): ReadonlyMap<Need, readonly Way[]> {
    const all = new Map<Need, Map<string | undefined, Way>>();
    for (const [need, verb, lookup, byName] of this.lookups) {
      for (const rule of role.index().forSomeName(lookup)) {
        const every = rule.names.length === 0 || (!byName && rule.names.includes(''));
        for (const name of every ? [undefined] : byName ? rule.names : []) {
          const ofNeed = all.get(need) ?? new Map<string | undefined, Way>();
          all.set(need, ofNeed);
          if (!ofNeed.has(name)) ofNeed.set(name, { need, verb, ...name !== undefined && { name }, rule });
        }
      }
    }
    return new Map([...all].map(([need, ways]) => [need, [...ways.values()]]));
  }
}

const NONE: readonly Met[] = [];

/** Each way in which some roles meet a need; those without a name first. */
export function metBy(held: readonly HeldWays[], need: Need): readonly Met[] {
  let all: Met[] | undefined;
  for (const { ways, grant, own, namespace } of held) {
    const found = ways.get(need);
    if (!found) continue;
    for (const { verb, name, rule } of found) (all ??= []).push({ need, verb, ...name !== undefined && { name }, rule, grant, own, namespace });
  }
  if (!all) return NONE;
  return all.length < 2 ? all : all.sort((a, b) => Number(a.name !== undefined) - Number(b.name !== undefined));
}
