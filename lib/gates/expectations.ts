import type { IConstruct } from 'constructs';
import { Inventory, inventoryOf, selectorOf } from '../inventory';
import type { End, PortRange, PortSet, Reachability } from '../proofs/reachability';

/** One end of what is expected of the network: pods, addresses, or both. */
export interface ExpectedEnd {
  /** As its user wrote it. */
  readonly text: string;
  readonly pods: readonly ExpectedPods[];
  readonly blocks: readonly { readonly cidr: string; readonly except?: readonly string[] }[];
}

export interface ExpectedPods {
  /** Its name, where it is one namespace. */
  readonly namespace?: string;
  readonly namespaceSelector: object;
  readonly podSelector: { readonly matchLabels?: { readonly [key: string]: string } };
}

/** What must hold of who reaches whom, once all manifests are known. */
export interface NetworkExpectation {
  /** The path of the construct that expects it. */
  readonly where: string;
  readonly from: ExpectedEnd;
  readonly to: ExpectedEnd;
  /** Asked for when it is judged; undefined for every port there is. */
  readonly ports?: () => readonly PortRange[];
  readonly reachable: boolean;
}

/** How pods begin that are not of the app; no name that Kubernetes takes does. */
const STAND_IN = '(not of this app) ';

/** What is expected of each tree, by its root. */
const TREES = new WeakMap<IConstruct, NetworkExpectation[]>();

/** Writes down what must hold when the tree is synthesized. */
export function expectOfNetwork(scope: IConstruct, expectation: NetworkExpectation): void {
  const { root } = scope.node;
  TREES.set(root, [...TREES.get(root) ?? [], expectation]);
}

/** A line for each expectation of a tree that does not hold. */
export function unmetExpectations(root: IConstruct, inventory: Inventory): string[] {
  const expectations = TREES.get(root) ?? [];
  if (expectations.length === 0) return [];
  const { rangesOfBlock, reachabilityOf } = require('../proofs/reachability') as typeof import('../proofs/reachability');
  const whole = withStandIns(inventory, expectations);
  const cuts = {
    ingress: expectations.flatMap(({ from }) => from.blocks.flatMap(rangesOfBlock)),
    egress: expectations.flatMap(({ to }) => to.blocks.flatMap(rangesOfBlock)),
  };
  const reach = reachabilityOf(whole, { cuts });
  return expectations.flatMap((expectation) => faultOf(expectation, reach, whole) ?? []);
}

function faultOf({ where, from, to, ports, reachable }: NetworkExpectation, reach: Reachability, inventory: Inventory): string | undefined {
  const asked = ports ? reach.ports.of(...ports()) : reach.ports.all;
  const [sources, destinations] = [endsOf(from, reach.sources, inventory), endsOf(to, reach.destinations, inventory)];
  const call = `${reachable ? 'expectReachable' : 'expectUnreachable'}(${from.text}, ${to.text})`;
  for (const [ends, { text }] of [[sources, from], [destinations, to]] as const) {
    if (ends.length === 0) return `${where}: ${call} cannot be proved, since no pods of this app are ${text}; name a workload of it, or a namespace and labels`;
  }
  if (!reachable && destinations.some((i) => reach.destinations[i].range)) {
    const byName = policyOfCilium(sources.map((i) => reach.sources[i]), inventory);
    if (byName) return `${where}: ${call} cannot be proved, since the CiliumNetworkPolicy ${byName} lets it reach what is known by name alone; expect it of workloads without such flows`;
  }
  const pairs = sources.flatMap((source) => destinations.filter((each) => reach.destinationOf(source) !== each).map((destination) => ({ source, destination })));
  for (const { source, destination } of pairs) {
    const found: PortSet = reach.ports.intersection(reach.connection(source, destination), asked);
    if (reachable ? found === asked : found === reach.ports.none) continue;
    const [a, b] = [shownEnd(reach.sources[source], from), shownEnd(reach.destinations[destination], to)];
    return reachable
      ? `${where}: ${a} does not reach ${b} on ${reach.ports.textOf(reach.ports.difference(asked, found))}, which ${call} asks for; allow the flow, in both namespaces`
      : `${where}: ${a} reaches ${b} on ${reach.ports.textOf(found)}, which ${call} rules out; take out the flow that opens it, or the expectation`;
  }
  return undefined;
}

/** What only stands in for others is called as its user called it. */
function shownEnd({ label, workload }: End, { text }: ExpectedEnd): string {
  return workload?.name.startsWith(STAND_IN) ? text : label;
}

/** The places of the ends that are meant. */
function endsOf({ pods, blocks }: ExpectedEnd, ends: readonly End[], inventory: Inventory): number[] {
  const { rangesOfBlock } = require('../proofs/reachability') as typeof import('../proofs/reachability');
  const selectors = pods.map((each) => ({ namespace: each.namespace, ofNamespace: selectorOf(each.namespaceSelector), ofPod: selectorOf(each.podSelector) }));
  const ranges = blocks.flatMap(rangesOfBlock);
  const labelsOf = (namespace: string) => new Map([...Object.entries((inventory.namespaces.get(namespace)?.json as Labelled)?.metadata?.labels ?? {}), ['kubernetes.io/metadata.name', namespace]]);
  return ends.flatMap(({ workload, range }, i) => {
    const meant = workload
      ? selectors.some(({ namespace, ofNamespace, ofPod }) => (namespace === undefined ? ofNamespace(labelsOf(workload.namespace)) : namespace === workload.namespace)
        && workload.pods.some(({ labels }) => ofPod(labels)))
      : ranges.some(({ family, low, high }) => family === range!.family && low <= range!.low && range!.high <= high);
    return meant ? [i] : [];
  });
}

type Labelled = { readonly metadata?: { readonly labels?: { readonly [key: string]: string } } } | undefined;

/** Pods that are meant and are not of this app, such as an ingress controller's, are stood in for by one with just their labels. */
function withStandIns(inventory: Inventory, expectations: readonly NetworkExpectation[]): Inventory {
  const meant = expectations.flatMap(({ from, to }) => [...from.pods, ...to.pods]).filter((pods): pods is ExpectedPods & { namespace: string } => pods.namespace !== undefined);
  const pods = inventory.objects.flatMap(({ namespace, pod }) => pod ? [{ namespace, labels: (pod.metadata.get('labels') ?? new Map()) as ReadonlyMap<string, string> }] : []);
  const absent = meant.filter(({ namespace, podSelector }) => !pods.some((each) => each.namespace === namespace && selectorOf(podSelector)(each.labels)));
  if (absent.length === 0) return inventory;
  const standIns = absent.map(({ namespace, podSelector: { matchLabels = {} } }, i) => ({
    where: '', json: { apiVersion: 'v1', kind: 'Pod', metadata: { name: `${STAND_IN}${i}`, namespace, labels: matchLabels }, spec: { containers: [{ name: 'any' }] } },
  }));
  return inventoryOf([...new Set(inventory.objects.map(({ manifest }) => manifest)), ...standIns]);
}

/** The name of a policy by which Cilium lets one of some sources reach what no NetworkPolicy can name. */
function policyOfCilium(sources: readonly End[], inventory: Inventory): string | undefined {
  return inventory.ofKind('cilium.io/CiliumNetworkPolicy').find(({ namespace, json }) => {
    const selects = selectorOf((json as { spec?: { endpointSelector?: unknown } }).spec?.endpointSelector);
    return sources.some(({ workload }) => workload?.namespace === namespace && workload?.pods.some(({ labels }) => selects(labels)));
  })?.name;
}
