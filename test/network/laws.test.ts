import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { deployment, policies, shop } from './support';
import { IPeer, Peer, Port } from '../../lib/network';

/** Who can take part: workloads by name, and what lies around them. */
const WORKLOADS = ['web', 'api', 'db'] as const;
const AROUND: { readonly [name: string]: () => IPeer } = {
  internet: () => Peer.internet(),
  ingress: () => Peer.ingressController(),
  redis: () => Peer.pods({ app: 'redis' }),
  marked: () => Peer.pods({ role: '' }),
  batch: () => Peer.namespace('batch'),
  own: () => Peer.namespace('shop'),
};

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly ports?: number[];
}

const peer = fc.constantFrom(...WORKLOADS, ...Object.keys(AROUND));
const ports = fc.array(fc.constantFrom(80, 443, 5432, 8080), { minLength: 1, maxLength: 3 });
const flow: fc.Arbitrary<Flow> = fc.oneof(
  fc.record({ from: fc.constantFrom(...WORKLOADS), to: peer, ports }),
  fc.record({ from: peer, to: fc.constantFrom(...WORKLOADS) }),
);

/** What a namespace with these flows is written as. */
function written(flows: readonly Flow[]): string {
  const { chart, network } = shop();
  const workloads = Object.fromEntries(WORKLOADS.map((name, i) => [name, deployment(chart, name, { number: 8080 + i, name: 'http' })]));
  const peerOf = (name: string) => workloads[name] ?? AROUND[name]();
  for (const { from, to, ports: numbers } of flows) network.allow(peerOf(from), peerOf(to), numbers?.map((number) => Port.tcp(number)));
  return Yaml.stringify(...Object.values(policies(chart)));
}

const flowsAndAnotherOrder = fc.array(flow, { maxLength: 8 })
  .chain((flows) => fc.tuple(fc.constant(flows), fc.shuffledSubarray(flows, { minLength: flows.length, maxLength: flows.length })));

test('the order of flows does not change a byte', () => {
  fc.assert(fc.property(flowsAndAnotherOrder, ([flows, reordered]) => expect(written(reordered)).toBe(written(flows))));
});

test('a flow allowed twice is a flow allowed once', () => {
  fc.assert(fc.property(fc.array(flow, { maxLength: 6 }), (flows) => expect(written([...flows, ...flows])).toBe(written(flows))));
});

test('ports given one by one are ports given together', () => {
  fc.assert(fc.property(fc.constantFrom(...WORKLOADS), peer, ports, (from, to, numbers) => {
    expect(written(numbers.map((number) => ({ from, to, ports: [number] })))).toBe(written([{ from, to, ports: numbers }]));
  }));
});
