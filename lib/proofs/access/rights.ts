import { Access, Grant, groupKey, Identity, userKey } from './access';
import type { PolicyRule } from './rbac-object';
import { bindingSource, ruleSource, Source } from './source';

/** One rule that somebody holds, and where; empty for everywhere. */
export interface Right {
  readonly namespace: string;
  readonly verbs: readonly string[];
  /** With their groups and subresources, `deployments.apps/scale`; or paths. */
  readonly resources: readonly string[];
  /** None for every object. */
  readonly names: readonly string[];
  readonly binding: Source;
  readonly role: Source;
}

/** A rule that is held, before its places are looked up. */
export interface HeldRule {
  readonly grant: Grant;
  readonly rule: PolicyRule;
}

/** Every rule that an identity holds, what it holds everywhere first, then by namespace; in one namespace, if one is given. */
export function heldRules(access: Access, identity: Identity, namespace?: string): HeldRule[] {
  const grants = [userKey(identity.user), ...identity.groups.map(groupKey)].flatMap((key) => access.subjects.get(key) ?? []);
  const namespaces = namespace === undefined ? [...new Set(grants.flatMap((each) => each.namespaces()))].sort() : [namespace];
  const all = [...grants.flatMap((each) => each.cluster), ...namespaces.flatMap((each) => grants.flatMap((of) => of.in(each)))];
  // A rule about paths does nothing in one namespace.
  return all.flatMap((grant) => (grant.role?.index().rules ?? []).filter((rule) => rule.urls.length === 0 || grant.binding.namespace === '').map((rule) => ({ grant, rule })));
}

/** The rights of an identity, as `--as` lists them. */
export function rightsOf(access: Access, identity: Identity, namespace?: string): Right[] {
  return heldRules(access, identity, namespace).map(({ grant, rule }) => ({
    namespace: grant.binding.namespace, verbs: rule.verbs, resources: resourcesOf(rule), names: rule.names,
    binding: bindingSource(grant.binding), role: ruleSource(grant.role!, rule),
  }));
}

/** What a rule is about, as `kubectl auth can-i` takes it. */
export function resourcesOf({ groups, resources, urls }: Pick<PolicyRule, 'groups' | 'resources' | 'urls'>): string[] {
  if (urls.length > 0) return [...urls];
  return groups.flatMap((group) => resources.map((resource) => {
    const [plural, ...subresource] = resource.split('/');
    return [group === '' || (group === '*' && resource === '*') ? plural : `${plural}.${group}`, ...subresource].join('/');
  }));
}
