import { App, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { shop } from './support';
import { HardenedNamespace, HardenedNamespaceProps } from '../../lib/namespace';
import { Cni, ServiceMesh } from '../../lib/platform';

const NAME = 'use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit';
const VALUE = 'use letters, digits, "-", "_" and ".", at most 63, starting and ending with a letter or digit';
const KEY = 'use "name" or "prefix.example/name", the name of letters, digits, "-", "_" and ".", at most 63';
const TOKEN = 'is a Terraform token, which no manifest can resolve; give the value itself; names and ARNs can be computed on both sides from the same inputs';

describe('a wrong prop, with the whole message', () => {
  test.each<[props: Partial<HardenedNamespaceProps>, message: string]>([
    [{ namespaceName: 'Shop' }, `namespace "Shop" is not valid; ${NAME}`],
    [{ namespaceName: '' }, `namespace "" is not valid; ${NAME}`],
    [{ namespaceName: 'a.b' }, `namespace "a.b" is not valid; ${NAME}`],
    [{ namespaceName: 'a'.repeat(64) }, `namespace "${'a'.repeat(64)}" is not valid; ${NAME}`],
    [{ namespaceName: '${TfToken[TOKEN.0]}' }, `namespace "\${TfToken[TOKEN.0]}" ${TOKEN}`],
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name): [Partial<HardenedNamespaceProps>, string] =>
      [{ namespaceName: name }, `namespace "${name}" is one of Kubernetes' own; give the workloads a namespace of their own`]),
    [{ owner: '' }, 'owner "" is empty; name the team that answers for this namespace'],
    [{ owner: undefined }, 'owner undefined is empty; name the team that answers for this namespace'],
    [{ owner: 'Team Shop' }, `owner "Team Shop" is not valid; ${VALUE}`],
    [{ owner: '${TfToken[TOKEN.0]}' }, `owner "\${TfToken[TOKEN.0]}" ${TOKEN}`],
    [{ labels: { 'a b': 'c' } }, `label "a b" is not valid; ${KEY}`],
    [{ labels: { a: 'b c' } }, `the value of label "a", "b c" is not valid; ${VALUE}`],
    [{ labels: { owner: 'me' } }, 'label "owner" is set by the namespace itself; give it as the prop owner'],
    [{ labels: { 'app.kubernetes.io/part-of': 'x' } }, 'label "app.kubernetes.io/part-of" is set by the namespace itself; leave it out'],
    [{ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }, 'label "pod-security.kubernetes.io/enforce" is set by the namespace itself; choose the level with the prop podSecurity'],
    [{ quota: { pods: 0 } }, 'quota.pods 0 is not valid; give a whole number from 1'],
    [{ quota: { pods: 1.5 } }, 'quota.pods 1.5 is not valid; give a whole number from 1'],
    [{ quota: { daemonSetNodes: -1 } }, 'quota.daemonSetNodes -1 is not valid; give a whole number from 1'],
    [{ quota: { requests: { cpu: kplus.Cpu.units(0) } } }, 'quota.requests.cpu "0" is no positive amount; give one, such as Cpu.units(1)'],
    [{ quota: { requests: { cpu: kplus.Cpu.millis(-1) } } }, 'quota.requests.cpu "-1m" is no positive amount; give one, such as Cpu.units(1)'],
    [{ quota: { requests: { cpu: kplus.Cpu.units(NaN) } } }, 'quota.requests.cpu "NaN" is no positive amount; give one, such as Cpu.units(1)'],
    [{ quota: { limits: { memory: Size.mebibytes(0) } } }, 'quota.limits.memory "0Mi" is no positive amount; give one, such as Size.mebibytes(1024)'],
    [{ limits: { max: { ephemeralStorage: Size.mebibytes(0) } } }, 'limits.max.ephemeralStorage "0Mi" is no positive amount; give one, such as Size.mebibytes(1024)'],
    [{ limits: { min: { memory: Size.gibibytes(2) }, max: { memory: Size.gibibytes(1) } } }, 'limits.min.memory 2Gi is more than limits.max.memory 1Gi; give amounts that rise from min to defaultRequest, defaultLimit and max'],
    [{ limits: { defaultRequest: { cpu: kplus.Cpu.units(2) }, defaultLimit: { cpu: kplus.Cpu.units(1) } } }, 'limits.defaultRequest.cpu 2 is more than limits.defaultLimit.cpu 1; give amounts that rise from min to defaultRequest, defaultLimit and max'],
    [{ cpuLimits: false, limits: { max: { cpu: kplus.Cpu.units(2) } } }, 'limits.max.cpu is given although cpuLimits is false; leave one of them out'],
    [{ cpuLimits: false, limits: { defaultLimit: { cpu: kplus.Cpu.units(2) } } }, 'limits.defaultLimit.cpu is given although cpuLimits is false; leave one of them out'],
    [{ cpuLimits: false, quota: { limits: { cpu: kplus.Cpu.units(2) } } }, 'quota.limits.cpu is given although cpuLimits is false; leave one of them out'],
  ])('%j', (props, message) => {
    expect(() => shop(props)).toThrow(new Error(`shop: ${message}`));
  });

  test('all faults are named at once', () => {
    expect(() => shop({ owner: '', namespaceName: 'Shop', quota: { pods: 0 } })).toThrow(new Error([
      `shop: namespace "Shop" is not valid; ${NAME}`,
      'shop: owner "" is empty; name the team that answers for this namespace',
      'shop: quota.pods 0 is not valid; give a whole number from 1',
    ].join('\n')));
  });
});

describe('a place where no namespace can be', () => {
  test('within another', () => {
    const outer = shop();
    expect(() => new HardenedNamespace(outer, 'inner', { owner: 'team-shop' })).toThrow(new Error('shop/inner: it stands within the namespace "shop", and namespaces do not nest; build it in the scope around that one'));
  });

  test('beside another of its name', () => {
    const first = shop();
    expect(() => new HardenedNamespace(first.node.root as App, 'again', { owner: 'team-shop', namespaceName: 'shop' }))
      .toThrow(new Error('again: namespace "shop" is built already, by "shop"; build what belongs to it beneath that one'));
  });
});

describe('a cluster where it cannot work', () => {
  test.each([
    [ServiceMesh.istio({ cniPlugin: false }), 'the mesh "istio" adds a container with NET_ADMIN to every pod, which Pod Security refuses here; use the CNI plugin of Istio or its ambient mode, and say so in Platform.mesh'],
    [ServiceMesh.linkerd({ cniPlugin: false }), 'the mesh "linkerd" adds a container with NET_ADMIN to every pod, which Pod Security refuses here; use the CNI plugin of the mesh, and say so in Platform.mesh'],
  ])('the mesh $name without its CNI plugin', (mesh, message) => {
    expect(() => shop({}, { mesh })).toThrow(new Error(`shop: ${message}`));
  });

  test('a CNI that enforces no policies', () => {
    expect(() => shop({}, { cni: Cni.flannel() })).toThrow(new Error('shop/Network: the CNI "flannel" enforces no NetworkPolicies, so they would deny nothing; switch its policy engine on, or use a CNI that enforces them, and say so in Platform.cni'));
  });
});
