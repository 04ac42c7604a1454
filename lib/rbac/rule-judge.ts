import { dangerousVerb, dangersOf, RolePlace } from './dangerous-grants';
import type { Grant } from './grants';
import type { RoleFault } from './role-fault';
import { nearest, shown } from '../errors';
import { dnsLabelFaults, dnsSubdomainFaults, holdsTerraformToken } from '../names';
import { BuiltInResource, builtInResource, isBuiltInGroup, PSEUDO_RESOURCES, qualified, ResourceName, restrictedByName, unknownResource, VERBS } from '../resources';

export const READ = ['get', 'list', 'watch'];
export const WRITE = ['create', 'update', 'patch', 'delete'];

/** What a rule comes to: what it grants, and what is wrong with it. */
export interface Verdict {
  readonly grants: Grant[];
  /** Paths that are no resource, and verbs on them. */
  readonly urls: readonly { readonly url: string; readonly verb: string }[];
  readonly faults: RoleFault[];
}

/** How a rule was written: which verbs on what, and how it stands in a message. */
export interface Written {
  readonly text: string;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
  /** The group of resources that are not built in. */
  readonly group?: string;
  /** The verbs are this library's choice, so those that do not fit are left out. */
  readonly chosen?: true;
  readonly names?: readonly string[];
  /** The resources are paths. */
  readonly urls?: true;
}

/** Judges a rule where it is to stand. */
export function judged(written: Written, place: RolePlace): Verdict {
  const verdicts = written.urls ? [] : [...new Set(written.resources)].map((resource) => resourceVerdict(written, resource, place));
  const faults = [...formFaults(written), ...written.urls ? urlFaults(written, place) : [], ...verdicts.flatMap((verdict) => verdict.faults)];
  return {
    grants: verdicts.flatMap(({ grants }) => grants),
    urls: written.urls ? written.resources.flatMap((url) => written.verbs.map((verb) => ({ url, verb }))) : [],
    faults: faults.map((fault) => ({ ...fault, problem: `${written.text} ${fault.problem}` })),
  };
}

function formFaults({ verbs, resources, group, names }: Written): RoleFault[] {
  return [
    ...resources.length > 0 ? [] : [{ problem: 'names no resource', remedy: 'name at least one, such as "pods"' }],
    ...verbs.length > 0 ? [] : [{ problem: 'names no verb', remedy: `name at least one of ${VERBS.join(', ')}` }],
    ...verbs.flatMap(verbFaults),
    ...group === undefined ? [] : groupFaults(group),
    ...names === undefined ? [] : namesFaults(names, resources),
  ];
}

function resourceVerdict(written: Written, resource: string, place: RolePlace): { grants: Grant[]; faults: RoleFault[] } {
  const granted = (found: ResourceName, verbs: readonly string[]) => verbs.map((verb) => ({ group: found.group, resource: found.resource, verb, names: written.names ?? [] }));
  if (resource.includes('*')) {
    const fault = { problem: `has the wildcard ${shown(resource)} for a resource, which covers what is yet to come`, remedy: 'name each resource' };
    // RBAC knows a star alone, and one before a subresource; any other it would take literally.
    if (!/^\*(\/[^*]+)?$/.test(resource)) return { grants: [], faults: [fault] };
    const controls = ['rbac/no-wildcard-resources', ...written.group === undefined ? ['rbac/no-wildcard-groups'] : []];
    return { grants: granted({ group: written.group ?? '*', resource }, written.verbs), faults: [{ ...fault, controls }] };
  }
  const found = written.group === undefined ? builtInResource(resource) ?? pseudoResource(resource) : { group: written.group, resource };
  if (!found) return { grants: [], faults: [unknownResource(resource)] };
  const verbs = verbsOn(written, found);
  const dangers = dangersOf(found, verbs, written.names !== undefined, place);
  const others = isPseudo(found) ? pseudoFaults(written, resource) : isBuiltIn(found) ? builtInFaults(written, found, verbs, place) : customFaults(resource);
  return { grants: granted(found, verbs), faults: dangers.length > 0 ? dangers : [...others, ...written.names === undefined ? [] : unrestrictedFaults(found, verbs)] };
}

function pseudoResource(name: string): BuiltInResource | undefined {
  return PSEUDO_RESOURCES.find((entry) => entry.resource === name || qualified(entry) === name);
}

function isPseudo(resource: ResourceName): boolean {
  return PSEUDO_RESOURCES.includes(resource as BuiltInResource);
}

/** All that can be granted on these is dangerous, so whoever is exempt from that means them. */
function pseudoFaults({ verbs }: Written, resource: string): RoleFault[] {
  const excuses = verbs.flatMap((verb) => dangerousVerb(verb)?.controls ?? []);
  return [{ ...unknownResource(resource), ...excuses.length === verbs.length && verbs.length > 0 ? { controls: excuses } : {} }];
}

/** Of the verbs that this library chose, those that the resource has and names restrict; else what the user wrote. */
function verbsOn({ verbs, chosen, names }: Written, resource: ResourceName): readonly string[] {
  if (!chosen) return verbs;
  const had = isBuiltIn(resource) && verbs !== READ ? verbs.filter((verb) => resource.verbs.includes(verb)) : verbs;
  return names === undefined ? had : had.filter((verb) => restrictedByName(resource, verb));
}

function builtInFaults({ verbs: asked, chosen }: Written, resource: BuiltInResource, verbs: readonly string[], place: RolePlace): RoleFault[] {
  if (!resource.namespaced && !place.cluster) {
    const remedy = 'leave it out; a Role grants nothing on it';
    return [{ problem: `names ${shown(resource.resource)}, which belongs to the cluster and to no namespace`, remedy, controls: ['rbac/no-cluster-resources-in-role'] }];
  }
  const lacking = asked.filter((verb) => !resource.verbs.includes(verb) && verbFaults(verb).length === 0);
  const none = !verbs.some((verb) => resource.verbs.includes(verb) || verbFaults(verb).length > 0);
  const wrong = chosen ? none : lacking.length > 0;
  return wrong ? [{ problem: `names ${shown(resource.resource)}, which has no ${lacking.join(', ')}`, remedy: `it has ${resource.verbs.join(', ')}` }] : [];
}

function isBuiltIn(resource: ResourceName): resource is BuiltInResource {
  return 'verbs' in resource;
}

function unrestrictedFaults(resource: ResourceName, verbs: readonly string[]): RoleFault[] {
  const free = verbs.filter((verb) => (VERBS as readonly string[]).includes(verb) && !restrictedByName(resource, verb));
  if (free.length === 0) return [];
  const remedy = 'grant these verbs without names in a rule of their own, or leave them out';
  return [{ problem: `names objects for ${free.join(', ')}, which names do not restrict`, remedy, controls: ['rbac/names-restrict'] }];
}

function verbFaults(verb: string): RoleFault[] {
  if ((VERBS as readonly string[]).includes(verb)) return [];
  if (verb.includes('*')) {
    const remedy = `name each verb: ${VERBS.join(', ')}`;
    return [{ problem: `has the wildcard ${shown(verb)} for a verb, which covers what is yet to come`, remedy, ...verb === '*' ? { controls: ['rbac/no-wildcard-verbs'] } : {} }];
  }
  const danger = dangerousVerb(verb);
  if (danger) return [danger];
  const near = nearest(verb, VERBS);
  return [{ problem: `has ${shown(verb)}, which is no verb`, remedy: near.length > 0 ? `did you mean ${near.map(shown).join(' or ')}?` : `use some of ${VERBS.join(', ')}` }];
}

function groupFaults(group: string): RoleFault[] {
  if (group.includes('*')) {
    return [{ problem: `has the wildcard ${shown(group)} for a group, which covers what is yet to come`, remedy: 'name the group', ...group === '*' ? { controls: ['rbac/no-wildcard-groups'] } : {} }];
  }
  if (isBuiltInGroup(group)) return [{ problem: `has the group ${shown(group)}, which is built in`, remedy: 'use Rule.read, Rule.write or Rule.allow' }];
  if (!group.includes('.')) return [{ problem: `has the group ${shown(group)}, which has no dot`, remedy: 'give the whole group, such as "cert-manager.io"' }];
  return dnsSubdomainFaults('group', group).map(({ problem, remedy }) => ({ problem: `is malformed: ${problem}`, remedy }));
}

function customFaults(resource: string): RoleFault[] {
  const parts = resource.split('/');
  const faults = parts.length > 2 ? [{ problem: `resource ${shown(resource)} is not valid`, remedy: 'give "plural" or "plural/subresource"' }] : parts.flatMap((part) => dnsLabelFaults('resource', part));
  return faults.map(({ problem, remedy }) => ({ problem: `is malformed: ${problem}`, remedy }));
}

/** A signer's name is the only one with a domain. */
function namesFaults(names: readonly string[], resources: readonly string[]): RoleFault[] {
  const form = resources.every((resource) => resource === 'signers') ? /^[^\s/%]+\/[^\s/%]+$/ : /^(?!\.\.?$)[^\s/%]+$/;
  if (names.length === 0) return [{ problem: 'names no object', remedy: 'name at least one, or leave named() out for all of them' }];
  return names.flatMap((name) => {
    if (name.includes('*')) return [{ problem: `has the wildcard ${shown(name)} for a name, which Kubernetes would take literally`, remedy: 'name each object' }];
    if (holdsTerraformToken(name)) return [{ problem: `has the name ${shown(name)}, a Terraform token that no manifest can resolve`, remedy: 'give the name itself' }];
    return form.test(name) ? [] : [{ problem: `has the name ${shown(name)}, which no object can have`, remedy: 'give the object\'s metadata.name' }];
  });
}

/** Only a ClusterRole opens paths, and only a binding in the whole cluster gives them. */
function urlFaults({ resources, names }: Written, { cluster }: RolePlace): RoleFault[] {
  return [
    ...cluster ? [] : [{ problem: 'opens paths of the API server, which no Role can', remedy: 'write a ScopedClusterRole' }],
    ...names === undefined ? [] : [{ problem: 'names objects of a path', remedy: 'leave named() out' }],
    ...resources.flatMap((url): RoleFault[] => {
      if (url === '*' || url === '/*') return [{ problem: `has the wildcard ${shown(url)} for a path, which covers what is yet to come`, remedy: 'name each path, such as "/metrics"', controls: ['rbac/no-wildcard-urls'] }];
      return /^\/[^\s*]*\*?$/.test(url) ? [] : [{ problem: `has the path ${shown(url)}, which is none`, remedy: 'give one that begins with "/", such as "/metrics" or "/healthz/*"' }];
    }),
  ];
}
