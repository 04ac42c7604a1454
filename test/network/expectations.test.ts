import { ApiObject, App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HardenedNamespace } from '../../lib/namespace';
import { Peer, Port } from '../../lib/network';
import { Cni, Platform, PlatformProps } from '../../lib/platform';
import { SecureDeployment } from '../../lib/workload';

const IMAGE = 'registry.example.com/app:1.0@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';

/** web → api → db, and a namespace of others. */
function shop(platform: PlatformProps = {}) {
  const app = new App();
  new Platform(app, 'platform', platform);
  const namespace = new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
  const workload = (id: string, port: number) => new SecureDeployment(namespace, id, { containers: [{ image: IMAGE, ports: [{ number: port, name: 'main' }] }] });
  const [web, api, db] = [workload('web', 8080), workload('api', 9090), workload('db', 5432)];
  const { network } = namespace;
  network.allow(Peer.ingressController(), web);
  network.allow(web, api);
  network.allow(api, db);
  return { app, namespace, network, web, api, db };
}

/** What synth says, without the line that says how to exempt. */
function said(app: App): string {
  try {
    app.synthYaml();
    return '';
  } catch (error) {
    return (error as Error).message.split('\n').filter((line) => line.includes('expect')).map((line) => line.trim()).join('\n');
  }
}

describe('an expectation that holds lets synth pass', () => {
  test.each<[string, (all: ReturnType<typeof shop>) => void]>([
    ['not from web to db', ({ network, web, db }) => network.expectUnreachable(web, db)],
    ['not back from db to web', ({ network, web, db }) => network.expectUnreachable(db, web)],
    ['web to api, on its declared ports', ({ network, web, api }) => network.expectReachable(web, api)],
    ['web to api, on a port by its name', ({ network, web, api }) => network.expectReachable(web, api, [Port.named('main')])],
    ['web to api, not on another port', ({ network, web, api }) => network.expectUnreachable(web, api, [Port.tcp(22)])],
    ['nobody to metadata', ({ network, web }) => network.expectUnreachable(web, Peer.cloudMetadata())],
    ['nobody to the internet', ({ network, api }) => network.expectUnreachable(api, Peer.internet())],
    ['nobody from another namespace, whose pods are not of this app', ({ network, db }) => network.expectUnreachable(Peer.namespace('others'), db)],
    ['the ingress controller to web alone', ({ network, web, api }) => { network.expectReachable(Peer.ingressController(), web); network.expectUnreachable(Peer.ingressController(), api); }],
    ['not from outside', ({ network, db }) => network.expectUnreachable(Peer.cidr('10.0.0.0/8'), db)],
  ])('%s', (_, expected) => {
    const all = shop();
    expected(all);
    expect(said(all.app)).toBe('');
  });
});

describe('one that does not hold fails it', () => {
  test.each<[string, (all: ReturnType<typeof shop>) => void, string]>([
    ['a flow that was allowed', ({ network, web, api }) => network.expectUnreachable(web, api),
      '[] shop/Network: shop/web[Deployment] reaches shop/api[Deployment] on TCP 9090, which expectUnreachable("shop/web", "shop/api") rules out; take out the flow that opens it, or the expectation'],
    ['a flow that was forgotten', ({ network, web, db }) => network.expectReachable(web, db),
      '[] shop/Network: shop/web[Deployment] does not reach shop/db[Deployment] on TCP 5432, which expectReachable("shop/web", "shop/db") asks for; allow the flow, in both namespaces'],
    ['one of pods that are not of the app', ({ network, api }) => network.expectReachable(Peer.ingressController(), api),
      '[] shop/Network: Peer.ingressController() does not reach shop/api[Deployment] on TCP 9090, which expectReachable(Peer.ingressController(), "shop/api") asks for; allow the flow, in both namespaces'],
    ['a flow allowed after the expectation', ({ network, web, db }) => { network.expectUnreachable(web, db); network.allow(web, db); },
      '[] shop/Network: shop/web[Deployment] reaches shop/db[Deployment] on TCP 5432, which expectUnreachable("shop/web", "shop/db") rules out; take out the flow that opens it, or the expectation'],
    ['a part of the internet', ({ network, api }) => { network.expectUnreachable(api, Peer.internet()); network.allow(api, Peer.cidr('203.0.113.0/24'), [Port.tcp(443)]); },
      '[] shop/Network: shop/api[Deployment] reaches 203.0.113.0-203.0.113.255[External] on TCP 443, which expectUnreachable("shop/api", Peer.internet()) rules out; take out the flow that opens it, or the expectation'],
  ])('%s', (_, expected, message) => {
    const all = shop();
    expected(all);
    expect(said(all.app)).toBe(message);
  });

  test('a policy that somebody else adds', () => {
    const { app, namespace, network, web, db } = shop();
    network.expectUnreachable(web, db);
    new ApiObject(namespace, 'open', {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] },
    } as never);
    expect(said(app)).toContain('shop/web[Deployment] reaches shop/db[Deployment] on All Connections');
  });

  test('a namespace that a label selects, and that the app does not have', () => {
    const { app, namespace, network, db } = shop();
    network.expectUnreachable(kplus.Namespaces.select(namespace, 'tenants', { labels: { tier: 'tenant' } }), db);
    expect(said(app)).toBe('[] shop/Network: expectUnreachable("shop/tenants/Pods", "shop/db") cannot be proved, since no pods of this app are "shop/tenants/Pods"; name a workload of it, or a namespace and labels');
  });

  test('where Cilium lets a workload reach names, nothing is proved of addresses', () => {
    const { app, network, web } = shop({ cni: Cni.cilium() });
    network.allow(web, Peer.host('api.example.com'), [Port.tcp(443)]);
    network.expectUnreachable(web, Peer.internet());
    expect(said(app)).toBe('[] shop/Network: expectUnreachable("shop/web", Peer.internet()) cannot be proved, since the CiliumNetworkPolicy web lets it reach what is known by name alone; expect it of workloads without such flows');
  });
});

describe('an expectation that cannot be is refused', () => {
  test.each<[string, (all: ReturnType<typeof shop>) => void, string]>([
    ['a DNS name', ({ network, web }) => network.expectUnreachable(web, Peer.host('api.example.com')), 'nothing can be proved of Peer.host("api.example.com"), which is known to Cilium alone; expect it of workloads and addresses'],
    ['a port by a name that nobody here knows', ({ network, web }) => network.expectReachable(web, Peer.pods({ app: 'redis' }), [Port.named('redis')]),
      'the port "redis" is named, and which number Peer.pods({"app":"redis"}) has for it is not known here; give its number: Port.tcp(8080)'],
    ['no ports to be reached on', ({ network, web }) => network.expectReachable(web, Peer.internet()), 'the flow to Peer.internet() has no ports; give the ports: allow(from, to, [Port.tcp(443)])'],
  ])('%s', (_, expected, message) => {
    const all = shop({ cni: Cni.cilium() });
    expect(() => expected(all)).toThrow(new Error(`shop/Network: ${message}`));
  });

  test('no flow may lead to the metadata services', () => {
    const { network, web } = shop();
    expect(() => network.allow(web, Peer.cloudMetadata(), [Port.tcp(80)]))
      .toThrow(new Error('shop/Network: Peer.cloudMetadata() hands out credentials of the node; use WorkloadIdentity, which gives a workload its own; expectUnreachable may name it'));
  });
});
