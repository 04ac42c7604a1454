import type { IConstruct } from 'constructs';
import type { DefaultDenyNetwork } from './default-deny-network';
import type { PodsEndpoint, PodSet } from './endpoint';
import type { Half } from './rules';

/** What a network takes in: its half of a flow, and for which of its pods. */
export interface Delivery {
  readonly pods: PodSet;
  readonly workload?: PodsEndpoint['workload'];
  readonly half: Half;
}

interface Entry {
  network?: DefaultDenyNetwork;
  /** What came before the network was built. */
  readonly waiting: Delivery[];
}

/** The networks of each tree, by its root and their namespace. */
const TREES = new WeakMap<IConstruct, Map<string, Entry>>();

/** The network that isolates a namespace. */
export function networkOf(scope: IConstruct, namespace: string): DefaultDenyNetwork | undefined {
  return entryOf(scope, namespace).network;
}

export function addNetwork(network: DefaultDenyNetwork): void {
  const entry = entryOf(network, network.namespaceName);
  entry.network = network;
  for (const delivery of entry.waiting.splice(0)) network._take(delivery);
}

/** Hands a half to the network of a namespace, now or when it is built; where there never is one, nothing restricts the flow there. */
export function deliver(scope: IConstruct, namespace: string, delivery: Delivery): void {
  const { network, waiting } = entryOf(scope, namespace);
  if (network) network._take(delivery);
  else waiting.push(delivery);
}

function entryOf(scope: IConstruct, namespace: string): Entry {
  const { root } = scope.node;
  const entries = TREES.get(root) ?? new Map<string, Entry>();
  const entry = entries.get(namespace) ?? { waiting: [] };
  TREES.set(root, entries.set(namespace, entry));
  return entry;
}
