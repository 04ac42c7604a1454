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

/** Finds how roles meet needs. What a role says of a need is worked out once. */
export class Needs {
  private readonly lookups = new Map<Need, readonly [verb: string, lookup: Lookup][]>();
  private readonly said = new WeakMap<GrantedRole, Map<Need, readonly Way[]>>();

  /** Each way in which a need is met; those without a name first. */
  public met(need: Need, held: readonly Held[]): Met[] {
    const ways: Met[] = [];
    for (const { role, grant, own, namespace } of held) {
      for (const way of this.saidOf(role, need)) ways.push({ ...way, grant, own, namespace });
    }
    return ways.length < 2 ? ways : ways.sort((a, b) => Number(a.name !== undefined) - Number(b.name !== undefined));
  }

  /** Whether a role meets any of some needs. */
  public concerns(role: GrantedRole, needs: readonly Need[]): boolean {
    return needs.some((need) => this.saidOf(role, need).length > 0);
  }

  private saidOf(role: GrantedRole, need: Need): readonly Way[] {
    let ofRole = this.said.get(role);
    if (!ofRole) this.said.set(role, ofRole = new Map());
    let ways = ofRole.get(need);
    if (!ways) ofRole.set(need, ways = this.waysOf(role, need));
    return ways;
  }

  private waysOf(role: GrantedRole, need: Need): Way[] {
    const ways = new Map<string | undefined, Way>();
    for (const [verb, lookup] of this.lookupsOf(need)) {
      // A list or a watch of one object bears its name; so does whatever is no verb of the API itself, such as bind.
      const byName = verb !== 'create' || restrictedByName(need, verb);
      for (const rule of role.index().forSomeName(lookup)) {
        const every = rule.names.length === 0 || (!byName && rule.names.includes(''));
        for (const name of every ? [undefined] : byName ? rule.names : []) if (!ways.has(name)) ways.set(name, { need, verb, ...name !== undefined && { name }, rule });
      }
    }
    return [...ways.values()];
  }

  private lookupsOf(need: Need): readonly [string, Lookup][] {
    let lookups = this.lookups.get(need);
    if (!lookups) {
      const [resource, subresource = ''] = need.resource.split('/');
      lookups = need.verbs.map((verb) => [verb, lookupOf({ verb, group: need.group, resource, subresource, name: '', namespace: '' })]);
      this.lookups.set(need, lookups);
    }
    return lookups;
  }
}
