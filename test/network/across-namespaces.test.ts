import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, DNS, pods, policies, shop } from './support';
import { DefaultDenyNetwork, Peer, Port } from '../../lib/network';

const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const ports = [{ protocol: 'TCP', port: 5432 }];

test.each(['source', 'destination'])('each namespace gets its own half, whether the network of the %s is asked', (asked) => {
  const app = new App();
  const [front, back] = [shop({}, app, 'front'), shop({}, app, 'back')];
  const [web, db] = [deployment(front.chart, 'web'), deployment(back.chart, 'db', { number: 5432 })];
  (asked === 'source' ? front : back).network.allow(web, db);
  expect(policies(front.chart).web.spec).toMatchObject({ egress: [DNS, { to: [{ namespaceSelector: named('back'), ...pods(db) }], ports }] });
  expect(policies(back.chart).db.spec).toMatchObject({ ingress: [{ from: [{ namespaceSelector: named('front'), ...pods(web) }], ports }] });
  expect(policies(back.chart).db.metadata).toMatchObject({ name: 'db', namespace: 'back' });
});

test('a namespace without such a network gets no policy, which would isolate it', () => {
  const app = new App();
  const front = shop({}, app, 'front');
  const plain = new Chart(app, 'plain', { namespace: 'plain' });
  front.network.allow(deployment(front.chart, 'web'), deployment(plain, 'db', { number: 5432 }));
  expect(policies(plain)).toEqual({});
  expect(policies(front.chart).web.spec.egress).toHaveLength(2);
});

test('a namespace whose network is built later gets its half then', () => {
  const app = new App();
  const front = shop({}, app, 'front');
  const chart = new Chart(app, 'back', { namespace: 'back' });
  const db = deployment(chart, 'db', { number: 5432 });
  front.network.allow(deployment(front.chart, 'web'), db);
  expect(policies(chart).db).toBeUndefined();
  new DefaultDenyNetwork(chart, 'Network');
  expect(policies(chart).db.spec.ingress).toHaveLength(1);
});

test('a namespace known by its name alone gets its half when it is in the tree', () => {
  const app = new App();
  const [front, back] = [shop({}, app, 'front'), shop({}, app, 'back')];
  const web = deployment(front.chart, 'web');
  front.network.allow(web, Peer.namespace('back'), [Port.tcp(5432)]);
  expect(policies(back.chart)['pods-all'].spec).toMatchObject({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: named('front'), ...pods(web) }], ports }] });
});

test('a namespace that must also have a label may be another one, so nothing is opened there', () => {
  const app = new App();
  const [front, back] = [shop({}, app, 'front'), shop({}, app, 'back')];
  front.network.allow(deployment(front.chart, 'web'), kplus.Namespaces.select(front.chart, 'some', { names: ['back'], labels: { tier: 'data' } }), [Port.tcp(5432)]);
  expect(Object.keys(policies(back.chart))).toEqual(['default-deny', 'allow-dns']);
});

test('networks of other trees are others', () => {
  shop();
  expect(() => shop()).not.toThrow();
});
