import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Rule, ScopedRole, Subject } from '../../lib/rbac';

const ADMINISTRATORS = 'leave it to the administrators of the cluster';
const RULE = Rule.read('pods');
const GROUP = Subject.group('developers');

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return '(nothing was refused)';
}

function refusal(rules: Rule[], subjects: Subject[] = [GROUP], namespace = 'team'): string[] {
  const chart = new Chart(new App(), 'team', { namespace });
  return messageOf(() => new ScopedRole(chart, 'role', { rules, subjects })).split('\n');
}

describe('rules that do not say what they mean are refused', () => {
  test.each<[string, Rule[], string]>([
    ['no rule', [], 'no rule is given; give at least one, such as Rule.read("pods")'],
    ['no resource', [Rule.read()], 'Rule.read() names no resource; name at least one, such as "pods"'],
    ['no verb', [Rule.allow([], 'pods')], 'Rule.allow([], "pods") names no verb; name at least one of get, list, watch, create, update, patch, delete, deletecollection'],
    ['every resource', [Rule.read('*')], 'Rule.read("*") has the wildcard "*" for a resource, which covers what is yet to come; name each resource'],
    ['every subresource', [Rule.read('pods/*')], 'Rule.read("pods/*") has the wildcard "pods/*" for a resource, which covers what is yet to come; name each resource'],
    ['every verb', [Rule.allow(['*'], 'pods')], 'Rule.allow(["*"], "pods") has the wildcard "*" for a verb, which covers what is yet to come; name each verb: get, list, watch, create, update, patch, delete, deletecollection'],
    ['a pattern of verbs', [Rule.allow(['get*'], 'pods')], 'Rule.allow(["get*"], "pods") has the wildcard "get*" for a verb, which covers what is yet to come; name each verb: get, list, watch, create, update, patch, delete, deletecollection'],
    ['every group', [Rule.custom('*', ['get'], 'things')], 'Rule.custom("*", ["get"], "things") has the wildcard "*" for a group, which covers what is yet to come; name the group'],
    ['every custom resource', [Rule.custom('example.com', ['get'], '*')], 'Rule.custom("example.com", ["get"], "*") has the wildcard "*" for a resource, which covers what is yet to come; name each resource'],
    ['every custom verb', [Rule.custom('example.com', ['*'], 'things')], 'Rule.custom("example.com", ["*"], "things") has the wildcard "*" for a verb, which covers what is yet to come; name each verb: get, list, watch, create, update, patch, delete, deletecollection'],
    ['every name', [Rule.read('secrets').named('*')], 'Rule.read("secrets").named("*") has the wildcard "*" for a name, which Kubernetes would take literally; name each object'],
    ['names, but none', [Rule.read('secrets').named()], 'Rule.read("secrets").named() names no object; name at least one, or leave named() out for all of them'],
    ['an empty name', [Rule.read('configmaps').named('')], 'Rule.read("configmaps").named("") has the name "", which no object can have; give the object\'s metadata.name'],
    ['a name that Terraform gives', [Rule.read('configmaps').named('${TfToken[TOKEN.0]}')], 'Rule.read("configmaps").named("${TfToken[TOKEN.0]}") has the name "${TfToken[TOKEN.0]}", a Terraform token that no manifest can resolve; give the name itself'],
    ['a singular', [Rule.read('pod')], 'Rule.read("pod") names "pod", which is no built-in resource; did you mean "pods"? Rule.custom is for resources that are not built in'],
    ['a singular twice', [Rule.read('pod', 'pod')], 'Rule.read("pod", "pod") names "pod", which is no built-in resource; did you mean "pods"? Rule.custom is for resources that are not built in'],
    ['a kind', [Rule.read('Deployment')], 'Rule.read("Deployment") names "Deployment", which is no built-in resource; did you mean "deployments"? Rule.custom is for resources that are not built in'],
    ['a wrong group', [Rule.read('deployments.app')], 'Rule.read("deployments.app") names "deployments.app", which is no built-in resource; did you mean "deployments.apps"? Rule.custom is for resources that are not built in'],
    ['a name of Object.prototype', [Rule.read('constructor')], 'Rule.read("constructor") names "constructor", which is no built-in resource; Rule.custom is for resources that are not built in'],
    ['a URL', [Rule.read('/healthz')], 'Rule.read("/healthz") names "/healthz", which is no built-in resource; Rule.custom is for resources that are not built in'],
    ['a verb of kubectl', [Rule.allow(['edit'], 'pods')], 'Rule.allow(["edit"], "pods") has "edit", which is no verb; use some of get, list, watch, create, update, patch, delete, deletecollection'],
    ['a misspelt verb', [Rule.allow(['wach'], 'pods')], 'Rule.allow(["wach"], "pods") has "wach", which is no verb; did you mean "watch"?'],
    ['a verb in capitals', [Rule.allow(['GET'], 'pods')], 'Rule.allow(["GET"], "pods") has "GET", which is no verb; did you mean "get"?'],
    ['a verb that the resource lacks', [Rule.allow(['get', 'list'], 'pods/log')], 'Rule.allow(["get","list"], "pods/log") names "pods/log", which has no list; it has get'],
    ['reading what can only be created', [Rule.read('localsubjectaccessreviews')], 'Rule.read("localsubjectaccessreviews") names "localsubjectaccessreviews", which has no get, list, watch; it has create'],
    ['writing what can only be read', [Rule.write('pods/log')], 'Rule.write("pods/log") names "pods/log", which has no create, update, patch, delete; it has get'],
    ['writing by name what can only be created', [Rule.write('localsubjectaccessreviews').named('a')], 'Rule.write("localsubjectaccessreviews").named("a") names "localsubjectaccessreviews", which has no update, patch, delete; it has create'],
    ['listing by name', [Rule.allow(['get', 'list', 'watch'], 'configmaps').named('a')], 'Rule.allow(["get","list","watch"], "configmaps").named("a") names objects for list, watch, which names do not restrict; grant these verbs without names in a rule of their own, or leave them out'],
    ['creating by name', [Rule.allow(['create'], 'configmaps').named('a')], 'Rule.allow(["create"], "configmaps").named("a") names objects for create, which names do not restrict; grant these verbs without names in a rule of their own, or leave them out'],
    ['a resource of the cluster', [Rule.read('nodes')], 'Rule.read("nodes") names "nodes", which belongs to the cluster and to no namespace; leave it out; a Role grants nothing on it'],
    ['a built-in group as a custom one', [Rule.custom('apps', ['get'], 'deployments')], 'Rule.custom("apps", ["get"], "deployments") has the group "apps", which is built in; use Rule.read, Rule.write or Rule.allow'],
    ['the core group as a custom one', [Rule.custom('', ['get'], 'pods')], 'Rule.custom("", ["get"], "pods") has the group "", which is built in; use Rule.read, Rule.write or Rule.allow'],
    ['half a group', [Rule.custom('cert-manager', ['get'], 'certificates')], 'Rule.custom("cert-manager", ["get"], "certificates") has the group "cert-manager", which has no dot; give the whole group, such as "cert-manager.io"'],
    ['a group in capitals', [Rule.custom('Cert-Manager.io', ['get'], 'certificates')], 'Rule.custom("Cert-Manager.io", ["get"], "certificates") is malformed: group "Cert-Manager.io" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit'],
    ['a custom kind', [Rule.custom('cert-manager.io', ['get'], 'Certificate')], 'Rule.custom("cert-manager.io", ["get"], "Certificate") is malformed: resource "Certificate" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
    ['too deep a custom resource', [Rule.custom('cert-manager.io', ['get'], 'a/b/c')], 'Rule.custom("cert-manager.io", ["get"], "a/b/c") is malformed: resource "a/b/c" is not valid; give "plural" or "plural/subresource"'],
  ])('%s', (_name, rules, message) => {
    expect(refusal(rules)).toEqual([`team/role: ${message}`]);
  });
});

/** Each row of what makes a rule dangerous, as far as a Role can hold it. */
describe('rules that give more than they seem to are refused', () => {
  const changesPolicies = 'opens what default deny closes; allow flows in code, with network.allow';
  const redirects = 'redirects traffic, into other namespaces too; write Services, and let their selectors find the pods';
  test.each<[string, Rule, string]>([
    ['reading every secret', Rule.read('secrets'), 'grants get, list, watch on secrets, which shows the contents of every secret of the namespace; name those it needs: Rule.read("secrets").named("…")'],
    ['getting any secret', Rule.allow(['get'], 'secrets'), 'grants get on secrets, which shows the contents of every secret of the namespace; name those it needs: Rule.read("secrets").named("…")'],
    ['creating secrets', Rule.allow(['create'], 'secrets'), 'grants create on secrets, which mints tokens of any account of the namespace, or takes secrets from those who need them; only Rule.read("secrets").named("…") is allowed'],
    ['writing a secret by name', Rule.write('secrets').named('a'), 'grants update, patch, delete on secrets, which mints tokens of any account of the namespace, or takes secrets from those who need them; only Rule.read("secrets").named("…") is allowed'],
    ['listing secrets by name', Rule.allow(['list'], 'secrets').named('a'), 'names objects for list, which names do not restrict; grant these verbs without names in a rule of their own, or leave them out'],
    ['tokens of accounts', Rule.allow(['create'], 'serviceaccounts/token'), 'grants create on serviceaccounts/token, which mints tokens of any account of the namespace; give a workload an account of its own instead'],
    ['commands in containers', Rule.allow(['create'], 'pods/exec'), 'grants create on pods/exec, which runs commands in any container of the namespace, with its account and secrets; give Rule.read("pods/log"), and debug in a namespace of its own'],
    ['commands in containers, over a websocket', Rule.allow(['get'], 'pods/exec'), 'grants get on pods/exec, which runs commands in any container of the namespace, with its account and secrets; give Rule.read("pods/log"), and debug in a namespace of its own'],
    ['commands in one pod', Rule.allow(['create'], 'pods/exec').named('db-0'), 'grants create on pods/exec, which runs commands in any container of the namespace, with its account and secrets; give Rule.read("pods/log"), and debug in a namespace of its own'],
    ['attaching', Rule.allow(['create'], 'pods/attach'), 'grants create on pods/attach, which runs commands in any container of the namespace, with its account and secrets; give Rule.read("pods/log"), and debug in a namespace of its own'],
    ['debug containers', Rule.allow(['patch'], 'pods/ephemeralcontainers'), 'grants patch on pods/ephemeralcontainers, which adds a container to any pod of the namespace, with its account and secrets; debug in a namespace of its own'],
    ['forwarding ports', Rule.allow(['create'], 'pods/portforward'), 'grants create on pods/portforward, which reaches ports past every NetworkPolicy; allow the flow with network.allow'],
    ['a proxy to pods', Rule.allow(['get'], 'pods/proxy'), 'grants get on pods/proxy, which reaches ports past every NetworkPolicy; allow the flow with network.allow'],
    ['a proxy to Services', Rule.allow(['create'], 'services/proxy'), 'grants create on services/proxy, which reaches ports past every NetworkPolicy; allow the flow with network.allow'],
    ['placing pods', Rule.allow(['create'], 'pods/binding'), 'grants create on pods/binding, which puts pods onto nodes past the scheduler; leave it to the administrators of the cluster'],
    ['the status of Services', Rule.allow(['update'], 'services/status'), 'grants update on services/status, which draws traffic of others to itself; leave it to the controllers of Kubernetes'],
    ['the status of pods', Rule.allow(['patch'], 'pods/status'), 'grants patch on pods/status, which draws traffic of others to itself; leave it to the controllers of Kubernetes'],
    ['endpoints', Rule.write('endpoints'), `grants create, update, patch, delete on endpoints, which ${redirects}`],
    ['endpoint slices', Rule.allow(['patch'], 'endpointslices'), `grants patch on endpointslices.discovery.k8s.io, which ${redirects}`],
    ['network policies', Rule.write('networkpolicies'), `grants create, update, patch, delete on networkpolicies.networking.k8s.io, which ${changesPolicies}`],
    ['network policies of Cilium', Rule.custom('cilium.io', ['create'], 'ciliumnetworkpolicies'), `grants create on ciliumnetworkpolicies.cilium.io, which ${changesPolicies}`],
    ['network policies of Calico', Rule.custom('projectcalico.org', ['create'], 'networkpolicies'), `grants create on networkpolicies.projectcalico.org, which ${changesPolicies}`],
    ['network policies of Calico, as it stores them', Rule.custom('crd.projectcalico.org', ['delete'], 'networkpolicies'), `grants delete on networkpolicies.crd.projectcalico.org, which ${changesPolicies}`],
    ['quotas', Rule.allow(['patch'], 'resourcequotas'), `grants patch on resourcequotas, which lifts the limits of the namespace it is held to; ${ADMINISTRATORS}`],
    ['limit ranges', Rule.allow(['delete'], 'limitranges').named('limits'), `grants delete on limitranges, which lifts the limits of the namespace it is held to; ${ADMINISTRATORS}`],
    ['deleting events', Rule.allow(['delete'], 'events'), 'grants delete on events, which covers tracks; let events expire'],
    ['deleting events of the newer group', Rule.allow(['delete'], 'events.events.k8s.io'), 'grants delete on events.events.k8s.io, which covers tracks; let events expire'],
    ['roles', Rule.allow(['update'], 'roles').named('mine'), 'grants update on roles.rbac.authorization.k8s.io, which changes who has which rights; write another ScopedRole'],
    ['role bindings', Rule.write('rolebindings'), 'grants create, update, patch, delete on rolebindings.rbac.authorization.k8s.io, which changes who has which rights; write another ScopedRole'],
    ['cluster role bindings', Rule.write('clusterrolebindings'), 'grants create, update, patch, delete on clusterrolebindings.rbac.authorization.k8s.io, which changes who has which rights; write another ScopedRole'],
    ['escalating', Rule.allow(['escalate'], 'roles'), `grants escalate, which gives roles rights that one lacks oneself; ${ADMINISTRATORS}`],
    ['binding', Rule.allow(['bind'], 'roles'), `grants bind, which gives oneself roles that one lacks; ${ADMINISTRATORS}`],
    ['impersonating accounts', Rule.allow(['impersonate'], 'serviceaccounts'), `grants impersonate, which makes one another identity; ${ADMINISTRATORS}`],
    ['deleting everything at once', Rule.allow(['deletecollection'], 'pods'), 'grants deletecollection on pods, which deletes every object at once; grant delete'],
    ['deleting everything of a custom resource', Rule.custom('cert-manager.io', ['deletecollection'], 'certificates'), 'grants deletecollection on certificates.cert-manager.io, which deletes every object at once; grant delete'],
    ['the kubelet\'s API, even to get', Rule.allow(['get'], 'nodes/proxy'), 'grants get on nodes/proxy, which runs commands in every pod of a node, unseen by audit and admission; read metrics as "pods.metrics.k8s.io"'],
    ['changing nodes', Rule.allow(['update'], 'nodes/status'), `grants update on nodes/status, which steers the pods of others; ${ADMINISTRATORS}`],
    ['volumes of the cluster', Rule.allow(['create'], 'persistentvolumes'), 'grants create on persistentvolumes, which mounts any path of a node; write persistentvolumeclaims'],
    ['the labels of namespaces', Rule.allow(['patch'], 'namespaces'), `grants patch on namespaces, which changes the labels that Pod Security and network policies go by; ${ADMINISTRATORS}`],
    ['requests for certificates', Rule.allow(['create'], 'certificatesigningrequests'), `grants create on certificatesigningrequests.certificates.k8s.io, which forges client certificates; ${ADMINISTRATORS}`],
    ['approving them', Rule.allow(['update'], 'certificatesigningrequests/approval'), `grants update on certificatesigningrequests.certificates.k8s.io/approval, which forges client certificates; ${ADMINISTRATORS}`],
    ['admission webhooks', Rule.allow(['patch'], 'mutatingwebhookconfigurations'), `grants patch on mutatingwebhookconfigurations.admissionregistration.k8s.io, which reads or changes every object that is admitted; ${ADMINISTRATORS}`],
    ['mutating admission policies', Rule.allow(['create'], 'mutatingadmissionpolicies'), `grants create on mutatingadmissionpolicies.admissionregistration.k8s.io, which changes every object that is admitted; ${ADMINISTRATORS}`],
    ['validating admission policies', Rule.allow(['delete'], 'validatingadmissionpolicybindings'), `grants delete on validatingadmissionpolicybindings.admissionregistration.k8s.io, which switches controls off; ${ADMINISTRATORS}`],
  ])('%s', (_name, rule, message) => {
    expect(refusal([rule])).toEqual([expect.stringMatching(/^team\/role: Rule\./)]);
    expect(refusal([rule])[0].endsWith(` ${message}`)).toBe(true);
  });

  test('approving for a signer, which is no resource one can read', () => {
    expect(refusal([Rule.allow(['approve'], 'signers')])).toEqual([
      `team/role: Rule.allow(["approve"], "signers") grants approve, which forges client certificates; ${ADMINISTRATORS}`,
      'team/role: Rule.allow(["approve"], "signers") names "signers", which is no built-in resource; Rule.custom is for resources that are not built in',
    ]);
  });

  test.each([
    ['config maps', Rule.write('configmaps'), `create, update, patch, delete on configmaps, which changes who is an administrator (aws-auth) and what names resolve to (coredns); ${ADMINISTRATORS}`],
    ['config maps by name', Rule.allow(['update'], 'configmaps').named('coredns'), `update on configmaps, which changes who is an administrator (aws-auth) and what names resolve to (coredns); ${ADMINISTRATORS}`],
    ['pods', Rule.allow(['create'], 'pods'), `create on pods, which runs as any account of kube-system, and so as an administrator; ${ADMINISTRATORS}`],
    ['Deployments', Rule.allow(['patch'], 'deployments'), `patch on deployments.apps, which runs as any account of kube-system, and so as an administrator; ${ADMINISTRATORS}`],
    ['Jobs', Rule.allow(['create'], 'jobs'), `create on jobs.batch, which runs as any account of kube-system, and so as an administrator; ${ADMINISTRATORS}`],
  ])('writing %s in kube-system', (_name, rule, message) => {
    expect(refusal([rule], [GROUP], 'kube-system')[0].endsWith(` grants ${message}`)).toBe(true);
    expect(refusal([rule])).toEqual(['(nothing was refused)']);
  });

  test.each([
    ['workloads', Rule.write('pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs')], ['Services and Ingresses', Rule.write('services', 'ingresses')],
    ['config maps and claims', Rule.write('configmaps', 'persistentvolumeclaims')], ['accounts', Rule.write('serviceaccounts')], ['scaling', Rule.write('deployments/scale')],
    ['evicting', Rule.allow(['create'], 'pods/eviction')], ['leases', Rule.write('leases')], ['recording events', Rule.allow(['create', 'patch'], 'events')],
    ['reading what is dangerous to write', Rule.read('networkpolicies', 'rolebindings', 'roles', 'resourcequotas', 'limitranges', 'endpoints', 'endpointslices', 'pods/status', 'services/status')],
  ])('%s: allowed, as it is what such roles are for', (_name, rule) => {
    expect(refusal([rule])).toEqual(['(nothing was refused)']);
  });
});

describe('subjects that are not one known identity are refused', () => {
  test.each<[string, Subject[], string]>([
    ['nobody', [], 'no subject is given; give at least one, such as Subject.group("developers")'],
    ['system:masters', [Subject.group('system:masters')], 'Subject.group("system:masters") bypasses RBAC, and cannot be revoked; name who is meant'],
    ['system:unauthenticated', [Subject.group('system:unauthenticated')], 'Subject.group("system:unauthenticated") is whoever reaches the API server; name who is meant'],
    ['system:authenticated', [Subject.group('system:authenticated')], 'Subject.group("system:authenticated") is every identity of the cluster; name who is meant'],
    ['every account', [Subject.group('system:serviceaccounts')], 'Subject.group("system:serviceaccounts") is every account of the cluster; name who is meant'],
    ['every account of a namespace', [Subject.group('system:serviceaccounts:team')], 'Subject.group("system:serviceaccounts:team") is every account of a namespace; name the accounts that are meant'],
    ['a group of Kubernetes', [Subject.group('system:nodes')], 'Subject.group("system:nodes") is reserved for Kubernetes itself; name who is meant'],
    ['anonymous', [Subject.user('system:anonymous')], 'Subject.user("system:anonymous") is whoever reaches the API server; name who is meant'],
    ['a user of Kubernetes', [Subject.user('system:kube-scheduler')], 'Subject.user("system:kube-scheduler") is reserved for Kubernetes itself; name who is meant'],
    ['an account as a user', [Subject.user('system:serviceaccount:team:default')], 'Subject.user("system:serviceaccount:team:default") is an account; write Subject.serviceAccountNamed(name, namespace)'],
    ['an empty user', [Subject.user('')], 'Subject.user("") is empty; give the name'],
    ['a blank group', [Subject.group(' ')], 'Subject.group(" ") is empty; give the name'],
    ['every group', [Subject.group('*')], 'Subject.group("*") holds a wildcard, which Kubernetes would take literally; name each subject'],
    ['a blank at the end', [Subject.group('team ')], 'Subject.group("team ") begins or ends with a blank or holds a control character; give the name as the cluster\'s authentication does'],
    ['a group that Terraform gives', [Subject.group('${TfToken[TOKEN.1]}')], 'Subject.group("${TfToken[TOKEN.1]}") is a Terraform token, which no manifest can resolve; give the name itself'],
    ['the account "default"', [Subject.serviceAccountNamed('default', 'team')], 'Subject.serviceAccountNamed("default", "team") is the account that every pod of the namespace has which names no other; give the workload an account of its own'],
    ['an account in no namespace', [Subject.serviceAccountNamed('ci', '')], 'Subject.serviceAccountNamed("ci", ""): namespace "" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
    ['an account of every name', [Subject.serviceAccountNamed('*', 'team')], 'Subject.serviceAccountNamed("*", "team"): account "*" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit'],
  ])('%s', (_name, subjects, message) => {
    expect(refusal([RULE], subjects)).toEqual([`team/role: ${message}`]);
  });

  const place = () => new Chart(new App(), 'other', { namespace: 'other' });
  test.each<[string, () => Subject, string]>([
    ['the object of the account "default"', () => Subject.serviceAccount(new kplus.ServiceAccount(place(), 'account', { metadata: { name: 'default' } })),
      'Subject.serviceAccount("other/account") is the account that every pod of the namespace has which names no other; give the workload an account of its own'],
    ['an account whose chart has no namespace', () => Subject.serviceAccount(new kplus.ServiceAccount(new Chart(new App(), 'bare'), 'account', { metadata: { name: 'ci' } })),
      'Subject.serviceAccount("bare/account") has no namespace, and other namespaces may have an account "ci" too; put the account into a HardenedNamespace, or a chart with a namespace'],
    ['an imported account for which kplus assumes "default"', () => Subject.serviceAccount(kplus.ServiceAccount.fromServiceAccountName(place(), 'ci', 'runner')),
      'Subject.serviceAccount("other/ci") is imported with the namespace "default", which kplus assumes where none is given; write Subject.serviceAccountNamed("runner", …) with its namespace'],
    ['a workload without an account', () => Subject.workload(new kplus.Deployment(place(), 'web')),
      'Subject.workload("other/web") has no account of its own and runs as "default", which other pods share; give the workload a serviceAccount'],
    ['a workload with the account "default"', () => {
      const chart = place();
      return Subject.workload(new kplus.Deployment(chart, 'web', { serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'ci', 'default', { namespaceName: 'other' }) }));
    }, 'Subject.workload("other/web") is the account that every pod of the namespace has which names no other; give the workload an account of its own'],
  ])('%s', (_name, subject, message) => {
    expect(refusal([RULE], [subject()])).toEqual([`team/role: ${message}`]);
  });
});

test('all faults of a role are named at once', () => {
  expect(refusal([Rule.read('pod'), Rule.allow(['*'], 'secrets')], [Subject.group('system:masters')])).toEqual([
    'team/role: Rule.read("pod") names "pod", which is no built-in resource; did you mean "pods"? Rule.custom is for resources that are not built in',
    'team/role: Rule.allow(["*"], "secrets") has the wildcard "*" for a verb, which covers what is yet to come; name each verb: get, list, watch, create, update, patch, delete, deletecollection',
    'team/role: Subject.group("system:masters") bypasses RBAC, and cannot be revoked; name who is meant',
  ]);
});
