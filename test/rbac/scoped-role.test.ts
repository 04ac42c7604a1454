import * as path from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Exemption } from '../../lib/exemption';
import { Golden } from '../../lib/golden';
import { HardenedNamespace } from '../../lib/namespace';
import { Rule, ScopedRole, Subject } from '../../lib/rbac';
import { SecureDeployment } from '../../lib/workload';

const IMAGE = 'registry.example.com/processor:1@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';

const GROUP = Subject.group('developers');

function chart(namespace: string | undefined = 'payments'): Chart {
  return new Chart(new App(), 'payments', { namespace, disableResourceNameHashes: true });
}

/** What a ScopedRole synthesizes: the Role and the RoleBinding. */
function synth(rules: Rule[], subjects: Subject[] = [GROUP], place = chart()) {
  new ScopedRole(place, 'developer', { rules, subjects });
  return Testing.synth(place).filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding');
}

/** The namespace "default" is for exemptions. */
function intoDefault(place: Chart): void {
  Exemption.grant(place, { control: 'object/no-default-namespace', reason: 'the account of another team is there', owner: 'team-payments', expires: '2026-12-31' });
}

function rulesOf(...rules: Rule[]) {
  return synth(rules)[0].rules;
}

function subjectsOf(...subjects: Subject[]) {
  return synth([Rule.read('pods')], subjects)[1].subjects;
}

test('a Role, and the RoleBinding that gives it to its subjects', () => {
  const place = chart();
  const account = new kplus.ServiceAccount(new Chart(place, 'build', { namespace: 'build' }), 'runner', { metadata: { name: 'runner' } });
  new ScopedRole(place, 'developer', {
    rules: [...Rule.developer(), Rule.read('secrets').named('certificate'), Rule.custom('cert-manager.io', ['get', 'list'], 'certificates')],
    subjects: [GROUP, Subject.user('jane@example.com'), Subject.serviceAccount(account)],
  });
  Golden.of(place).matches(path.join(__dirname, 'golden'));
});

test('in a HardenedNamespace both are called as the construct is', () => {
  const namespace = new HardenedNamespace(new App(), 'payments', { owner: 'team' });
  expect(synth([Rule.read('pods')], [GROUP], namespace).map(({ metadata }) => [metadata.name, metadata.namespace])).toEqual([['developer', 'payments'], ['developer', 'payments']]);
});

test('its name is known, and so is the object a patch goes to', () => {
  const role = new ScopedRole(chart(), 'developer', { rules: [Rule.read('pods')], subjects: [GROUP] });
  expect(role.name).toBe('payments-developer');
  expect((role.node.defaultChild as unknown as { kind: string }).kind).toBe('Role');
});

test('developers look, and change Deployments; they see no secret', () => {
  expect(rulesOf(...Rule.developer())).toEqual([
    { apiGroups: [''], resources: ['configmaps', 'pods', 'pods/log', 'services'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
  ]);
});

describe('what a rule comes to', () => {
  test('writing is create, update, patch and delete', () => {
    expect(rulesOf(Rule.write('deployments'))).toEqual([{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['create', 'update', 'patch', 'delete'] }]);
  });

  test('writing a subresource is as much of that as it has', () => {
    expect(rulesOf(Rule.write('deployments/scale'))).toEqual([{ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['update', 'patch'] }]);
  });

  test('named, reading is get', () => {
    expect(rulesOf(Rule.read('configmaps').named('app-config'))).toEqual([{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['app-config'], verbs: ['get'] }]);
  });

  test('named, writing is update, patch and delete', () => {
    expect(rulesOf(Rule.write('configmaps').named('app-config'))).toEqual([{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['app-config'], verbs: ['update', 'patch', 'delete'] }]);
  });

  test('names add up, and the rule they were called on stays as it was', () => {
    const all = Rule.read('configmaps');
    expect(rulesOf(all.named('b').named('a'))[0].resourceNames).toEqual(['a', 'b']);
    expect(rulesOf(all)[0].resourceNames).toBeUndefined();
  });

  test('a subresource can be created by name, as its request bears one', () => {
    expect(rulesOf(Rule.allow(['create'], 'pods/eviction').named('db-0'))).toEqual([{ apiGroups: [''], resources: ['pods/eviction'], resourceNames: ['db-0'], verbs: ['create'] }]);
  });

  test('secrets are read by name', () => {
    expect(rulesOf(Rule.read('secrets').named('database-password'))).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['database-password'], verbs: ['get'] }]);
  });

  test.each([
    ['events', '', 'events'], ['events.events.k8s.io', 'events.k8s.io', 'events'], ['ingresses', 'networking.k8s.io', 'ingresses'], ['pods', '', 'pods'],
    ['pods.metrics.k8s.io', 'metrics.k8s.io', 'pods'], ['deployments.apps', 'apps', 'deployments'], ['deployments.apps/scale', 'apps', 'deployments/scale'],
    ['cronjobs', 'batch', 'cronjobs'], ['horizontalpodautoscalers', 'autoscaling', 'horizontalpodautoscalers'], ['leases', 'coordination.k8s.io', 'leases'],
  ])('%s stands in the group "%s"', (written, group, resource) => {
    expect(rulesOf(Rule.read(written))).toEqual([{ apiGroups: [group], resources: [resource], verbs: ['get', 'list', 'watch'] }]);
  });

  test('custom resources stand in the group that is given', () => {
    expect(rulesOf(Rule.custom('cert-manager.io', ['get', 'list'], 'certificates', 'certificates/status')))
      .toEqual([{ apiGroups: ['cert-manager.io'], resources: ['certificates', 'certificates/status'], verbs: ['get', 'list'] }]);
  });
});

describe('the rules are written one way', () => {
  test('the order in which they are given does not matter', () => {
    const rules = [Rule.write('jobs'), Rule.read('pods', 'configmaps'), Rule.read('secrets').named('b', 'a'), Rule.allow(['delete'], 'pods'), Rule.read('jobs')];
    const subjects = [Subject.user('zoe'), GROUP, Subject.user('adam'), Subject.serviceAccountNamed('ci', 'build'), Subject.serviceAccountNamed('ci', 'argocd')];
    expect(synth([...rules].reverse(), [...subjects].reverse())).toEqual(synth(rules, subjects));
  });

  test('what is granted twice stands once', () => {
    expect(rulesOf(Rule.read('pods'), Rule.allow(['get', 'get', 'delete'], 'pods', 'pods'))).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'delete'] }]);
    expect(subjectsOf(GROUP, Subject.group('developers'))).toHaveLength(1);
  });

  test('what is granted on every object is not said again by name', () => {
    expect(rulesOf(Rule.read('configmaps'), Rule.allow(['get', 'update'], 'configmaps').named('app'))).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['app'], verbs: ['update'] },
    ]);
  });

  test('names share a rule only with the same verbs', () => {
    expect(rulesOf(Rule.read('configmaps').named('a', 'b'), Rule.allow(['update'], 'configmaps').named('b', 'c'))).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['get'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['b'], verbs: ['get', 'update'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['c'], verbs: ['update'] },
    ]);
  });

  test('a name of one resource is never one of another', () => {
    expect(rulesOf(Rule.read('configmaps').named('a'), Rule.read('secrets').named('b'))).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['b'], verbs: ['get'] },
    ]);
  });
});

describe('subjects', () => {
  test('users and groups have RBAC\'s own group', () => {
    expect(subjectsOf(Subject.user('jane@example.com'), Subject.group('oidc:team a'))).toEqual([
      { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'oidc:team a' },
      { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane@example.com' },
    ]);
  });

  test('an account has the namespace it is in, wherever the role is', () => {
    const place = chart();
    const account = new kplus.ServiceAccount(new Chart(place, 'build', { namespace: 'build' }), 'runner', { metadata: { name: 'runner' } });
    expect(synth([Rule.write('deployments')], [Subject.serviceAccount(account)], place)[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'runner', namespace: 'build' }]);
  });

  test('a workload stands for its account, with the namespace that kplus leaves out', () => {
    const place = chart();
    const serviceAccount = new kplus.ServiceAccount(place, 'watcher');
    const workload = new SecureDeployment(place, 'processor', { serviceAccount, containers: [{ image: IMAGE, portNumber: 8080 }] });
    expect(synth([Rule.read('configmaps')], [Subject.workload(workload)], place)[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'payments-watcher', namespace: 'payments' }]);
  });

  test('an imported account keeps the namespace that was given', () => {
    const place = chart();
    const account = kplus.ServiceAccount.fromServiceAccountName(place, 'argo', 'deployer', { namespaceName: 'argocd' });
    expect(synth([Rule.write('deployments')], [Subject.serviceAccount(account)], place)[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'deployer', namespace: 'argocd' }]);
  });

  test('an account that this app has in the namespace "default" is the one that is meant', () => {
    const place = chart();
    intoDefault(place);
    const account = new kplus.ServiceAccount(new Chart(place, 'elsewhere', { namespace: 'default' }), 'runner', { metadata: { name: 'runner' } });
    expect(synth([Rule.read('pods')], [Subject.serviceAccount(account)], place)[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'runner', namespace: 'default' }]);
  });

  test('in the namespace "default" an imported account may be there', () => {
    const place = chart('default');
    intoDefault(place);
    const account = kplus.ServiceAccount.fromServiceAccountName(place, 'argo', 'deployer');
    expect(synth([Rule.read('pods')], [Subject.serviceAccount(account)], place)[1].subjects).toEqual([{ kind: 'ServiceAccount', name: 'deployer', namespace: 'default' }]);
  });
});

test('a tree with a ScopedRole is judged at synth', () => {
  const place = chart();
  new ApiObject(place, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { hostNetwork: true, containers: [{ name: 'main', image: IMAGE }] } });
  expect(() => Testing.synth(place)).not.toThrow();
  expect(() => synth([Rule.read('pods')], [GROUP], place)).toThrow('pod/no-host-namespaces');
});

describe('more bindings of one role', () => {
  test('each is called after the role and its id', () => {
    const place = chart();
    const role = new ScopedRole(place, 'developer', { rules: [Rule.read('pods')], subjects: [GROUP] });
    role.bind('auditors', Subject.group('auditors'), Subject.user('zoe'));
    const bindings = Testing.synth(place).filter(({ kind }) => kind === 'RoleBinding');
    expect(bindings.map(({ metadata, roleRef, subjects }) => [metadata.name, roleRef.name, subjects.length])).toEqual([['payments-developer', 'payments-developer', 1], ['payments-developer-auditors', 'payments-developer', 2]]);
  });

  test.each<[string, (role: ScopedRole) => void, string]>([
    ['nobody', (role) => role.bind('none'), 'payments/developer: no subject is given; give at least one, such as Subject.group("developers")'],
    ['everybody', (role) => role.bind('all', Subject.group('system:authenticated')), 'payments/developer: Subject.group("system:authenticated") is every identity of the cluster; name who is meant'],
    ['the same id twice', (role) => { role.bind('a', GROUP); role.bind('a', GROUP); }, 'payments/developer: there is a binding "a" already; give it all subjects, or another id'],
    ['no id', (role) => role.bind('', GROUP), 'payments/developer: the id of a binding "" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
  ])('%s: refused', (_name, bind, message) => {
    expect(() => bind(new ScopedRole(chart(), 'developer', { rules: [Rule.read('pods')], subjects: [GROUP] }))).toThrow(new Error(message));
  });
});

test('resources can be named after the verbs', () => {
  expect(rulesOf(Rule.read().on('configmaps').named('app-config'))).toEqual(rulesOf(Rule.read('configmaps').named('app-config')));
  expect(rulesOf(Rule.read('pods').on('services'))).toEqual(rulesOf(Rule.read('pods', 'services')));
});

test('paths of the API server are no Role\'s', () => {
  expect(() => synth([Rule.url('/metrics')])).toThrow(new Error('payments/developer: Rule.url("/metrics") opens paths of the API server, which no Role can; write a ScopedClusterRole'));
});
