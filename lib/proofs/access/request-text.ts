import type { Request } from './rule-index';
import { Fault, nearest, shown } from '../../errors';
import { field, Inventory } from '../../inventory';
import { BuiltInResource, builtInResource, isBuiltInGroup, PSEUDO_RESOURCES, qualified, RESOURCES, unknownResource, VERBS } from '../../resources';

/** A request as people write it, and whether it stands in namespaces. */
export interface WrittenRequest {
  readonly request: Request;
  /** Unknown of resources that nothing here defines. */
  readonly namespaced: boolean | undefined;
}

const FURTHER_VERBS: { readonly [resource: string]: readonly string[] } = {
  serviceaccounts: ['impersonate'],
  roles: ['bind', 'escalate'],
  clusterroles: ['bind', 'escalate'],
};

/**
 * Reads `VERB RESOURCE[.GROUP][/SUBRESOURCE] [NAME]` or `VERB /PATH`, such as `get secrets`, `create pods/exec`, `update deployments.apps web`,
 * `get /metrics`. Built-in resources and those of CustomResourceDefinitions are known without their group.
 */
export function requestNamed(text: string, namespace: string, inventory: Inventory): WrittenRequest | Fault {
  const [verb, what, name = '', ...more] = text.trim().split(/\s+/);
  if (!verb || !what || more.length > 0) return { problem: `${shown(text)} is no request`, remedy: 'write "VERB RESOURCE[.GROUP][/SUBRESOURCE] [NAME]" or "VERB /PATH", such as "get secrets" or "create pods/exec"' };
  if (what.startsWith('/')) return name === '' ? { request: { verb, url: what }, namespaced: false } : { problem: `${shown(text)} names an object of a path`, remedy: `write ${shown(`${verb} ${what}`)}` };
  const found = resourceNamed(what, name, inventory);
  if ('problem' in found) return found;
  const wrongVerb = verbFault(verb, found);
  if (wrongVerb) return wrongVerb;
  const [resource, ...subresource] = found.resource.split('/');
  const request = { verb, group: found.group, resource, subresource: subresource.join('/'), name };
  // The API server looks for what is about a namespace in that namespace; what else is of the cluster stands in none.
  const place = found.group === '' && resource === 'namespaces' && name !== '' ? name : found.namespaced === false ? '' : namespace;
  return { request: { ...request, namespace: place }, namespaced: found.namespaced };
}

interface Found {
  readonly group: string;
  readonly resource: string;
  readonly namespaced?: boolean;
  /** Those that are known. */
  readonly verbs?: readonly string[];
}

function resourceNamed(what: string, name: string, inventory: Inventory): Found | Fault {
  const [plural, ...subresource] = what.split('/');
  const [resource, ...groups] = plural.split('.');
  const group = groups.join('.');
  if (resource === '*') return { group: groups.length === 0 ? '*' : group, resource: [resource, ...subresource].join('/') };
  const builtIn = builtInResource(what) ?? PSEUDO_RESOURCES.find((each) => [each.resource, qualified(each)].includes(what));
  if (builtIn) return { ...builtIn, verbs: [...builtIn.verbs, ...FURTHER_VERBS[builtIn.resource] ?? []] };
  const parent = builtInResource(plural) ?? PSEUDO_RESOURCES.find((each) => [each.resource, qualified(each)].includes(plural));
  if (parent) return parent.resource === 'userextras' ? { ...parent, resource: `userextras/${subresource.join('/')}` } : subresourceFault(what, parent, subresource.join('/'), name);
  const custom = customResources(inventory).filter((each) => each.resource === resource && (groups.length === 0 || each.group === group));
  if (custom.length > 1) return { problem: `${shown(what)} stands in several groups`, remedy: `write ${custom.map((each) => qualified(each)).join(' or ')}` };
  if (custom.length === 1) return { ...custom[0], resource: [resource, ...subresource].join('/') };
  const near = nearest(what, RESOURCES.map(qualified)).length > 0;
  if (groups.length === 0 || (isBuiltInGroup(group) && near)) return { ...unknownResource(what), remedy: unknownResource(what).remedy.replace('Rule.custom is for resources that are not built in', 'give a custom resource with its group, such as "widgets.example.com"') };
  return { group, resource: [resource, ...subresource].join('/') };
}

function subresourceFault(what: string, { group, resource }: BuiltInResource, written: string, name: string): Fault {
  const has = RESOURCES.filter((each) => each.group === group && each.resource.startsWith(`${resource}/`)).map((each) => each.resource.slice(resource.length + 1));
  const [near] = nearest(written, has);
  const object = name === '' ? `; for the object of that name write "${qualified({ group, resource })} ${written}"` : '';
  return { problem: `${shown(what)} names no subresource that ${resource} has`, remedy: `${near ? `did you mean ${shown(`${resource}/${near}`)}?` : has.length > 0 ? `it has ${has.join(', ')}` : 'it has none'}${object}` };
}

/** Of what is known a wrong verb is refused, since "no" would be taken for an answer. */
function verbFault(verb: string, { group, resource, verbs }: Found): Fault | undefined {
  if (!verbs || verb === '*' || verbs.includes(verb)) return undefined;
  const [near] = nearest(verb, [...VERBS, ...verbs]);
  return { problem: `${shown(verb)} is no verb of ${qualified({ group, resource })}`, remedy: near && verbs.includes(near) ? `did you mean ${shown(near)}?` : `it has ${verbs.join(', ')}` };
}

function customResources(inventory: Inventory): Required<Pick<Found, 'group' | 'resource' | 'namespaced'>>[] {
  return inventory.ofKind('apiextensions.k8s.io/CustomResourceDefinition').flatMap(({ json }) => {
    const [group, resource] = [field(json, 'spec', 'group'), field(json, 'spec', 'names', 'plural')];
    return typeof group === 'string' && typeof resource === 'string' ? [{ group, resource, namespaced: field(json, 'spec', 'scope') !== 'Cluster' }] : [];
  });
}
