import { celTexts } from './cel-text';
import { ADMINISTRATION_DANGERS, Danger, DangerName, DANGERS, restrictedByName } from '../resources';

const some = (list: string, items: readonly string[]) => `r.?${list}.orValue([]).exists(x, x in ${celTexts(items)})`;

/**
 * The roles that every API server makes for itself, and puts back when it starts: what they grant is not for manifests to change. By
 * name and label, since the prefix alone is anybody's.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
export const BUILT_IN_ROLE = "object.?metadata.?labels[?'kubernetes.io/bootstrapping'].orValue('') == 'rbac-defaults' && "
  + "(object.?metadata.?name.orValue('').startsWith('system:') || object.?metadata.?name.orValue('') in ['cluster-admin', 'admin', 'edit', 'view', 'extension-apiserver-authentication-reader'])";

/** That a rule `r` grants something of these names, as the API server decides it: a star is everything, and before a subresource every resource's. */
export function granted(...names: DangerName[]): string {
  return `(${DANGERS.filter(({ name }) => names.includes(name)).map(grantedDanger).join(' || ')})`;
}

/** That no rule of the role grants anything of these names. */
export function grantsNone(...names: DangerName[]): string {
  return noRule(granted(...names));
}

/** That no rule of the role is so, unless it is one of Kubernetes' own. To the API server, rules that are not written are null. */
export function noRule(cel: string): string {
  return `dyn(object.?rules.orValue([])) == null || !object.?rules.orValue([]).exists(r, ${cel}) || (${BUILT_IN_ROLE})`;
}

/** That no rule of the role grants, by name, what is the administrators' business; what stars cover is for other controls. */
export function grantsNoAdministration(): string {
  return noRule(ADMINISTRATION_DANGERS.map(({ group, resources, verbs }) => `(${some('apiGroups', [group])} && ${some('resources', resources)} && ${some('verbs', verbs)})`).join(' || '));
}

function grantedDanger(danger: Danger): string {
  return `(${some('apiGroups', [danger.group, '*'])} && ${resourcesGranted(danger.resources)} && ${verbsGranted(danger)})`;
}

function resourcesGranted(resources: readonly string[]): string {
  const exact = resources.filter((resource) => !resource.endsWith('/'));
  const anySubresource = exact.filter((resource) => resource.includes('/')).map((resource) => `*/${resource.split('/')[1]}`);
  const one = `x in ${celTexts([...exact, ...new Set(anySubresource), '*'])}`;
  const prefixes = resources.filter((resource) => resource.endsWith('/')).map((prefix) => ` || x.startsWith('${prefix}')`);
  return `r.?resources.orValue([]).exists(x, ${one}${prefixes.join('')})`;
}

/** Where names excuse, they excuse only the verbs that they restrict. */
function verbsGranted({ verbs, resources, unlessNamed, objects }: Danger): string {
  const any = some('verbs', [...verbs, '*']);
  if (!unlessNamed && !objects) return any;
  const unrestricted = some('verbs', [...verbs.filter((verb) => !resources.some((resource) => restrictedByName({ resource }, verb))), '*']);
  const meant = ['r.?resourceNames.orValue([]).size() == 0', ...objects ? [some('resourceNames', objects)] : []].join(' || ');
  return `(${unrestricted} || ${any} && (${meant}))`;
}
