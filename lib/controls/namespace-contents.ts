import { listAt } from './backends';
import type { InventoryControl, Sighting } from './control';
import { SYSTEM_NAMESPACES } from './system-namespaces';
import { field, Inventory, isRecord, KubeObject, namespaceOf } from '../inventory';

const namespace = (name = 'shop') => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const inNamespace = (kind: string, fields: object, name = 'a', of = 'shop') => ({ apiVersion: 'v1', kind, metadata: { name, namespace: of }, ...fields });
const quota = (hard: object, fields: object = {}, name?: string, of?: string) => inNamespace('ResourceQuota', { spec: { hard, ...fields } }, name, of);
const limits = (...items: object[]) => inNamespace('LimitRange', { spec: { limits: items } });
const account = (fields: object, name = 'default', of?: string) => inNamespace('ServiceAccount', fields, name, of);
const BOUNDS = { 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '8', 'limits.memory': '16Gi' };

/** What each namespace of the input must hold. */
export const NAMESPACE_CONTENTS: readonly InventoryControl[] = [
  {
    id: 'namespace/quota', title: 'Namespaces bound what all their pods use together', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { nsa: ['Resource policies'], nist: ['800-53 SC-5', '800-53 SC-6'], trivy: ['KSV-0040'] },
    judge: (inventory) => perNamespace(inventory, '/ResourceQuota', (quotas) => unbounded(quotas, ['requests.cpu', 'requests.memory', 'limits.memory'])),
    message: 'a namespace must have a ResourceQuota that bounds what its pods request of CPU and memory, and their limit for memory',
    remediation: 'Add a ResourceQuota with `requests.cpu`, `requests.memory` and `limits.memory`.',
    snippet: 'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: quota, namespace: shop}\nspec:\n  hard: {requests.cpu: "4", requests.memory: 8Gi, limits.cpu: "8", limits.memory: 16Gi}',
    allowed: {
      'nothing said': [], 'a quota': [namespace(), quota(BOUNDS)], 'by their short names': [namespace(), quota({ 'cpu': '4', 'memory': '8Gi', 'limits.cpu': '8', 'limits.memory': '16Gi' })], 'without a limit for CPU': [namespace(), quota({ 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.memory': '16Gi' })], 'zero': [namespace(), quota({ ...BOUNDS, 'limits.cpu': 0 })],
      'in two quotas': [namespace(), quota({ 'requests.cpu': '4', 'limits.cpu': '8' }), quota({ 'requests.memory': '8Gi', 'limits.memory': '16Gi' }, {}, 'b')], 'a namespace of the cluster': [namespace('kube-system')], 'a quota alone': [quota({ pods: '10' })],
    },
    denied: {
      'none': [namespace()], 'another namespace\'s': [namespace(), quota(BOUNDS, {}, 'a', 'other')], 'of something else': [namespace(), quota({ pods: '10' })], 'of one resource': [namespace(), quota({ 'requests.cpu': '4', 'limits.cpu': '8' })], 'without the limit for memory': [namespace(), quota({ 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '8' })],
      'of some pods only': [namespace(), quota(BOUNDS, { scopes: ['BestEffort'] })], 'of a priority only': [namespace(), quota(BOUNDS, { scopeSelector: { matchExpressions: [] } })], 'null': [namespace(), quota({ ...BOUNDS, 'limits.memory': null })], 'default': [namespace('default')],
    },
  },
  {
    id: 'namespace/limit-range', title: 'Namespaces bound containers that do not bound themselves', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { nsa: ['Resource policies'], nist: ['800-53 SC-5', '800-53 SC-6'] },
    judge: (inventory) => perNamespace(inventory, '/LimitRange', (ranges) => unlimited(ranges, 'memory')),
    message: 'a namespace must have a LimitRange that gives a container a limit for memory, if it has none',
    remediation: 'Add a LimitRange with an item of type Container and its `default` for memory.',
    snippet: 'apiVersion: v1\nkind: LimitRange\nmetadata: {name: limits, namespace: shop}\nspec:\n  limits:\n    - type: Container\n      defaultRequest: {cpu: 100m, memory: 128Mi}\n      default: {cpu: 500m, memory: 512Mi}',
    allowed: {
      'nothing said': [], 'defaults': [namespace(), limits({ type: 'Container', default: { cpu: '1', memory: '1Gi' } })], 'the most, which is then the default': [namespace(), limits({ type: 'Container', max: { cpu: '1', memory: '1Gi' } })],
      'in a second item': [namespace(), limits({ type: 'Container', default: { cpu: '1' } }, { type: 'Container', max: { memory: '1Gi' } })], 'of memory alone': [namespace(), limits({ type: 'Container', default: { memory: '1Gi' } })], 'a namespace of the cluster': [namespace('kube-public')],
    },
    denied: {
      'none': [namespace()], 'of pods': [namespace(), limits({ type: 'Pod', max: { cpu: '1', memory: '1Gi' } })], 'requests only': [namespace(), limits({ type: 'Container', defaultRequest: { cpu: '1', memory: '1Gi' } })], 'of CPU alone': [namespace(), limits({ type: 'Container', default: { cpu: '1' } })],
    },
  },
  {
    id: 'namespace/cpu-limits', title: 'Namespaces bound the CPU of their pods', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nsa: ['Resource policies'], nist: ['800-53 SC-5', '800-53 SC-6'], trivy: ['KSV-0040'] },
    judge: (inventory) => [
      ...perNamespace(inventory, '/ResourceQuota', (quotas) => quotas.length === 0 ? undefined : unbounded(quotas, ['limits.cpu'])),
      ...perNamespace(inventory, '/LimitRange', (ranges) => ranges.length === 0 ? undefined : unlimited(ranges, 'cpu')),
    ],
    message: 'its ResourceQuota and LimitRange must bound CPU too, or one pod may take all that is idle of a node',
    remediation: 'Add `limits.cpu` to the quota, and a `default` for CPU to the limit range; generously, since a container at its limit is throttled.',
    snippet: 'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: quota, namespace: shop}\nspec:\n  hard: {requests.cpu: "4", requests.memory: 8Gi, limits.cpu: "8", limits.memory: 16Gi}',
    allowed: {
      'nothing said': [], 'neither, of which other controls speak': [namespace()], 'both': [namespace(), quota(BOUNDS), limits({ type: 'Container', max: { cpu: '1' } })], 'a namespace of the cluster': [namespace('kube-system'), quota({}, {}, 'a', 'kube-system')],
    },
    denied: { 'not in the quota': [namespace(), quota({ 'requests.cpu': '4', 'limits.memory': '8Gi' })], 'not in the limit range': [namespace(), quota(BOUNDS), limits({ type: 'Container', default: { memory: '1Gi' } })], 'requests only': [namespace(), limits({ type: 'Container', defaultRequest: { cpu: '1' } })] },
  },
  {
    id: 'namespace/locked-default-account', title: 'The default account of a namespace gives no token', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { cis: ['5.1.5'], nsa: ['Protecting Pod service account tokens'], nist: ['800-53 AC-6'], kubescape: ['C-0189'] },
    judge: (inventory) => perNamespace(inventory, '/ServiceAccount', (accounts) => accounts.some(({ name }) => name === 'default') ? undefined : 'it brings no ServiceAccount "default"'),
    message: 'a namespace must bring its account "default" with automountServiceAccountToken: false, since every pod that names no account has it',
    remediation: 'Add the ServiceAccount `default` with `automountServiceAccountToken: false`.',
    snippet: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: shop}\nautomountServiceAccountToken: false',
    allowed: { 'nothing said': [], 'locked': [namespace(), account({ automountServiceAccountToken: false })], 'not locked, of which another control speaks': [namespace(), account({})], 'a namespace of the cluster': [namespace('kube-system')] },
    denied: { 'none': [namespace()], 'another account': [namespace(), account({ automountServiceAccountToken: false }, 'web')], 'another namespace\'s': [namespace(), account({ automountServiceAccountToken: false }, 'default', 'other')] },
  },
];

/** Judges each namespace of the input by its objects of one kind. */
function perNamespace(inventory: Inventory, kind: string, problemOf: (objects: readonly KubeObject[]) => string | undefined): Sighting[] {
  const byNamespace = new Map<string, KubeObject[]>();
  for (const object of inventory.ofKind(kind)) {
    const known = byNamespace.get(namespaceOf(object.namespace));
    if (known) known.push(object);
    else byNamespace.set(namespaceOf(object.namespace), [object]);
  }
  return [...inventory.namespaces].flatMap(([name, object]): Sighting[] => {
    const problem = SYSTEM_NAMESPACES.includes(name) ? undefined : problemOf(byNamespace.get(name) ?? []);
    return problem === undefined ? [] : [{ object, path: '', problem }];
  });
}

function unbounded(quotas: readonly KubeObject[], names: readonly string[]): string | undefined {
  if (quotas.length === 0) return 'it brings no ResourceQuota';
  // One with a scope counts some pods only.
  const hard = new Set(quotas.filter(({ json }) => field(json, 'spec', 'scopes') === undefined && field(json, 'spec', 'scopeSelector') === undefined)
    .flatMap(({ json }) => present(field(json, 'spec', 'hard'))).map((name) => name.includes('.') ? name : `requests.${name}`));
  const missing = names.filter((name) => !hard.has(name));
  return missing.length === 0 ? undefined : `its ResourceQuota does not bound ${missing.join(', ')}`;
}

function unlimited(ranges: readonly KubeObject[], resource: string): string | undefined {
  if (ranges.length === 0) return 'it brings no LimitRange';
  const items = ranges.flatMap(({ json }) => listAt(json, 'spec', 'limits')).filter((item) => field(item, 'type') === 'Container');
  const given = items.flatMap((item) => [...present(field(item, 'default')), ...present(field(item, 'max'))]);
  return given.includes(resource) ? undefined : `its LimitRange gives containers no limit for ${resource}`;
}

/** The keys of a map that have a value. */
function present(map: unknown): string[] {
  return isRecord(map) ? Object.keys(map).filter((key) => map[key] !== null && map[key] !== undefined) : [];
}
