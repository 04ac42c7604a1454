import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, DNS, pods, policies, shop } from './support';
import { IPeer, Peer, Port } from '../../lib/network';

/**
 * What goes wrong with the network policies of cdk8s-plus, and does not here. Where it is short, each case shows both, so that a
 * trap which cdk8s-plus mends one day is noticed.
 */
describe('traps of cdk8s-plus', () => {
  test('policies of two workloads that allow the same peer do not get the same name', () => {
    const { chart, network } = shop();
    const [web, jobs] = [deployment(chart, 'web'), deployment(chart, 'jobs')];
    for (const workload of [web, jobs]) network.allow(workload, Peer.internet(), [Port.tcp(443)]);
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web', 'jobs']);

    const theirs = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
    const db = kplus.NetworkPolicyIpBlock.ipv4(theirs, 'db', '10.1.0.0/16');
    for (const id of ['web', 'jobs']) deployment(theirs, id).connections.allowTo(db);
    const [first, second] = theirPolicies(theirs).map(({ metadata }) => metadata.name);
    expect(second).toBe(first);
  });

  test('a peer without declared ports is no peer on every port', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api')];
    expect(() => network.allow(web, api)).toThrow(/^shop\/Network: the flow to "shop\/api" has no ports, /);

    const theirs = new Chart(new App(), 'shop');
    deployment(theirs, 'web').connections.allowTo(deployment(theirs, 'api'));
    expect(theirPolicies(theirs)[0].spec.egress).toMatchObject([{ ports: [] }]);
  });

  test('a declared UDP port is UDP', () => {
    const udp = { number: 53, protocol: kplus.Protocol.UDP };
    const { chart, network } = shop();
    network.allow(deployment(chart, 'web'), deployment(chart, 'dns', udp));
    expect(policies(chart).dns.spec.ingress).toMatchObject([{ ports: [{ protocol: 'UDP', port: 53 }] }]);

    const theirs = new Chart(new App(), 'shop');
    deployment(theirs, 'web').connections.allowTo(deployment(theirs, 'dns', udp));
    expect(theirPolicies(theirs)[0].spec.egress).toMatchObject([{ ports: [{ protocol: 'TCP', port: 53 }] }]);
  });

  test('allowing a flow twice is allowing it once, and it makes one policy for each workload', () => {
    const { chart, network } = shop();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
    network.allow(web, api);
    network.allow(web, api);
    expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web', 'api']);
    expect(policies(chart).web.spec.egress).toEqual([DNS, { to: [pods(api)], ports: [{ protocol: 'TCP', port: 8080 }] }]);

    const theirs = new Chart(new App(), 'shop');
    const [from, to] = [deployment(theirs, 'web'), deployment(theirs, 'api', { number: 8080 })];
    from.connections.allowTo(to);
    expect(() => from.connections.allowTo(to)).toThrow(/already a Construct/);
  });

  test('there is no way to write port 0', () => {
    expect(() => Port.tcp(0)).toThrow(/^Port.tcp: port 0 is not valid;/);
    expect(() => Port.tcpRange(0, 65535)).toThrow(/^Port.tcpRange: port 0 is not valid;/);
    expect(kplus.NetworkPolicyPort.allTcp()).toMatchObject({ port: { value: 0 } });
  });

  test('every policy says which directions it isolates', () => {
    const { chart, network } = shop();
    network.allow(Peer.ingressController(), deployment(chart, 'web', { number: 8080 }));
    expect(Object.values(policies(chart)).map(({ spec }) => spec.policyTypes)).toEqual([['Ingress', 'Egress'], ['Egress'], ['Ingress', 'Egress']]);

    const theirs = new Chart(new App(), 'shop');
    new kplus.NetworkPolicy(theirs, 'x');
    expect(theirPolicies(theirs)[0].spec.policyTypes).toBeUndefined();
  });

  test.each<[what: string, select: (chart: Chart) => IPeer]>([
    ['of cdk8s-plus', (chart) => kplus.Pods.select(chart, 'marked', { labels: { role: '' } })],
    ['by Peer.pods', () => Peer.pods({ role: '' })],
  ])('pods with an empty label, %s, are not every pod, neither as a peer nor as those that a policy selects', (_, select) => {
    const { chart, network } = shop();
    const selector = { matchLabels: { role: '' } };
    network.allow(select(chart), deployment(chart, 'web', { number: 8080 }));
    expect(policies(chart).web.spec.ingress).toMatchObject([{ from: [{ podSelector: selector }] }]);
    expect(policies(chart)['pods-role'].spec.podSelector).toEqual(selector);

    const theirs = new Chart(new App(), 'shop');
    new kplus.NetworkPolicy(theirs, 'x', { selector: kplus.Pods.select(theirs, 'marked', { labels: { role: '' } }) });
    expect(theirPolicies(theirs)[0].spec.podSelector).toEqual({});
  });

  test('namespaces with an empty label are not every namespace', () => {
    const { chart, network } = shop();
    const label = { 'policy-group.network.openshift.io/ingress': '' };
    network.allow(kplus.Namespaces.select(chart, 'routers', { labels: label }), deployment(chart, 'web', { number: 8080 }));
    expect(policies(chart).web.spec.ingress).toMatchObject([{ from: [{ namespaceSelector: { matchLabels: label } }] }]);
  });

  test('an IP block is a block of addresses', () => {
    const { chart, network } = shop();
    const block = kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '999.1.1.1/99');
    expect(() => network.allow(deployment(chart, 'web'), block, [Port.tcp(80)]))
      .toThrow(new Error('shop/Network: CIDR "999.1.1.1/99" is not valid; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'));
  });

  test('what is denied by default still resolves names', () => {
    expect(policies(shop().chart)['allow-dns'].spec).toEqual({ podSelector: {}, policyTypes: ['Egress'], egress: [DNS] });
  });
});

function theirPolicies(chart: Chart): Array<{ metadata: { name: string }; spec: { [field: string]: unknown } }> {
  return Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy');
}
