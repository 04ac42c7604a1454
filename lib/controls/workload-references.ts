import type { InventoryControl, Sighting } from './control';
import { shown } from '../errors';
import { field, namespaceOf } from '../inventory';

const named = (kind: string, name: string, fields: object = {}, namespace = 'shop', apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name, namespace }, ...fields });
const pod = (spec: object) => named('Pod', 'web', { spec: { containers: [{ name: 'web' }], ...spec } });
const set = (serviceName: unknown) => named('StatefulSet', 'db', { spec: { serviceName, template: { spec: { containers: [{ name: 'db' }] } } } }, 'shop', 'apps/v1');
const headless = (name = 'db', spec: object = { clusterIP: 'None' }, namespace?: string) => named('Service', name, { spec }, namespace);

/** What workloads name, and what must then be there. */
export const WORKLOAD_REFERENCES: readonly InventoryControl[] = [
  {
    id: 'workload/account-exists', title: 'Pods name accounts that there are', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 AC-2'], kubeLinter: ['non-existent-service-account'] },
    judge: (inventory) => {
      const accounts = new Set(inventory.ofKind('/ServiceAccount').map(({ namespace, name }) => JSON.stringify([namespaceOf(namespace), name])));
      return inventory.objects.flatMap((object): Sighting[] => {
        const name = object.pod?.spec.get('serviceAccountName');
        if (!name || name === 'default' || accounts.has(JSON.stringify([namespaceOf(object.namespace), name]))) return [];
        return [{ object, path: `${object.pod!.path}.serviceAccountName`, problem: `serviceAccountName is ${shown(name)}, which no ServiceAccount of ${namespaceOf(object.namespace)} is called` }];
      });
    },
    message: 'the account must come with the pod, since without it no pod is made',
    remediation: 'Add the ServiceAccount, or correct the name.',
    allowed: { 'nothing said': [], 'no account': [pod({})], 'the default': [pod({ serviceAccountName: 'default' })], 'one that is there': [pod({ serviceAccountName: 'web' }), named('ServiceAccount', 'web')] },
    denied: {
      'none': [pod({ serviceAccountName: 'web' })], 'another': [pod({ serviceAccountName: 'web' }), named('ServiceAccount', 'api')], 'one of another namespace': [pod({ serviceAccountName: 'web' }), named('ServiceAccount', 'web', {}, 'other')],
      'one of a CronJob': [named('CronJob', 'a', { spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: 'web', containers: [{ name: 'a' }] } } } } } }, 'shop', 'batch/v1')],
    },
  },
  {
    id: 'workload/headless-service', title: 'StatefulSets name a headless Service', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 CM-6'], kubeScore: ['statefulset-has-servicename'] },
    judge: (inventory) => {
      const services = new Set(inventory.ofKind('/Service').filter(({ json }) => field(json, 'spec', 'clusterIP') === 'None').map(({ namespace, name }) => JSON.stringify([namespaceOf(namespace), name])));
      return inventory.ofKind('apps/StatefulSet').flatMap((object): Sighting[] => {
        const name = field(object.json, 'spec', 'serviceName');
        if (services.has(JSON.stringify([namespaceOf(object.namespace), name]))) return [];
        return [{ object, path: 'spec.serviceName', problem: `spec.serviceName is ${name === undefined ? 'absent' : `${shown(name)}, which no headless Service of ${namespaceOf(object.namespace)} is called`}` }];
      });
    },
    message: 'serviceName must name a Service with clusterIP None, by which the pods find each other',
    remediation: 'Add a Service with `clusterIP: None` and the labels of the template, and name it in `serviceName`.',
    allowed: { 'nothing said': [], 'one that is there': [set('db'), headless()] },
    denied: { 'none named': [set(undefined), headless()], 'none there': [set('db')], 'one with an address': [set('db'), headless('db', {})], 'another': [set('db'), headless('web')], 'one of another namespace': [set('db'), headless('db', { clusterIP: 'None' }, 'other')], 'an empty name': [set(''), headless()] },
  },
];
