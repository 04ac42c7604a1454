import { Backend, backendsOfIngress, backendsOfRoute, listAt, servicesByName } from './backends';
import type { InventoryControl, Sighting } from './control';
import { DASHBOARDS } from './dashboards';
import { shown } from '../errors';
import { field, Inventory, KubeObject, namespaceOf, podSelection, TypedMap } from '../inventory';

const service = (name: string, spec: object = {}) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'ops' }, spec: { ports: [{ port: 80 }], ...spec } });
const path = (name: string) => ({ http: { paths: [{ path: '/', backend: { service: { name, port: { number: 80 } } } }] } });
const ingress = (spec: object, annotations: object = {}, apiVersion = 'networking.k8s.io/v1') => ({ apiVersion, kind: 'Ingress', metadata: { name: 'a', namespace: 'ops', annotations }, spec });
const route = (backend: object) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'a', namespace: 'shop' }, spec: { rules: [{ backendRefs: [backend] }] } });
const pod = (image: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'ui', namespace: 'ops', labels: { app: 'ui' } }, spec: { containers: [{ name: 'ui', image }] } });

/** What opens a dashboard to the outside: a Service by its type, an Ingress or a route by what it leads to. */
export const SERVICE_EXPOSURE: readonly InventoryControl[] = [
  {
    id: 'service/no-exposed-dashboards', title: 'Dashboards and stores of the cluster are reached from inside only', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { owasp: ['K06'], nist: ['800-190 4.3.2', '800-53 AC-3', '800-53 SC-7'], kubescape: ['C-0021'] },
    judge: (inventory) => {
      const dashboardOf = dashboards(inventory);
      return inventory.objects.flatMap((object) => openings(object).flatMap(({ namespace, name, path }): Sighting[] => {
        const dashboard = dashboardOf(namespace, name);
        return dashboard === undefined ? [] : [{ object, path, problem: `${path} leads from outside to ${shown(name)}, which is ${dashboard}` }];
      }));
    },
    message: 'who reaches it may see or change the cluster, often without a password',
    remediation: 'Keep its Service a ClusterIP and use `kubectl port-forward`, or put an authenticating proxy in front.',
    snippet: 'spec:\n  type: ClusterIP',
    allowed: {
      'nothing said': [service('kubernetes-dashboard')], 'a Service of another kind': [service('web', { type: 'NodePort' })], 'an Ingress to another': [ingress({ rules: [path('web')] }), service('web')],
      'an Ingress that asks who it is': [ingress({ rules: [path('kubernetes-dashboard')] }, { 'nginx.ingress.kubernetes.io/auth-url': 'https://auth.example.com' })], 'a route to another': [route({ name: 'web', port: 80 })],
      'a name that is near': [service('argo-serverless', { type: 'NodePort' })], 'an exporter': [service('prometheus-node-exporter', { type: 'LoadBalancer' })], 'a thing of that name in another group': [{ ...service('kubernetes-dashboard', { type: 'NodePort' }), apiVersion: 'serving.knative.dev/v1' }],
    },
    denied: {
      'by NodePort': [service('kubernetes-dashboard', { type: 'NodePort' })], 'by LoadBalancer': [service('my-argo-server', { type: 'LoadBalancer' })], 'by an external address': [service('etcd', { externalIPs: ['203.0.113.7'] })],
      'by an Ingress': [ingress({ rules: [path('web'), path('kubernetes-dashboard')] })], 'by an Ingress without rules': [ingress({ defaultBackend: { service: { name: 'centraldashboard', port: { number: 80 } } } })],
      'by an Ingress of old': [ingress({ rules: [{ http: { paths: [{ backend: { serviceName: 'weave-scope-app', servicePort: 80 } }] } }] }, {}, 'extensions/v1beta1')],
      'by an Ingress with an empty answer to who it is': [ingress({ rules: [path('prometheus-server')] }, { 'nginx.ingress.kubernetes.io/auth-url': '' })],
      'by a route, from another namespace': [route({ name: 'hubble-ui', namespace: 'ops', port: 80 })],
      'under another name, by its labels': [{ ...service('ui', { type: 'NodePort' }), metadata: { name: 'ui', namespace: 'ops', labels: { 'k8s-app': 'kubernetes-dashboard' } } }], 'by its selector': [service('ui', { type: 'NodePort', selector: { app: 'argocd-server' } })],
      'by its pods\' image': [service('ui', { type: 'NodePort', selector: { app: 'ui' } }), pod('docker.io/kubernetesui/dashboard:v2.7.0')], 'by an Ingress, to pods of that image': [ingress({ rules: [path('ui')] }), service('ui', { selector: { app: 'ui' } }), pod('apache/nifi:1')],
    },
  },
];

function openings(object: KubeObject): Backend[] {
  const { group, kind } = object;
  if (group === '' && kind === 'Service') return exposesItself(object);
  if (kind === 'Ingress' && ['networking.k8s.io', 'extensions'].includes(group)) return asksWho(object) ? [] : backendsOfIngress(object);
  return group === 'gateway.networking.k8s.io' && kind.endsWith('Route') ? backendsOfRoute(object) : [];
}

function exposesItself(object: KubeObject): Backend[] {
  const name = object.name ?? '';
  const namespace = namespaceOf(object.namespace);
  const type = field(object.json, 'spec', 'type');
  if (type === 'NodePort' || type === 'LoadBalancer') return [{ namespace, name, path: 'spec.type' }];
  return listAt(object.json, 'spec', 'externalIPs').length > 0 ? [{ namespace, name, path: 'spec.externalIPs' }] : [];
}

/** Controllers that ask somebody before they forward. */
function asksWho(object: KubeObject): boolean {
  return ['nginx.ingress.kubernetes.io/auth-url', 'nginx.ingress.kubernetes.io/auth-type', 'nginx.ingress.kubernetes.io/auth-tls-secret', 'alb.ingress.kubernetes.io/auth-type']
    .some((key) => !['', 'none', undefined].includes(field(object.json, 'metadata', 'annotations', key) as string | undefined));
}

/** Says which dashboard a Service leads to, by its own name, what it is labelled, what it selects, and the images of that. */
function dashboards(inventory: Inventory): (namespace: string, name: string) => string | undefined {
  const serviceNamed = servicesByName(inventory);
  return (namespace, name) => {
    const service = serviceNamed(namespace, name);
    const named = (word: string) => DASHBOARDS.find(({ names }) => names.test(word.toLowerCase()))?.what;
    const words = service ? [...textsOf(field(service.json, 'metadata', 'labels')), ...textsOf(field(service.json, 'spec', 'selector'))] : [];
    return [name, ...words].map(named).find((what) => what !== undefined) ?? (service && dashboardOfPods(inventory, service));
  };
}

function dashboardOfPods(inventory: Inventory, service: KubeObject): string | undefined {
  const selector = (service.typed().get('spec') as TypedMap | undefined)?.get('selector') as ReadonlyMap<string, string> | undefined;
  for (const { pod } of podSelection(inventory)(service.namespace, selector ?? [])) {
    const images = ((pod!.spec.get('containers') ?? []) as readonly TypedMap[]).map((container) => String(container.get('image') ?? ''));
    const found = DASHBOARDS.find((dashboard) => images.some((image) => dashboard.images.test(image)));
    return found?.what; // the first pod stands for all
  }
  return undefined;
}

function textsOf(value: unknown): string[] {
  return Object.values(value ?? {}).filter((item): item is string => typeof item === 'string');
}
