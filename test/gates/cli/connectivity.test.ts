import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { main } from '../../../lib/gates/cli/main';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'connectivity.'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main}]}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, ports: [{name: sql, containerPort: 5432}]}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: flow, namespace: shop}
spec:
  podSelector: {}
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
    ports: [{port: sql}]
  egress:
  - to: [{podSelector: {matchLabels: {app: db}}}]
    ports:
    - port: 5432
`.trimStart();
const FLOW = 'shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432\n';

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

/** Runs the command on the shop, or on other manifests; paths are without the folder's. */
function connectivity(options: readonly string[] = [], manifests = SHOP, stdin = '') {
  const file = write('shop.yaml', manifests);
  const [out, err] = [[] as string[], [] as string[]];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text), stdin: () => Buffer.from(stdin), env: {}, terminal: false };
  const status = main(['connectivity', file, ...options], io);
  return { status, out: out.join(''), err: err.join('').replaceAll(`${folder}/`, '') };
}

test('prints the lines, and nothing else', () => {
  expect(connectivity()).toEqual({ status: 0, out: FLOW, err: '' });
});

test('of a policy that the API server refuses it says where and why, leaves it out, and goes on', () => {
  const bad = SHOP.replace('- port: 5432', '- port: 0');
  expect(connectivity([], bad)).toEqual({
    status: 1, out: '',
    err: 'shop.yaml:27: NetworkPolicy shop/flow: spec.egress[0].ports[0].port is 0; it must be an integer from 1 to 65535\nthe API server refuses this policy, so it is left out\n',
  });
  const inList = `apiVersion: v1\nkind: List\nitems:\n${SHOP.split('---\n').map((text) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`.replace('- port: 5432', '- {port: 9, endPort: 8}');
  expect(connectivity([], inList).err.split('\n')[0]).toBe('shop.yaml:27: NetworkPolicy shop/flow: spec.egress[0].ports[0].endPort is 8, below port 9; endPort must be at least port');
});

test('what cannot be read is 2, after the rest; what is no Kubernetes object changes nothing', () => {
  expect(connectivity([write('broken.yaml', 'a: [')])).toMatchObject({ status: 2, out: FLOW, err: expect.stringContaining('broken.yaml:') });
  expect(connectivity([write('values.yaml', 'replicas: 3\n')])).toMatchObject({ status: 0, out: FLOW, err: expect.stringContaining('values.yaml:1: ') });
  expect(connectivity(['-'], SHOP, SHOP.replaceAll('shop', 'other'))).toMatchObject({ status: 0, out: `${FLOW.replaceAll('shop', 'other')}${FLOW}` });
});

test('what the answer takes for granted is said, five times at most for each thing', () => {
  const daemons = Array.from({ length: 7 }, (_, i) => `---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent-${i}}\nspec: {template: {spec: {hostNetwork: true, containers: [{name: main}]}}}\n`).join('');
  const cilium = '---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: more, namespace: shop}\nspec: {}\n';
  const { err, status } = connectivity([], SHOP.replace('- port: 5432', '- port: 5432\n  - {to: [{ipBlock: {cidr: 10.0.0.0/8}}]}') + daemons + cilium);
  expect(status).toBe(0);
  expect(err.split('\n').slice(0, -1)).toEqual([
    ...[0, 1, 2, 3, 4].map((i) => `shop.yaml:${33 + 5 * i}: DaemonSet agent-${i}: default/agent-${i}[DaemonSet] is on its node's network; policies neither select nor restrict it, so it may reach more, and more may reach it`),
    '… and 2 more like the last',
    'shop.yaml:28: NetworkPolicy shop/flow: spec.egress[1] names addresses that pods may have; it is taken to match no pod; network plugins differ in that',
    "shop.yaml:65: CiliumNetworkPolicy shop/more: is a policy of cilium.io; it is left out; what is printed holds for Kubernetes' own policies alone",
  ]);
});

describe('--diff', () => {
  test('prints what a change closes and opens, and is 1 where it does', () => {
    const old = write('old.yaml', SHOP.replace('port: 5432', 'port: 5433'));
    expect(connectivity(['--diff', old], SHOP.replace('- port: 5432', '- {port: 5432, endPort: 5433}'))).toEqual({ status: 1, out: `+ ${FLOW}`, err: '' });
    const named = SHOP.replace('containerPort: 5432', 'containerPort: 5433').replace('- port: 5432', '- port: 5433');
    expect(connectivity(['--diff', write('old.yaml', named)])).toEqual({ status: 1, out: `- ${FLOW.replace('5432', '5433')}+ ${FLOW}`, err: '' });
  });

  test('prints nothing where nothing changes', () => {
    expect(connectivity(['--diff', write('old.yaml', SHOP)])).toEqual({ status: 0, out: '', err: '' });
  });

  test('puts ranges together that were cut for the comparison only', () => {
    const open = SHOP.split('---\n').slice(0, 1).join('');
    const restricted = `${open}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}\n`;
    expect(connectivity(['--diff', write('old.yaml', open)], restricted).out).toBe('- shop/web[Deployment] => 10.0.0.0-10.255.255.255[External] : All Connections\n- shop/web[Deployment] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] : All Connections\n');
  });

  test('as JSON', () => {
    const { out } = connectivity(['--diff', write('old.yaml', SHOP.replace('- port: 5432', '- port: 1')), '--format', 'json']);
    expect(JSON.parse(out)).toEqual({
      opened: [{ source: 'shop/web[Deployment]', destination: 'shop/db[StatefulSet]', connections: 'TCP 5432', ports: [{ protocol: 'TCP', from: 5432, to: 5432 }] }],
      closed: [], refused: [], caveats: [],
    });
  });
});

describe('--explain', () => {
  const WEB_TO_DB = ['--explain', 'shop/web[Deployment]', 'shop/db[StatefulSet]'];

  test('names the policies that allow it, with file, line and rule', () => {
    expect(connectivity([...WEB_TO_DB, 'TCP 5432']).out).toBe(`
shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432 is allowed
  egress of shop/web[Deployment]: allowed
    selected by NetworkPolicy shop/deny (shop.yaml:14)
    selected by NetworkPolicy shop/flow (shop.yaml:20)
    allowed by NetworkPolicy shop/flow spec.egress[0] (shop.yaml:25)
  ingress of shop/db[StatefulSet]: allowed
    selected by NetworkPolicy shop/deny (shop.yaml:14)
    selected by NetworkPolicy shop/flow (shop.yaml:20)
    allowed by NetworkPolicy shop/flow spec.ingress[0] (shop.yaml:22)
`.trimStart().replaceAll('shop.yaml', `${folder}/shop.yaml`));
  });

  test('or those that isolate, and which other ports their rules allow', () => {
    expect(connectivity([...WEB_TO_DB, 'UDP', '53']).out.split('\n').filter((line) => line.includes('allowed'))).toEqual([
      'shop/web[Deployment] => shop/db[StatefulSet] : UDP 53 is not allowed',
      '  egress of shop/web[Deployment]: not allowed', `    only TCP 5432 allowed by NetworkPolicy shop/flow spec.egress[0] (${folder}/shop.yaml:25)`,
      '  ingress of shop/db[StatefulSet]: not allowed', `    only TCP 5432 allowed by NetworkPolicy shop/flow spec.ingress[0] (${folder}/shop.yaml:22)`,
    ]);
    expect(connectivity(['--explain', 'shop/db[StatefulSet]', 'shop/web[Deployment]', '80']).out).toContain('    no rule of them is about shop/web[Deployment]\n');
  });

  test('of an address outside, and of a name that is clear without its kind', () => {
    expect(connectivity(['--explain', 'shop/web', '8.8.8.8', 'udp/53']).out).toMatch(/^shop\/web\[Deployment\] => 0\.0\.0\.0-255\.255\.255\.255\[External\] : UDP 53 is not allowed\n/);
    expect(connectivity(['--explain', '1.2.3.4', '8.8.8.8', 'udp/53']).out).toContain('  both are outside, where no policy of a cluster holds\n');
    expect(connectivity(['--explain', '2001:db8::1', 'shop/db', '5432']).out).toContain('  ingress of shop/db[StatefulSet]: not allowed\n');
  });

  test('by tiers, in the order in which they decide', () => {
    const tiers = (tier: string, action: string) => `${SHOP}---\napiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: all}\nspec: {tier: ${tier}, priority: 1, subject: {namespaces: {}}, ingress: [{action: ${action}, from: [{namespaces: {}}]}]}\n`;
    expect(connectivity([...WEB_TO_DB, '5432'], tiers('Admin', 'Deny')).out.split('\n').slice(5, 8)).toEqual([
      '  ingress of shop/db[StatefulSet]: not allowed', `    denied by ClusterNetworkPolicy all spec.ingress[0] (${folder}/shop.yaml:32)`, '',
    ]);
    expect(connectivity([...WEB_TO_DB, '5432'], tiers('Admin', 'Pass')).out).toContain('    left to the next tier by ClusterNetworkPolicy all spec.ingress[0]');
    expect(connectivity([...WEB_TO_DB, '5432'], tiers('Baseline', 'Deny')).out).not.toContain('ClusterNetworkPolicy');
  });

  test('as JSON', () => {
    expect(JSON.parse(connectivity([...WEB_TO_DB, '5432', '--format', 'json']).out)).toMatchObject({
      source: 'shop/web[Deployment]', destination: 'shop/db[StatefulSet]', protocol: 'TCP', port: 5432, allowed: true,
      sides: [{ direction: 'egress', reasons: [{ verb: 'isolates', name: 'deny' }, { verb: 'isolates', name: 'flow' }, { verb: 'allows', name: 'flow', path: 'spec.egress[0]', place: `${folder}/shop.yaml:25` }] }, { direction: 'ingress' }],
    });
  });
});

describe('arguments that cannot be used are 2, and named', () => {
  test.each<[string, string[], string]>([
    ['a format', ['--format', 'jsn'], '--format "jsn" is none; did you mean json?'],
    ['a format that is far from any', ['--format', 'picture'], '--format "picture" is none; give one of text, json, dot, mermaid, html'],
    ['a drawing of a difference', ['--diff', 'x', '--format', 'dot'], '--format dot is not for --diff; give text or json'],
    ['a drawing of an explanation', ['--explain', 'a', 'b', '80', '--format', 'html'], '--format html is not for --explain; give text or json'],
    ['two questions', ['--diff', 'x', '--explain', 'a', 'b', '80'], '--diff and --explain cannot be asked at once; give one'],
    ['no port', ['--explain', 'shop/web', 'shop/db'], "--explain takes SRC DST PORT, such as 'shop/web[Deployment]' 'shop/db[StatefulSet]' 'TCP 5432'; an address outside may stand for SRC or DST"],
    ['port 0', ['--explain', 'shop/web', 'shop/db', '0'], "--explain takes SRC DST PORT, such as 'shop/web[Deployment]' 'shop/db[StatefulSet]' 'TCP 5432'; an address outside may stand for SRC or DST"],
    ['a workload that there is not', ['--explain', 'shop/web', 'shop/dbb[StatefulSet]', '80'], '--explain: there is no destination "shop/dbb[StatefulSet]"; did you mean "shop/db[StatefulSet]"?'],
    ['stdin twice', ['-', '--diff', '-'], 'PATH and --diff are both "-"; give one of them as a file'],
    ['a folder that there is not', ['--output', '/nowhere/at/all'], "--output \"/nowhere/at/all\" cannot be written: ENOENT: no such file or directory, open '/nowhere/at/all'"],
  ])('%s', (_name, options, message) => {
    const { status, err, out } = connectivity(options);
    expect([status, out, err.split('\n').at(-2)]).toEqual([2, '', `cdk8s-hardened connectivity: ${message}`]);
  });
});

test('--output writes to a file', () => {
  const file = path.join(folder, 'out.txt');
  expect(connectivity(['--output', file])).toEqual({ status: 0, out: '', err: '' });
  expect(fs.readFileSync(file, 'utf8')).toBe(FLOW);
});

test('--format json tells everything, IPv6 too', () => {
  const open = SHOP.split('---\n').slice(0, 1).join('');
  expect(JSON.parse(connectivity(['--format', 'json'], open).out)).toMatchObject({
    workloads: [{ label: 'shop/web[Deployment]', namespace: 'shop', name: 'web', kind: 'Deployment', hostNetwork: false, files: [`${folder}/shop.yaml`] }],
    ranges: { sources: ['0.0.0.0-255.255.255.255[External]', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]'] },
    connections: [
      { source: '0.0.0.0-255.255.255.255[External]', destination: 'shop/web[Deployment]', connections: 'All Connections', ports: ['SCTP', 'TCP', 'UDP'].map((protocol) => ({ protocol, from: 1, to: 65535 })) },
      { source: '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]' }, { destination: '0.0.0.0-255.255.255.255[External]' }, { destination: '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]' },
    ],
  });
});
