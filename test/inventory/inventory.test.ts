import { clusterScopedKinds, inventoryOf } from '../../lib/inventory';
import { compliantPod, Json, KINDS } from '../controls/compliant-pod';

const read = (...manifests: unknown[]) => inventoryOf(manifests.map((json, i) => ({ json, where: `file.yaml:${i + 1}` })));
const faultsOf = (...manifests: unknown[]) => read(...manifests).objects.flatMap(({ faults }) => faults.map(({ problem }) => problem));
const pod = (spec: unknown) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });

describe('the pod is found', () => {
  test.each([
    ['Pod', 'spec'], ['PodTemplate', 'template.spec'], ['ReplicationController', 'spec.template.spec'], ['Deployment', 'spec.template.spec'], ['ReplicaSet', 'spec.template.spec'],
    ['DaemonSet', 'spec.template.spec'], ['StatefulSet', 'spec.template.spec'], ['Job', 'spec.template.spec'], ['CronJob', 'spec.jobTemplate.spec.template.spec'],
    ['Rollout', 'spec.template.spec'], ['List', 'spec.template.spec'],
  ])('in a %s', (kind, path) => {
    const { objects } = read(KINDS[kind](compliantPod()));
    expect(objects.map((object) => [object.pod?.path, [...object.pod?.spec.keys() ?? []].sort(), object.faults]))
      .toEqual([[path, Object.keys(compliantPod().spec as Json).sort(), []]]);
  });

  test('and every kind of the harness is among these', () => {
    expect(Object.keys(KINDS)).toHaveLength(11);
  });

  test('with its template\'s metadata, not its owner\'s', () => {
    const [{ pod: found }] = read(KINDS.Deployment({ ...compliantPod(), metadata: { annotations: { a: 'b' } } })).objects;
    expect(found!.metadata).toEqual(new Map([['annotations', new Map([['a', 'b']])]]));
  });

  test('but not in what only has a similar field', () => {
    const { objects } = read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { spec: 'containers' } }, { apiVersion: 'example.com/v1', kind: 'Shop', spec: { template: { spec: { containers: 3 } } } });
    expect(objects.map((object) => [object.pod, object.faults])).toEqual([[undefined, []], [undefined, []]]);
  });
});

describe('lists are opened', () => {
  test('nested ones too, each object with its place', () => {
    const inner = { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: { name: 'b' } }, { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'c' } }] };
    const { objects } = read({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, inner] });
    expect(objects.map(({ where, group, kind, name, faults }) => [where, group, kind, name, faults])).toEqual([
      ['file.yaml:1 items[0]', '', 'Secret', 'a', []], ['file.yaml:1 items[1].items[0]', '', 'ConfigMap', 'b', []], ['file.yaml:1 items[1].items[1]', '', 'ConfigMap', 'c', []],
    ]);
  });

  test('ten thousand deep', () => {
    const nested = Array.from({ length: 10_000 }).reduce<unknown>((item) => ({ apiVersion: 'v1', kind: 'List', items: [item] }), pod({ containers: [{ name: 'a' }] }));
    expect(read(nested).objects.map(({ kind }) => kind)).toEqual(['Pod']);
  });

  test('and one without items holds nothing', () => {
    expect(read({ apiVersion: 'v1', kind: 'List' }, { apiVersion: 'v1', kind: 'List', items: null }, { apiVersion: 'v1', kind: 'PodList', items: [] }).objects).toEqual([]);
  });
});

describe('what has the wrong type is named, and counts as not there', () => {
  test.each<[string, unknown, string]>([
    ['containers as a map', { containers: {} }, 'spec.containers is {}, not a list'],
    ['containers that are null', { containers: null }, 'spec.containers is absent; a pod has at least one container'],
    ['no containers', { containers: [] }, 'spec.containers is empty; a pod has at least one container'],
    ['a container that is null', { containers: [{ name: 'a' }, null] }, 'spec.containers[1] is null'],
    ['a container that is a text', { containers: ['a'] }, 'spec.containers[0] is "a", not a map'],
    ['a boolean as a text', { containers: [{ securityContext: { privileged: 'true' } }] }, 'spec.containers[0].securityContext.privileged is "true", not a boolean'],
    ['a boolean as a number', { hostNetwork: 1, containers: [{}] }, 'spec.hostNetwork is 1, not a boolean'],
    ['a user as a text', { securityContext: { runAsUser: '0' }, containers: [{}] }, 'spec.securityContext.runAsUser is "0", not an integer'],
    ['a user as a fraction', { securityContext: { runAsUser: 0.5 }, containers: [{}] }, 'spec.securityContext.runAsUser is 0.5, not an integer'],
    ['a security context as a list', { securityContext: [], containers: [{}] }, 'spec.securityContext is [], not a map'],
    ['capabilities as a text', { containers: [{ securityContext: { capabilities: { drop: 'ALL' } } }] }, 'spec.containers[0].securityContext.capabilities.drop is "ALL", not a list'],
    ['volumes as a map', { volumes: { a: {} }, containers: [{}] }, 'spec.volumes is {"a":{}}, not a list'],
  ])('%s', (_name, spec, problem) => {
    const { objects } = read(pod(spec));
    expect(objects[0].faults.map((fault) => fault.problem).slice(0, 1)).toEqual([problem]);
  });

  test('a workload without a pod', () => {
    expect(faultsOf({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: null } }, { apiVersion: 'v1', kind: 'Pod', spec: [] })).toEqual([
      'spec.template.spec is absent, so there is no pod to judge', 'spec is not a map, so there is no pod to judge',
    ]);
  });

  test('metadata', () => {
    expect(faultsOf({ ...pod({ containers: [{}] }), metadata: { name: 3, annotations: { a: true } } })).toEqual(['metadata.name is 3, not a string', 'metadata.annotations.a is true, not a string']);
  });

  test('what is no object at all', () => {
    expect(faultsOf('v1', null, [], { kind: 'Pod', spec: { containers: [{}] } }, { apiVersion: 'v1' })).toEqual([
      '"v1" is no Kubernetes object', 'null is no Kubernetes object', '[] is no Kubernetes object', 'apiVersion is absent; every object has one', 'kind is absent; every object has one',
    ]);
  });

  test('containers keep their places behind one that is null', () => {
    expect(read(pod({ containers: [null, { name: 'b' }] })).objects[0].pod!.spec.get('containers')).toEqual([new Map(), new Map([['name', 'b']])]);
  });

  test('nesting without end', () => {
    const deep = Array.from({ length: 1000 }).reduce<unknown>((inner) => ({ inner }), 'x');
    expect(faultsOf(pod({ containers: [{ resizePolicy: deep }] }))[0]).toMatch(/\.inner is nested deeper than 500 levels$/);
  });
});

test('keys of JavaScript\'s prototypes are keys like any other', () => {
  const spec = JSON.parse('{"__proto__": {"hostNetwork": true}, "constructor": {"name": "x"}, "containers": [{"name": "a", "__proto__": {"securityContext": {"privileged": false}}}]}') as Json;
  const [{ pod: found, faults }] = read(pod(spec)).objects;
  expect(faults).toEqual([]);
  expect([found!.spec.has('hostNetwork'), (found!.spec.get('containers') as Map<string, unknown>[])[0].has('securityContext')]).toEqual([false, false]);
  expect([...found!.spec.keys()]).toEqual(['__proto__', 'constructor', 'containers']);
});

test('what an object inherits is not its own', () => {
  const inherits = Object.assign(Object.create({ spec: { containers: [{ name: 'a' }] } }), { apiVersion: 'v1', kind: 'Pod' });
  expect(faultsOf(inherits)).toEqual(['spec is absent, so there is no pod to judge']);
});

test('namespaces are found by name', () => {
  const { namespaces } = read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'example.com/v1', kind: 'Namespace', metadata: { name: 'other' } });
  expect([...namespaces.keys()]).toEqual(['shop']);
});

test('cluster-scoped is what Kubernetes has so, and what a definition among the manifests says', () => {
  const definition = (kind: string, scope: string) => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'example.com', scope, names: { kind } } });
  const clusterScoped = clusterScopedKinds([definition('Fleet', 'Cluster'), definition('Ship', 'Namespaced')]);
  const kinds = [['', 'Namespace'], ['rbac.authorization.k8s.io', 'ClusterRole'], ['rbac.authorization.k8s.io', 'Role'], ['example.com', 'Fleet'], ['example.com', 'Ship'], ['example.com', 'ClusterRole']];
  expect(kinds.map(([group, kind]) => clusterScoped(group, kind))).toEqual([true, true, false, true, false, false]);
});
