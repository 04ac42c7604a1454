import * as path from 'node:path';
import { App, Chart, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, DNS, pods, policies, shop } from './support';
import { Golden } from '../../lib/golden';
import { DefaultDenyNetwork, Peer, Port } from '../../lib/network';
import { Cni, ClusterDns, IngressController, Platform } from '../../lib/platform';

test('a network by itself denies all both ways and allows DNS', () => {
  matchesGolden(shop().chart, 'nothing-set');
});

test('every kind of peer, beside each other', () => {
  const { chart, network } = shop({
    cni: Cni.calico(),
    dns: ClusterDns.nodeLocal(),
    ingressController: IngressController.traefik(),
    apiServer: { cidrs: ['10.0.0.1/32', '10.96.0.1/32'] },
  });
  const web = deployment(chart, 'web', { number: 8080, name: 'http' });
  const api = deployment(chart, 'api', { number: 9090, name: 'grpc' }, { number: 9100, name: 'metrics' });
  const db = deployment(chart, 'db', { number: 5432 });
  network.allow(Peer.ingressController(), web);
  network.allow(web, api, [Port.named('grpc')]);
  network.allow(api, db);
  network.allow(db, db);
  network.allow(Peer.prometheus(), api, [Port.named('metrics')]);
  network.allow(api, Peer.apiServer());
  network.allow(api, Peer.internet(), [Port.tcp(443)]);
  network.allow(api, Peer.cidr('203.0.113.0/24', ['203.0.113.128/25']), [Port.tcpRange(6000, 6010), Port.udp(6000)]);
  network.allow(Peer.namespace('batch'), db);
  network.allow(web, Peer.pods({ app: 'redis' }), [Port.tcp(6379)]);
  matchesGolden(chart, 'everything-set');
});

describe('one call gives both halves', () => {
  test('the destination takes in, on its declared ports with their protocols, and the source may go out', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 }, { number: 8125, protocol: kplus.Protocol.UDP })];
    network.allow(web, api);
    const ports = [{ protocol: 'TCP', port: 8080 }, { protocol: 'UDP', port: 8125 }];
    expect(policies(chart).api.spec).toEqual({ podSelector: { matchLabels: api.matchLabels }, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [pods(web)], ports }], egress: [DNS] });
    expect(policies(chart).web.spec).toEqual({ podSelector: { matchLabels: web.matchLabels }, policyTypes: ['Ingress', 'Egress'], egress: [DNS, { to: [pods(api)], ports }] });
  });

  test('ports that are given win over those declared', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
    network.allow(web, api, [Port.sctp(7000)]);
    expect(policies(chart).api.spec.ingress).toEqual([{ from: [pods(web)], ports: [{ protocol: 'SCTP', port: 7000 }] }]);
  });

  test('a port by its name keeps the name, and takes the protocol that is declared with it', () => {
    const { chart, network } = shop();
    const [web, dns] = [deployment(chart, 'web'), deployment(chart, 'dns', { number: 5353, name: 'dns', protocol: kplus.Protocol.UDP }, { number: 8080, name: 'http' })];
    network.allow(web, dns, [Port.named('dns')]);
    expect(policies(chart).dns.spec.ingress).toEqual([{ from: [pods(web)], ports: [{ protocol: 'UDP', port: 'dns' }] }]);
  });

  test('the ports of a sidecar count, those of an init container that ends do not', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
    api.addInitContainer({ image: 'registry.example.com/proxy:1', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS, ports: [{ number: 15001 }] });
    api.addInitContainer({ image: 'registry.example.com/migrate:1', ports: [{ number: 9999 }] });
    network.allow(web, api);
    expect(policies(chart).api.spec.ingress).toEqual([{ from: [pods(web)], ports: [{ protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 15001 }] }]);
  });

  test('a container that is added after the flow counts too', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
    network.allow(web, api);
    api.addContainer({ name: 'metrics', image: 'registry.example.com/exporter:1', ports: [{ number: 9100 }] });
    expect(policies(chart).web.spec.egress).toEqual([DNS, { to: [pods(api)], ports: [{ protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 9100 }] }]);
  });

  test('a workload may talk to its own replicas', () => {
    const { chart, network } = shop();
    const db = deployment(chart, 'db', { number: 5432 });
    network.allow(db, db);
    const ports = [{ protocol: 'TCP', port: 5432 }];
    expect(policies(chart).db.spec).toMatchObject({ ingress: [{ from: [pods(db)], ports }], egress: [DNS, { to: [pods(db)], ports }] });
  });

  test.each<[kind: string, build: (chart: Chart) => kplus.Workload]>([
    ['Deployment', (chart) => deployment(chart, 'app', { number: 8080 })],
    ['StatefulSet', (chart) => new kplus.StatefulSet(chart, 'app', { metadata: { name: 'app' }, containers: [{ image: 'x', portNumber: 8080 }] })],
    ['DaemonSet', (chart) => new kplus.DaemonSet(chart, 'app', { metadata: { name: 'app' }, containers: [{ image: 'x', portNumber: 8080 }] })],
    ['Job', (chart) => new kplus.Job(chart, 'app', { metadata: { name: 'app' }, containers: [{ image: 'x', portNumber: 8080 }] })],
  ])('a %s of cdk8s-plus has one policy, which selects the labels its pods have', (_, build) => {
    const { chart, network } = shop();
    const workload = build(chart);
    network.allow(workload, workload);
    const { podSelector } = policies(chart).app.spec as { podSelector: { matchLabels: { [key: string]: string } } };
    expect(Object.entries(podSelector.matchLabels)).toEqual([[kplus.Pod.ADDRESS_LABEL, workload.podMetadata.getLabel(kplus.Pod.ADDRESS_LABEL)]]);
  });
});

describe('what flows have in common is written once', () => {
  test('peers with the same ports share a rule, and the ports of one peer are united', () => {
    const { chart, network } = shop();
    const [web, jobs, api] = [deployment(chart, 'web'), deployment(chart, 'jobs'), deployment(chart, 'api', { number: 8080 })];
    network.allow(web, api, [Port.tcp(8080)]);
    network.allow(web, api, [Port.tcp(443), Port.tcp(8080)]);
    network.allow(jobs, api, [Port.tcp(8080)]);
    network.allow(jobs, api, [Port.tcp(443)]);
    expect(policies(chart).api.spec.ingress).toEqual([{ from: [pods(jobs), pods(web)], ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 8080 }] }]);
  });

  test('DNS at an address and in pods is one rule', () => {
    const { chart } = shop({ dns: ClusterDns.nodeLocal('169.254.25.10') });
    expect(policies(chart)['allow-dns'].spec).toEqual({
      podSelector: {}, policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '169.254.25.10/32' } }, ...DNS.to], ports: DNS.ports }],
    });
  });
});

describe('names', () => {
  test('a policy is named after its workload', () => {
    const { chart, network } = shop();
    network.allow(Peer.ingressController(), deployment(chart, 'web', { number: 8080 }));
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web']);
  });

  test.each<[what: string, labels: { [key: string]: string }, name: string]>([
    ['the value of the label', { app: 'redis' }, 'pods-redis'],
    ['the key where the value is empty', { 'policy.example.com/open': '' }, 'pods-open'],
    ['all values', { app: 'Redis', role: 'main_cache' }, 'pods-redis-main-cache'],
    ['a hash where it would be too long', { app: 'a'.repeat(63) }, `pods-${'a'.repeat(49)}-fd605c33`],
  ])('the policy of pods known by labels is named after %s', (_, labels, name) => {
    const { chart, network } = shop();
    network.allow(Peer.ingressController(), Peer.pods(labels), [Port.tcp(80)]);
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', name]);
  });

  test('the policy of every pod of the namespace is named so', () => {
    const { chart, network } = shop();
    network.allow(Peer.prometheus(), Peer.namespace('shop'), [Port.tcp(9090)]);
    expect(policies(chart)['pods-all'].spec.podSelector).toEqual({});
  });

  test.each(['first', 'last'])('two workloads of one name have policies of different names, whichever comes %s', (order) => {
    const { chart, network } = shop();
    const web = deployment(chart, 'web', { number: 8080 });
    const daemon = new kplus.DaemonSet(chart, 'web-agent', { metadata: { name: 'web' }, containers: [{ image: 'x', portNumber: 9000 }] });
    for (const workload of order === 'first' ? [web, daemon] : [daemon, web]) network.allow(Peer.ingressController(), workload);
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web-da8eb3f2', 'web-de9d7af6']);
  });

  test('a workload that is called as a policy of the namespace does not overwrite it', () => {
    const { chart, network } = shop();
    network.allow(Peer.ingressController(), deployment(chart, 'default-deny', { number: 8080 }));
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'default-deny-dfa7f584']);
  });

  test('pods known by labels, and a workload that is called like their policy', () => {
    const { chart, network } = shop();
    network.allow(deployment(chart, 'pods-redis'), Peer.pods({ app: 'redis' }), [Port.tcp(6379)]);
    expect(Object.keys(policies(chart))).toHaveLength(4);
  });

  test.each([[['app', 'role', 'tier']], [['tier', 'role', 'app']], [['role', 'tier', 'app']]])('pods known by different labels of one value, in the order %j', (keys) => {
    const { chart, network } = shop();
    for (const key of keys) network.allow(Peer.ingressController(), Peer.pods({ [key]: 'redis' }), [Port.tcp(6379)]);
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'pods-redis-5c0f6d82', 'pods-redis-4d1d970f', 'pods-redis-e7be4b24']);
  });

  test('a name too long for a label is left out of the labels', () => {
    const { chart, network } = shop();
    network.allow(Peer.ingressController(), deployment(chart, 'w'.repeat(64), { number: 8080 }));
    expect(policies(chart)['w'.repeat(64)].metadata.labels).toBeUndefined();
  });
});

describe('where the cluster differs', () => {
  test('DNS is where the Platform says, on the port it says', () => {
    const { chart } = shop({ dns: ClusterDns.openShift() });
    expect(policies(chart)['allow-dns'].spec.egress).toEqual([{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } }, podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } } }],
      ports: [{ protocol: 'TCP', port: 5353 }, { protocol: 'UDP', port: 5353 }],
    }]);
  });

  test('the prop dns wins over the Platform, in the policies of workloads too', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Platform(chart, 'platform', { dns: ClusterDns.openShift() });
    const network = new DefaultDenyNetwork(chart, 'Network', { dns: ClusterDns.of({ cidr: '10.0.0.10/32' }, { namespace: 'dns' }) });
    network.allow(deployment(chart, 'web'), Peer.internet(), [Port.tcp(443)]);
    const rule = { to: [{ ipBlock: { cidr: '10.0.0.10/32' } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dns' } } }], ports: DNS.ports };
    expect(policies(chart)['allow-dns'].spec.egress).toEqual([rule]);
    expect(policies(chart).web.spec.egress).toContainEqual(rule);
  });

  test('Calico enforces, so the network is built', () => {
    expect(() => shop({ cni: Cni.awsVpc({ networkPolicy: true }) })).not.toThrow();
  });
});

function matchesGolden(chart: Chart, folder: string): void {
  Golden.ofFiles({ 'policies.yaml': Yaml.stringify(...Object.values(policies(chart))) }).matches(path.join(__dirname, 'default-deny-network', folder));
}
