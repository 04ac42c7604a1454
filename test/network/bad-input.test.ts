import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, shop } from './support';
import { DefaultDenyNetwork, IPeer, Peer, Port } from '../../lib/network';
import { ClusterDns, Cni, DnsServer } from '../../lib/platform';

describe('a flow that is refused, with the whole message', () => {
  interface Case {
    readonly from?: (chart: Chart) => IPeer;
    readonly to?: (chart: Chart) => IPeer;
    readonly ports?: Port[];
    readonly message: string;
  }
  const api = (chart: Chart) => deployment(chart, 'api', { number: 8080, name: 'http' }, { number: 9090, name: 'metrics' });
  const silent = (chart: Chart) => deployment(chart, 'silent');

  test.each<[what: string, flow: Case]>([
    ['a destination that declares no ports', { to: silent, message: 'the flow to "shop/silent" has no ports, as none of its containers declares one; declare portNumber or ports on the container before, or give the ports: allow(from, to, [Port.tcp(443)])' }],
    ['a destination elsewhere without ports', { to: () => Peer.internet(), message: 'the flow to Peer.internet() has no ports; give the ports: allow(from, to, [Port.tcp(443)])' }],
    ['a namespace without ports', { to: () => Peer.namespace('batch'), message: 'the flow to Peer.namespace("batch") has no ports; give the ports: allow(from, to, [Port.tcp(443)])' }],
    ['pods of cdk8s-plus without ports', { to: (chart) => kplus.Pods.all(chart, 'all'), message: 'the flow to "shop/all" has no ports; give the ports: allow(from, to, [Port.tcp(443)])' }],
    ['the ingress controller as a destination without ports', { to: () => Peer.ingressController(), message: 'the flow to Peer.ingressController() has no ports; give the ports: allow(from, to, [Port.tcp(443)])' }],
    ['no ports at all', { ports: [], message: 'the flow to "shop/api" is given no ports, which Kubernetes reads as every port; name the ports, or leave the argument out for those that the destination declares' }],
    ['a declared port that is none', { to: (chart) => deployment(chart, 'odd', { number: 0 }, { number: 70000 }), message: 'the port' }],
    ['a name that is not declared', { ports: [Port.named('grpc')], message: 'no container of "shop/api" declares a port named "grpc"; it declares "http", "metrics"' }],
    ['a name that is nearly declared', { ports: [Port.named('metric')], message: 'no container of "shop/api" declares a port named "metric"; did you mean "metrics"?' }],
    ['a name where none is declared', { to: silent, ports: [Port.named('http')], message: 'no container of "shop/silent" declares a port named "http"; name the port on the container, or give its number: Port.tcp(8080)' }],
    ['a name for addresses', { to: () => Peer.internet(), ports: [Port.named('https')], message: 'the port "https" is named, and the addresses of Peer.internet() have no names for ports; give its number: Port.tcp(443)' }],
    ['two ends elsewhere', { from: () => Peer.namespace('a'), to: () => Peer.pods({ app: 'x' }, 'b'), ports: [Port.tcp(80)], message: 'neither end of the flow from Peer.namespace("a") to Peer.pods({"app":"x"}, "b") is in the namespace "shop"; call allow on the network of a namespace in which one of them is' }],
    ['namespaces that a label selects, at both ends', { from: (chart) => kplus.Namespaces.all(chart, 'all'), to: () => Peer.internet(), ports: [Port.tcp(80)], message: 'neither end of the flow from "shop/all/Pods" to Peer.internet() is in the namespace "shop"; call allow on the network of a namespace in which one of them is' }],
    ['the API server where none is stated', { to: () => Peer.apiServer(), message: 'Peer.apiServer() is at no address that a Platform states; give the Platform its apiServer: the CIDRs of the addresses that "kubectl get endpointslices -n default" lists' }],
    ['pods on the network of their node', { to: (chart) => new kplus.Deployment(chart, 'agent', { hostNetwork: true, containers: [{ image: 'x', portNumber: 9100 }] }), message: '"shop/agent" runs on the network of its node, where no NetworkPolicy selects it; leave hostNetwork out, or name the addresses of the nodes with Peer.cidr' }],
    ['pods in no namespace', { to: (chart) => kplus.Pods.select(chart.node.scope as App, 'somewhere', { labels: { app: 'x' } }), ports: [Port.tcp(80)], message: '"somewhere" is in no namespace that is known here; build it beneath its namespace, or say which it is' }],
    ['every address, by cdk8s-plus', { to: (chart) => kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'any'), ports: [Port.tcp(80)], message: 'CIDR "0.0.0.0/0" is every address, those of the cluster and of metadata services included; use Peer.internet() for public addresses' }],
    ['a label that is none', { to: (chart) => kplus.Pods.select(chart, 'x', { labels: { app: 'a b' } }), ports: [Port.tcp(80)], message: 'the value of label "app", "a b" is not valid; use letters, digits, "-", "_" and ".", at most 63, starting and ending with a letter or digit' }],
    ['what is no peer', { to: () => ({ toPodSelector: () => undefined }), ports: [Port.tcp(80)], message: '"[object Object]" is no peer; give a workload, a cdk8s-plus selector, or what a factory of Peer makes' }],
  ])('%s', (_, { from = (chart) => deployment(chart, 'web'), to = api, ports, message }) => {
    const { chart, network } = shop();
    const expected = message === 'the port'
      ? ['0', '70000'].map((port) => `shop/Network: "shop/odd" declares the port ${port}; declare a whole number from 1 to 65535`).join('\n')
      : `shop/Network: ${message}`;
    expect(() => network.allow(from(chart), to(chart), ports)).toThrow(new Error(expected));
  });

  test('all that is wrong with a flow is said at once', () => {
    const { chart, network } = shop();
    expect(() => network.allow(Peer.apiServer(), deployment(chart, 'api'))).toThrow(new Error([
      'shop/Network: Peer.apiServer() is at no address that a Platform states; give the Platform its apiServer: the CIDRs of the addresses that "kubectl get endpointslices -n default" lists',
      'shop/Network: the flow to "shop/api" has no ports, as none of its containers declares one; declare portNumber or ports on the container before, or give the ports: allow(from, to, [Port.tcp(443)])',
    ].join('\n')));
  });

  test('addresses of the API server that are none', () => {
    const { chart, network } = shop({ apiServer: { cidrs: ['10.0.0.1'] } });
    expect(() => network.allow(deployment(chart, 'web'), Peer.apiServer()))
      .toThrow(new Error('shop/Network: CIDR "10.0.0.1" has no prefix length; for this one address write "10.0.0.1/32"'));
  });
});

describe('a peer or port that is refused where it is made', () => {
  const NUMBER = 'use a whole number from 1 to 65535';
  const NAME = 'use at most 15 lower-case letters, digits and single "-", with a letter among them';
  test.each<[make: () => unknown, message: string]>([
    [() => Port.tcp(0), `Port.tcp: port 0 is not valid; ${NUMBER}`],
    [() => Port.tcp(65536), `Port.tcp: port 65536 is not valid; ${NUMBER}`],
    [() => Port.udp(-1), `Port.udp: port -1 is not valid; ${NUMBER}`],
    [() => Port.sctp(80.5), `Port.sctp: port 80.5 is not valid; ${NUMBER}`],
    [() => Port.tcp(NaN), `Port.tcp: port null is not valid; ${NUMBER}`],
    [() => Port.tcpRange(0, 10), `Port.tcpRange: port 0 is not valid; ${NUMBER}`],
    [() => Port.udpRange(10, 70000), `Port.udpRange: port 70000 is not valid; ${NUMBER}`],
    [() => Port.tcpRange(9000, 8000), 'Port.tcpRange: the range from 9000 to 8000 is empty; write Port.tcpRange(8000, 9000)'],
    [() => Port.named(''), `Port.named: "" is no port name; ${NAME}`],
    [() => Port.named('8080'), `Port.named: "8080" is no port name; ${NAME}`],
    [() => Port.named('HTTP'), `Port.named: "HTTP" is no port name; ${NAME}`],
    [() => Port.named('a--b'), `Port.named: "a--b" is no port name; ${NAME}`],
    [() => Port.named('sixteen-letters-'), `Port.named: "sixteen-letters-" is no port name; ${NAME}`],
    [() => Peer.pods({}), 'Peer.pods: no label is given; give at least one, or use Peer.namespace(name) for every pod of a namespace'],
    [() => Peer.pods({ 'a b': 'c' }), 'Peer.pods: label "a b" is not valid; use "name" or "prefix.example/name", the name of letters, digits, "-", "_" and ".", at most 63'],
    [() => Peer.pods({ app: 'x' }, 'A'), 'Peer.pods: namespace "A" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
    [() => Peer.namespace('${TfToken[TOKEN.1]}'), 'Peer.namespace: namespace "${TfToken[TOKEN.1]}" is a Terraform token, which no manifest can resolve; give the value itself; names and ARNs can be computed on both sides from the same inputs'],
    [() => Peer.prometheus('Monitoring'), 'Peer.prometheus: namespace "Monitoring" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
  ])('%s', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('a network that is refused', () => {
  test('on a CNI that enforces no policies', () => {
    expect(() => shop({ cni: Cni.flannel() })).toThrow(new Error('shop/Network: the CNI "flannel" enforces no NetworkPolicies, so they would deny nothing; switch its policy engine on, or use a CNI that enforces them, and say so in Platform.cni'));
  });

  test('in a chart without a namespace', () => {
    expect(() => new DefaultDenyNetwork(new Chart(new App(), 'shop'), 'Network')).toThrow(new Error('shop/Network: its chart has no namespace; build it beneath a HardenedNamespace, or in a Chart with the prop namespace'));
  });

  test('in no chart', () => {
    expect(() => new DefaultDenyNetwork(new App(), 'Network')).toThrow(new Error('Network: its chart has no namespace; build it beneath a HardenedNamespace, or in a Chart with the prop namespace'));
  });

  test('in a namespace that has one', () => {
    const { chart } = shop();
    expect(() => new DefaultDenyNetwork(chart, 'Another')).toThrow(new Error('shop/Another: the namespace "shop" has a DefaultDenyNetwork already, "shop/Network"; use that one'));
  });

  const FORM = 'is not valid; give namespace and podLabels where DNS runs in pods, else cidr';
  test.each<[servers: DnsServer[], message: string]>([
    [[], 'no DNS server is given; give at least one: without DNS hardly any workload runs'],
    [[{}], `the DNS server {} ${FORM}`],
    [[{ podLabels: { app: 'dns' } }], `the DNS server {"podLabels":{"app":"dns"}} ${FORM}`],
    [[{ namespace: 'dns', cidr: '10.0.0.10/32' }], `the DNS server {"namespace":"dns","cidr":"10.0.0.10/32"} ${FORM}`],
    [[{ cidr: '10.0.0.10' }], 'CIDR "10.0.0.10" has no prefix length; for this one address write "10.0.0.10/32"'],
    [[{ namespace: 'DNS' }], 'the namespace of DNS, "DNS" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
    [[{ namespace: 'dns', port: 0 }], 'the DNS port 0 is not valid; use a whole number from 1 to 65535'],
  ])('with DNS %j', (servers, message) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    expect(() => new DefaultDenyNetwork(chart, 'Network', { dns: ClusterDns.of(...servers) })).toThrow(new Error(`shop/Network: ${message}`));
  });
});
