import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, policies, shop } from './support';
import { IPeer, Peer, Port } from '../../lib/network';
import { IngressController } from '../../lib/platform';

const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

describe('each peer, as the policy of a workload names it', () => {
  test.each<[peer: string, build: (chart: Chart) => IPeer, rule: object[]]>([
    ['the ingress controller', () => Peer.ingressController(), [{ namespaceSelector: named('ingress-nginx'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } } }]],
    ['Prometheus', () => Peer.prometheus(), [{ namespaceSelector: named('monitoring'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }]],
    ['Prometheus elsewhere', () => Peer.prometheus('metrics'), [{ namespaceSelector: named('metrics'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }]],
    ['the API server, for webhooks', () => Peer.apiServer(), [{ ipBlock: { cidr: '10.0.0.1/32' } }]],
    ['a namespace', () => Peer.namespace('batch'), [{ namespaceSelector: named('batch') }]],
    ['the own namespace', () => Peer.namespace('shop'), [{ podSelector: {} }]],
    ['pods by labels', () => Peer.pods({ app: 'redis' }), [{ podSelector: { matchLabels: { app: 'redis' } } }]],
    ['pods by labels elsewhere', () => Peer.pods({ app: 'redis', tier: '' }, 'caches'), [{ namespaceSelector: named('caches'), podSelector: { matchLabels: { app: 'redis', tier: '' } } }]],
    ['a CIDR', () => Peer.cidr('203.0.113.0/24'), [{ ipBlock: { cidr: '203.0.113.0/24' } }]],
    ['a CIDR with exceptions', () => Peer.cidr('2001:db8::/32', ['2001:db8:2::/48', '2001:db8:1::/48']), [{ ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48', '2001:db8:2::/48'] } }]],
    ['the internet', () => Peer.internet(), [
      { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
      { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
    ]],
    ['pods of cdk8s-plus', (chart) => kplus.Pods.select(chart, 'cache', { labels: { app: 'redis' } }), [{ podSelector: { matchLabels: { app: 'redis' } } }]],
    ['pods of cdk8s-plus by expression', (chart) => kplus.Pods.select(chart, 'cache', { expressions: [kplus.LabelExpression.in('app', ['redis', 'valkey']), kplus.LabelExpression.exists('tier')] }),
      [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['redis', 'valkey'] }, { key: 'tier', operator: 'Exists' }] } }]],
    ['all pods of cdk8s-plus', (chart) => kplus.Pods.all(chart, 'all'), [{ podSelector: {} }]],
    ['namespaces of cdk8s-plus by name', (chart) => kplus.Namespaces.select(chart, 'others', { names: ['b', 'a'] }), [{ namespaceSelector: named('a') }, { namespaceSelector: named('b') }]],
    ['namespaces of cdk8s-plus by label', (chart) => kplus.Namespaces.select(chart, 'others', { labels: { team: 'blue' } }), [{ namespaceSelector: { matchLabels: { team: 'blue' } } }]],
    ['namespaces of cdk8s-plus by name and label', (chart) => kplus.Namespaces.select(chart, 'others', { names: ['a'], labels: { team: 'blue' } }),
      [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a', 'team': 'blue' } } }]],
    ['every namespace of cdk8s-plus', (chart) => kplus.Namespaces.all(chart, 'others'), [{ namespaceSelector: {} }]],
    ['a namespace of cdk8s-plus', (chart) => new kplus.Namespace(chart, 'other', { metadata: { name: 'other' } }), [{ namespaceSelector: named('other') }]],
    ['pods of cdk8s-plus in namespaces', (chart) => kplus.Pods.select(chart, 'cache', { labels: { app: 'redis' }, namespaces: kplus.Namespaces.select(chart, 'others', { labels: { team: 'blue' } }) }),
      [{ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: { matchLabels: { app: 'redis' } } }]],
    ['an IP block of cdk8s-plus', (chart) => kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '198.51.100.0/24', ['198.51.100.8/29']), [{ ipBlock: { cidr: '198.51.100.0/24', except: ['198.51.100.8/29'] } }]],
  ])('%s', (_, build, rule) => {
    const { chart, network } = shop({ apiServer: { cidrs: ['10.0.0.1/32'] } });
    network.allow(build(chart), deployment(chart, 'web', { number: 8080 }));
    expect(policies(chart).web.spec.ingress).toEqual([{ from: rule, ports: [{ protocol: 'TCP', port: 8080 }] }]);
  });
});

test('the ingress controller is the one of the Platform', () => {
  const { chart, network } = shop({ ingressController: IngressController.of({ namespace: 'gateway' }) });
  network.allow(Peer.ingressController(), deployment(chart, 'web', { number: 8080 }));
  expect(policies(chart).web.spec.ingress).toEqual([{ from: [{ namespaceSelector: named('gateway') }], ports: [{ protocol: 'TCP', port: 8080 }] }]);
});

test('the API server is reached at its addresses, on the ports of Service and node unless the Platform gives others', () => {
  const egress = (ports?: number[]) => {
    const { chart, network } = shop({ apiServer: { cidrs: ['10.0.0.2/32', '10.0.0.1/32'], ports } });
    network.allow(deployment(chart, 'operator'), Peer.apiServer());
    return policies(chart).operator.spec.egress?.[1];
  };
  const to = [{ ipBlock: { cidr: '10.0.0.1/32' } }, { ipBlock: { cidr: '10.0.0.2/32' } }];
  expect(egress()).toEqual({ to, ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] });
  expect(egress([8443])).toMatchObject({ ports: [{ protocol: 'TCP', port: 8443 }] });
});

test('a named port of pods known by labels is taken to be TCP', () => {
  const { chart, network } = shop();
  network.allow(deployment(chart, 'web'), Peer.pods({ app: 'redis' }, 'caches'), [Port.named('redis')]);
  expect(policies(chart).web.spec.egress?.[1]).toMatchObject({ ports: [{ protocol: 'TCP', port: 'redis' }] });
});

test('pods of the own namespace that are known by labels alone get their half as well', () => {
  const { chart, network } = shop();
  const web = deployment(chart, 'web');
  network.allow(web, Peer.pods({ app: 'redis' }), [Port.tcp(6379)]);
  expect(policies(chart)['pods-redis'].spec).toMatchObject({
    podSelector: { matchLabels: { app: 'redis' } }, ingress: [{ from: [{ podSelector: { matchLabels: web.matchLabels } }], ports: [{ protocol: 'TCP', port: 6379 }] }],
  });
});
