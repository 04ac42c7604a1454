import { lines, namespace, policy, workload } from './support';

const shop = [workload('shop/web', { app: 'web' }), workload('shop/db', { app: 'db' }, [{ name: 'sql', containerPort: 5432 }])];
const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const to = (spec: object) => policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], ...spec });
/** What is left of the lines where everyone but web is open. */
const fromWeb = (spec: object) => lines([...shop, to(spec)]).filter((line) => line.startsWith('shop/web'));

test('without policies everyone reaches everyone else, and the whole outside is one range', () => {
  expect(lines(shop)).toEqual([
    '0.0.0.0-255.255.255.255[External] => shop/db[Deployment] : All Connections',
    '0.0.0.0-255.255.255.255[External] => shop/web[Deployment] : All Connections',
    'shop/db[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections',
    'shop/db[Deployment] => shop/web[Deployment] : All Connections',
    'shop/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections',
    'shop/web[Deployment] => shop/db[Deployment] : All Connections',
  ]);
});

test('a policy without rules denies, and a pair without connections has no line', () => {
  expect(lines([...shop, deny])).toEqual([]);
});

describe('peers', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod'])('a %s is a workload, with the labels of its pods', (kind) => {
    const one = workload('shop/one', { app: 'one' }, [], kind);
    const allowed = policy('shop/one', { podSelector: { matchLabels: { app: 'one' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] });
    expect(lines([...shop, deny, one, allowed, to({ egress: [{}] })]).filter((line) => line.includes(`shop/one[${kind}]`))).toEqual([`shop/web[Deployment] => shop/one[${kind}] : All Connections`]);
  });

  test('no namespace is the namespace default, of workloads and of policies', () => {
    const [web] = shop.map((object) => ({ ...object, metadata: { name: 'web' } }));
    expect(lines([web, { ...deny, metadata: { name: 'deny' } }])).toEqual([]);
    expect(lines([web])[1]).toBe('default/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections');
  });

  const pod = (name: string, owner?: object) => {
    const base = workload(`shop/${name}`, { app: 'web' }, [], 'Pod');
    return { ...base, metadata: { ...base.metadata as object, ...owner ? { ownerReferences: [owner] } : {} } };
  };
  const peers = (...manifests: unknown[]) => [...new Set(lines(manifests).map((line) => line.split(' => ')[0]).filter((peer) => !peer.endsWith('[External]')))];

  test('a Pod stands for what controls it, whether or not that is there', () => {
    const owner = { kind: 'ReplicaSet', name: 'web-1', controller: true };
    expect(peers(pod('a', owner), pod('b', owner), pod('c', { kind: 'Node', name: 'n', controller: true }), pod('d', { kind: 'ReplicaSet', name: 'x' }))).toEqual(['shop/c[Pod]', 'shop/d[Pod]', 'shop/web-1[ReplicaSet]']);
    expect(peers(pod('a', { kind: 'Deployment', name: 'web', controller: true }), shop[0], workload('shop/web-1', {}, [], 'ReplicaSet'))).toEqual(['shop/web-1[ReplicaSet]', 'shop/web[Deployment]']);
  });

  test('what one pod of a workload may, the workload may', () => {
    const owner = { kind: 'StatefulSet', name: 'db', controller: true };
    const labelled = (name: string) => ({ ...pod(name, owner), metadata: { ...pod(name, owner).metadata, labels: { pod: name } } });
    const only = policy('shop/only', { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: 'db-1' } } }], ports: [{ port: 80 }] }] });
    expect(lines([labelled('db-0'), labelled('db-1'), shop[0], only]).filter((line) => !line.includes('External'))).toEqual(['shop/db[StatefulSet] => shop/web[Deployment] : TCP 80']);
  });
});

describe('connections', () => {
  const ports = (...list: object[]) => fromWeb({ egress: [{ ports: list }] }).filter((line) => line.includes('shop/db')).map((line) => line.split(' : ')[1]);

  test.each<[string, object[], string]>([
    ['ascending, joined where they touch or overlap', [{ port: 443 }, { port: 8000, endPort: 8050 }, { port: 80 }, { port: 8051, endPort: 8100 }, { protocol: 'UDP', port: 53 }], 'TCP 80,443,8000-8100,UDP 53'],
    ['a protocol without a port is all its ports', [{ protocol: 'TCP' }], 'TCP 1-65535'],
    ['no protocol is TCP', [{}], 'TCP 1-65535'],
    ['SCTP, then TCP, then UDP', [{ protocol: 'UDP', port: 1 }, { protocol: 'TCP', port: 1 }, { protocol: 'SCTP', port: 1 }], 'SCTP 1,TCP 1,UDP 1'],
    ['all protocols, however it came about', [{ protocol: 'UDP' }, { protocol: 'TCP', port: 1, endPort: 9 }, { protocol: 'SCTP' }, { port: 10, endPort: 65535 }], 'All Connections'],
    ['a name is the port that the destination calls so', [{ port: 'sql' }, { port: 'http' }, { port: 80 }], 'TCP 80,5432'],
  ])('%s', (_name, list, expected) => expect(ports(...list)).toEqual([expected]));

  test('a name of another protocol, or that the destination has not, allows nothing', () => {
    expect(ports({ port: 'sql', protocol: 'UDP' })).toEqual([]);
    expect(ports({ port: 'http' })).toEqual([]);
  });

  test('a name allows nothing towards ranges', () => {
    expect(fromWeb({ egress: [{ ports: [{ port: 'sql' }] }] })).toEqual(['shop/web[Deployment] => shop/db[Deployment] : TCP 5432']);
  });
});

describe('ranges', () => {
  const outside = (spec: object, direction: 'from' | 'to' = 'to') => lines([...shop, to(spec)])
    .map((line) => line.split(/ => | : /)).filter(([source, destination]) => (direction === 'to' ? source === 'shop/web[Deployment]' && destination.endsWith('[External]') : source.endsWith('[External]') && destination === 'shop/web[Deployment]'))
    .map(([source, destination, connections]) => `${(direction === 'to' ? destination : source).replace('[External]', '')} ${connections}`);
  const block = (cidr: string, ...except: string[]) => ({ egress: [{ to: [{ ipBlock: { cidr, except } }] }] });

  test('are cut at each block and its exceptions; a hole of several exceptions that touch is one', () => {
    expect(outside(block('10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/15', '10.2.7.0/24'))).toEqual(['10.0.0.0-10.0.255.255 All Connections', '10.4.0.0-10.255.255.255 All Connections']);
  });

  test('a single address is a range too, and host bits that are set do not count', () => {
    expect(outside(block('1.2.3.4/32'))).toEqual(['1.2.3.4-1.2.3.4 All Connections']);
    expect(outside(block('10.9.9.9/8'))).toEqual(['10.0.0.0-10.255.255.255 All Connections']);
  });

  test('are never joined again, and cut by policies that select nobody or do not isolate', () => {
    const nobody = policy('nowhere/a', { podSelector: { matchLabels: { app: 'none' } }, policyTypes: ['Egress'], ingress: [{ from: [{ ipBlock: { cidr: '128.0.0.0/1' } }] }] });
    const found = lines([...shop, nobody]);
    expect(found.filter((line) => line.includes('External')).map((line) => line.split(' : ')[0]).filter((line) => line.includes('web'))).toEqual([
      '0.0.0.0-127.255.255.255[External] => shop/web[Deployment]', '128.0.0.0-255.255.255.255[External] => shop/web[Deployment]', 'shop/web[Deployment] => 0.0.0.0-255.255.255.255[External]',
    ]);
  });

  test('IPv6 blocks do not appear, and allow nothing that does', () => {
    expect(outside(block('::/0'))).toEqual([]);
    expect(outside({ egress: [{ to: [{ ipBlock: { cidr: 'fc00::/7' } }, { ipBlock: { cidr: '0.0.0.0/0' } }] }] })).toEqual(['0.0.0.0-255.255.255.255 All Connections']);
  });

  test('no block matches a workload, and no selector a range', () => {
    expect(fromWeb(block('0.0.0.0/0'))).toEqual(['shop/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections']);
    expect(fromWeb({ egress: [{ to: [{ namespaceSelector: {} }] }] })).toEqual(['shop/web[Deployment] => shop/db[Deployment] : All Connections']);
  });
});

describe('what is allowed', () => {
  test('policyTypes absent: ingress always, egress only with a rule', () => {
    const types = (spec: object) => lines([...shop, policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, ...spec })]).filter((line) => !line.includes('External'));
    expect(types({})).toEqual(['shop/web[Deployment] => shop/db[Deployment] : All Connections']);
    expect(types({ egress: [] })).toEqual(['shop/web[Deployment] => shop/db[Deployment] : All Connections']);
    expect(types({ policyTypes: [] })).toEqual(['shop/web[Deployment] => shop/db[Deployment] : All Connections']);
    expect(types({ egress: [{ to: [{ podSelector: { matchLabels: { app: 'none' } } }] }] })).toEqual([]);
    expect(types({ policyTypes: ['Egress'] })).toEqual(['shop/db[Deployment] => shop/web[Deployment] : All Connections']);
  });

  test('namespaces have the labels of their objects and their name', () => {
    const other = [workload('other/a'), namespace('other', { team: 'red', 'kubernetes.io/metadata.name': 'a lie' }), workload('third/b')];
    const reached = (namespaceSelector: object) => lines([...shop, ...other, to({ egress: [{ to: [{ namespaceSelector }] }] })]).filter((line) => line.startsWith('shop/web')).map((line) => line.split(/ => | : /)[1]);
    expect(reached({ matchLabels: { team: 'red' } })).toEqual(['other/a[Deployment]']);
    expect(reached({ matchLabels: { 'kubernetes.io/metadata.name': 'other' } })).toEqual(['other/a[Deployment]']);
    expect(reached({ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['red'] }] })).toEqual(['shop/db[Deployment]', 'third/b[Deployment]']);
    expect(reached({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] })).toEqual(['shop/db[Deployment]', 'third/b[Deployment]']);
    expect(reached({ matchExpressions: [{ key: 'team', operator: 'Exists' }] })).toEqual(['other/a[Deployment]']);
  });

  test('a peer with both selectors is those that both select', () => {
    const other = [workload('other/db', { app: 'db' }), workload('other/web', { app: 'web' })];
    const reached = lines([...shop, ...other, to({ egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } }, podSelector: { matchLabels: { app: 'db' } } }] }] })]);
    expect(reached.filter((line) => line.startsWith('shop/web'))).toEqual(['shop/web[Deployment] => other/db[Deployment] : All Connections']);
  });

  test('lists are opened, items of a typed one without kind too', () => {
    const { apiVersion: _a, kind: _k, ...bare } = workload('shop/web', {}, [], 'Pod');
    expect(lines([{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'PodList', items: [bare] }] }])).toHaveLength(2);
  });
});
