import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodSpecJson } from './pod-demand';

/** The pods of a workload: what each is, and how many there can be at once. */
export interface PodsOfWorkload {
  /** Such as `Deployment web`. */
  readonly workload: string;
  readonly spec: PodSpecJson;
  readonly count: number;
}

/** The fields that say how many pods a workload has; everything is as the user wrote it, so nothing is sure. */
interface WorkloadJson {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly parallelism?: number;
    readonly completions?: number;
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: number | string } };
    readonly updateStrategy?: { readonly rollingUpdate?: { readonly maxSurge?: number | string } };
    readonly template?: { readonly spec?: PodSpecJson };
    readonly jobTemplate?: { readonly spec?: WorkloadJson['spec'] };
    readonly maxReplicas?: number;
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  } & PodSpecJson;
}

const AUTOSCALER = 'HorizontalPodAutoscaler';
const KINDS = new Set(['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job', 'CronJob', AUTOSCALER]);

/** The pods that the objects beneath a namespace bring, whoever made these. */
export class PodsBeneath {
  private last?: { readonly rendered: readonly WorkloadJson[]; readonly pods: PodsOfWorkload[] };

  /** @param nodes how many nodes a DaemonSet is taken to run on */
  constructor(private readonly scope: Construct, private readonly namespace: string, private readonly nodes: number) {}

  /**
   * The pods as they are now; the same list as before where every object renders the very JSON it rendered before. Only objects
   * that have pods are rendered, and those that scale them.
   */
  public now(): readonly PodsOfWorkload[] {
    const rendered = this.scope.node.findAll()
      .filter((each): each is ApiObject => ApiObject.isApiObject(each) && KINDS.has(each.kind) && each.metadata.namespace === this.namespace)
      .flatMap(rendering);
    const { last } = this;
    if (!last || last.rendered.length !== rendered.length || rendered.some((json, i) => json !== last.rendered[i])) {
      this.last = { rendered, pods: podsOf(rendered, this.nodes) };
    }
    return this.last!.pods;
  }
}

/** None where an object cannot be rendered, which fails the synth by itself. */
function rendering(object: ApiObject): WorkloadJson[] {
  try {
    return [object.toJson()];
  } catch {
    return [];
  }
}

function podsOf(objects: readonly WorkloadJson[], nodes: number): PodsOfWorkload[] {
  const scaled = new Map(objects.filter(({ kind }) => kind === AUTOSCALER)
    .map(({ spec }) => [`${spec?.scaleTargetRef?.kind} ${spec?.scaleTargetRef?.name}`, spec?.maxReplicas]));
  return objects.filter(({ kind }) => kind !== AUTOSCALER).map((object) => {
    const workload = `${object.kind} ${object.metadata.name}`;
    return { workload, spec: podSpec(object), count: whole(podCount(object, scaled.get(workload), nodes)) };
  });
}

function podSpec({ kind, spec }: WorkloadJson): PodSpecJson {
  if (kind === 'Pod') return spec ?? {};
  return (kind === 'CronJob' ? spec?.jobTemplate?.spec : spec)?.template?.spec ?? {};
}

/** How many pods there can be at once, those of a rollout included. */
function podCount({ kind, spec = {} }: WorkloadJson, maxReplicas: number | undefined, nodes: number): number {
  const replicas = Math.max(spec.replicas ?? 1, maxReplicas ?? 0);
  switch (kind) {
    case 'Pod': return 1;
    case 'Deployment': return replicas + (spec.strategy?.type === 'Recreate' ? 0 : share(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', replicas));
    case 'DaemonSet': return nodes + share(spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0, nodes);
    case 'Job': return Math.min(spec.parallelism ?? 1, spec.completions ?? Infinity);
    // One run at a time: runs that overlap are what a quota is for.
    case 'CronJob': return Math.min(spec.jobTemplate?.spec?.parallelism ?? 1, spec.jobTemplate?.spec?.completions ?? Infinity);
    default: return replicas;
  }
}

/** What a user wrote for a number of pods may be none; that is for others to say. */
function whole(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.ceil(count)) : 1;
}

/** A number of pods, or a percentage of them, rounded up. */
function share(surge: number | string, replicas: number): number {
  return typeof surge === 'number' ? surge : Math.ceil((replicas * parseFloat(surge)) / 100);
}
