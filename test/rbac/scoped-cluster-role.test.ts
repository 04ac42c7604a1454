import { App, Chart, Testing } from 'cdk8s';
import { HardenedNamespace } from '../../lib/namespace';
import { Rule, ScopedClusterRole, Subject } from '../../lib/rbac';

const GROUP = Subject.group('operators');
const API = 'rbac.authorization.k8s.io';

function chart(namespace?: string): Chart {
  return new Chart(new App(), 'monitoring', { namespace, disableResourceNameHashes: true });
}

function role(place: Chart, rules: Rule[] = [Rule.read('nodes'), Rule.url('/metrics')], name?: string) {
  return new ScopedClusterRole(place, 'scraper', { rules, name });
}

const rbac = (place: Chart) => Testing.synth(place).filter(({ apiVersion }) => apiVersion === `${API}/v1`);
const messageOf = (build: () => unknown): string[] => {
  try {
    build();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return ['(nothing was refused)'];
};

test('by itself it grants nothing', () => {
  const place = chart();
  role(place);
  expect(rbac(place)).toEqual([{
    apiVersion: `${API}/v1`, kind: 'ClusterRole',
    metadata: { name: 'monitoring-scraper', labels: expect.objectContaining({ 'app.kubernetes.io/name': 'monitoring-scraper' }) },
    rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] }, { nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  }]);
});

test('in the whole cluster, by one binding', () => {
  const place = chart();
  const scraper = role(place);
  scraper.grantEverywhere(Subject.user('zoe'));
  scraper.grantEverywhere(GROUP, Subject.user('zoe'));
  expect(rbac(place)[1]).toMatchObject({
    kind: 'ClusterRoleBinding', metadata: { name: 'monitoring-scraper' }, roleRef: { apiGroup: API, kind: 'ClusterRole', name: 'monitoring-scraper' },
    subjects: [{ kind: 'Group', apiGroup: API, name: 'operators' }, { kind: 'User', apiGroup: API, name: 'zoe' }],
  });
  expect(rbac(place)).toHaveLength(2);
});

test('in several namespaces, each beside its own objects', () => {
  const app = new App();
  const [shop, bank] = ['shop', 'bank'].map((name) => new HardenedNamespace(app, name, { owner: 'team' }));
  const reader = new ScopedClusterRole(shop, 'reader', { rules: Rule.reader() });
  reader.grantIn(bank, GROUP);
  reader.grantIn(shop, GROUP);
  reader.grantIn(shop, Subject.user('zoe'));
  reader.grantInNamespace('legacy', GROUP);
  const bindings = (of: Chart) => rbac(of).filter(({ kind }) => kind === 'RoleBinding').map(({ metadata, roleRef, subjects }) => [metadata.namespace, metadata.name, roleRef.name, subjects.length]).sort();
  expect(bindings(shop)).toEqual([['legacy', 'shop-reader', 'shop-reader', 1], ['shop', 'shop-reader', 'shop-reader', 2]]);
  expect(bindings(bank)).toEqual([['bank', 'shop-reader', 'shop-reader', 1]]);
  expect(rbac(shop).filter(({ kind }) => kind === 'ClusterRole').map(({ metadata }) => [metadata.name, metadata.namespace])).toEqual([['shop-reader', undefined]]);
});

test('two namespaces may have one of the same id', () => {
  const app = new App();
  const names = ['shop', 'bank'].map((name) => new ScopedClusterRole(new HardenedNamespace(app, name, { owner: 'team' }), 'reader', { rules: [Rule.read('nodes')] }).name);
  expect(names).toEqual(['shop-reader', 'bank-reader']);
});

test.each<[string, Rule, string]>([
  ['workloads, as kube-system has some', Rule.write('deployments'), 'Rule.write("deployments") grants create, update, patch, delete on deployments.apps, which runs as any account of kube-system, and so as an administrator; grant it in its namespace, with a ScopedRole'],
  ['config maps', Rule.allow(['update'], 'configmaps'), 'Rule.allow(["update"], "configmaps") grants update on configmaps, which changes who is an administrator (aws-auth) and what names resolve to (coredns); grant it in its namespace, with a ScopedRole'],
  ['the kubelet\'s API', Rule.allow(['get'], 'nodes/proxy'), 'Rule.allow(["get"], "nodes/proxy") grants get on nodes/proxy, which runs commands in every pod of a node, unseen by audit and admission; read metrics as "pods.metrics.k8s.io"'],
  ['secrets', Rule.read('secrets'), 'Rule.read("secrets") grants get, list, watch on secrets, which shows the contents of every secret of the namespace; name those it needs: Rule.read("secrets").named("…")'],
  ['a wildcard', Rule.read('*'), 'Rule.read("*") has the wildcard "*" for a resource, which covers what is yet to come; name each resource'],
  ['every path', Rule.url('/*'), 'Rule.url("/*") has the wildcard "/*" for a path, which covers what is yet to come; name each path, such as "/metrics"'],
  ['a path that is none', Rule.url('metrics'), 'Rule.url("metrics") has the path "metrics", which is none; give one that begins with "/", such as "/metrics" or "/healthz/*"'],
  ['a name of a path', Rule.url('/metrics').named('a'), 'Rule.url("/metrics").named("a") names objects of a path; leave named() out'],
])('%s: refused', (_name, rule, message) => {
  expect(messageOf(() => role(chart(), [rule]))).toEqual([`monitoring/scraper: ${message}`]);
});

test.each(['cluster-admin', 'view', 'system:scraper'])('the name %s is Kubernetes\' own', (name) => {
  expect(messageOf(() => role(chart(), undefined, name))).toEqual([`monitoring/scraper: name ${JSON.stringify(name)} is of a ClusterRole of Kubernetes' own; give another, or leave it out`]);
});

test.each<[string, (scraper: ScopedClusterRole, place: Chart) => void, string]>([
  ['nobody', (scraper) => scraper.grantEverywhere(), 'no subject is given; give at least one, such as Subject.group("developers")'],
  ['system:masters', (scraper) => scraper.grantEverywhere(Subject.group('system:masters')), 'Subject.group("system:masters") bypasses RBAC, and cannot be revoked; name who is meant'],
  ['a chart without a namespace', (scraper, place) => scraper.grantIn(place, GROUP), 'it is granted in a chart that has no namespace; give the chart one, or write grantEverywhere'],
  ['no namespace\'s name', (scraper) => scraper.grantInNamespace('Shop', GROUP), 'namespace "Shop" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
])('granting it to %s is refused', (_name, grant, message) => {
  const place = chart();
  expect(messageOf(() => grant(role(place), place))).toEqual([`monitoring/scraper: ${message}`]);
});
