import type { InventoryControl, Sighting } from './control';
import { shown } from '../errors';
import { clusterScopedKinds, Inventory, KubeObject } from '../inventory';
import { holdsTerraformToken } from '../names';

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' };
const named = (name: string, namespace?: string) => ({ ...CONFIG_MAP, metadata: { name, ...namespace === undefined ? {} : { namespace } } });
const pod = (spec: unknown) => [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }];

/** What every object must be, of whatever kind. */
export const OBJECT: readonly InventoryControl[] = [
  {
    id: 'object/well-formed', title: 'Objects have the fields and types that Kubernetes reads', severity: 'high', level: 'baseline', on: 'inventory',
    neverExempt: true,
    frameworks: {},
    judge: (inventory) => inventory.objects.flatMap((object) => object.faults.map(({ path, problem }) => ({ object, path, problem }))),
    message: 'fields must have the type that Kubernetes reads',
    remediation: 'Write the field as the API reference has it; the API server refuses it as it is.',
    allowed: { 'nothing said': [], 'a pod': pod({ containers: [{ name: 'a', securityContext: { privileged: false } }] }), 'null for absent': pod({ hostNetwork: null, containers: [{ name: 'a' }] }) },
    denied: {
      'a map for a list': pod({ containers: {} }), 'a text for a boolean': pod({ containers: [{ name: 'a', securityContext: { privileged: 'true' } }] }),
      'a text for a number': pod({ securityContext: { runAsUser: '0' }, containers: [{ name: 'a' }] }), 'a container that is null': pod({ containers: [null] }),
      'no containers': pod({ containers: null }), 'no pod at all': pod(null), 'no kind': [{ apiVersion: 'v1', metadata: { name: 'a' } }], 'no object': ['v1'],
      'a list for a map': pod({ securityContext: [], containers: [{ name: 'a' }] }), 'a list without items': [{ apiVersion: 'v1', kind: 'List', items: {} }],
    },
  },
  {
    id: 'object/no-terraform-token', title: 'Manifests hold no values that only Terraform can resolve', severity: 'high', level: 'baseline', on: 'inventory',
    neverExempt: true,
    frameworks: {},
    judge: (inventory) => inventory.objects.flatMap(tokensIn),
    message: 'no manifest can resolve a Terraform token',
    remediation: 'Give the value itself; names and ARNs can be computed on both sides from the same inputs.',
    allowed: { 'nothing said': [], 'a shell variable': [{ ...named('a'), data: { path: '${HOME}/x' } }], 'a large negative number': [{ ...named('a'), spec: { at: -1e100 } }] },
    denied: {
      'in a text': [{ ...named('a'), data: { arn: 'role ${TfToken[TOKEN.0]}' } }], 'in a list': [{ ...named('a'), spec: { items: ['#{TfToken[TOKEN.1]}'] } }],
      'a number': [{ ...named('a'), spec: { at: -1.8881545897087626e289 } }], 'in a key': [{ ...named('a'), data: { '${TfToken[TOKEN.2]}': 'x' } }],
      'in a name': [named('${TfToken[TOKEN.3]}')],
    },
  },
  {
    id: 'object/unique-identity', title: 'No object overwrites another', severity: 'high', level: 'baseline', on: 'inventory',
    frameworks: {},
    judge: overwriting,
    message: 'group, kind, namespace and name must be of one object',
    remediation: 'Give one of them another name, or make it one object: applied, the second overwrites the first.',
    allowed: {
      'nothing said': [], 'two names': [named('a'), named('b')], 'two namespaces': [named('a', 'x'), named('a', 'y')], 'two kinds': [named('a'), { ...named('a'), kind: 'Secret' }],
      'two groups': [named('a'), { ...named('a'), apiVersion: 'example.com/v1' }], 'names by the server': [CONFIG_MAP, CONFIG_MAP].map((object) => ({ ...object, metadata: { generateName: 'a-' } })),
    },
    denied: {
      'the same twice': [named('a', 'x'), named('a', 'x')], 'another version': [{ ...named('a'), apiVersion: 'batch/v1', kind: 'CronJob' }, { ...named('a'), apiVersion: 'batch/v1beta1', kind: 'CronJob' }].map((object) => ({ ...object, kind: 'Thing' })),
      'cluster-scoped, in two namespaces': ['x', 'y'].map((namespace) => ({ ...named('a', namespace), apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' })),
      'within a list': [named('a'), { apiVersion: 'v1', kind: 'ConfigMapList', items: [named('a')] }],
    },
  },
];

function tokensIn(object: KubeObject): Sighting[] {
  return holdsTerraformToken(object.json) ? tokenPaths(object.json, '').map(([path, value]) => ({ object, path, problem: `${path} is the Terraform token ${shown(value)}` })) : [];
}

function tokenPaths(value: unknown, path: string): [path: string, token: unknown][] {
  if (!holdsTerraformToken(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => tokenPaths(item, `${path}[${i}]`));
  if (!value || typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, item]): [string, unknown][] =>
    holdsTerraformToken(key) ? [[path === '' ? 'a key' : `a key of ${path}`, key]] : tokenPaths(item, path === '' ? key : `${path}.${key}`));
}

function overwriting(inventory: Inventory): Sighting[] {
  const clusterScoped = clusterScopedKinds(inventory.objects.map(({ json }) => json));
  const first = new Map<string, KubeObject>();
  return inventory.objects.flatMap((object) => {
    if (object.name === undefined) return [];
    const namespace = clusterScoped(object.group, object.kind) ? '' : object.namespace ?? '';
    // A tree is applied as a whole, and so is a file; of several files nobody knows, as when each is for a cluster of its own.
    const together = object.manifest.lineOf ? object.manifest.where : '';
    const identity = JSON.stringify([together, object.group, object.kind, namespace, object.name]);
    const earlier = first.get(identity);
    if (!earlier) first.set(identity, object);
    return earlier ? [{ object, path: '', problem: `${earlier.where} has the same kind, namespace and name` }] : [];
  });
}
