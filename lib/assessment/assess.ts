import { CelParams, celParams, judgeObject, judgePod, podVariables } from './expression';
import { Finding, sorted } from './finding';
import { placesOf } from './locate';
import { CATALOG, Control, controlsAt, DEFAULT_PARAMS, expressionAt, fieldsOf, InventoryControl, isPodControl, Level, ObjectControl, Params, PodControl } from '../controls';
import { field, Inventory, KubeObject, TypedMap } from '../inventory';
import { shown } from '../errors';

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
  const askedOf = (object: KubeObject) => {
    const version = typeof kubernetesVersion === 'string' ? kubernetesVersion : kubernetesVersion(object);
    if (!asked.has(version)) asked.set(version, askedIn(level, version, catalog));
    return asked.get(version)!;
  };
  const findings = inventory.objects.flatMap((object) => {
    const { pods, byKind } = askedOf(object);
    const ofKind = byKind.get(`${object.group}/${object.kind}`) ?? [];
    return [...object.pod ? podFindings(object, object.pod, pods, given) : [], ...ofKind.flatMap((control) => objectFindings(object, control, given))];
  });
  const across = catalog.filter((control): control is InventoryControl => control.on === 'inventory' && controlsAt(level, '1.0', [control]).length > 0);
  return sorted([...findings, ...across.flatMap((control) => acrossFindings(inventory, control))]);
}

/** What a profile asks for in one release. */
interface Asked {
  readonly pods: readonly { readonly control: PodControl; readonly cel: string }[];
  readonly byKind: ReadonlyMap<string, readonly ObjectControl[]>;
}

function askedIn(level: Level, version: string, catalog: readonly Control[]): Asked {
  const controls = controlsAt(level, version, catalog);
  const byKind = new Map<string, ObjectControl[]>();
  for (const control of controls) {
    if (isPodControl(control) || control.on === 'inventory') continue;
    for (const kind of (control as ObjectControl).on) byKind.set(kind, [...byKind.get(kind) ?? [], control as ObjectControl]);
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

function objectFindings(object: KubeObject, control: ObjectControl, params: CelParams): Finding[] {
  const typed = object.typed();
  const verdict = judgeObject(control.cel, typed, params);
  if (verdict === true) return [];
  if (verdict !== false) return [finding(control, object, '', unjudged(verdict.error))];
  const failsAlone = (at: string) => judgeObject(control.cel, only(typed, at, fieldsOf(control)), params) !== true;
  return fieldsOf(control).filter(failsAlone).map((at) => finding(control, object, at, `${at} has ${keysShown(field(object.json, at))}, but ${control.message}`));
}

/** An object with one of some fields, and without the others. */
function only(object: TypedMap, at: string, fields: readonly string[]): TypedMap {
  return new Map([...object].filter(([key]) => key === at || !fields.includes(key)));
}

/** The keys of a map, and never its values, which may be what must not be shown. */
function keysShown(value: unknown): string {
  return shown(value && typeof value === 'object' ? Object.keys(value) : typeof value);
}

function acrossFindings(inventory: Inventory, control: InventoryControl): Finding[] {
  return control.judge(inventory).map(({ object, path, problem }) => finding(control, object, path, `${problem}, but ${control.message}`));
}

function finding({ id, severity, level, remediation }: Control, object: KubeObject, path: string, message: string): Finding {
  return { control: id, severity, level, object, path, message, remediation };
}

function unjudged(error: string): string {
  return `it could not be judged, which counts as a violation: ${error}`;
}
