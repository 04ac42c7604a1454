import { App, Chart, Testing } from 'cdk8s';
import { Exemption, ExemptionProps } from '../../lib/exemption';
import { Rule, ScopedClusterRole, ScopedRole, Subject } from '../../lib/rbac';

const GROUP = Subject.group('operators');
const terms = (control: string): ExemptionProps => ({ control, reason: 'incident response', owner: 'platform', expires: new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10) });
const chart = (namespace = 'team') => new Chart(new App(), namespace, { namespace, disableResourceNameHashes: true });

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return '(nothing was refused)';
}

/** Each refusal that an exemption excuses, and the controls that see it at synth. */
const EXCUSED: [string, Rule, string[], string?][] = [
  ['every resource', Rule.read('*'), ['rbac/no-wildcard-resources', 'rbac/no-wildcard-groups', 'rbac/no-secret-reads', 'rbac/no-command-execution', 'rbac/no-network-policy-bypass']],
  ['every custom resource of a group', Rule.custom('example.com', ['get'], '*'), ['rbac/no-wildcard-resources']],
  ['every scale', Rule.allow(['patch'], '*/scale'), ['rbac/no-wildcard-resources', 'rbac/no-wildcard-groups']],
  ['every verb', Rule.custom('example.com', ['*'], 'widgets'), ['rbac/no-wildcard-verbs', 'rbac/no-broad-deletion']],
  ['reading secrets', Rule.read('secrets'), ['rbac/no-secret-reads']],
  ['writing secrets', Rule.allow(['create'], 'secrets'), ['rbac/no-secret-writes']],
  ['deleting secrets', Rule.allow(['delete'], 'secrets'), ['rbac/no-administration']],
  ['tokens', Rule.allow(['create'], 'serviceaccounts/token'), ['rbac/no-token-creation']],
  ['commands in pods', Rule.allow(['create'], 'pods/exec'), ['rbac/no-command-execution']],
  ['containers beside pods', Rule.allow(['patch'], 'pods/ephemeralcontainers'), ['rbac/no-container-injection']],
  ['forwarding ports', Rule.allow(['create'], 'pods/portforward'), ['rbac/no-network-policy-bypass']],
  ['status', Rule.allow(['patch'], 'pods/status'), ['rbac/no-status-writes']],
  ['placing pods', Rule.allow(['create'], 'pods/binding'), ['rbac/no-administration']],
  ['endpoints', Rule.write('endpoints'), ['rbac/no-traffic-redirection']],
  ['network policies', Rule.write('networkpolicies'), ['rbac/no-traffic-redirection']],
  ['quotas', Rule.allow(['patch'], 'resourcequotas'), ['rbac/no-administration']],
  ['deleting events', Rule.allow(['delete'], 'events'), ['rbac/no-event-deletion']],
  ['bindings', Rule.allow(['create'], 'rolebindings'), ['rbac/no-rights-writes']],
  ['escalating', Rule.allow(['escalate'], 'roles'), ['rbac/no-escalation']],
  ['binding', Rule.allow(['bind'], 'roles').named('reader'), ['rbac/no-escalation']],
  ['acting as accounts', Rule.allow(['impersonate'], 'serviceaccounts'), ['rbac/no-impersonation']],
  ['deleting everything at once', Rule.allow(['deletecollection'], 'pods'), ['rbac/no-broad-deletion']],
  ['names that do not restrict', Rule.allow(['get', 'list'], 'configmaps').named('a'), ['rbac/names-restrict']],
  ['what is of the cluster', Rule.read('nodes'), ['rbac/no-cluster-resources-in-role']],
  ['workloads of kube-system', Rule.allow(['patch'], 'deployments'), ['rbac/no-system-workload-writes', 'access/no-path-to-cluster-admin'], 'kube-system'],
  ['the configuration of the cluster', Rule.allow(['patch'], 'configmaps'), ['rbac/no-system-config-writes'], 'kube-system'],
];

test.each(EXCUSED.map(([name, rule, controls, namespace = 'team']): [string, Rule, string[], string] => [name, rule, controls, namespace]))('%s: allowed to a role that is exempt, and only to that', (_name, rule, controls, namespace) => {
  const place = chart(namespace);
  const build = (at: Chart, exemptions: ExemptionProps[]) => new ScopedRole(at, 'role', { rules: [rule], subjects: [GROUP], exemptions });
  expect(messageOf(() => build(chart(namespace), controls.slice(1).map(terms)))).not.toBe('(nothing was refused)');
  expect(messageOf(() => build(place, controls.map(terms)))).toBe('(nothing was refused)');
  expect(() => Testing.synth(place)).not.toThrow(); // the exemption excuses just what the refusal was about
});

test.each<[string, Rule, string[]]>([
  ['workloads', Rule.allow(['patch'], 'deployments'), ['rbac/no-cluster-wide-workload-writes']],
  ['the kubelet\'s API', Rule.allow(['get'], 'nodes/proxy'), ['rbac/no-node-proxy']],
  ['volumes', Rule.allow(['create'], 'persistentvolumes'), ['rbac/no-volume-creation']],
  ['namespaces', Rule.allow(['patch'], 'namespaces'), ['rbac/no-namespace-changes']],
  ['webhooks', Rule.allow(['patch'], 'mutatingwebhookconfigurations'), ['rbac/no-webhook-writes']],
  ['admission policies', Rule.allow(['delete'], 'validatingadmissionpolicies'), ['rbac/no-admission-policy-writes']],
  ['approving certificates', Rule.allow(['approve'], 'signers').named('example.com/mine'), ['rbac/no-certificate-approval']],
  ['acting as users', Rule.allow(['impersonate'], 'users'), ['rbac/no-impersonation']],
  ['nodes', Rule.allow(['patch'], 'nodes'), ['rbac/no-administration']],
  ['every path', Rule.url('*'), ['rbac/no-wildcard-urls']],
])('%s: allowed to a ClusterRole that is exempt', (_name, rule, controls) => {
  const place = chart();
  expect(messageOf(() => new ScopedClusterRole(chart(), 'role', { rules: [rule] }))).not.toBe('(nothing was refused)');
  expect(messageOf(() => new ScopedClusterRole(place, 'role', { rules: [rule], exemptions: controls.map(terms) }))).toBe('(nothing was refused)');
  expect(() => Testing.synth(place)).not.toThrow();
});

test.each<[string, Subject, string]>([
  ['system:masters', Subject.group('system:masters'), 'rbac/no-masters-group'], ['whoever asks', Subject.user('system:anonymous'), 'rbac/no-anonymous-subjects'],
  ['everybody', Subject.group('system:authenticated'), 'rbac/no-everyone-subjects'], ['every account of a namespace', Subject.group('system:serviceaccounts:team'), 'rbac/no-everyone-subjects'],
  ['the account "default"', Subject.serviceAccountNamed('default', 'team'), 'rbac/no-default-account'],
])('%s: allowed as a subject of a role that is exempt', (_name, subject, control) => {
  const place = chart();
  expect(messageOf(() => new ScopedRole(chart(), 'role', { rules: [Rule.read('pods')], subjects: [subject] }))).not.toBe('(nothing was refused)');
  expect(messageOf(() => new ScopedRole(place, 'role', { rules: [Rule.read('pods')], subjects: [subject], exemptions: [terms(control)] }))).toBe('(nothing was refused)');
  expect(() => Testing.synth(place)).not.toThrow();
});

test('what a role stands in may be exempt, if it was before', () => {
  const place = chart();
  const build = (id: string) => messageOf(() => new ScopedRole(place, id, { rules: [Rule.allow(['create'], 'pods/exec')], subjects: [GROUP] }));
  expect(build('before')).toContain('which runs commands');
  Exemption.grant(place, terms('rbac/no-command-execution'));
  expect(build('after')).toBe('(nothing was refused)');
});

test.each<[string, Rule]>([
  ['a wildcard that RBAC takes literally', Rule.read('pods/*')], ['a pattern of verbs', Rule.custom('example.com', ['get*'], 'widgets')], ['a name that is a pattern', Rule.read('configmaps').named('*')],
  ['a resource that there is not', Rule.read('pod')], ['a verb that it lacks', Rule.allow(['list'], 'pods/log')],
])('%s means nothing, so that nothing excuses it', (_name, rule) => {
  const all = ['rbac/no-wildcard-resources', 'rbac/no-wildcard-groups', 'rbac/no-wildcard-verbs', 'rbac/names-restrict'].map(terms);
  expect(messageOf(() => new ScopedRole(chart(), 'role', { rules: [rule], subjects: [GROUP], exemptions: all }))).toContain('team/role: Rule.');
});

test('what is exempt is granted as it was written', () => {
  const place = chart();
  new ScopedRole(place, 'role', {
    rules: [Rule.custom('example.com', ['*'], 'widgets'), Rule.custom('example.com', ['get'], 'widgets'), Rule.allow(['escalate', 'get'], 'roles').named('mine')], subjects: [GROUP],
    exemptions: ['rbac/no-wildcard-verbs', 'rbac/no-broad-deletion', 'rbac/no-escalation'].map(terms),
  });
  expect(Testing.synth(place)[0].rules).toEqual([
    { apiGroups: ['example.com'], resources: ['widgets'], verbs: ['*'] },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], resourceNames: ['mine'], verbs: ['get', 'escalate'] },
  ]);
});
