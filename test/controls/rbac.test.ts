import { assess } from '../../lib/assessment';
import { DANGERS } from '../../lib/resources';
import { RBAC } from '../../lib/controls/rbac';
import { inventoryOf } from '../../lib/inventory';

const API = 'rbac.authorization.k8s.io';
const idsOf = (...objects: object[]) => [...new Set(assess(inventoryOf(objects.map((json, i) => ({ json: { apiVersion: `${API}/v1`, ...json }, where: `object[${i}]` }))),
  { level: 'strict', kubernetesVersion: '1.34', catalog: RBAC }).map(({ control }) => control))].sort();
const BOOTSTRAPPING = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const EVERYTHING = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, { nonResourceURLs: ['*'], verbs: ['*'] }];

describe('what every API server makes for itself is not judged', () => {
  test.each([
    ['a role by name and label', { kind: 'ClusterRole', metadata: { name: 'cluster-admin', labels: BOOTSTRAPPING }, rules: EVERYTHING }],
    ['a controller\'s role', { kind: 'ClusterRole', metadata: { name: 'system:controller:generic-garbage-collector', labels: BOOTSTRAPPING }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['delete', 'get', 'list', 'patch', 'update', 'watch'] }] }],
    ['a role of kube-system', { kind: 'Role', metadata: { name: 'system:controller:token-cleaner', namespace: 'kube-system', labels: BOOTSTRAPPING }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch', 'delete'] }] }],
    ['a binding of its role', { kind: 'ClusterRoleBinding', metadata: { name: 'system:discovery', labels: BOOTSTRAPPING }, roleRef: { apiGroup: API, kind: 'ClusterRole', name: 'system:discovery' }, subjects: [{ apiGroup: API, kind: 'Group', name: 'system:authenticated' }] }],
  ])('%s', (_name, object) => expect(idsOf(object)).toEqual([]));

  test.each([
    ['a label alone', { kind: 'ClusterRole', metadata: { name: 'mine', labels: BOOTSTRAPPING }, rules: EVERYTHING }],
    ['a name alone', { kind: 'ClusterRole', metadata: { name: 'system:mine' }, rules: EVERYTHING }],
    ['another label', { kind: 'ClusterRole', metadata: { name: 'system:mine', labels: { 'kubernetes.io/bootstrapping': 'mine' } }, rules: EVERYTHING }],
  ])('but %s does not make one of them', (_name, object) => expect(idsOf(object)).toContain('rbac/no-full-control'));
});

test('a star reads as everything it covers', () => {
  const found = idsOf({ kind: 'ClusterRole', metadata: { name: 'a' }, rules: EVERYTHING });
  expect(found).toEqual(expect.arrayContaining(['rbac/no-secret-reads', 'rbac/no-node-proxy', 'rbac/no-impersonation', 'rbac/no-escalation', 'rbac/no-wildcard-urls']));
});

test('each danger that is one wherever it is granted is some control\'s', () => {
  const dangerousInKubeSystemAlone = ['write-templates'];
  const unjudged = DANGERS.filter(({ group, resources, verbs }) => resources.some((resource) => verbs.some((verb) => {
    const rules = [{ apiGroups: [group], resources: [resource], verbs: [verb] }, { apiGroups: [''], resources: ['pods'], verbs: ['delete'] }];
    return idsOf({ kind: 'ClusterRole', metadata: { name: 'a' }, rules }).length === 0;
  })));
  expect([...new Set(unjudged.map(({ name }) => name))].sort()).toEqual([...dangerousInKubeSystemAlone].sort());
});

test('wrong types and null are judged, and never pass for a grant that is not there', () => {
  const role = (rules: unknown) => ({ kind: 'ClusterRole', metadata: { name: 'a' }, rules });
  expect(idsOf(role(null), role([{ apiGroups: null, resources: null, verbs: null }]))).toEqual([]);
  expect(idsOf(role([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: null }]))).toEqual(['rbac/no-secret-reads']);
});
