import type { InventoryControl, Sighting } from './control';
import { shown } from '../errors';
import { field, Inventory, KubeObject, podSelection, TypedMap } from '../inventory';

const service = (spec: object, namespace = 'shop') => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { ports: [{ port: 80, targetPort: 'http' }], ...spec } });
const pod = (labels: object, fields: object = {}, namespace = 'shop') => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace },
  spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'web', ports: [{ name: 'http', containerPort: 8080 }] }], ...fields } } },
});
const selector = { app: 'web', tier: 'front' };

/** Services whose pods stand beside them. */
export const SERVICE_PODS: readonly InventoryControl[] = [
  {
    id: 'service/selects-pods', title: 'Services select pods that there are', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { kubeLinter: ['dangling-service'], kubeScore: ['service-targets-pod'] },
    judge: (inventory) => inventory.ofKind('/Service').flatMap((object) => withoutPods(inventory, object)),
    message: 'a Service must lead to pods of its namespace, and to a port that they name',
    remediation: 'Give the Service the labels and the port\'s name of the workload\'s pod template, or take it out.',
    snippet: 'spec:\n  selector: {app.kubernetes.io/instance: web}\n  ports:\n    - port: 80\n      targetPort: http',
    allowed: {
      'nothing said': [service({})], 'no selector, as for an operator to fill': [service({ selector: {} })], 'its pods': [service({ selector }), pod(selector)], 'more labels on the pods': [service({ selector: { app: 'web' } }), pod(selector)],
      'of another type': [service({ selector, type: 'ExternalName', externalName: 'db.example.com' })], 'a number for a port': [service({ selector, ports: [{ port: 80, targetPort: 8081 }] }), pod(selector)],
      'no namespace is default': [service({ selector }, 'default'), { ...pod(selector), metadata: { name: 'web' } }],
      'a port of a sidecar': [service({ selector, ports: [{ port: 80, targetPort: 'proxy' }] }), pod(selector, { initContainers: [{ name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'proxy', containerPort: 1 }] }] })],
    },
    denied: {
      'no pods': [service({ selector })], 'pods with one of two labels': [service({ selector }), pod({ app: 'web' })], 'another value': [service({ selector }), pod({ ...selector, tier: 'back' })],
      'pods of another namespace': [service({ selector }), pod(selector, {}, 'other')], 'labels of the object, not of its pods': [service({ selector }), { ...pod({}), metadata: { name: 'web', namespace: 'shop', labels: selector } }],
      'a port that they do not name': [service({ selector, ports: [{ port: 80, targetPort: 'https' }] }), pod(selector)],
    },
  },
];

function withoutPods(inventory: Inventory, object: KubeObject): Sighting[] {
  const spec = object.typed().get('spec') as TypedMap | undefined;
  const labels = spec?.get('selector') as ReadonlyMap<string, string> | undefined;
  if (!labels || labels.size === 0 || spec?.get('type') === 'ExternalName') return [];
  const pods = podSelection(inventory)(object.namespace, labels);
  const ports = (spec?.get('ports') ?? []) as readonly TypedMap[];
  const unnamed = new Map(ports.flatMap((port, i): [number, string][] => typeof port.get('targetPort') === 'string' ? [[i, port.get('targetPort') as string]] : []));
  let any = false;
  for (const { pod } of pods) {
    any = true;
    for (const [i, name] of unnamed) if (namesPort(pod!.spec, name)) unnamed.delete(i);
    if (unnamed.size === 0) return [];
  }
  if (!any) return [{ object, path: 'spec.selector', problem: `spec.selector is ${shown(field(object.json, 'spec', 'selector'))}, which selects no pod` }];
  return [...unnamed].map(([i, name]) => ({ object, path: `spec.ports[${i}].targetPort`, problem: `spec.ports[${i}].targetPort is ${shown(name)}, which no container of its pods names` }));
}

function namesPort(spec: TypedMap, name: string): boolean {
  return ['containers', 'initContainers'].some((list) =>
    ((spec.get(list) ?? []) as readonly TypedMap[]).some((container) => ((container.get('ports') ?? []) as readonly TypedMap[]).some((port) => port.get('name') === name)));
}
