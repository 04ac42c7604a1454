import type { Protocol } from './port-sets';
import { printable } from '../../errors';
import { field, Inventory, isRecord, KubeObject, Labels } from '../../inventory';

/** What runs pods, and is one end of a connection. */
export interface Workload {
  /** `namespace/name[Kind]`. */
  readonly label: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** Its pods as they differ: one, unless several objects are of this workload. */
  readonly pods: readonly PodFacts[];
}

/** What of a pod decides who reaches it. */
export interface PodFacts {
  /** The object that is the pod, or has its template. */
  readonly object: KubeObject;
  readonly namespace: string;
  readonly labels: Labels;
  /** The ports of its regular containers that have a name. */
  readonly namedPorts: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** What a Pod's status says. */
  readonly addresses: readonly string[];
}

export interface ContainerPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Where the kinds that run pods have the pod. */
const POD_AT: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Pod', []],
  ...['/ReplicationController', 'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'batch/Job',
    'extensions/DaemonSet', 'extensions/Deployment', 'extensions/ReplicaSet'].map((kind): [string, string[]] => [kind, ['spec', 'template']]),
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

export const DEFAULT_NAMESPACE = 'default';

/** Every workload of an inventory, by its label in the order of texts. */
export function workloadsOf(inventory: Inventory): Workload[] {
  const known = new Map<string, Workload & { readonly pods: PodFacts[] }>();
  for (const object of inventory.objects) {
    const at = POD_AT.get(`${object.group}/${object.kind}`);
    if (!at) continue;
    const pod = podFacts(object, at);
    const { name, kind } = ownerOf(object) ?? { name: object.name ?? '', kind: object.kind };
    const label = printable(`${pod.namespace}/${name}[${kind}]`);
    const workload = known.get(label);
    if (workload) workload.pods.push(pod);
    else known.set(label, { label, namespace: pod.namespace, name, kind, pods: [pod] });
  }
  return [...known.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Whether an object makes pods that are no workload of this proof: a custom kind's. */
export function isUnknownWorkload(object: KubeObject): boolean {
  const kind = `${object.group}/${object.kind}`;
  return object.pod !== undefined && kind !== '/PodTemplate' && !POD_AT.has(kind);
}

/** What controls a Pod; a Node, whose static pods mirror files of its own, is no workload. */
function ownerOf(object: KubeObject): { name: string; kind: string } | undefined {
  if (object.kind !== 'Pod') return undefined;
  const references = field(object.json, 'metadata', 'ownerReferences');
  const owner = Array.isArray(references) ? references.find((each) => field(each, 'controller') === true) : undefined;
  const [name, kind] = [field(owner, 'name'), field(owner, 'kind')];
  return typeof name === 'string' && typeof kind === 'string' && kind !== 'Node' ? { name, kind } : undefined;
}

function podFacts(object: KubeObject, at: readonly string[]): PodFacts {
  const holder = at.length === 0 ? object.json : field(object.json, ...at);
  const spec = field(holder, 'spec');
  return {
    object,
    namespace: object.namespace || DEFAULT_NAMESPACE,
    labels: labelsOf(holder),
    namedPorts: namedPorts(field(spec, 'containers')),
    hostNetwork: field(spec, 'hostNetwork') === true,
    addresses: at.length === 0 ? addressesOf(field(object.json, 'status')) : [],
  };
}

/** The labels of an object or a template. */
export function labelsOf(holder: unknown): Map<string, string> {
  const labels = field(holder, 'metadata', 'labels');
  return new Map(isRecord(labels) ? Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []);
}

function namedPorts(containers: unknown): ContainerPort[] {
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((container) => {
    const ports = field(container, 'ports');
    return !Array.isArray(ports) ? [] : ports.flatMap((item): ContainerPort[] => {
      const [name, protocol = 'TCP', port] = ['name', 'protocol', 'containerPort'].map((key) => field(item, key));
      return typeof name === 'string' && typeof port === 'number' ? [{ name, protocol: protocol as Protocol, port }] : [];
    });
  });
}

function addressesOf(status: unknown): string[] {
  const listed = field(status, 'podIPs');
  const all = [field(status, 'podIP'), ...Array.isArray(listed) ? listed.map((item) => field(item, 'ip')) : []];
  return [...new Set(all.filter((text): text is string => typeof text === 'string'))];
}
