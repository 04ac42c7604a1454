import { isWithin, networkOf, without } from './addresses';
import { AddressPeer, Direction, NamedPort, NamespacePolicy, NumberedPorts, Peer, PodPeer, Rule } from './policy';
import { PROTOCOLS } from './port-sets';
import { joined, Reader } from './reader';
import { EVERYTHING, readSelector } from './selector';
import { shown } from '../../errors';
import { field } from '../../inventory';

/** The field of a rule that names its peers. */
const PEERS_OF: { readonly [direction in Direction]: string } = { ingress: 'from', egress: 'to' };

/**
 * Reads a NetworkPolicy of networking.k8s.io/v1 by the rules by which the API server takes or refuses one.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readNetworkPolicy(reader: Reader, namespace: string): NamespacePolicy {
  const spec = reader.map(field(reader.object.json, 'spec'), 'spec', ['podSelector', 'policyTypes', 'ingress', 'egress']) ?? {};
  const pods = readSelector(reader, field(spec, 'podSelector'), 'spec.podSelector');
  const rules = {
    ingress: reader.list(spec, 'ingress', 'spec').map((rule, i) => readRule(reader, rule, `spec.ingress[${i}]`, 'ingress', namespace)),
    egress: reader.list(spec, 'egress', 'spec').map((rule, i) => readRule(reader, rule, `spec.egress[${i}]`, 'egress', namespace)),
  };
  const types = readTypes(reader, spec) ?? ['Ingress', ...rules.egress.length > 0 ? ['Egress'] : []];
  return { object: reader.object, namespace, pods, rules, isolates: { ingress: types.includes('Ingress'), egress: types.includes('Egress') } };
}

/** The directions that are written; undefined where none is. */
function readTypes(reader: Reader, spec: unknown): string[] | undefined {
  const types = reader.texts(spec, 'policyTypes', 'spec');
  types.forEach((type, i) => {
    if (type !== 'Ingress' && type !== 'Egress') reader.fault(`spec.policyTypes[${i}]`, `is ${shown(type)}`, 'it must be Ingress or Egress');
  });
  if (types.length > 2) reader.fault('spec.policyTypes', `has ${types.length} items`, 'there are two types, Ingress and Egress');
  return types.length > 0 ? types : undefined;
}

function readRule(reader: Reader, value: unknown, path: string, direction: Direction, namespace: string): Rule {
  const map = reader.map(value, path, [PEERS_OF[direction], 'ports']) ?? {};
  const name = PEERS_OF[direction];
  const peers = reader.once(`peers ${namespace}`, field(map, name), () => reader.list(map, name, path).flatMap((peer, i) => readPeer(reader, peer, `${path}.${name}[${i}]`, namespace)));
  const ports = reader.once('ports', field(map, 'ports'), () => reader.list(map, 'ports', path).flatMap((port, i) => readPort(reader, port, `${path}.ports[${i}]`)));
  return { path, ...peers.length > 0 ? { peers } : {}, ...ports.length > 0 ? { ports } : {} };
}

function readPeer(reader: Reader, value: unknown, path: string, namespace: string): Peer[] {
  const map = reader.map(value, path, ['ipBlock', 'namespaceSelector', 'podSelector']);
  if (!map) return [];
  const [ipBlock, namespaces, pods] = ['ipBlock', 'namespaceSelector', 'podSelector'].map((name) => field(map, name));
  if (ipBlock === undefined && namespaces === undefined && pods === undefined) {
    return reader.fault(path, 'names no peer', 'give a podSelector, a namespaceSelector or an ipBlock; for every peer leave the whole list out') ?? [];
  }
  if (ipBlock === undefined) return [readPods(reader, namespaces, pods, path, namespace)];
  if (namespaces !== undefined || pods !== undefined) {
    reader.fault(path, 'has an ipBlock beside a selector', 'an ipBlock stands alone; make two peers of it');
  }
  return reader.once('ipBlock', ipBlock, () => readBlock(reader, ipBlock, joined(path, 'ipBlock')));
}

function readPods(reader: Reader, namespaces: unknown, pods: unknown, path: string, namespace: string): PodPeer {
  return {
    namespaces: namespaces === undefined ? namespace : readSelector(reader, namespaces, joined(path, 'namespaceSelector')),
    pods: pods === undefined ? EVERYTHING : readSelector(reader, pods, joined(path, 'podSelector')),
  };
}

function readBlock(reader: Reader, value: unknown, path: string): AddressPeer[] {
  const map = reader.map(value, path, ['cidr', 'except']);
  if (!map) return [];
  const cidr = field(map, 'cidr');
  const network = typeof cidr === 'string' ? networkOf(cidr) : undefined;
  if (!network) return badCidr(reader, cidr, `${path}.cidr`);
  const holes = reader.texts(map, 'except', path).flatMap((except, i) => {
    const hole = networkOf(except);
    if (!hole) return badCidr(reader, except, `${path}.except[${i}]`);
    if (!isWithin(hole, network) || (hole.low === network.low && hole.high === network.high)) {
      reader.fault(`${path}.except[${i}]`, `is ${shown(except)}, which is not a part of the cidr ${shown(cidr)}`, 'except only addresses within the cidr, and not all of them');
    }
    return [hole];
  });
  return [{ ranges: without(network, holes), matchesPods: false }];
}

/** @returns nothing, as a list */
export function badCidr(reader: Reader, value: unknown, path: string): never[] {
  reader.fault(path, value === undefined ? 'is absent' : `is ${shown(value)}, which is no CIDR`, 'give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"');
  return [];
}

function readPort(reader: Reader, value: unknown, path: string): (NumberedPorts | NamedPort)[] {
  const map = reader.map(value, path, ['protocol', 'port', 'endPort']);
  if (!map) return [];
  const protocol = field(map, 'protocol') === undefined ? 'TCP' : reader.word(map, 'protocol', path, PROTOCOLS);
  const [port, endPort] = [field(map, 'port'), field(map, 'endPort')];
  if (typeof port === 'string') {
    checkPortName(reader, port, `${path}.port`);
    if (endPort !== undefined) reader.fault(`${path}.endPort`, `is ${shown(endPort)} beside the named port ${shown(port)}`, 'a range starts with a number; take endPort away');
    return protocol ? [{ protocol, name: port }] : [];
  }
  if (port === undefined && endPort !== undefined) reader.fault(`${path}.endPort`, `is ${shown(endPort)} without a port`, 'give the port at which the range starts');
  const low = port === undefined ? 1 : reader.integer(map, 'port', path, 1, 65535);
  const high = port === undefined ? 65535 : endPort === undefined ? low : reader.integer(map, 'endPort', path, 1, 65535);
  if (low !== undefined && high !== undefined && high < low) reader.fault(`${path}.endPort`, `is ${high}, below port ${low}`, 'endPort must be at least port');
  return protocol && low !== undefined && high !== undefined ? [{ protocol, low, high }] : [];
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/, IANA service names of RFC 6335 */
export function checkPortName(reader: Reader, name: string, path: string): void {
  if (/^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return;
  const remedy = /^\d+$/.test(name) ? `for the port's number write ${name} without quotes` : 'a port\'s name is of lower-case letters, digits and "-", at most 15, at least one of them a letter';
  reader.fault(path, `is ${shown(name)}, which is no name of a port`, remedy);
}
