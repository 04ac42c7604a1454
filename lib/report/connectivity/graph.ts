import { outsideText } from './outside';
import type { AddressRange, PortSet, Reachability } from '../../proofs/reachability';

/** A workload, a namespace with all that is in it, or addresses outside. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly namespace?: string;
  /** The kind of the workload. */
  readonly kind: string;
  /** How many workloads it stands for. */
  readonly workloads: number;
}

export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly label: string;
  /** The same is allowed the other way. */
  both: boolean;
}

/** Who reaches whom, small enough to be drawn. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Whether each node is a namespace, as there are too many workloads or edges to be seen. */
  readonly collapsed: boolean;
}

/** More of them nobody can tell apart in a drawing. */
const MOST_WORKLOADS = 60;
const MOST_EDGES = 300;

/** What is drawn of a cluster: its workloads, or its namespaces where there are too many of these. */
export function graphOf(reach: Reachability): Graph {
  if (reach.workloads.length <= MOST_WORKLOADS) {
    const graph = graphNodesAndEdges(reach, false);
    if (graph.edges.length <= MOST_EDGES) return graph;
  }
  return graphNodesAndEdges(reach, true);
}

/** All nodes and edges, of workloads or of namespaces, however many. */
export function graphNodesAndEdges(reach: Reachability, collapsed: boolean): Graph {
  const drawing = new Drawing(reach, collapsed);
  reach.workloads.forEach((workload) => drawing.nodeOf(workload));
  const sources = new Map<GraphNode, Map<string, Pair>>();
  const pairOf = (from: GraphNode, to: GraphNode): Pair => {
    const of = sources.get(from) ?? new Map<string, Pair>();
    sources.set(from, of);
    const pair = of.get(to.id) ?? { from, to, ports: reach.ports.none, count: 0 };
    of.set(to.id, pair);
    return pair;
  };
  const add = (from: GraphNode, to: GraphNode, ports: PortSet) => {
    const pair = pairOf(from, to);
    pair.ports = reach.ports.union(pair.ports, ports);
    pair.count++;
  };
  drawing.inside((from, to, ports) => add(from, to, ports));
  drawing.outside((from, to, ports) => add(from, to, ports));
  const edges = [...sources.values()].flatMap((of) => [...of.values()]).map(({ from, to, ports, count }): GraphEdge => ({
    from, to, both: false, label: `${reach.ports.textOf(ports).replace('All Connections', 'everything').replace(/,(?=[A-Z])/g, ', ')}${collapsed && count > 1 ? ` (${count})` : ''}`,
  }));
  return { collapsed, nodes: drawing.nodes, edges: withoutReturns(edges) };
}

interface Pair {
  readonly from: GraphNode;
  readonly to: GraphNode;
  ports: PortSet;
  count: number;
}

/** Edges there and back that say the same are one. */
function withoutReturns(edges: readonly GraphEdge[]): GraphEdge[] {
  const known = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const back = known.get(`${edge.to.id} ${edge.from.id}`);
    if (back && back !== edge && back.label === edge.label) back.both = true;
    else known.set(`${edge.from.id} ${edge.to.id}`, edge);
  }
  return [...known.values()];
}

type Add = (from: GraphNode, to: GraphNode, ports: PortSet) => void;

class Drawing {
  private readonly known = new Map<string, { -readonly [K in keyof GraphNode]: GraphNode[K] }>();

  public constructor(private readonly reach: Reachability, private readonly collapsed: boolean) {}

  public get nodes(): GraphNode[] {
    return [...this.known.values()];
  }

  public nodeOf({ label, namespace, name, kind }: Reachability['workloads'][number]): GraphNode {
    return this.collapsed ? this.node(`namespace ${namespace}`, { label: namespace, kind: 'Namespace', workloads: 0, namespace }, label) : this.node(`workload ${label}`, { label: name, namespace, kind, workloads: 1 });
  }

  public inside(add: Add): void {
    const { reach } = this;
    reach.sources.forEach(({ workload }, source) => {
      if (!workload) return;
      const { destinations, connections } = reach.row(source);
      for (let i = 0; i < destinations.length; i++) {
        const { workload: other } = reach.destinations[destinations[i]];
        if (other && destinations[i] !== reach.destinationOf(source)) add(this.nodeOf(workload), this.nodeOf(other), connections[i]);
      }
    });
  }

  /** Addresses to which, or from which, a workload has the same connections are one node. */
  public outside(add: Add): void {
    const { reach } = this;
    for (const family of [32, 128] as const) {
      const incoming = new Map<string, Map<PortSet, AddressRange[]>>();
      reach.sources.forEach(({ workload, range }, source) => {
        const outgoing = new Map<PortSet, AddressRange[]>();
        const { destinations, connections } = reach.row(source);
        if (range ? range.family !== family : !workload) return;
        for (let i = 0; i < destinations.length; i++) {
          const { workload: other, range: beyond } = reach.destinations[destinations[i]];
          if (range && other) gather(gathered(incoming, other.label), connections[i], range);
          if (workload && beyond?.family === family) gather(outgoing, connections[i], beyond);
        }
        if (this.isDrawn('egress', family)) for (const [ports, ranges] of outgoing) add(this.nodeOf(workload!), this.beyond(ranges), ports);
      });
      if (!this.isDrawn('ingress', family)) continue;
      for (const workload of reach.workloads) for (const [ports, ranges] of incoming.get(workload.label) ?? []) add(this.beyond(ranges), this.nodeOf(workload), ports);
    }
  }

  /** IPv6 is drawn only where a policy names some of it. */
  private isDrawn(direction: 'ingress' | 'egress', family: AddressRange['family']): boolean {
    return family === 32 || this.reach.sides[direction].ranges.filter((range) => range.family === family).length > 1;
  }

  private beyond(ranges: readonly AddressRange[]): GraphNode {
    const label = outsideText(ranges);
    return this.node(`outside ${label}`, { label, kind: 'External', workloads: 0 });
  }

  private node(key: string, node: Omit<GraphNode, 'id'>, counted?: string): GraphNode {
    let known = this.known.get(key);
    if (!known) this.known.set(key, known = { ...node, id: `n${this.known.size}` });
    if (counted !== undefined && !this.counted.has(counted)) {
      this.counted.add(counted);
      known.workloads++;
    }
    return known;
  }

  private readonly counted = new Set<string>();
}

function gathered(lists: Map<string, Map<PortSet, AddressRange[]>>, label: string): Map<PortSet, AddressRange[]> {
  const known = lists.get(label) ?? new Map<PortSet, AddressRange[]>();
  lists.set(label, known);
  return known;
}

function gather(lists: Map<PortSet, AddressRange[]>, ports: PortSet, range: AddressRange): void {
  const list = lists.get(ports);
  if (list) list.push(range);
  else lists.set(ports, [range]);
}
