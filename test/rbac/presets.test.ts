import { App, Chart, Testing } from 'cdk8s';
import { inventoryOf } from '../../lib/inventory';
import { Access, accessOf, escalationOf, identityOf, Request, requestNamed } from '../../lib/proofs/access';
import { Rule, ScopedRole, Subject } from '../../lib/rbac';

const PRESETS = { reader: Rule.reader(), developer: Rule.developer(), operator: Rule.operator(), ciDeployer: Rule.ciDeployer() };
type Preset = keyof typeof PRESETS;

/** What a preset comes to in a namespace, by the proof that a real API server is the judge of. */
function inventory(preset: Preset) {
  const place = new Chart(new App(), 'shop', { namespace: 'shop' });
  new ScopedRole(place, 'role', { rules: PRESETS[preset], subjects: [Subject.group('people')] });
  const confined = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } };
  return inventoryOf([confined, ...Testing.synth(place)].map((json) => ({ json, where: preset })));
}

const ACCESS = new Map((Object.keys(PRESETS) as Preset[]).map((preset): [Preset, Access] => [preset, accessOf(inventory(preset), '1.34')]));

function may(preset: Preset, what: string, namespace = 'shop'): boolean {
  const { request } = requestNamed(what, namespace, inventoryOf([])) as { request: Request };
  return ACCESS.get(preset)!.decide(identityOf({ kind: 'Group', name: 'people', namespace: '' }), request).allowed;
}

test.each<[Preset, string]>([
  ['reader', 'list pods'], ['reader', 'get pods/log'], ['reader', 'watch deployments'], ['reader', 'list events'], ['reader', 'get networkpolicies'], ['reader', 'list pods.metrics.k8s.io'],
  ['developer', 'get pods/log'], ['developer', 'patch deployments'],
  ['operator', 'list pods'], ['operator', 'patch deployments'], ['operator', 'update deployments/scale'], ['operator', 'delete pods'], ['operator', 'create pods/eviction'], ['operator', 'create jobs'], ['operator', 'patch horizontalpodautoscalers'],
  ['ciDeployer', 'create deployments'], ['ciDeployer', 'patch services'], ['ciDeployer', 'delete configmaps'], ['ciDeployer', 'create ingresses'], ['ciDeployer', 'get pods/log'],
])('a %s may %s', (preset, what) => expect(may(preset, what)).toBe(true));

/** What the documentation says that they cannot do. */
const NEVER = [
  'get secrets', 'list secrets', 'create secrets', 'create pods/exec', 'get pods/exec', 'create pods/attach', 'patch pods/ephemeralcontainers', 'create pods/portforward', 'get pods/proxy', 'get services/proxy',
  'create serviceaccounts', 'create serviceaccounts/token', 'create roles', 'create rolebindings', 'bind roles', 'escalate roles', 'bind clusterroles', 'impersonate serviceaccounts',
  'patch networkpolicies', 'patch resourcequotas', 'patch limitranges', 'patch namespaces shop', 'get nodes', 'get nodes/proxy', 'delete events', 'deletecollection pods', 'create pods', '* *',
];

describe.each(Object.keys(PRESETS) as Preset[])('a %s', (preset) => {
  test.each(NEVER)('may not %s', (what) => expect(may(preset, what)).toBe(false));

  test.each(['get pods', 'patch deployments', 'get configmaps'])('may not %s in another namespace', (what) => expect(may(preset, what, 'bank')).toBe(false));

  test('comes to nothing beyond, by any chain', () => {
    const all = inventory(preset);
    expect(escalationOf(all, accessOf(all, '1.34')).chains).toEqual([]);
  });
});

test.each<[Preset, string]>([
  ['reader', 'patch deployments'], ['reader', 'delete pods'], ['reader', 'create jobs'], ['reader', 'list roles'],
  ['developer', 'create deployments'], ['developer', 'delete deployments'], ['developer', 'patch configmaps'], ['developer', 'delete pods'],
  ['operator', 'create deployments'], ['operator', 'delete deployments'], ['operator', 'patch configmaps'], ['operator', 'patch services'], ['operator', 'patch ingresses'],
  ['ciDeployer', 'patch pods'], ['ciDeployer', 'delete pods'],
])('a %s may not %s', (preset, what) => expect(may(preset, what)).toBe(false));

test('presets add up', () => {
  const place = new Chart(new App(), 'shop', { namespace: 'shop' });
  expect(() => new ScopedRole(place, 'role', { rules: [...Rule.reader(), ...Rule.ciDeployer()], subjects: [Subject.group('people')] })).not.toThrow();
});
