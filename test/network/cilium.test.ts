import * as path from 'node:path';
import { ApiObject, Chart, Yaml } from 'cdk8s';
import { deployment, policies, shop } from './support';
import { Golden } from '../../lib/golden';
import { Peer, Port } from '../../lib/network';
import { ClusterDns, Cni } from '../../lib/platform';

const PLATFORM = { cni: Cni.cilium() };

/** The policies of Cilium in a chart, by name. */
function ciliumPolicies(chart: Chart): { [name: string]: { spec: { [field: string]: unknown } } } {
  const objects = chart.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && each.kind === 'CiliumNetworkPolicy');
  return Object.fromEntries(objects.map((object) => [object.toJson().metadata.name, object.toJson()]));
}

test('every flow that only Cilium can say, beside those that every CNI can', () => {
  const { chart, network } = shop({ ...PLATFORM, dns: ClusterDns.nodeLocal() });
  const [web, api] = [deployment(chart, 'web', { number: 8080 }), deployment(chart, 'api', { number: 9443 })];
  network.allow(web, api);
  network.allow(web, Peer.host('api.example.com'), [Port.tcp(443)]);
  network.allow(web, Peer.host('*.s3.eu-central-1.amazonaws.com'), [Port.tcp(443), Port.tcpRange(8000, 8010)]);
  network.allow(api, Peer.apiServer());
  network.allow(Peer.apiServer(), api); // its admission webhook
  const objects = chart.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && each.kind.endsWith('NetworkPolicy'));
  Golden.ofFiles({ 'policies.yaml': Yaml.stringify(...objects.map((object) => object.toJson())) }).matches(path.join(__dirname, 'cilium'));
});

test('a workload without such a flow has no policy of Cilium', () => {
  const { chart, network } = shop(PLATFORM);
  const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
  network.allow(web, api);
  network.allow(web, Peer.host('api.example.com'), [Port.tcp(443)]);
  expect(Object.keys(ciliumPolicies(chart))).toEqual(['web']);
  expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web', 'api']);
});

test('the API server is found by Cilium whatever its address, with the ports that the Platform states', () => {
  const { chart, network } = shop({ ...PLATFORM, apiServer: { cidrs: ['10.0.0.1/32'], ports: [6443] } });
  const operator = deployment(chart, 'operator');
  network.allow(operator, Peer.apiServer());
  expect(ciliumPolicies(chart).operator.spec.egress).toEqual([{ toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '6443', protocol: 'TCP' }] }] }]);
  expect(JSON.stringify(policies(chart))).not.toContain('10.0.0.1');
});

test('the order of flows and their repetition change nothing', () => {
  const written = (hosts: string[]) => {
    const { chart, network } = shop(PLATFORM);
    const web = deployment(chart, 'web');
    for (const host of hosts) network.allow(web, Peer.host(host), [Port.tcp(443)]);
    return Yaml.stringify(...Object.values(ciliumPolicies(chart)));
  };
  expect(written(['b.example.com', 'a.example.com', 'b.example.com'])).toBe(written(['a.example.com', 'b.example.com']));
});

test('pods that a selector alone finds keep their policies apart from those of others with the same name', () => {
  const { chart, network } = shop(PLATFORM);
  network.allow(Peer.pods({ app: 'x.y' }), Peer.host('a.example.com'), [Port.tcp(443)]);
  network.allow(Peer.pods({ app: 'x-y' }), Peer.host('b.example.com'), [Port.tcp(443)]);
  const names = Object.keys(ciliumPolicies(chart));
  expect(new Set(names).size).toBe(2);
  expect(Object.keys(policies(chart))).toEqual(expect.arrayContaining(names));
});

test('where the CNI knows no names, a flow to one is refused, and Cilium is named', () => {
  const { chart, network } = shop({ cni: Cni.calico() });
  expect(() => network.allow(deployment(chart, 'web'), Peer.host('api.example.com'), [Port.tcp(443)])).toThrow(new Error(
    'shop/Network: Peer.host("api.example.com") is a DNS name, and a NetworkPolicy can say only addresses; '
    + 'on Cilium, whose CiliumNetworkPolicy can, state cni: Cni.cilium() in the Platform; else give the addresses: Peer.cidr(…), or Peer.internet()'));
});

test('a flow to a name has ports, and they are numbers', () => {
  const { chart, network } = shop(PLATFORM);
  const web = deployment(chart, 'web');
  expect(() => network.allow(web, Peer.host('api.example.com'))).toThrow(new Error('shop/Network: the flow to Peer.host("api.example.com") has no ports; give the ports: allow(from, to, [Port.tcp(443)])'));
  expect(() => network.allow(web, Peer.host('api.example.com'), [Port.named('https')]))
    .toThrow(new Error('shop/Network: the port "https" is named, and Peer.host("api.example.com") has no names for ports; give its number: Port.tcp(443)'));
});

test.each([
  ['*', 'host "*" is every name of a top-level domain or more; give at least two labels after the "*", such as "*.example.com"'],
  ['*.com', 'host "*.com" is every name of a top-level domain or more; give at least two labels after the "*", such as "*.example.com"'],
  ['db', 'host "db" is no name that the whole DNS knows; give the whole name, such as "api.example.com"; for a Service of the cluster name its pods'],
  ['10.0.0.1', 'host "10.0.0.1" is an address; use Peer.cidr("10.0.0.1/32")'],
  ['api.*.com', 'host "api.*.com" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit'],
  ['API.example.com', 'host "API.example.com" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit'],
  ['${TfToken[TOKEN.1]}', 'host "${TfToken[TOKEN.1]}" is a Terraform token, which no manifest can resolve; give the name itself'],
])('the name %s is refused', (name, message) => {
  expect(() => Peer.host(name)).toThrow(new Error(`Peer.host: ${message}`));
});
