/* eslint-disable @typescript-eslint/no-explicit-any -- manifests are read as they come, so that nothing of lib/ is between them and the sentences */
import type { Json } from '../arbitraries/cluster';

/**
 * Who reaches whom, written from the sentences of the specification (quoted here) and of Kubernetes' documentation, one after the other,
 * without a thought for speed: every pair of pods, every port at which anything could change. It shares no line with lib/.
 */
export function oracleLines(manifests: readonly unknown[]): string[] {
  const world = worldOf(manifests.flatMap(opened));
  const lines: string[] = [];
  for (const source of [...world.peers, ...rangesOf(world, 'ingress')]) {
    for (const destination of [...world.peers, ...rangesOf(world, 'egress')]) {
      // "A pair of a peer with itself is left out, even with several replicas." "Never range to range."
      if (source.label === destination.label || (!source.pods && !destination.pods)) continue;
      const connections = connectionsOf(world, source, destination);
      // "A pair with no allowed connection has no line."
      if (connections !== '') lines.push(`${source.label} => ${destination.label} : ${connections}`);
    }
  }
  // "Lines sorted as text"
  return lines.sort();
}

interface PodOf { namespace: string; labels: Json; ports: { name?: string; protocol: string; number: number }[] }
interface PeerOf { label: string; pods?: PodOf[]; range?: { low: number; high: number } }
interface World { peers: PeerOf[]; policies: any[]; tiers: any[]; namespaces: any[] }

/** "`List`, `PodList`, `NamespaceList` … are opened; items of a typed list may lack apiVersion and kind." */
function opened(manifest: any): any[] {
  if (!manifest.kind.endsWith('List')) return [manifest];
  const kind = manifest.kind.replace(/List$/, '');
  return manifest.items.flatMap((item: any) => opened(kind === '' ? item : { apiVersion: manifest.apiVersion, kind, ...item }));
}

function worldOf(objects: any[]): World {
  const peers: PeerOf[] = [];
  for (const object of objects) {
    // "Kinds: Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, Pod."
    if (!['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod'].includes(object.kind)) continue;
    // "namespace `default` where none is written"
    const namespace = object.metadata.namespace ?? 'default';
    // "Labels and ports are those of the pod template; a CronJob's are at `spec.jobTemplate.spec.template`."
    const template = object.kind === 'Pod' ? object : object.kind === 'CronJob' ? object.spec.jobTemplate.spec.template : object.spec.template;
    const containerPorts = template.spec.containers.flatMap((container: any) => container.ports ?? []);
    const ports = containerPorts.map(({ name, protocol = 'TCP', containerPort }: any) => ({ name, protocol, number: containerPort }));
    // "A Pod with an ownerReference that has `controller: true` (and kind other than Node) stands for its owner"
    const owner = object.kind === 'Pod' ? (object.metadata.ownerReferences ?? []).find((each: any) => each.controller === true && each.kind !== 'Node') : undefined;
    const label = owner ? `${namespace}/${owner.name}[${owner.kind}]` : `${namespace}/${object.metadata.name}[${object.kind}]`;
    // "all pods of one owner are one peer, whether or not the owner itself is in the input"
    let peer = peers.find((each) => each.label === label);
    if (!peer) peers.push(peer = { label, pods: [] });
    peer.pods!.push({ namespace, labels: template.metadata.labels ?? {}, ports });
  }
  return {
    peers,
    policies: objects.filter(({ kind }) => kind === 'NetworkPolicy'),
    tiers: objects.filter(({ kind }) => kind === 'ClusterNetworkPolicy'),
    namespaces: objects.filter(({ kind }) => kind === 'Namespace'),
  };
}

const FIRST = 0;
const LAST = 2 ** 32 - 1;

/** "Cut 0.0.0.0–255.255.255.255 at the start of each such range, and after its end. What lies between two cuts is one range." */
function rangesOf(world: World, direction: 'ingress' | 'egress'): PeerOf[] {
  const cuts = new Set([FIRST]);
  // "Take every `ipBlock` of every policy in the input … It does not matter whether the policy selects any pod, nor whether its
  // policyTypes cover that direction."
  for (const [cidr, except] of blocksOf(world, direction)) {
    if (cidr.includes(':')) continue; // "IPv6 blocks do not appear."
    for (const { low, high } of remaining(cidr, except)) {
      cuts.add(low);
      if (high < LAST) cuts.add(high + 1);
    }
  }
  const starts = [...cuts].sort((a, b) => a - b);
  return starts.map((low, i) => {
    const high = i + 1 < starts.length ? starts[i + 1] - 1 : LAST;
    return { label: `${address(low)}-${address(high)}[External]`, range: { low, high } };
  });
}

function blocksOf(world: World, direction: 'ingress' | 'egress'): [cidr: string, except: string[]][] {
  const peers = direction === 'ingress' ? 'from' : 'to';
  const rulesOf = ({ spec }: any): any[] => spec[direction] ?? [];
  const ipBlocks = world.policies.flatMap(rulesOf).flatMap((rule) => rule[peers] ?? []).flatMap((peer) => peer.ipBlock ?? []);
  const networks = world.tiers.flatMap(rulesOf).flatMap((rule) => rule[peers]).flatMap((peer) => peer.networks ?? []);
  return [...ipBlocks.map(({ cidr, except = [] }): [string, string[]] => [cidr, except]), ...networks.map((cidr): [string, string[]] => [cidr, []])];
}

/** "(cidr minus except) as maximal contiguous ranges (touching or overlapping excepts leave one hole)": piece by piece, then what touches put together. */
function remaining(cidr: string, except: string[]): { low: number; high: number }[] {
  const block = bounds(cidr);
  const holes = except.map(bounds);
  const ends = [block, ...holes].flatMap(({ low, high }) => [low, high + 1]);
  const edges = [...new Set(ends)].filter((edge) => block.low <= edge && edge <= block.high + 1).sort((a, b) => a - b);
  const pieces: { low: number; high: number }[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const piece = { low: edges[i], high: edges[i + 1] - 1 };
    if (holes.some(({ low, high }) => low <= piece.low && piece.high <= high)) continue;
    if (pieces.length > 0 && pieces[pieces.length - 1].high + 1 === piece.low) pieces[pieces.length - 1].high = piece.high;
    else pieces.push(piece);
  }
  return pieces;
}

function isIn(range: { low: number; high: number }, cidr: string, except: string[] = []): boolean {
  return remaining(cidr, except).some(({ low, high }) => low <= range.low && range.high <= high);
}

/** "A cidr with host bits set means its network." */
function bounds(cidr: string): { low: number; high: number } {
  const [text, length] = cidr.split('/');
  const value = text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  const low = Math.floor(value / size) * size;
  return { low, high: low + size - 1 };
}

function address(value: number): string {
  return [256 ** 3, 256 ** 2, 256, 1].map((unit) => Math.floor(value / unit) % 256).join('.');
}

/** "protocols in the order SCTP, TCP, UDP, joined by `,` without blanks … Ports are merged: ascending, touching and overlapping ones joined" */
function connectionsOf(world: World, source: PeerOf, destination: PeerOf): string {
  const edges = portEdges(world);
  const parts: string[] = [];
  let everything = true;
  for (const protocol of ['SCTP', 'TCP', 'UDP']) {
    const ranges: [number, number][] = [];
    edges.forEach((low, i) => {
      const high = i + 1 < edges.length ? edges[i + 1] - 1 : 65535;
      const [sources, destinations] = [source, destination].map(({ pods, range }): Node[] => pods ? pods.map((pod) => ({ pod })) : [{ range }]);
      if (!sources.some((from) => destinations.some((to) => isAllowed(world, from, to, protocol, low)))) return;
      if (ranges.length > 0 && ranges[ranges.length - 1][1] === low - 1) ranges[ranges.length - 1][1] = high;
      else ranges.push([low, high]);
    });
    // "`All Connections` = every port of TCP, UDP and SCTP; however it came about"
    if (ranges.length !== 1 || ranges[0][0] !== 1 || ranges[0][1] !== 65535) everything = false;
    if (ranges.length > 0) parts.push(`${protocol} ${ranges.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)).join(',')}`);
  }
  return everything ? 'All Connections' : parts.join(',');
}

/** Between two of these ports nothing changes: the ends of all that any policy or container mentions. */
function portEdges(world: World): number[] {
  const everything = JSON.stringify([world.policies, world.tiers, world.peers]);
  const numbers = [...everything.matchAll(/"(?:port|endPort|number|start|end)":(\d+)/g)].map(([, text]) => Number(text));
  return [...new Set([1, ...numbers.flatMap((number) => [number, number + 1])])].filter((number) => number >= 1 && number <= 65535).sort((a, b) => a - b);
}

interface Node { pod?: PodOf; range?: { low: number; high: number } }

/** "allowed(src, dst) = egress(src, dst) ∩ ingress(src, dst) … A range restricts nothing on its own side." */
function isAllowed(world: World, source: Node, destination: Node, protocol: string, port: number): boolean {
  return (!source.pod || passes(world, 'egress', source.pod, destination, destination, protocol, port))
    && (!destination.pod || passes(world, 'ingress', destination.pod, source, destination, protocol, port));
}

/** "Order: Admin → NetworkPolicy (final where a pod is selected) → Baseline → allow." */
function passes(world: World, direction: 'ingress' | 'egress', subject: PodOf, other: Node, destination: Node, protocol: string, port: number): boolean {
  const admin = tierVerdict(world, 'Admin', direction, subject, other, destination, protocol, port);
  if (admin === 'Accept' || admin === 'Deny') return admin === 'Accept';
  const selecting = world.policies.filter((policy) => selectsPod(policy, direction, subject));
  // "A pod that no policy selects in a direction allows everything in it; otherwise the union over the selecting policies' rules."
  const allows = (policy: any) => (policy.spec[direction] ?? []).some((rule: any) => ruleAllows(world, policy, rule, direction, other, destination, protocol, port));
  if (selecting.length > 0) return selecting.some(allows);
  return tierVerdict(world, 'Baseline', direction, subject, other, destination, protocol, port) !== 'Deny';
}

function selectsPod({ metadata, spec }: any, direction: 'ingress' | 'egress', pod: PodOf): boolean {
  // "policyTypes absent: Ingress always, Egress only if `egress` has a rule."
  const types = spec.policyTypes && spec.policyTypes.length > 0 ? spec.policyTypes : ['Ingress', ...(spec.egress ?? []).length > 0 ? ['Egress'] : []];
  if (!types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')) return false;
  // "A policy selects only in its own namespace."
  return (metadata.namespace ?? 'default') === pod.namespace && matches(spec.podSelector ?? {}, pod.labels);
}

function ruleAllows(world: World, policy: any, rule: any, direction: 'ingress' | 'egress', other: Node, destination: Node, protocol: string, port: number): boolean {
  const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
  // "A rule without (or with empty) from/to matches every peer, ranges and all; without (or with empty) ports, every connection."
  if (peers.length > 0 && !peers.some((peer: any) => peerMatches(world, policy.metadata.namespace ?? 'default', peer, other))) return false;
  const ports = rule.ports ?? [];
  return ports.length === 0 || ports.some((entry: any) => portMatches(entry, destination, protocol, port));
}

function peerMatches(world: World, namespace: string, peer: any, other: Node): boolean {
  // "Only an ipBlock (or no peer list) matches a range, and an ipBlock never matches a workload, whatever its IP."
  if (peer.ipBlock) {
    if (!other.range || peer.ipBlock.cidr.includes(':')) return false;
    return isIn(other.range, peer.ipBlock.cidr, peer.ipBlock.except ?? []);
  }
  if (!other.pod) return false;
  // "podSelector alone: the policy's namespace; namespaceSelector alone: all pods of the namespaces; both: and."
  const inNamespace = peer.namespaceSelector ? matches(peer.namespaceSelector, namespaceLabels(world, other.pod.namespace)) : other.pod.namespace === namespace;
  return inNamespace && matches(peer.podSelector ?? {}, other.pod.labels);
}

/** "those of its Namespace object, plus `kubernetes.io/metadata.name`. A namespace only mentioned by a workload exists with that one label." */
function namespaceLabels(world: World, name: string): Json {
  return { ...world.namespaces.find(({ metadata }) => metadata.name === name)?.metadata.labels, 'kubernetes.io/metadata.name': name };
}

function matches(selector: any, labels: Json): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const there = Object.keys(labels).includes(key);
    // "`NotIn` and `DoesNotExist` match where the key is missing; `In` and `Exists` do not."
    if (operator === 'In' && !(there && values.includes(labels[key]))) return false;
    if (operator === 'NotIn' && there && values.includes(labels[key])) return false;
    if (operator === 'Exists' && !there) return false;
    if (operator === 'DoesNotExist' && there) return false;
  }
  return true;
}

function portMatches(entry: any, destination: Node, protocol: string, port: number): boolean {
  // "A port without protocol is TCP; without port, all ports of its protocol; `endPort` inclusive."
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  if (entry.port === undefined) return true;
  if (typeof entry.port === 'number') return entry.port <= port && port <= (entry.endPort ?? entry.port);
  // "A named port is looked up on the destination workload's regular containers, by name and protocol; not found means this entry
  // allows nothing … In an egress rule it allows nothing towards ranges."
  return namedPort(destination, entry.port, protocol) === port;
}

function namedPort({ pod }: Node, wanted: string, protocol: string): number | undefined {
  return pod?.ports.find(({ name, protocol: own }) => name === wanted && own === protocol)?.number;
}

/** "priority 0–1000 lower first": of a tier's policies that select the pod the first rule that matches; Pass leaves it to the next tier. */
function tierVerdict(world: World, tier: string, direction: 'ingress' | 'egress', subject: PodOf, other: Node, destination: Node, protocol: string, port: number): string | undefined {
  const policies = world.tiers.filter(({ spec }) => spec.tier === tier).sort((a, b) => a.spec.priority - b.spec.priority);
  for (const { spec } of policies) {
    if (!tierPeerMatches(world, spec.subject, { pod: subject })) continue;
    for (const rule of spec[direction] ?? []) {
      if (!rule[direction === 'ingress' ? 'from' : 'to'].some((peer: any) => tierPeerMatches(world, peer, other))) continue;
      const protocols = rule.protocols ?? [];
      if (protocols.length === 0 || protocols.some((entry: any) => protocolMatches(entry, destination, protocol, port))) return rule.action;
    }
  }
  return undefined;
}

function tierPeerMatches(world: World, peer: any, other: Node): boolean {
  // "egress peers may name `networks`, which do match pods": of pods whose addresses nobody knows, only all of IPv4 is sure to.
  if (peer.networks) return peer.networks.some((cidr: string) => (other.range ? isIn(other.range, cidr) : cidr === '0.0.0.0/0'));
  if (!other.pod) return false;
  const [namespaces, pods] = peer.namespaces ? [peer.namespaces, {}] : [peer.pods.namespaceSelector, peer.pods.podSelector];
  return matches(namespaces, namespaceLabels(world, other.pod.namespace)) && matches(pods, other.pod.labels);
}

function protocolMatches(entry: any, destination: Node, protocol: string, port: number): boolean {
  if (entry.destinationNamedPort) return namedPort(destination, entry.destinationNamedPort, protocol) === port;
  const { number, range } = entry[protocol.toLowerCase()]?.destinationPort ?? {};
  return number === port || (range !== undefined && range.start <= port && port <= range.end);
}
