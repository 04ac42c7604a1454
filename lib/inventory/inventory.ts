import { KubeObject, kubeObject } from './kube-object';
import { field, Manifest } from './manifest';

/** All objects of some manifests, read once, in the order in which they came. */
export interface Inventory {
  readonly objects: readonly KubeObject[];
  /** The Namespace objects among them, by name; the last one where several have it, as applying them has it. */
  readonly namespaces: ReadonlyMap<string, KubeObject>;
  /** The objects of one kind, as `group/Kind`: `/Service`, `apps/Deployment`. */
  ofKind(groupAndKind: string): readonly KubeObject[];
}

/** Reads manifests. Lists are opened, nested ones too; nothing is passed over. */
export function inventoryOf(manifests: readonly Manifest[]): Inventory {
  const objects = manifests.flatMap((manifest) => opened(manifest.json).map(({ json, within }) => kubeObject(manifest, json, within)));
  const kinds = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const kind = `${object.group}/${object.kind}`;
    const known = kinds.get(kind);
    if (known) known.push(object);
    else kinds.set(kind, [object]);
  }
  const ofKind = (groupAndKind: string) => kinds.get(groupAndKind) ?? [];
  const namespaces = new Map(ofKind('/Namespace').flatMap((object): [string, KubeObject][] => object.name === undefined ? [] : [[object.name, object]]));
  return { objects, namespaces, ofKind };
}

interface Item {
  readonly json: unknown;
  readonly within: string;
}

/** An object, or the objects of a List. A stack of its own, since lists may nest deeper than a program's. */
function opened(manifest: unknown): Item[] {
  const result: Item[] = [];
  const stack: Item[] = [{ json: manifest, within: '' }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const items = listItems(item.json);
    if (!items) {
      result.push(item);
      continue;
    }
    for (let i = items.length - 1; i >= 0; i--) stack.push({ json: items[i], within: `${item.within}${item.within === '' ? '' : '.'}items[${i}]` });
  }
  return result;
}

/** The items of a `List`, `PodList` and the like; those of a typed list get the kind that it implies. */
function listItems(json: unknown): unknown[] | undefined {
  const kind = field(json, 'kind');
  const items = field(json, 'items');
  if (typeof kind !== 'string' || !kind.endsWith('List') || !(Array.isArray(items) || (kind === 'List' && items === undefined))) return undefined;
  if (kind === 'List' || items === undefined) return items as unknown[] | undefined ?? [];
  const implied = { apiVersion: field(json, 'apiVersion'), kind: kind.slice(0, -'List'.length) };
  return (items as unknown[]).map((item) => item && typeof item === 'object' && !Array.isArray(item) ? { ...implied, ...item } : item);
}
