import * as fc from 'fast-check';

/** A manifest as plain JSON. */
export type Json = { readonly [key: string]: unknown };

/** Each key present or not. */
const some = (model: { [key: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Json> => fc.record(model, { requiredKeys: [] }) as never;
/** What Kubernetes reads alike: a field that is not there, null, and an empty list. */
function orAbsent<T>(value: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T | undefined | null> {
  return fc.oneof({ weight, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(undefined, null) });
}

const NAMESPACES = ['default', 'a', 'b', 'b-2'];
const namespaceName = fc.constantFrom(...NAMESPACES);
const name = fc.constantFrom('w', 'w-1', 'web', 'db', 'x9');
const labelKey = fc.constantFrom('app', 'tier', 'example.com/team');
const labelValue = fc.constantFrom('web', 'db', '', 'x');
const labels = fc.dictionary(labelKey, labelValue, { maxKeys: 3 });
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const portName = fc.constantFrom('http', 'dns', 'sql');
const port = fc.constantFrom(1, 53, 80, 81, 443, 8080, 65535);

const container = fc.record({
  name: fc.constant('c'),
  ports: fc.array(fc.record({ name: portName, containerPort: port, protocol }, { requiredKeys: ['containerPort'] }), { maxLength: 3 }),
}, { requiredKeys: ['name'] });

/** An init container's ports have names too, and mean nothing. */
const template = fc.record({
  metadata: some({ labels }),
  spec: fc.record({ containers: fc.array(container, { minLength: 1, maxLength: 2 }), initContainers: fc.array(container, { maxLength: 1 }), hostNetwork: fc.boolean() }, { requiredKeys: ['containers'] }),
});

const owners = fc.array(fc.record({
  kind: fc.constantFrom('ReplicaSet', 'StatefulSet', 'Job', 'Node', 'Rollout'), name, controller: fc.boolean(), apiVersion: fc.constant('apps/v1'),
}, { requiredKeys: ['kind', 'name'] }), { maxLength: 2 }).map((list) => list.filter(({ controller }, i) => !controller || list.findIndex((each) => each.controller) === i));

const metadata = fc.record({ name, namespace: namespaceName }, { requiredKeys: ['name'] });

const workload: fc.Arbitrary<Json> = fc.tuple(
  fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod', 'Pod'), metadata, template, fc.option(owners), fc.integer({ min: 0, max: 3 }),
).map(([kind, meta, pod, ownerReferences, replicas]) => {
  switch (kind) {
    case 'Pod': return { apiVersion: 'v1', kind, metadata: { ...meta, ...pod.metadata, ...ownerReferences ? { ownerReferences } : {} }, spec: pod.spec };
    case 'CronJob': return { apiVersion: 'batch/v1', kind, metadata: meta, spec: { jobTemplate: { spec: { template: pod } } } };
    case 'Job': return { apiVersion: 'batch/v1', kind, metadata: meta, spec: { template: pod } };
    case 'ReplicationController': return { apiVersion: 'v1', kind, metadata: meta, spec: { template: pod } };
    // What the workload itself selects by plays no part.
    default: return { apiVersion: 'apps/v1', kind, metadata: meta, spec: { replicas, selector: { matchLabels: { app: 'other' } }, template: pod } };
  }
});

const expression = fc.oneof(
  fc.record({ key: labelKey, operator: fc.constantFrom('In', 'NotIn'), values: fc.array(labelValue, { minLength: 1, maxLength: 2 }) }),
  fc.record({ key: labelKey, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

export const selector: fc.Arbitrary<Json> = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.dictionary(labelKey, labelValue, { maxKeys: 1 }) }),
  some({ matchLabels: fc.dictionary(labelKey, labelValue, { maxKeys: 2 }), matchExpressions: fc.array(expression, { maxLength: 2 }) }),
);

/** Namespaces are known by their name too. */
const namespaceSelector: fc.Arbitrary<Json> = fc.oneof(selector, namespaceName.map((value) => ({ matchLabels: { 'kubernetes.io/metadata.name': value } })));

const cidr = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.1.2.3/16', '10.2.0.0/15', '1.2.3.4/32', '1.2.3.5/32', '128.0.0.0/1', '255.255.255.254/31', '192.168.0.0/24');
const ipBlock: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(cidr, fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 7 })), { maxLength: 3 })).map(([block, holes]) => {
    const except = holes.flatMap(([more, which]) => within(block, more, which));
    return except.length > 0 ? { cidr: block, except } : { cidr: block };
  }) },
  { weight: 1, arbitrary: fc.constantFrom({ cidr: '::/0', except: ['fc00::/7'] }, { cidr: 'fd00::/8' }) },
);

/** The `which`th network within a CIDR that has so many bits more. */
function within(block: string, more: number, which: number): string[] {
  const [address, length] = block.split('/');
  const prefix = Number(length) + more;
  if (prefix > 32) return [];
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const start = value - value % 2 ** (32 - Number(length)) + (which % 2 ** more) * size;
  return [`${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`];
}

const peer: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector: selector }),
  fc.record({ ipBlock }),
);

const portRule: fc.Arbitrary<Json> = fc.oneof(
  fc.constant({}),
  fc.record({ protocol }),
  fc.record({ protocol, port }, { requiredKeys: ['port'] }),
  fc.record({ protocol, port: portName }, { requiredKeys: ['port'] }),
  fc.record({ protocol, port, endPort: port }, { requiredKeys: ['port', 'endPort'] }).map((rule) => ({ ...rule, endPort: Math.max(rule.port as number, rule.endPort as number) })),
);

const rule = (peers: 'from' | 'to') => some({ [peers]: orAbsent(fc.array(peer, { maxLength: 3 }), 6), ports: orAbsent(fc.array(portRule, { maxLength: 3 }), 6) });

const policy: fc.Arbitrary<Json> = fc.tuple(metadata, some({
  podSelector: selector,
  policyTypes: orAbsent(fc.constantFrom([], ['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Egress'])),
  ingress: orAbsent(fc.array(rule('from'), { maxLength: 3 })),
  egress: orAbsent(fc.array(rule('to'), { maxLength: 3 })),
})).map(([meta, spec]) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta, spec }));

const namespaceObject: fc.Arbitrary<Json> = fc.tuple(namespaceName, labels).map(([own, given]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: own, labels: given } }));

const tierPeer = fc.oneof(
  fc.record({ namespaces: namespaceSelector }),
  fc.record({ pods: fc.record({ namespaceSelector, podSelector: selector }) }),
);
const tierEgressPeer = fc.oneof(tierPeer, fc.record({ networks: fc.array(cidr, { minLength: 1, maxLength: 2 }) }));
const protocolRule = fc.oneof(
  fc.tuple(fc.constantFrom('tcp', 'udp', 'sctp'), port).map(([word, number]) => ({ [word]: { destinationPort: { number } } })),
  fc.tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.subarray([1, 53, 80, 443, 8080, 65535], { minLength: 2, maxLength: 2 })).map(([word, [start, end]]) => ({ [word]: { destinationPort: { range: { start, end } } } })),
  portName.map((destinationNamedPort) => ({ destinationNamedPort })),
);
const tierRule = (peers: 'from' | 'to') => fc.record({
  action: fc.constantFrom('Accept', 'Deny', 'Pass'), [peers]: fc.array(peers === 'from' ? tierPeer : tierEgressPeer, { minLength: 1, maxLength: 2 }), protocols: fc.array(protocolRule, { maxLength: 2 }),
}, { requiredKeys: ['action', peers] }).filter((each) => !JSON.stringify(each).includes('networks') || !JSON.stringify(each).includes('NamedPort'));

const tierPolicy: fc.Arbitrary<Json> = fc.record({
  tier: fc.constantFrom('Admin', 'Baseline'), priority: fc.integer({ min: 0, max: 1000 }), subject: tierPeer,
  ingress: fc.array(tierRule('from'), { maxLength: 2 }), egress: fc.array(tierRule('to'), { maxLength: 2 }),
}, { requiredKeys: ['tier', 'priority', 'subject'] }).map((spec) => ({ apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: `p${(spec.priority * 7919) % 1009}` }, spec }));

/** Wraps some objects into a list, nested or typed. */
function listed(objects: readonly Json[], form: 'plain' | 'List' | 'nested' | 'typed'): Json[] {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  if (form === 'List') return [list];
  if (form === 'nested') return [{ apiVersion: 'v1', kind: 'List', items: [list, null].filter((each) => each) }];
  if (form === 'plain') return [...objects];
  const pods = objects.filter(({ kind }) => kind === 'Pod').map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => rest);
  return [...objects.filter(({ kind }) => kind !== 'Pod'), { apiVersion: 'v1', kind: 'PodList', items: pods }];
}

const form = fc.constantFrom('plain' as const, 'plain' as const, 'List' as const, 'nested' as const, 'typed' as const);

/** The objects of a cluster: what runs there, in namespaces declared or not, and who may talk to whom. */
export function cluster({ tiers = false } = {}): fc.Arbitrary<Json[]> {
  return fc.tuple(
    fc.array(workload, { minLength: 1, maxLength: 5 }),
    fc.array(policy, { maxLength: 5 }),
    fc.uniqueArray(namespaceObject, { maxLength: 3, selector: ({ metadata: meta }) => (meta as { name: string }).name }),
    tiers ? fc.uniqueArray(tierPolicy, { minLength: 1, maxLength: 4, selector: ({ spec }) => (spec as { priority: number }).priority }) : fc.constant([]),
    form,
  ).map(([workloads, policies, namespaces, cluster_, how]) => [...listed([...workloads, ...namespaces], how), ...listed(policies, how === 'typed' ? 'List' : how), ...cluster_]);
}

/** One rule more for a policy, and where it goes. */
export const allowRule = fc.tuple(fc.constantFrom('ingress' as const, 'egress' as const)).chain(([direction]) => rule(direction === 'ingress' ? 'from' : 'to').map((more) => ({ direction, rule: more })));
