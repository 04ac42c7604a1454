import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Cloud, HardenedNamespace, Peer, Platform, Port, Rule, ScopedRole, SecureDeployment, SecureDeploymentProps, Subject, WorkloadIdentity, AwsPermission } from 'cdk8s-hardened';

/** The traps of cdk8s and cdk8s-plus that no user of this library meets, one test each. */

/* eslint-disable @typescript-eslint/no-explicit-any -- manifests are plain JSON */

const IMAGE = 'registry.example.com/web:1.4@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';

function shop(app = new App()): HardenedNamespace {
  return new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
}

function web(scope: HardenedNamespace, props: SecureDeploymentProps = {}, id = 'web'): SecureDeployment {
  return new SecureDeployment(scope, id, { containers: [{ image: IMAGE, portNumber: 8080 }], ...props });
}

function objects(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter((object) => object.kind === kind);
}

function policyOf(chart: Chart, name: string): any {
  return objects(chart, 'NetworkPolicy').find((policy) => policy.metadata.name === name).spec;
}

test('1: giving a part of `resources` leaves the rest as it was', () => {
  const namespace = shop();
  web(namespace, { containers: [{ image: IMAGE, portNumber: 8080, resources: { cpu: { request: kplus.Cpu.millis(20) } } }] });
  expect(objects(namespace, 'Deployment')[0].spec.template.spec.containers[0].resources).toEqual({
    requests: { 'cpu': '20m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
    limits: { 'cpu': '1', 'memory': '512Mi', 'ephemeral-storage': '1Gi' },
  });
});

test.each<[string, SecureDeploymentProps]>([
  ['the host\'s network', { hostNetwork: true }],
  ['a port of the node', { containers: [{ image: IMAGE, ports: [{ number: 8080, hostPort: 8080 }] }] }],
  ['root', { securityContext: { user: 0 } }],
  ['a privileged container that may not escalate', { containers: [{ image: IMAGE, portNumber: 8080, securityContext: { privileged: true, allowPrivilegeEscalation: false } }] }],
  ['an image of whatever name', { containers: [{ image: 'whatever', portNumber: 8080 }] }],
])('2: %s is not accepted without an error', (_what, props) => {
  const namespace = shop();
  expect(() => Testing.synth(web(namespace, props) && namespace)).toThrow(/shop\/web/);
});

test('2: the node\'s root is not mounted without an error', () => {
  const namespace = shop();
  web(namespace, { volumes: [kplus.Volume.fromHostPath(namespace, 'root', 'root', { path: '/' })] });
  expect(() => Testing.synth(namespace)).toThrow(/pod\/.*hostPath/s);
});

test('3: two workloads that allow the same peer do not overwrite each other\'s policy', () => {
  const namespace = shop();
  const [one, two, db] = ['one', 'two', 'db'].map((id) => web(namespace, {}, id));
  namespace.network.allow(one, db);
  namespace.network.allow(two, db);
  expect(objects(namespace, 'NetworkPolicy').map(({ metadata }) => metadata.name).sort()).toEqual(['allow-dns', 'db', 'default-deny', 'one', 'two']);
});

test('4: a flow never means all ports, nor TCP where UDP is declared', () => {
  const namespace = shop();
  const resolver = web(namespace, { containers: [{ image: IMAGE, ports: [{ number: 5353, protocol: kplus.Protocol.UDP }] }] }, 'resolver');
  const client = web(namespace, {}, 'client');
  namespace.network.allow(client, resolver);
  expect(policyOf(namespace, 'resolver').ingress[0].ports).toEqual([{ port: 5353, protocol: 'UDP' }]);
  expect(() => namespace.network.allow(client, web(namespace, { containers: [{ image: IMAGE }] }, 'mute'))).toThrow(/has no ports/);
});

test('5: the same flow from both sides, and twice, is one policy for each workload', () => {
  const namespace = shop();
  const [client, server] = ['client', 'server'].map((id) => web(namespace, {}, id));
  for (let i = 0; i < 2; i++) namespace.network.allow(client, server);
  expect(objects(namespace, 'NetworkPolicy')).toHaveLength(4);
  expect(policyOf(namespace, 'server').ingress).toHaveLength(1);
});

test('6: nothing writes port 0', () => {
  const namespace = shop();
  namespace.network.allow(web(namespace), Peer.internet(), [Port.tcpRange(1, 65535)]);
  expect(JSON.stringify(objects(namespace, 'NetworkPolicy'))).not.toContain('"port":0');
  expect(() => Port.tcp(0)).toThrow(/port 0/);
});

test('7: every policy says which directions it is about', () => {
  const namespace = shop();
  web(namespace);
  expect(policyOf(namespace, 'default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  expect(objects(namespace, 'NetworkPolicy').filter(({ spec }) => !spec.policyTypes)).toEqual([]);
});

test('8: a label with an empty value does not select every pod', () => {
  const namespace = shop();
  namespace.network.allow(Peer.pods({ role: '' }), web(namespace));
  namespace.network.allow(kplus.Pods.select(namespace, 'idle', { labels: { tier: '' } }), namespace.node.findChild('web') as SecureDeployment);
  expect(policyOf(namespace, 'web').ingress[0].from).toEqual([{ podSelector: { matchLabels: { role: '' } } }, { podSelector: { matchLabels: { tier: '' } } }]);
});

test('9: a CIDR is checked, and isolated pods still resolve names', () => {
  expect(() => Peer.cidr('999.1.1.1/99')).toThrow(/"999.1.1.1\/99" is not valid/);
  expect(policyOf(shop(), 'allow-dns').egress[0].ports).toEqual([{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }]);
});

test('10: reading secrets takes their names, wildcards are refused, and a role is bound as often as one likes', () => {
  const namespace = shop();
  const subjects = [Subject.group('developers')];
  expect(() => new ScopedRole(namespace, 'all', { rules: [Rule.read('secrets')], subjects })).toThrow(/name those it needs/);
  expect(() => new ScopedRole(namespace, 'any', { rules: [Rule.read('*')], subjects })).toThrow(/wildcard/);
  for (const id of ['one', 'two']) new ScopedRole(namespace, id, { rules: [Rule.read('secrets').named('certificate')], subjects });
  expect(objects(namespace, 'Role').map(({ rules }) => rules)).toEqual(Array(2).fill([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['certificate'], verbs: ['get'] }]));
});

test('11: what is bound is the workload\'s own account, with its namespace', () => {
  const namespace = shop();
  new kplus.Role(namespace, 'reader', { rules: [{ verbs: ['get'], resources: [kplus.ApiResource.CONFIG_MAPS] }] }).bind(web(namespace));
  expect(objects(namespace, 'RoleBinding')[0].subjects).toEqual([{ apiGroup: '', kind: 'ServiceAccount', name: 'web', namespace: 'shop' }]);
});

test('12: an object of the whole cluster gets no namespace', () => {
  const namespace = shop();
  new kplus.ClusterRole(namespace, 'viewer', { rules: [{ verbs: ['get'], endpoints: [kplus.ApiResource.NODES] }] });
  new ApiObject(namespace, 'class', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' } });
  for (const kind of ['Namespace', 'ClusterRole', 'PriorityClass']) expect(objects(namespace, kind)[0].metadata).not.toHaveProperty('namespace');
});

test('13: a secret does not land in a manifest in plain text', () => {
  const namespace = shop();
  new kplus.Secret(namespace, 'password', { stringData: { password: 'hunter2' } });
  expect(() => Testing.synth(namespace)).toThrow(/shop\/password.*secret\/no-plain-values/s);
  expect(() => Testing.synth(namespace)).not.toThrow(/hunter2/);
});

test('14: `spread: true` does not leave a replica without a node', () => {
  const namespace = shop();
  web(namespace, { spread: true });
  const { affinity, topologySpreadConstraints } = objects(namespace, 'Deployment')[0].spec.template.spec;
  expect(Object.keys(affinity.podAntiAffinity)).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
  expect(topologySpreadConstraints.map((each: any) => each.whenUnsatisfiable)).toEqual(['ScheduleAnyway']);
});

test('15: one file for each resource does not lose the objects of the second namespace', () => {
  const app = Testing.app({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  for (const id of ['one', 'two']) web(new HardenedNamespace(app, id, { owner: 'me' }));
  expect(() => app.synth()).toThrow(/Deployment\.web.*FILE_PER_CHART/s);
});

test.each<[string, unknown]>([['a text', 'https://${TfToken[TOKEN.0]}/'], ['a list', ['#{TfToken[TOKEN.1]}']], ['a number', -1.8881545897087503e289]])(
  '16: a Terraform token that stands for %s is not written', (_what, value) => {
    const namespace = shop();
    new ApiObject(namespace, 'settings', { apiVersion: 'example.com/v1', kind: 'Settings', spec: { value } } as never);
    expect(() => Testing.synth(namespace)).toThrow(/shop\/settings.*object\/no-terraform-token/s);
  });

test('16: the annotation of an identity is no token, as its ARN is computed on both sides', () => {
  const app = new App();
  new Platform(app, 'cluster', { cloud: Cloud.aws({ account: '123456789012', region: 'us-west-2', cluster: 'main', oidcIssuer: 'https://oidc.example.com/id/A' }) });
  const namespace = shop(app);
  new WorkloadIdentity(namespace, 'reports', { workloads: [web(namespace)], permissions: [AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/*'])] });
  const account = objects(namespace, 'ServiceAccount').find(({ metadata }) => metadata.name === 'web');
  expect(account.metadata.annotations['eks.amazonaws.com/role-arn']).toBe('arn:aws:iam::123456789012:role/main-shop-reports');
});
