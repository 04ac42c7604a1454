import { assess } from '../../lib/assessment';
import { commandLinesOf } from '../../lib/controls/command-line';
import { CommandLine, valueOf } from '../../lib/controls/flag';
import { CATALOG } from '../../lib/controls';
import { inventoryOf } from '../../lib/inventory';

const inventory = (...objects: object[]) => inventoryOf(objects.map((json, i) => ({ json, where: `object[${i}]` })));
const pod = (container: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'kube-system' }, spec: { containers: [{ name: 'a', ...container }] } });
const flagsOf = (line: CommandLine) => Object.fromEntries([...line.flags.keys()].map((name) => [name, valueOf(line, name)]));
const linesOf = (...objects: object[]) => commandLinesOf(inventory(...objects)).map((line) => [line.component, flagsOf(line)]);

describe('the command line of a component', () => {
  test.each<[string, object, unknown]>([
    ['is its command', { command: ['kube-apiserver', '--profiling=false'] }, ['kube-apiserver', { profiling: 'false' }]],
    ['is its command and arguments', { command: ['/usr/local/bin/kube-apiserver'], args: ['--profiling=false'] }, ['kube-apiserver', { profiling: 'false' }]],
    ['is its arguments alone, in a container of its name', { name: 'etcd', args: ['--auto-tls'] }, ['etcd', { 'auto-tls': 'true' }]],
    ['is a command among arguments', { args: ['kube-scheduler', '--profiling=false'] }, ['kube-scheduler', { profiling: 'false' }]],
    ['is started by another program', { command: ['/go-runner', '--log-file=/a', 'kube-controller-manager', '--profiling', '--bind-address', '::1'] }, ['kube-controller-manager', { 'profiling': 'true', 'bind-address': '::1' }]],
    ['is started by a shell', { command: ['/bin/sh', '-c', 'exec /usr/bin/kube-apiserver --v=2   --authorization-mode="Node,RBAC" 2>&1'] }, ['kube-apiserver', { 'v': '2', 'authorization-mode': 'Node,RBAC' }]],
    ['has values in words of their own', { command: ['etcd', '--cert-file', '/a.crt', '-key-file', '/a.key'] }, ['etcd', { 'cert-file': '/a.crt', 'key-file': '/a.key' }]],
    ['has values with "=" and blanks in them', { command: ['kube-apiserver', '--feature-gates=A=true,B=false', '--service-account-issuer=a b'] }, ['kube-apiserver', { 'feature-gates': 'A=true,B=false', 'service-account-issuer': 'a b' }]],
    ['has values that begin with a dash', { command: ['kube-apiserver', '--audit-log-maxage', '-1', '--audit-log-path', '-'] }, ['kube-apiserver', { 'audit-log-maxage': '-1', 'audit-log-path': '-' }]],
    ['has empty values', { command: ['kube-apiserver', '--etcd-cafile', '', '--client-ca-file='] }, ['kube-apiserver', { 'etcd-cafile': '', 'client-ca-file': '' }]],
    ['means the last of several values', { command: ['kube-apiserver', '--profiling=false', '--profiling=true'] }, ['kube-apiserver', { profiling: 'true' }]],
    ['means all values of a list', { command: ['kube-apiserver', '--authorization-mode=Node', '--authorization-mode=RBAC'] }, ['kube-apiserver', { 'authorization-mode': 'Node,RBAC' }]],
    ['of etcd is completed by its environment', { command: ['etcd', '--cert-file=/a.crt'], env: [{ name: 'ETCD_CERT_FILE', value: '/b.crt' }, { name: 'ETCD_PEER_AUTO_TLS', value: 'true' }, { name: 'OTHER', value: 'x' }] }, ['etcd', { 'cert-file': '/a.crt', 'peer-auto-tls': 'true' }]],
  ])('%s', (_name, container, line) => expect(linesOf(pod(container))).toEqual([line]));

  test.each<[string, object]>([
    ['another program', { command: ['backup', '--endpoints', 'etcd'] }], ['a container of its name that runs something else', { name: 'etcd', command: ['sleep'], args: ['--for=1h'] }], ['a near name', { command: ['etcdctl', 'get'] }],
    ['a shell that runs something else', { command: ['sh', '-c', 'sleep 1'] }], ['no command', { name: 'kube-apiserver' }], ['numbers', { command: [1, null] }],
  ])('is not that of %s', (_name, container) => expect(linesOf(pod(container))).toEqual([]));

  test('is found in whatever makes the pod', () => {
    const template = { spec: { containers: [{ name: 'a', command: ['kube-proxy', '--v=2'] }] } };
    expect(linesOf({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec: { template } })).toEqual([['kube-proxy', { v: '2' }]]);
  });
});

describe('kubeadm', () => {
  const flags = (config: object, component: string) => linesOf(config).find(([name]) => name === component)?.[1];
  test.each([
    ['a map, up to v1beta3', { apiVersion: 'kubeadm.k8s.io/v1beta3', apiServer: { extraArgs: { profiling: 'false', 'authorization-mode': 'RBAC' } } }],
    ['a list, from v1beta4 on', { apiVersion: 'kubeadm.k8s.io/v1beta4', apiServer: { extraArgs: [{ name: 'profiling', value: 'false' }, { name: 'authorization-mode', value: 'Node' }, { name: 'authorization-mode', value: 'RBAC' }] } }],
  ])('adds flags to its own, as %s', (_name, config) => {
    expect(flags({ kind: 'ClusterConfiguration', ...config }, 'kube-apiserver')).toMatchObject({ 'profiling': 'false', 'authorization-mode': expect.stringMatching(/RBAC$/), 'client-ca-file': '/etc/kubernetes/pki/ca.crt' });
  });

  test('starts no etcd where there is another', () => {
    const config = (etcd: object) => ({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', etcd });
    expect([flags(config({ external: { endpoints: [] } }), 'etcd'), flags(config({ local: {} }), 'etcd')]).toEqual([undefined, expect.objectContaining({ 'client-cert-auth': 'true' })]);
  });
});

test('a finding points at the flag, or at the command that lacks it', () => {
  const server = pod({ name: 'kube-apiserver', command: ['kube-apiserver', '--authorization-mode=AlwaysAllow', '--profiling=false'] });
  const findings = assess(inventory(server), { level: 'restricted', kubernetesVersion: '1.34', catalog: CATALOG.filter(({ id }) => /^apiserver\/(no-always-allow|no-profiling|audit-log)$/.test(id)) });
  expect(findings.map(({ control, path, message }) => [control, path, message])).toEqual([
    ['apiserver/no-always-allow', 'spec.containers[0].command[1]', '--authorization-mode is "AlwaysAllow", but authorization-mode must be given, and not name AlwaysAllow, which is also what holds without it'],
    ['apiserver/audit-log', 'spec.containers[0].command', '--audit-log-path is absent, but audit-log-path must be given, or audit-webhook-config-file, without which nobody can tell who did what'],
  ]);
});
