import * as path from 'node:path';
import { ApiObject, App, Chart, Include, JsonPatch, Size, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { object, objects, shop, workload } from './support';
import { Golden } from '../../lib/golden';
import { HardenedNamespace, PodSecurityLevel } from '../../lib/namespace';
import { Peer, Port } from '../../lib/network';
import { Cni, Platform, ServiceMesh } from '../../lib/platform';


test('a namespace with nothing but an owner', () => {
  matchesGolden(shop(), 'nothing-set');
});

test('a namespace with everything set', () => {
  const namespace = shop({
    namespaceName: 'shop-production',
    podSecurity: PodSecurityLevel.BASELINE,
    cpuLimits: false,
    labels: { 'cost-center': 'c-42' },
    quota: {
      requests: { cpu: kplus.Cpu.units(8), memory: Size.gibibytes(16), ephemeralStorage: Size.gibibytes(20) },
      limits: { memory: Size.gibibytes(24), ephemeralStorage: Size.gibibytes(40) },
      pods: 50,
      daemonSetNodes: 3,
    },
    limits: {
      min: { cpu: kplus.Cpu.millis(10), memory: Size.mebibytes(16), ephemeralStorage: Size.mebibytes(16) },
      defaultRequest: { cpu: kplus.Cpu.millis(50), memory: Size.mebibytes(64), ephemeralStorage: Size.mebibytes(32) },
      defaultLimit: { memory: Size.mebibytes(128), ephemeralStorage: Size.mebibytes(256) },
      max: { memory: Size.gibibytes(2), ephemeralStorage: Size.gibibytes(2) },
    },
  }, { kubernetesVersion: '1.31', cni: Cni.cilium() });
  namespace.network.allow(Peer.namespace('shop-production'), Peer.internet(), [Port.tcp(443)]);
  matchesGolden(namespace, 'everything-set');
});

test('its defaults are those that its props describe', () => {
  const [cpu, gibibytes, mebibytes] = [kplus.Cpu, Size.gibibytes, Size.mebibytes];
  expect(objects(shop())).toEqual(objects(shop({
    namespaceName: 'shop',
    podSecurity: PodSecurityLevel.RESTRICTED,
    cpuLimits: true,
    labels: {},
    quota: {
      requests: { cpu: cpu.units(16), memory: gibibytes(32), ephemeralStorage: gibibytes(64) },
      limits: { cpu: cpu.units(32), memory: gibibytes(64), ephemeralStorage: gibibytes(128) },
      pods: 100,
      daemonSetNodes: 10,
    },
    limits: {
      min: { cpu: cpu.millis(1), memory: mebibytes(4), ephemeralStorage: mebibytes(1) },
      defaultRequest: { cpu: cpu.millis(100), memory: mebibytes(128), ephemeralStorage: mebibytes(64) },
      defaultLimit: { cpu: cpu.millis(500), memory: mebibytes(512), ephemeralStorage: gibibytes(1) },
      max: { cpu: cpu.units(4), memory: gibibytes(8), ephemeralStorage: gibibytes(8) },
    },
  }, { kubernetesVersion: '1.34' })));
});

describe('what is built beneath it lives in it', () => {
  const namespaceOf = (build: (scope: Construct) => unknown, kind = 'ConfigMap') => {
    const namespace = shop();
    build(namespace);
    return object(namespace, kind).metadata.namespace;
  };

  test.each<[what: string, build: (scope: Construct) => unknown]>([
    ['a raw object', (scope) => new ApiObject(scope, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' })],
    ['a ConfigMap of cdk8s-plus', (scope) => new kplus.ConfigMap(scope, 'settings')],
    ['an object within other constructs', (scope) => new kplus.ConfigMap(new Construct(new Construct(scope, 'a'), 'b'), 'settings')],
    ['an included file', (scope) => new Include(scope, 'file', { url: path.join(__dirname, 'settings.yaml') })],
  ])('%s', (_, build) => {
    expect(namespaceOf(build)).toBe('shop');
  });

  test('and has the labels of its owner', () => {
    const namespace = shop({ labels: { tier: 'web' } });
    new kplus.ConfigMap(namespace, 'settings');
    expect(object(namespace, 'ConfigMap').metadata.labels).toEqual({ 'owner': 'team-shop', 'tier': 'web', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'cdk8s' });
  });

  test('but for a chart within it that has no namespace, which fails synth', () => {
    const namespace = shop();
    new kplus.ConfigMap(new Chart(namespace, 'inner'), 'settings');
    expect(namespace.node.validate()).toEqual(['the chart "shop/inner" beneath it has no namespace, so its objects would not live in "shop"; build a Construct instead, or give the chart namespace: "shop"']);
  });

  test('and a chart within it that names the namespace is part of it', () => {
    const namespace = shop({ quota: { pods: 2 } });
    workload(new Chart(namespace, 'inner', { namespace: 'shop' }), 'web', [{}], { replicas: 3 });
    expect(namespace.node.validate()).toEqual([expect.stringMatching(/^quota.pods is 2, and the workloads need up to 4 at once/)]);
  });
});

describe('where it stands', () => {
  test('beneath a chart it is a chart of its own', () => {
    const outer = new Chart(new App(), 'outer', { namespace: 'elsewhere' });
    const namespace = new HardenedNamespace(outer, 'shop', { owner: 'team-shop' });
    expect(Testing.synth(outer)).toEqual([]);
    expect(Testing.synth(namespace).map(({ metadata }) => metadata.namespace)).toEqual([undefined, 'shop', 'shop', 'shop', 'shop', 'shop']);
  });

  test('is found from anything beneath it, and nowhere else', () => {
    const namespace = shop();
    const beneath = new kplus.ConfigMap(new Construct(namespace, 'part'), 'settings');
    expect(HardenedNamespace.around(beneath)).toBe(namespace);
    expect(HardenedNamespace.around(namespace)).toBe(namespace);
    expect(HardenedNamespace.around(new Chart(namespace.node.root as App, 'chart', { namespace: 'other' }))).toBeUndefined();
  });

  test('a chart is no HardenedNamespace, although cdk8s lets every chart claim to be an instance of any', () => {
    expect(shop()).toBeInstanceOf(HardenedNamespace);
    expect(shop()).toBeInstanceOf(Chart);
    expect(new Chart(new App(), 'chart')).not.toBeInstanceOf(HardenedNamespace);
    expect(undefined).not.toBeInstanceOf(HardenedNamespace);
  });
});

describe('Pod Security', () => {
  const labels = (...args: Parameters<typeof shop>) => Object.fromEntries(Object.entries<string>(object(shop(...args), 'Namespace').metadata.labels)
    .filter(([key]) => key.startsWith('pod-security')).map(([key, value]) => [key.split('/')[1], value]));

  test('is restricted in all three modes, at the release of the cluster', () => {
    expect(labels({}, { kubernetesVersion: '1.30' })).toEqual({
      'enforce': 'restricted', 'enforce-version': 'v1.30', 'audit': 'restricted', 'audit-version': 'v1.30', 'warn': 'restricted', 'warn-version': 'v1.30',
    });
  });

  test('can enforce baseline, and still warns of what is not restricted', () => {
    expect(labels({ podSecurity: PodSecurityLevel.BASELINE })).toEqual({
      'enforce': 'baseline', 'enforce-version': 'v1.34', 'audit': 'restricted', 'audit-version': 'v1.34', 'warn': 'restricted', 'warn-version': 'v1.34',
    });
  });

  test.each([ServiceMesh.istioAmbient(), ServiceMesh.istio({ cniPlugin: true }), ServiceMesh.linkerd({ cniPlugin: true })])('admits the pods of the mesh $name', (mesh) => {
    expect(() => shop({}, { mesh })).not.toThrow();
  });
});

test('the default ServiceAccount mounts no token', () => {
  expect(object(shop(), 'ServiceAccount')).toMatchObject({ metadata: { name: 'default', namespace: 'shop' }, automountServiceAccountToken: false });
});

test('the Namespace itself, of the cluster, is in no namespace', () => {
  expect(object(shop(), 'Namespace').metadata).not.toHaveProperty('namespace');
});

test('its network is its own', () => {
  expect(shop().network.namespaceName).toBe('shop');
});

test('two namespaces with a flow between them have a half each', () => {
  const app = new App();
  new Platform(app, 'platform', { cni: Cni.calico() });
  const [front, back] = ['front', 'back'].map((name) => new HardenedNamespace(app, name, { owner: 'team-shop' }));
  front.network.allow(Peer.namespace('front'), Peer.namespace('back'), [Port.tcp(80)]);
  for (const namespace of [front, back]) {
    expect(objects(namespace).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toContain(`NetworkPolicy ${namespace.namespaceName}/pods-all`);
  }
});

test('a namespace is judged again when its workloads have changed, and only then', () => {
  const namespace = shop({ quota: { pods: 2 } });
  const web = workload(namespace, 'web', [{}], { kind: 'StatefulSet', replicas: 2 });
  const judged = jest.spyOn(namespace['quota'], 'faults');
  const unchanged = web.toJson();
  const rendered = jest.spyOn(web, 'toJson').mockImplementation(() => unchanged);
  for (let charts = 0; charts < 3; charts++) expect(namespace.node.validate()).toEqual([]);
  expect(judged).toHaveBeenCalledTimes(1);
  rendered.mockRestore();
  web.addJsonPatch(JsonPatch.replace('/spec/replicas', 3));
  expect(namespace.node.validate()).toEqual([expect.stringMatching(/^quota.pods is 2, and the workloads need up to 3 at once/)]);
});

function matchesGolden(namespace: HardenedNamespace, folder: string): void {
  Golden.ofFiles({ 'namespace.yaml': Yaml.stringify(...objects(namespace)) }).matches(path.join(__dirname, 'hardened-namespace', folder));
}
