import { backendsOfIngress, backendsOfRoute, listAt, servicesByName } from './backends';
import type { InventoryControl, Sighting } from './control';
import { shown } from '../errors';
import { field, Inventory, KubeObject } from '../inventory';

const service = (ports: object[] = [{ name: 'http', port: 80 }], namespace = 'shop') => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports } });
const ingress = (backend: object, spec: object = {}) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a', namespace: 'shop' }, spec: { rules: [{ http: { paths: [{ path: '/', backend }] } }], ...spec } });
const backend = (port: object, name = 'web') => ({ service: { name, port } });
const beta = (serviceName: string, servicePort: unknown) => ({ ...ingress({ serviceName, servicePort }), apiVersion: 'extensions/v1beta1' });
const route = (ref: object) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'a', namespace: 'shop' }, spec: { rules: [{ backendRefs: [ref] }] } });

/** Ingresses and routes whose Services stand beside them. */
export const INGRESS_SERVICES: readonly InventoryControl[] = [
  {
    id: 'ingress/targets-services', title: 'Ingresses and routes lead to Services that there are', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { kubeLinter: ['dangling-ingress'], kubeScore: ['ingress-targets-service'] },
    judge: dangling,
    message: 'what comes from outside must be led to a Service that there is; whoever adds one of that name gets it',
    remediation: 'Name a Service of the namespace and one of its ports, or take the rule out.',
    snippet: 'spec:\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend: {service: {name: web, port: {name: http}}}',
    allowed: {
      'nothing said': [ingress({})], 'a port by number': [ingress(backend({ number: 80 })), service()], 'a port by name': [ingress(backend({ name: 'http' })), service()], 'of the betas': [beta('web', 'http'), beta('web', 80), service()].map((object, i) => ({ ...object, metadata: { ...object.metadata, name: i === 2 ? 'web' : `a${i}` } })),
      'a resource': [ingress({ resource: { kind: 'Bucket', name: 'a' } })], 'a route': [route({ name: 'web', port: 80 }), service()], 'a route to another kind': [route({ group: 'example.com', kind: 'Bucket', name: 'a' })],
      'a route to another namespace': [route({ name: 'web', namespace: 'other', port: 80 }), service(undefined, 'other')], 'no port, as a route may': [route({ name: 'web' }), service()],
    },
    denied: {
      'no Service': [ingress(backend({ number: 80 }))], 'a Service of another namespace': [ingress(backend({ number: 80 })), service(undefined, 'other')], 'another port': [ingress(backend({ number: 8080 })), service()],
      'another port\'s name': [ingress(backend({ name: 'https' })), service()], 'the default backend': [ingress({}, { rules: [], defaultBackend: backend({ number: 80 }) })], 'of the betas': [beta('web', 80)], 'a route': [route({ name: 'web', port: 80 })],
    },
  },
];

function dangling(inventory: Inventory): Sighting[] {
  const serviceNamed = servicesByName(inventory);
  return inventory.objects.flatMap((object) => backendsOf(object).flatMap(({ namespace, name, port, path }): Sighting[] => {
    const service = serviceNamed(namespace, name);
    if (!service) return [{ object, path, problem: `${path} leads to the Service ${shown(name)}, which is not there` }];
    if (port === undefined || listAt(service.json, 'spec', 'ports').some((each) => field(each, 'port') === port || field(each, 'name') === port)) return [];
    return [{ object, path, problem: `${path} leads to the port ${shown(port)}, which the Service ${shown(name)} does not have` }];
  }));
}

function backendsOf(object: KubeObject) {
  const { group, kind } = object;
  if (kind === 'Ingress' && ['networking.k8s.io', 'extensions'].includes(group)) return backendsOfIngress(object);
  return group === 'gateway.networking.k8s.io' && kind.endsWith('Route') ? backendsOfRoute(object) : [];
}
