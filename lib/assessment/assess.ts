import { CelParams, celParams, judgeObject, judgePod, podVariables } from './expression';
import { Finding, sorted } from './finding';
import { placesOf } from './locate';
import { objectPlaces } from './locate-object';
import { AskedOfInventory, CATALOG, Control, controlsAt, DEFAULT_PARAMS, expressionAt, InventoryControl, isObjectControl, isPodControl, Level, ObjectControl, Params, PodControl } from '../controls';
import type { Inventory, KubeObject } from '../inventory';

/** By what an inventory is judged. */
export interface Yardstick {
  readonly level: Level;
  /** The release of the cluster, such as `1.34`; of each object's, where manifests go to several. */
  readonly kubernetesVersion: string | ((object: KubeObject) => string);
  /** @default CATALOG */
  readonly catalog?: readonly Control[];
  /** @default DEFAULT_PARAMS */
  readonly params?: Params;
}

/** Judges every object of an inventory. Findings come in an order that only their content decides. */
export function assess(inventory: Inventory, { level, kubernetesVersion, catalog = CATALOG, params = DEFAULT_PARAMS }: Yardstick): Finding[] {
  const given = celParams(params);
  const asked = new Map<string, Asked>();
  const versionOf = typeof kubernetesVersion === 'string' ? () => kubernetesVersion : kubernetesVersion;
  const askedOf = (object: KubeObject) => {
    const version = versionOf(object);
    if (!asked.has(version)) asked.set(version, askedIn(level, version, catalog));
    return asked.get(version)!;
  };
  const findings = inventory.objects.flatMap((object) => {
    const { pods, byKind } = askedOf(object);
    const ofKind = [...byKind.get(`${object.group}/${object.kind}`) ?? [], ...byKind.get('*') ?? []];
    return [...object.pod ? podFindings(object, object.pod, pods, given) : [], ...ofKind.flatMap((control) => objectFindings(object, control, given))];
  });
  const across = catalog.filter((control): control is InventoryControl => control.on === 'inventory' && controlsAt(level, '1.0', [control]).length > 0);
  return sorted([...findings, ...across.flatMap((control) => acrossFindings(inventory, control, { kubernetesVersion: versionOf, params }))]);
}

/** What a profile asks for in one release. */
interface Asked {
  readonly pods: readonly { readonly control: PodControl; readonly cel: string }[];
  readonly byKind: ReadonlyMap<string, readonly AskedOfObject[]>;
}

interface AskedOfObject {
  readonly control: ObjectControl;
  readonly cel: string;
}

function askedIn(level: Level, version: string, catalog: readonly Control[]): Asked {
  const controls = controlsAt(level, version, catalog);
  const byKind = new Map<string, AskedOfObject[]>();
  for (const control of controls.filter(isObjectControl)) {
    for (const kind of control.on) byKind.set(kind, [...byKind.get(kind) ?? [], { control, cel: expressionAt(control, version)! }]);
  }
  return { pods: controls.filter(isPodControl).map((control) => ({ control, cel: expressionAt(control, version)! })), byKind };
}

function podFindings(object: KubeObject, pod: NonNullable<KubeObject['pod']>, asked: Asked['pods'], params: CelParams): Finding[] {
  const variables = podVariables(pod.metadata, pod.spec);
  return asked.flatMap(({ control, cel }) => {
    const verdict = judgePod(cel, variables, params);
    if (verdict === true) return [];
    if (verdict !== false) return [finding(control, object, pod.path, unjudged(verdict.error))];
    return placesOf(control, cel, pod, params).map(({ path, container, problem }) => ({ ...finding(control, object, path, `${problem}, but ${control.message}`), container }));
  });
}

function objectFindings(object: KubeObject, { control, cel }: AskedOfObject, params: CelParams): Finding[] {
  const typed = object.typed();
  const verdict = judgeObject(cel, typed, params);
  if (verdict === true) return [];
  if (verdict !== false) return [finding(control, object, '', unjudged(verdict.error))];
  return objectPlaces(control, cel, typed, params).map(({ path, problem }) => finding(control, object, path, `${problem}, but ${control.message}`));
}

function acrossFindings(inventory: Inventory, control: InventoryControl, asked: AskedOfInventory): Finding[] {
  return control.judge(inventory, asked).map(({ object, path, problem }) => finding(control, object, path, `${problem}, but ${control.message}`));
}

function finding({ id, severity, level, remediation }: Control, object: KubeObject, path: string, message: string): Finding {
  return { control: id, severity, level, object, path, message, remediation };
}

function unjudged(error: string): string {
  return `it could not be judged, which counts as a violation: ${error}`;
}
