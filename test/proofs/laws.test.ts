import * as fc from 'fast-check';
import { inventoryOf } from '../../lib/inventory';
import { differenceOf } from '../../lib/proofs/reachability';
import { allowRule, cluster, Json } from '../arbitraries/cluster';
import { lines } from './support';

const RUNS = { numRuns: 200, seed: 20_270_103 };
const inventory = (manifests: readonly Json[]) => inventoryOf(manifests.map((json) => ({ json, where: 'cluster' })));
const difference = (before: readonly Json[], after: readonly Json[]) => differenceOf(inventory(before), inventory(after));

/** The objects of a cluster, out of their lists. */
function opened(manifests: readonly Json[]): Json[] {
  return inventory(manifests).objects.map(({ json }) => json as Json);
}

const isPolicy = ({ kind }: Json) => kind === 'NetworkPolicy';

test('a rule more never takes an edge away', () => {
  fc.assert(fc.property(cluster(), fc.nat(), allowRule, (manifests, which, { direction, rule }) => {
    const objects = opened(manifests);
    const policies = objects.filter(isPolicy);
    fc.pre(policies.length > 0);
    const policy = policies[which % policies.length] as { spec: { [key: string]: unknown } } & Json;
    // A policy that isolates in a direction from now on is another thing, so both say which they isolate.
    const before: typeof policy = { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'] } };
    const after = { ...before, spec: { ...before.spec, [direction]: [...(before.spec[direction] as unknown[] | null | undefined) ?? [], rule] } };
    const { changes, ports } = difference(objects.map((object) => object === policy ? before : object), objects.map((object) => object === policy ? after : object));
    expect(changes.filter(({ closed }) => closed !== ports.none).map(({ source, destination }) => `${source.label} => ${destination.label}`)).toEqual([]);
  }), RUNS);
});

test('a policy less never takes an edge away from the pods of others, and the last one opens its pods', () => {
  fc.assert(fc.property(cluster(), (manifests) => {
    const objects = opened(manifests).filter((object) => !isPolicy(object));
    const { changes, ports } = difference(opened(manifests), objects);
    expect(changes.every(({ closed }) => closed === ports.none)).toBe(true);
  }), RUNS);
});

test('neither the order of objects, rules, peers and ports counts, nor that some are there twice', () => {
  fc.assert(fc.property(cluster({ tiers: true }), fc.infiniteStream(fc.nat()), (manifests, random) => {
    const shuffled = <T>(list: readonly T[]): T[] => list.map((item): [number, T] => [random.next().value, item]).sort(([a], [b]) => a - b).map(([, item]) => item);
    const objects = opened(manifests);
    const ofRule = (rule: Json) => Object.fromEntries(Object.entries(rule).map(([key, value]) => [key, Array.isArray(value) ? shuffled(value) : value]));
    const rules = (list: unknown) => Array.isArray(list) ? shuffled([...list, ...list.slice(0, 1)]).map(ofRule) : list;
    const again = shuffled([...objects, ...objects.filter((_, i) => i % 2 === 0)]).map((object) => {
      if (!isPolicy(object)) return object;
      const spec = object.spec as Json;
      return { ...object, spec: { ...spec, ...spec.ingress ? { ingress: rules(spec.ingress) } : {}, ...spec.egress ? { egress: rules(spec.egress) } : {} } };
    });
    expect(lines(again)).toEqual(lines(objects));
  }), RUNS);
});

test('what a change opens the change back closes, and nothing changes to itself', () => {
  fc.assert(fc.property(cluster(), cluster(), (a, b) => {
    const [there, back, none] = [difference(a, b), difference(b, a), difference(a, a)];
    const shown = ({ changes, ports }: typeof there, opened: 'opened' | 'closed') => changes.map((change) => [change.source.label, change.destination.label, ports.textOf(change[opened])]);
    expect(shown(there, 'opened')).toEqual(shown(back, 'closed'));
    expect(shown(there, 'closed')).toEqual(shown(back, 'opened'));
    expect(none.changes).toEqual([]);
  }), RUNS);
});

test('what has changed is what has another line', () => {
  fc.assert(fc.property(cluster(), cluster(), (a, b) => {
    const inside = (manifests: readonly Json[]) => new Map(lines(manifests).filter((line) => !line.includes('External')).map((line) => line.split(' : ') as [string, string]));
    const [before, after] = [inside(a), inside(b)];
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((pair) => before.get(pair) !== after.get(pair)).sort();
    const { changes } = difference(a, b);
    expect(changes.map(({ source, destination }) => `${source.label} => ${destination.label}`).filter((pair) => !pair.includes('External'))).toEqual(changed);
  }), RUNS);
});
