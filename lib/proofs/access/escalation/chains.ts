import { Edge, Graph, graphOf } from './graph';
import { At, Place, Step } from './steps';
import { World, WorldOptions, worldOf } from './world';
import { Access, isBootstrap } from '../access';
import { BoundSubject } from '../rbac-object';
import type { Inventory } from '../../../inventory';

export type Goal = 'cluster-admin' | 'node';

/** One step of a chain, and who somebody is after it. */
export interface ChainStep {
  /** Who takes it; absent where it is taken with a role that the step before took. */
  readonly by?: BoundSubject;
  readonly step: Step;
  /** Who one is then; absent where no new identity is taken. */
  readonly becomes?: BoundSubject;
}

/** How somebody comes to more than he was given. */
export interface Chain {
  readonly start: BoundSubject;
  readonly goal: Goal;
  readonly steps: readonly ChainStep[];
  /** Other namespaces in which the first step leads there as well, in order. */
  readonly alsoIn: readonly string[];
}

export interface Escalation {
  readonly chains: readonly Chain[];
  readonly world: World;
}

/**
 * The chains by which subjects come to be administrators of the cluster, or into its nodes: of each subject the shortest one for each kind of
 * first step, and those into nodes only where none leads to cluster-admin. What Kubernetes' own bindings give to Kubernetes' own
 * identities starts none, and what everybody has by a group starts at that group.
 */
export function escalationOf(inventory: Inventory, access: Access, options?: WorldOptions): Escalation {
  const world = worldOf(inventory, access, options);
  const graph = graphOf(access, world);
  const [toAdmin, toNode] = [At.admin, At.node].map((goal) => distances(graph, goal));
  const chains = [...access.subjects.values()].map(({ subject }) => subject).sort((a, b) => (At.subject(a) < At.subject(b) ? -1 : 1)).flatMap((subject) => {
    const admin = chainsFrom(subject, graph, 'cluster-admin', toAdmin);
    return admin.length > 0 ? admin : chainsFrom(subject, graph, 'node', toNode);
  });
  return { chains, world };
}

/** How far it is from each place to a goal, and the edge that leads there. */
interface Distances {
  readonly next: ReadonlyMap<Place, Edge>;
  readonly far: ReadonlyMap<Place, number>;
}

/** Breadth first, from the goal backwards. */
function distances({ out }: Graph, goal: Place): Distances {
  const into = new Map<Place, Edge[]>();
  for (const edges of out.values()) {
    for (const edge of edges) {
      const others = into.get(edge.to);
      if (others) others.push(edge);
      else into.set(edge.to, [edge]);
    }
  }
  const next = new Map<Place, Edge>();
  const far = new Map<Place, number>([[goal, 0]]);
  const queue: Place[] = [goal];
  for (let i = 0; i < queue.length; i++) {
    for (const edge of into.get(queue[i]) ?? []) {
      if (far.has(edge.from)) continue;
      far.set(edge.from, far.get(queue[i])! + 1);
      next.set(edge.from, edge);
      queue.push(edge.from);
    }
  }
  return { next, far };
}

function chainsFrom(start: BoundSubject, graph: Graph, goal: Goal, { next, far }: Distances): Chain[] {
  const place = At.subject(start);
  const byKind = new Map<string, Edge[]>();
  for (const edge of graph.out.get(place) ?? []) {
    if (!edge.step || !far.has(edge.to) || !edge.step.met.some(isWritten)) continue;
    byKind.set(edge.step.kind, [...byKind.get(edge.step.kind) ?? [], edge]);
  }
  const whole = byKind.get('hold-everything')?.filter(({ to }) => to === At.admin) ?? [];
  const kinds = whole.length > 0 ? [whole] : [...byKind.values()];
  return kinds.flatMap((edges) => {
    const nearest = edges.reduce((best, edge) => far.get(edge.to)! < far.get(best.to)! ? edge : best);
    const path = pathFrom(nearest, next);
    if (path.slice(1).some(({ from }) => from === place)) return [];
    const elsewhere = edges.map(({ step }) => step!.namespace).filter((namespace) => namespace !== nearest.step!.namespace);
    return [{ start, goal, steps: chainSteps(path, graph), alsoIn: [...new Set(elsewhere)].sort() }];
  });
}

/** Held by a binding that is not Kubernetes' own. */
function isWritten({ grant, own }: Step['met'][number]): boolean {
  return own && grant !== undefined && !isBootstrap(grant.binding.object);
}

function pathFrom(first: Edge, next: ReadonlyMap<Place, Edge>): Edge[] {
  const path = [first];
  for (let edge = next.get(first.to); edge; edge = next.get(edge.to)) path.push(edge);
  return path;
}

function chainSteps(path: readonly Edge[], graph: Graph): ChainStep[] {
  const steps: ChainStep[] = [];
  let who = graph.subjectAt(path[0].from);
  path.forEach((edge, i) => {
    if (!edge.step) {
      who = graph.subjectAt(edge.to) ?? who;
      return;
    }
    const onward = path.slice(i + 1);
    const until = onward.findIndex(({ step }) => step);
    const passed = [edge, ...until === -1 ? onward : onward.slice(0, until)];
    // The first identity on the way is the one that is taken; a group that it is in comes with it.
    const becomes = passed.map(({ to }) => graph.subjectAt(to)).find((subject) => subject);
    steps.push({ ...who && { by: who }, step: edge.step, ...becomes && { becomes } });
    who = becomes;
  });
  return steps;
}
