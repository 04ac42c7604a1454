import { field, Inventory, KubeObject, namespaceOf, podSelection, selectorOf } from '../inventory';

/** What else of an inventory speaks of how many pods a workload has. */
export interface Scale {
  /** The autoscaler of a workload. */
  autoscalerOf(workload: KubeObject): KubeObject | undefined;
  /** The disruption budgets that select a workload's pods. */
  budgetsOf(workload: KubeObject): readonly KubeObject[];
  /** The objects with pods that a budget selects. */
  selectedBy(budget: KubeObject): readonly KubeObject[];
}

const SCALES = new WeakMap<Inventory, Scale>();

/** Built once for each inventory. */
export function scaleOf(inventory: Inventory): Scale {
  let scale = SCALES.get(inventory);
  if (!scale) SCALES.set(inventory, scale = built(inventory));
  return scale;
}

/** How many pods a workload has at least, as far as manifests say; undefined where they do not. */
export function leastReplicas(workload: KubeObject, autoscaler: KubeObject | undefined): number | undefined {
  const least = autoscaler ? field(autoscaler.json, 'spec', 'minReplicas') ?? 1 : field(workload.json, 'spec', 'replicas') ?? 1;
  return typeof least === 'number' ? least : undefined;
}

function built(inventory: Inventory): Scale {
  const autoscalers = new Map(inventory.ofKind('autoscaling/HorizontalPodAutoscaler').map((object) => [targetOf(object), object]));
  const selected = new Map(inventory.ofKind('policy/PodDisruptionBudget').map((budget) => [budget, podsOf(inventory, budget)]));
  const budgets = new Map<KubeObject, KubeObject[]>();
  for (const [budget, workloads] of selected) for (const workload of workloads) budgets.set(workload, [...budgets.get(workload) ?? [], budget]);
  return {
    autoscalerOf: (workload) => autoscalers.get(identity(workload.namespace, workload.group, workload.kind, workload.name)),
    budgetsOf: (workload) => budgets.get(workload) ?? [],
    selectedBy: (budget) => selected.get(budget) ?? [],
  };
}

function podsOf(inventory: Inventory, { json, namespace }: KubeObject): KubeObject[] {
  const selector = field(json, 'spec', 'selector');
  const selects = selectorOf(selector);
  const labels = Object.entries(field(selector, 'matchLabels') ?? {}) as [string, string][];
  const candidates = labels.length > 0
    ? [...podSelection(inventory)(namespace, labels)]
    : inventory.objects.filter((object) => object.pod && namespaceOf(object.namespace) === namespaceOf(namespace));
  return candidates.filter(({ pod }) => selects((pod!.metadata.get('labels') ?? new Map()) as ReadonlyMap<string, string>));
}

function targetOf({ json, namespace }: KubeObject): string {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => field(json, 'spec', 'scaleTargetRef', key));
  return identity(namespace, typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, name);
}

function identity(namespace: string | undefined, group: string, kind: unknown, name: unknown): string {
  return JSON.stringify([namespaceOf(namespace), group, kind, name]);
}
