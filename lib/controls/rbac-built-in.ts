import type { InventoryControl, Sighting } from './control';
import { grant } from './rbac-row';
import { shown } from '../errors';
import { field, KubeObject } from '../inventory';
import { BOOTSTRAPPING, bootstrapOf } from '../proofs/access';

const KINDS = ['ClusterRole', 'Role'].map((kind) => `rbac.authorization.k8s.io/${kind}`);
/** The releases whose own roles are known. */
const RELEASES = Array.from({ length: 9 }, (_, i) => `1.${29 + i}`);

const role = (name: string, rules: object[], more: object = {}) => [{
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels: { [BOOTSTRAPPING]: 'rbac-defaults' } }, rules, ...more,
}];
const VIEW = { clusterRoleSelectors: [{ matchLabels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } }] };

/** What passes for a role of Kubernetes itself, which the other controls of roles do not judge. */
export const RBAC_BUILT_IN: readonly InventoryControl[] = [
  {
    id: 'rbac/no-changed-built-in-roles', title: 'Roles of Kubernetes itself grant what they are made with', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] },
    judge: (inventory) => KINDS.flatMap((kind) => inventory.ofKind(kind)).filter(passesForBuiltIn).flatMap((object) => beyond(object)),
    message: `a role labelled ${BOOTSTRAPPING} must be one that an API server makes for itself, and grant no more than that`,
    remediation: 'Leave these roles out of manifests; write a role of another name, without the label.',
    allowed: {
      'nothing said': role('system:basic-user', []), 'as it is made': role('system:discovery', [{ nonResourceURLs: ['/healthz', '/version'], verbs: ['get'] }]),
      'as it is made, with everything': role('cluster-admin', [grant('*', '*/*'), grant('get', '/pods')]), 'with less': role('system:node-proxier', [grant('list watch', '/services')]), 'aggregated by the controller': role('view', [grant('get', 'example.com/things')], { aggregationRule: VIEW }),
      'without the label': role('system:mine', [grant('get', '/secrets')], { metadata: { name: 'system:mine' } }), 'of a name of one\'s own': role('mine', [grant('get', '/secrets')]),
    },
    denied: {
      'with another resource': role('system:node-proxier', [grant('list watch', '/services'), grant('list', '/secrets')]), 'with another verb': role('system:basic-user', [grant('escalate', 'rbac.authorization.k8s.io/roles')]),
      'with another URL': role('system:discovery', [{ nonResourceURLs: ['/logs'], verbs: ['get'] }]), 'of a name that no release has': role('system:mine', [grant('get', '/pods')]), 'aggregated from others': role('view', [], { aggregationRule: { clusterRoleSelectors: [{}] } }),
    },
  },
];

/** As the expressions of the other controls tell it. */
function passesForBuiltIn({ json, name = '' }: KubeObject): boolean {
  return field(json, 'metadata', 'labels', BOOTSTRAPPING) === 'rbac-defaults' && (name.startsWith('system:') || ['cluster-admin', 'admin', 'edit', 'view', 'extension-apiserver-authentication-reader'].includes(name));
}

/** What a role grants that Kubernetes' own of that name grants in no release. */
function beyond(object: KubeObject): Sighting[] {
  const own = ownRoles().get(identity(object.kind, object.namespace, object.name));
  if (!own) return [{ object, path: 'metadata.name', problem: `metadata.name is ${shown(object.name)}, which no release from ${RELEASES[0]} to ${RELEASES.at(-1)} has` }];
  const aggregation = field(object.json, 'aggregationRule');
  if (aggregation !== undefined) {
    // Its rules are the controller's; what it aggregates is what counts.
    return own.aggregations.has(JSON.stringify(aggregation)) ? [] : [{ object, path: 'aggregationRule', problem: `aggregationRule is ${shown(aggregation)}, which is not Kubernetes'` }];
  }
  const rules = field(object.json, 'rules');
  return (Array.isArray(rules) ? rules : []).flatMap((rule, i): Sighting[] => {
    const further = grantsOf(rule).filter((each) => !covers(own.grants, each));
    return further.length === 0 ? [] : [{ object, path: `rules[${i}]`, problem: `rules[${i}] grants ${further[0].join(' ').trim()}, which Kubernetes' own ${object.name} does not` }];
  });
}

interface OwnRole {
  readonly grants: Set<string>;
  readonly aggregations: Set<string>;
}

let known: ReadonlyMap<string, OwnRole> | undefined;

/** The roles of all releases, each with all that it grants in any; read only when something passes for one. */
function ownRoles(): ReadonlyMap<string, OwnRole> {
  if (known) return known;
  const roles = new Map<string, OwnRole>();
  for (const { json } of RELEASES.flatMap((release) => bootstrapOf(release).manifests)) {
    const key = identity(field(json, 'kind'), field(json, 'metadata', 'namespace'), field(json, 'metadata', 'name'));
    const role = roles.get(key) ?? { grants: new Set(), aggregations: new Set() };
    roles.set(key, role);
    const rules = field(json, 'rules');
    for (const each of (Array.isArray(rules) ? rules : []).flatMap(grantsOf)) role.grants.add(each.join('\n'));
    const aggregation = field(json, 'aggregationRule');
    if (aggregation !== undefined) role.aggregations.add(JSON.stringify(aggregation));
  }
  return known = roles;
}

function identity(kind: unknown, namespace: unknown, name: unknown): string {
  return JSON.stringify([kind, kind === 'Role' ? namespace ?? '' : '', name]);
}

/** Verb, group, resource and name; or verb and URL. */
type Granted = readonly string[];

function grantsOf(rule: unknown): Granted[] {
  const [verbs, groups, resources, names, urls] = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'].map((list) => {
    const items = field(rule, list);
    return Array.isArray(items) ? items.map(String) : [];
  });
  return verbs.flatMap((verb) => [
    ...urls.map((url) => [verb, url]),
    ...groups.flatMap((group) => resources.flatMap((resource) => (names.length === 0 ? [''] : names).map((name) => [verb, group, resource, name]))),
  ]);
}

/** Whether one of some grants is the same, or has a star or no name where this one has something. */
function covers(grants: ReadonlySet<string>, granted: Granted): boolean {
  const looser = granted.map((part, i) => i === 3 ? [...new Set([part, ''])] : [part, '*']);
  return looser.reduce<string[][]>((all, parts) => all.flatMap((some) => parts.map((part) => [...some, part])), [[]]).some((each) => grants.has(each.join('\n')));
}
