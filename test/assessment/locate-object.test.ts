import { assess } from '../../lib/assessment';
import type { InventoryControl, ObjectControl } from '../../lib/controls';
import { inventoryOf } from '../../lib/inventory';

const FACTS = { id: 'thing/fine', title: 'T', severity: 'high', level: 'baseline', frameworks: {}, message: 'it must be fine', remediation: 'Mend it.', allowed: { 'nothing said': undefined }, denied: {} } as const;
const control = (facts: Pick<ObjectControl, 'cel' | 'at'> & Partial<ObjectControl>): ObjectControl => ({ ...FACTS, on: ['example.com/Thing'], ...facts });
const thing = (fields: object, kind = 'Thing') => ({ apiVersion: 'example.com/v1', kind, metadata: { name: 'a' }, ...fields });
const found = (catalog: readonly (ObjectControl | InventoryControl)[], json: unknown, kubernetesVersion = '1.34', params = { registries: ['a/'] }) =>
  assess(inventoryOf([{ json, where: 'x' }]), { level: 'baseline', kubernetesVersion, catalog, params }).map(({ path, message }) => [path, message.replace(', but it must be fine', '')]);

test('a field is named by its path, with what it is', () => {
  const type = control({ at: 'spec.type', cel: "object.?spec.?type.orValue('A') == 'A'" });
  expect(found([type], thing({ spec: { type: 'B' } }))).toEqual([['spec.type', 'spec.type is "B"']]);
  expect(found([type], thing({}))).toEqual([]);
  expect(found([{ ...type, cel: "object.?spec.?type.orValue('') == 'A'", allowed: { A: 'A' } }], thing({ spec: {} }))).toEqual([['spec.type', 'spec.type is absent']]);
});

test('of several fields those that fail alone; all, if none does', () => {
  const two = control({ at: ['spec.a', 'spec.b'], cel: '!object.?spec.?a.orValue(false) && !object.?spec.?b.orValue(false)' });
  expect(found([two], thing({ spec: { a: false, b: true } }))).toEqual([['spec.b', 'spec.b is true']]);
  expect(found([two], thing({ spec: { a: true, b: true } }))).toEqual([['spec.a', 'spec.a is true'], ['spec.b', 'spec.b is true']]);
  const together = { ...two, cel: '!(object.?spec.?a.orValue(false) && object.?spec.?b.orValue(false))' };
  expect(found([together], thing({ spec: { a: true, b: true } }))).toEqual([['spec.a', 'spec.a is true'], ['spec.b', 'spec.b is true']]);
});

test('of a list the items that fail alone', () => {
  const items = control({ at: 'spec.items', cel: "object.?spec.?items.orValue([]).all(i, i.?name.orValue('') != 'x')" });
  expect(found([items], thing({ spec: { items: [{ name: 'x' }, { name: 'y' }, { name: 'x', port: 1 }] } }))).toEqual([
    ['spec.items[0].name', 'spec.items[0].name is "x"'], ['spec.items[2].name', 'spec.items[2].name is "x"'],
  ]);
  expect(found([items], thing({ spec: { items: Array.from({ length: 1000 }, (_, i) => ({ name: i < 998 ? 'y' : 'x' })) } })).map(([path]) => path)).toEqual(['spec.items[998].name', 'spec.items[999].name']);
});

test('of what is deeper as little as there is', () => {
  const deep = control({ at: 'spec.rules', cel: "object.?spec.?rules.orValue([]).all(r, r.?http.?paths.orValue([]).all(p, p.?path.orValue('') != 'x'))" });
  expect(found([deep], thing({ spec: { rules: [{ host: 'a' }, { host: 'b', http: { paths: [{ path: 'y' }, { path: 'x', type: 'Exact' }] } }] } }))).toEqual([['spec.rules[1].http.paths[1].path', 'spec.rules[1].http.paths[1].path is "x"']]);
  // Without either of two it does not fail: it takes both.
  const both = control({ at: 'spec.rules', cel: "object.?spec.?rules.orValue([]).all(r, !(r.?a.orValue(false) && r.?b.orValue(false)))" });
  expect(found([both], thing({ spec: { rules: [{ a: true, b: true }] } }))).toEqual([['spec.rules[0]', 'spec.rules[0] is {"a":true,"b":true}']]);
  // What lacks something is named itself.
  const wanting = control({ at: 'spec.rules', cel: "object.?spec.?rules.orValue([]).all(r, r.?a.orValue('') == 'x')" });
  expect(found([wanting], thing({ spec: { rules: [{ b: 1 }] } }))).toEqual([['spec.rules[0]', 'spec.rules[0] is {"b":1}']]);
  const map = control({ at: 'spec.conversion', cel: '!object.?spec.?conversion.?client.?url.hasValue()' });
  expect(found([map], thing({ spec: { conversion: { strategy: 'x', client: { url: 'u', ca: 'c' } } } }))).toEqual([['spec.conversion.client.url', 'spec.conversion.client.url is "u"']]);
});

test('an item that needs another is at fault only where it is missing', () => {
  const pairs = control({ at: 'spec.items', cel: "object.?spec.?items.orValue([]).all(i, i == 'good' || (i == 'needy' && object.spec.items.exists(j, j == 'good')))" });
  expect(found([pairs], thing({ spec: { items: ['good', 'needy', 'bad'] } }))).toEqual([['spec.items[2]', 'spec.items[2] is "bad"']]);
  expect(found([pairs], thing({ spec: { items: ['needy'] } }))).toEqual([['spec.items[0]', 'spec.items[0] is "needy"']]);
});

test('of a map the keys that fail alone', () => {
  const keys = control({ at: 'metadata.annotations', cel: "object.?metadata.?annotations.orValue({}).all(k, !k.startsWith('bad'))" });
  expect(found([keys], thing({ metadata: { name: 'a', annotations: { 'good': '1', 'bad': '2', 'bad.io/x': '3' } } }))).toEqual([
    ['metadata.annotations["bad.io/x"]', 'metadata.annotations["bad.io/x"] is "3"'], ['metadata.annotations.bad', 'metadata.annotations.bad is "2"'],
  ]);
});

test('the list or map itself, where it lacks something', () => {
  const wanting = control({ at: 'metadata.labels', allowed: { owner: { owner: 'a' } }, cel: "object.?metadata.?labels.orValue({}).exists(k, k == 'owner')" });
  expect(found([wanting], thing({ metadata: { labels: { a: 'b', c: 'd' } } }))).toEqual([['metadata.labels', 'metadata.labels is {"a":"b","c":"d"}']]);
  expect(found([wanting], thing({}))).toEqual([['metadata.labels', 'metadata.labels is absent']]);
  const both = control({ at: 'spec.items', allowed: { x: ['x'] }, cel: "object.?spec.?items.orValue([]).exists(i, i == 'x') && !object.spec.items.exists(i, i == 'y')" });
  expect(found([both], thing({ spec: { items: ['x', 'y'] } }))).toEqual([['spec.items[1]', 'spec.items[1] is "y"']]);
  expect(found([both], thing({ spec: { items: ['z'] } }))).toEqual([['spec.items', 'spec.items is ["z"]']]);
});

test('the object itself, where other fields fail too', () => {
  const named = control({ at: 'spec.a', cel: "!object.?spec.?a.orValue(false) && object.metadata.name != 'bad'" });
  expect(found([named], thing({ metadata: { name: 'bad' }, spec: { a: true } }))).toEqual([['', 'the object does not comply']]);
});

test('what may be secret is not shown', () => {
  const secret = control({ at: 'data', hides: 'each', cel: "object.?data.orValue({}).all(k, object.data[k] != 'hunter2')" });
  expect(found([secret], thing({ data: { 'user': 'me', 'db-password': 'hunter2' } }))).toEqual([['data["db-password"]', 'data["db-password"] has a value (not shown)']]);
  expect(found([{ ...secret, hides: 'whole' }], thing({ data: { user: 'me', password: 'hunter2' } }))).toEqual([['data', 'data has ["user","password"]']]);
});

test('a control over every kind judges every kind', () => {
  const any = control({ on: ['*'], at: 'metadata.labels', cel: "!('x' in object.?metadata.?labels.orValue({}))" });
  expect(['Thing', 'Other'].map((kind) => found([any], thing({ metadata: { labels: { x: 'y' } } }, kind)).length)).toEqual([1, 1]);
});

test('the release decides which expression is asked, and params are what the judge gives', () => {
  const since = control({ at: 'spec.a', cel: [{ since: '1.20', cel: 'object.spec.a > 1' }, { since: '1.30', cel: 'object.spec.a > 2' }] });
  expect(['1.19', '1.20', '1.29', '1.30', 'latest'].map((version) => found([since], thing({ spec: { a: 2 } }), version).length)).toEqual([0, 0, 0, 1, 1]);
  expect(['1.19', '1.20'].map((version) => found([{ ...since, cel: 'false', since: '1.20' }], thing({}), version).length)).toEqual([0, 1]);
  const registry = control({ at: 'spec.a', cel: 'object.spec.a in params.registries' });
  expect([['a/'], ['b/']].map((registries) => found([registry], thing({ spec: { a: 'b/' } }), '1.34', { registries }).length)).toEqual([1, 0]);
});

test('a control over the inventory is told the release of each object, and the params', () => {
  const told: InventoryControl = { ...FACTS, on: 'inventory', judge: ({ objects }, { kubernetesVersion, params }) => objects.map((object) => ({ object, path: '', problem: `${kubernetesVersion(object)} ${params(object).registries[0]}` })) };
  expect(found([told], thing({}), '1.33')).toEqual([['', '1.33 a/']]);
});

test('wrong types are named, and absent to expressions', () => {
  const inventory = inventoryOf([{ where: 'x', json: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', labels: { x: 5, y: 'z' } }, data: [], stringData: { a: true, b: '' } } }]);
  expect(inventory.objects[0].faults.map(({ path }) => path)).toEqual(['metadata.labels.x', 'data', 'stringData.a']);
  expect(inventory.objects[0].typed().get('metadata')).toEqual(new Map<string, unknown>([['name', 'a'], ['labels', new Map([['y', 'z']])]]));
  expect(inventory.objects[0].typed().get('stringData')).toEqual(new Map([['b', '']]));
});
