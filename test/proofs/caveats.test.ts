import { inventoryOf } from '../../lib/inventory';
import { caveatsOf, differenceOf, endOf, explain, reachabilityOf } from '../../lib/proofs/reachability';
import { Json, lines, policy, reach, workload } from './support';

const tier = (name: string, spec: object): Json => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name }, spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ...spec },
});
const inventory = (manifests: readonly unknown[]) => inventoryOf(manifests.map((json, i) => ({ json, where: `object[${i}]` })));
function caveats(...manifests: unknown[]): string[] {
  const all = inventory(manifests);
  return caveatsOf(all, reachabilityOf(all)).map(({ topic, object, problem, remedy }) => `${topic}: ${object.kind} ${object.name}: ${problem}; ${remedy}`);
}
const egress = (peer: object, more: object = {}) => ({ egress: [{ action: 'Deny', to: [peer] }], ...more });
const OTHER = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { template: { spec: { containers: [{ name: 'main' }] } } } };

describe('what is taken for granted is said', () => {
  test.each<[string, unknown[], string[]]>([
    ['nodes', [tier('a', egress({ nodes: {} }))], ['unmodelled-peer: ClusterNetworkPolicy a: spec.egress[0].to[0].nodes names nodes, whose addresses no manifest tells; it is taken to match nothing']],
    ['domains', [tier('a', egress({ domainNames: ['example.com'] }))], ['unmodelled-peer: ClusterNetworkPolicy a: spec.egress[0].to[0].domainNames names domains, whose addresses no manifest tells; it is taken to match nothing']],
    ['a network where pods may be', [tier('a', egress({ networks: ['10.0.0.0/8'] }))], ['address-of-pod: ClusterNetworkPolicy a: spec.egress[0] names addresses that pods may have; it is taken to match no pod; network plugins differ in that']],
    ['all of IPv4, which is sure to match', [tier('a', egress({ networks: ['0.0.0.0/0'] }))], []],
    ['a public network', [tier('a', egress({ networks: ['203.0.113.0/24'] }))], []],
    ['two policies of one priority', [tier('a', egress({ namespaces: {} })), tier('b', egress({ namespaces: {} }))], ['priority: ClusterNetworkPolicy b: has priority 1 in tier Admin, as ClusterNetworkPolicy a has; which of them comes first is not defined; here it is the order of their names']],
    ['two of one priority in other tiers, or directions', [tier('a', egress({ namespaces: {} })), tier('b', egress({ namespaces: {} }, { tier: 'Baseline' })), tier('c', { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }], priority: 2 }), tier('d', egress({ namespaces: {} }, { priority: 2 }))], []],
    ['workloads of custom kinds', [OTHER], ['unmodelled-workload: Rollout web: makes pods in a way of its own; it is left out; give the objects that it makes']],
    ['two that are not the same', [policy('a/p', {}), policy('a/p', { podSelector: {} })], ['several: NetworkPolicy p: is another than the one in object[0]; both are counted; apply one']],
    ['the same twice', [policy('a/p', {}), policy('a/p', {})], []],
  ])('%s', (_name, manifests, expected) => expect(caveats(...manifests)).toEqual(expected));
});

describe('networks of cluster policies', () => {
  const pods = [workload('a/x'), workload('a/y')];
  const inside = (network: string) => lines([...pods, tier('c', egress({ networks: [network] }))]).filter((line) => !line.includes('External'));
  test('of all addresses match every pod', () => expect(inside('0.0.0.0/0')).toEqual([]));
  test('of some match none', () => expect(['0.0.0.0/8', '128.0.0.0/1', '::/0'].map((network) => inside(network).length)).toEqual([2, 2, 2]));
});

test('a change of neighbouring ranges is one change', () => {
  const block = (...cidrs: string[]) => [workload('a/x'), policy('a/p', { policyTypes: ['Egress'], egress: cidrs.map((cidr) => ({ to: [{ ipBlock: { cidr } }] })) })];
  const { changes } = differenceOf(inventory(block()), inventory(block('10.0.0.0/9', '10.128.0.0/9', '12.0.0.0/8')));
  expect(changes.map(({ destination }) => destination.label)).toEqual(['10.0.0.0-10.255.255.255[External]', '12.0.0.0-12.255.255.255[External]']);
});

describe('an explanation', () => {
  const ask = (manifests: readonly unknown[], source: string, destination: string) => {
    const answer = reach(manifests);
    return explain(answer, { source: endOf(answer, source, 'source')!, destination: endOf(answer, destination, 'destination')!, protocol: 'TCP', port: 80 });
  };

  test('of a workload whose pods differ is of those that may talk', () => {
    const owned = (name: string): Json => ({ ...workload(`a/${name}`, {}, [], 'Pod'), metadata: { name, namespace: 'a', labels: { pod: name }, ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }] } });
    const only = policy('a/p', { podSelector: { matchLabels: { app: 'x' } }, ingress: [{ from: [{ podSelector: { matchLabels: { pod: 'db-1' } } }] }] });
    expect(ask([owned('db-0'), owned('db-1'), workload('a/x', { app: 'x' }), only], 'a/db[StatefulSet]', 'a/x[Deployment]').allowed).toBe(true);
  });

  test('names the policy of the Baseline tier that decides where no NetworkPolicy selects the pod', () => {
    const { allowed, sides } = ask([workload('a/x'), workload('a/y'), tier('base', egress({ namespaces: {} }, { tier: 'Baseline' }))], 'a/x[Deployment]', 'a/y[Deployment]');
    expect([allowed, sides.map(({ reasons }) => reasons.map(({ verb, object }) => `${verb} ${object.name}`))]).toEqual([false, [['denies base'], []]]);
  });
});
