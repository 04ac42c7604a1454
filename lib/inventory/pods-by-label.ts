import type { Inventory } from './inventory';
import type { KubeObject } from './kube-object';

/** Finds objects with pods by what selects them, as a Service does: a namespace, and labels that the pods must all have. */
export type PodSelection = (namespace: string | undefined, labels: Iterable<readonly [key: string, value: string]>) => Iterable<KubeObject>;

const SELECTIONS = new WeakMap<Inventory, PodSelection>();

/** Built once for each inventory, in one pass; a selection then costs no more than the pods that have its rarest label. */
export function podSelection(inventory: Inventory): PodSelection {
  let selection = SELECTIONS.get(inventory);
  if (!selection) SELECTIONS.set(inventory, selection = built(inventory));
  return selection;
}

function built(inventory: Inventory): PodSelection {
  const byLabel = new Map<string, Set<KubeObject>>();
  const keyOf = (namespace: string | undefined, key: string, value: string) => JSON.stringify([namespaceOf(namespace), key, value]);
  for (const object of inventory.objects) {
    for (const [key, value] of podLabels(object)) {
      const label = keyOf(object.namespace, key, value);
      const known = byLabel.get(label);
      if (known) known.add(object);
      else byLabel.set(label, new Set([object]));
    }
  }
  return function* (namespace, labels) {
    const sets = [...labels].map(([key, value]) => byLabel.get(keyOf(namespace, key, value)) ?? new Set<KubeObject>()).sort((a, b) => a.size - b.size);
    const [rarest, ...others] = sets;
    for (const object of rarest ?? []) if (others.every((set) => set.has(object))) yield object;
  };
}

/** The labels of the pods that an object is or makes. */
function podLabels(object: KubeObject): Iterable<readonly [string, string]> {
  return (object.pod?.metadata.get('labels') ?? new Map()) as ReadonlyMap<string, string>;
}

/** Who says nothing is put into `default`. */
export function namespaceOf(namespace: string | undefined): string {
  return namespace ?? 'default';
}
