import { AddressRange, networkOf } from './addresses';
import { badCidr, checkPortName } from './network-policy';
import { Action, AddressPeer, Direction, isNamedPort, NamedPort, NumberedPorts, Peer, PodPeer, Tier, TierPolicy, TierRule } from './policy';
import { PROTOCOLS } from './port-sets';
import { joined, Reader } from './reader';
import { EVERYTHING, readSelector } from './selector';
import { shown } from '../../errors';
import { field, isRecord } from '../../inventory';

/** What the versions of the API call things. */
interface Dialect {
  readonly kind: 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';
  readonly actions: { readonly [word: string]: Action };
  readonly ports: 'protocols' | 'ports';
}

const DIALECTS: readonly Dialect[] = [
  { kind: 'ClusterNetworkPolicy', actions: { Accept: 'Accept', Deny: 'Deny', Pass: 'Pass' }, ports: 'protocols' },
  { kind: 'AdminNetworkPolicy', actions: { Allow: 'Accept', Deny: 'Deny', Pass: 'Pass' }, ports: 'ports' },
  { kind: 'BaselineAdminNetworkPolicy', actions: { Allow: 'Accept', Deny: 'Deny' }, ports: 'ports' },
];

const PEERS_OF: { readonly [direction in Direction]: string } = { ingress: 'from', egress: 'to' };
const PEER_FIELDS: { readonly [direction in Direction]: readonly string[] } = {
  ingress: ['namespaces', 'pods'],
  egress: ['namespaces', 'pods', 'nodes', 'networks', 'domainNames'],
};

/** The kinds of policy that hold for a whole cluster, of policy.networking.k8s.io. */
export const TIER_KINDS: readonly string[] = DIALECTS.map(({ kind }) => kind);

/**
 * Reads a ClusterNetworkPolicy of policy.networking.k8s.io/v1alpha2, or what came before it in v1alpha1, by the rules of its
 * CustomResourceDefinition.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function readTierPolicy(reader: Reader): TierPolicy {
  const dialect = DIALECTS.find(({ kind }) => kind === reader.object.kind)!;
  const ofCluster = dialect.kind === 'ClusterNetworkPolicy';
  const ranked = dialect.kind !== 'BaselineAdminNetworkPolicy';
  const spec = reader.map(field(reader.object.json, 'spec'), 'spec', ['subject', 'ingress', 'egress', ...ranked ? ['priority'] : [], ...ofCluster ? ['tier'] : []]) ?? {};
  const rules = (direction: Direction) => reader.list(spec, direction, 'spec').flatMap((rule, i) => readRule(reader, rule, `spec.${direction}[${i}]`, direction, dialect));
  if (!ranked && reader.object.name !== 'default') reader.fault('metadata.name', `is ${shown(reader.object.name)}`, 'there is one BaselineAdminNetworkPolicy, and its name is "default"');
  return {
    object: reader.object,
    tier: ofCluster ? reader.word<Tier>(spec, 'tier', 'spec', ['Admin', 'Baseline']) ?? 'Admin' : ranked ? 'Admin' : 'Baseline',
    priority: ranked ? reader.integer(spec, 'priority', 'spec', 0, 1000) ?? 0 : 0,
    subject: readSubject(reader, field(spec, 'subject')),
    rules: { ingress: rules('ingress'), egress: rules('egress') },
  };
}

function readSubject(reader: Reader, value: unknown): PodPeer {
  const map = reader.map(value, 'spec.subject', ['namespaces', 'pods']);
  const [kind] = map ? oneOf(reader, map, 'spec.subject', ['namespaces', 'pods']) : [];
  return kind === undefined ? { namespaces: EVERYTHING, pods: EVERYTHING } : readPods(reader, map!, kind, 'spec.subject');
}

function readRule(reader: Reader, value: unknown, path: string, direction: Direction, dialect: Dialect): TierRule[] {
  const map = reader.map(value, path, ['name', 'action', PEERS_OF[direction], dialect.ports]);
  if (!map) return [];
  const action = reader.word(map, 'action', path, Object.keys(dialect.actions));
  const name = field(map, 'name');
  const items = reader.list(map, PEERS_OF[direction], path);
  if (items.length === 0) reader.fault(joined(path, PEERS_OF[direction]), 'names no peer', 'give at least one; every pod is `namespaces: {}`');
  const peers = items.flatMap((peer, i) => readPeer(reader, peer, `${path}.${PEERS_OF[direction]}[${i}]`, direction));
  const addresses = items.some((item) => ['nodes', 'networks', 'domainNames'].some((kind) => field(item, kind) !== undefined));
  const ports = reader.list(map, dialect.ports, path).flatMap((port, i) => {
    const at = `${path}.${dialect.ports}[${i}]`;
    return dialect.ports === 'protocols' ? readProtocol(reader, port, at) : readPort(reader, port, at);
  });
  if (addresses && ports.some(isNamedPort)) reader.fault(path, 'has a named port and peers that are no pods', 'only pods have names for ports; make two rules of it');
  return action ? [{ path, action: dialect.actions[action], peers, ...typeof name === 'string' ? { name } : {}, ...ports.length > 0 ? { ports } : {} }] : [];
}

/** What nodes and domain names are is not in manifests, so they match nothing here. */
function readPeer(reader: Reader, value: unknown, path: string, direction: Direction): Peer[] {
  const map = reader.map(value, path, PEER_FIELDS[direction]);
  const [kind] = map ? oneOf(reader, map, path, PEER_FIELDS[direction]) : [];
  if (kind === 'nodes' || kind === 'domainNames') {
    reader.caveat('unmodelled-peer', joined(path, kind), `names ${kind === 'nodes' ? 'nodes' : 'domains'}, whose addresses no manifest tells`, 'it is taken to match nothing');
  }
  if (kind === 'nodes') readSelector(reader, field(map, 'nodes'), `${path}.nodes`);
  if (kind === 'namespaces' || kind === 'pods') return [readPods(reader, map!, kind, path)];
  return kind === 'networks' ? readNetworks(reader, map!, path) : [];
}

/** The one field that is set; a fault where it is none or several. */
function oneOf(reader: Reader, map: object, path: string, fields: readonly string[]): string[] {
  const set = fields.filter((name) => field(map, name) !== undefined);
  if (set.length !== 1) reader.fault(path, set.length === 0 ? 'says nothing' : `has ${set.join(' and ')}`, `give exactly one of ${fields.join(', ')}`);
  return set;
}

function readPods(reader: Reader, map: object, kind: 'namespaces' | 'pods' | string, path: string): PodPeer {
  if (kind === 'namespaces') return { namespaces: readSelector(reader, field(map, 'namespaces'), `${path}.namespaces`), pods: EVERYTHING };
  const pods = reader.map(field(map, 'pods'), `${path}.pods`, ['namespaceSelector', 'podSelector']) ?? {};
  return {
    namespaces: readSelector(reader, field(pods, 'namespaceSelector'), `${path}.pods.namespaceSelector`),
    pods: readSelector(reader, field(pods, 'podSelector'), `${path}.pods.podSelector`),
  };
}

/** Networks match pods too, by addresses that no manifest tells; only of all of IPv4 is it sure that it matches every pod. */
function readNetworks(reader: Reader, map: object, path: string): AddressPeer[] {
  const networks = reader.texts(map, 'networks', path).flatMap((cidr, i): AddressRange[] => {
    const network = networkOf(cidr);
    return network ? [network] : badCidr(reader, cidr, `${path}.networks[${i}]`);
  });
  return networks.map((network) => ({ ranges: [network], matchesPods: network.family === 32 && network.low === 0n && network.high === 2n ** 32n - 1n }));
}

/** An item of v1alpha2's `protocols`. */
function readProtocol(reader: Reader, value: unknown, path: string): (NumberedPorts | NamedPort)[] {
  const fields = ['tcp', 'udp', 'sctp', 'destinationNamedPort'];
  const map = reader.map(value, path, fields);
  const [kind] = map ? oneOf(reader, map, path, fields) : [];
  if (kind === undefined) return [];
  if (kind === 'destinationNamedPort') return readName(reader, field(map, kind), `${path}.${kind}`);
  const protocol = PROTOCOLS.find((word) => word.toLowerCase() === kind)!;
  const inner = reader.map(field(map, kind), `${path}.${kind}`, ['destinationPort']);
  const at = `${path}.${kind}.destinationPort`;
  const port = inner && reader.map(field(inner, 'destinationPort'), at, ['number', 'range']);
  const [form] = port ? oneOf(reader, port, at, ['number', 'range']) : [];
  if (form === 'number') return numbered(protocol, reader.integer(port, 'number', at, 1, 65535));
  return form === 'range' ? readRange(reader, field(port, 'range'), `${at}.range`, protocol, 'above') : [];
}

/** An item of v1alpha1's `ports`. */
function readPort(reader: Reader, value: unknown, path: string): (NumberedPorts | NamedPort)[] {
  const fields = ['portNumber', 'portRange', 'namedPort'];
  const map = reader.map(value, path, fields);
  const [kind] = map ? oneOf(reader, map, path, fields) : [];
  if (kind === undefined) return [];
  if (kind === 'namedPort') return readName(reader, field(map, kind), `${path}.${kind}`);
  const inner = field(map, kind);
  const protocol = isRecord(inner) && field(inner, 'protocol') === undefined ? 'TCP' : reader.word(inner, 'protocol', `${path}.${kind}`, PROTOCOLS);
  if (!protocol) return [];
  return kind === 'portNumber' ? numbered(protocol, reader.integer(inner, 'port', `${path}.${kind}`, 1, 65535)) : readRange(reader, inner, `${path}.${kind}`, protocol);
}

function readName(reader: Reader, value: unknown, path: string): NamedPort[] {
  if (typeof value !== 'string') return reader.fault(path, `is ${shown(value)}`, 'give the name of a container\'s port') ?? [];
  checkPortName(reader, value, path);
  return [{ name: value }];
}

function readRange(reader: Reader, value: unknown, path: string, protocol: NumberedPorts['protocol'], end: 'above' | 'at least' = 'at least'): NumberedPorts[] {
  const [low, high] = ['start', 'end'].map((name) => reader.integer(value, name, path, 1, 65535));
  if (low === undefined || high === undefined) return [];
  if (high < low || (high === low && end === 'above')) reader.fault(`${path}.end`, `is ${high}, and start is ${low}`, `end must be ${end} start`);
  return [{ protocol, low, high }];
}

function numbered(protocol: NumberedPorts['protocol'], port: number | undefined): NumberedPorts[] {
  return port === undefined ? [] : [{ protocol, low: port, high: port }];
}
