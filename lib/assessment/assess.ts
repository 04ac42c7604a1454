import { CelParams, celParams, judge, objectFrame, podFrame } from './expression';
import { Finding, sorted } from './finding';
import { placesOf } from './locate';
import { objectPlaces } from './locate-object';
import { AskedOfInventory, CATALOG, Control, controlsAt, DEFAULT_PARAMS, expressionAt, InventoryControl, isObjectControl, isPodControl, Level, LEVELS, ObjectControl, Params, PodControl } from '../controls';
import type { Inventory, KubeObject } from '../inventory';

/** By what an inventory is judged; where manifests go to several clusters, by what each object is. */
export interface Yardstick {
  readonly level: Of<Level>;
  /** The release of the cluster, such as `1.34`. */
  readonly kubernetesVersion: Of<string>;
  /** @default DEFAULT_PARAMS */
  readonly params?: Of<Params>;
  /** @default CATALOG */
  readonly catalog?: readonly Control[];
}

/** The same for all objects, or for each its own. */
export type Of<T extends string | object> = T | ((object: KubeObject) => T);

/** Judges every object of an inventory. Findings come in an order that only their content decides. */
export function assess(inventory: Inventory, { level, kubernetesVersion, catalog = CATALOG, params = DEFAULT_PARAMS }: Yardstick): Finding[] {
  const [levelOf, versionOf, paramsOf] = [each(level), each(kubernetesVersion), each(params)];
  const asked = new Map<string, Asked>();
  const askedOf = (object: KubeObject) => {
    const [profile, version] = [levelOf(object), versionOf(object)];
    const key = `${profile} ${version}`;
    let known = asked.get(key);
    if (!known) asked.set(key, known = askedIn(profile, version, catalog));
    return known;
  };
  const findings: Finding[] = [];
  for (const object of inventory.objects) {
    const { pods, byKind, ofAll } = askedOf(object);
    const given = celParams(paramsOf(object));
    if (object.pod) findings.push(...podFindings(object, object.pod, pods, given));
    for (const control of byKind.get(`${object.group}/${object.kind}`) ?? ofAll) findings.push(...objectFindings(object, control, given));
  }
  const across = catalog.filter((control): control is InventoryControl => control.on === 'inventory');
  for (const control of across) {
    const asks = (object: KubeObject) => LEVELS.indexOf(control.level) <= LEVELS.indexOf(levelOf(object));
    if (typeof level === 'function' || LEVELS.indexOf(control.level) <= LEVELS.indexOf(level)) findings.push(...acrossFindings(inventory, control, { kubernetesVersion: versionOf, params: paramsOf }).filter(({ object }) => asks(object)));
  }
  return sorted(findings);
}

function each<T extends string | object>(of: Of<T>): (object: KubeObject) => T {
  return typeof of === 'function' ? of as (object: KubeObject) => T : () => of;
}

/** What a profile asks for in one release. */
interface Asked {
  readonly pods: readonly { readonly control: PodControl; readonly cel: string }[];
  /** What is asked of each kind that anything is asked of by name, what is asked of all kinds included. */
  readonly byKind: ReadonlyMap<string, readonly AskedOfObject[]>;
  readonly ofAll: readonly AskedOfObject[];
}

interface AskedOfObject {
  readonly control: ObjectControl;
  readonly cel: string;
}

function askedIn(level: Level, version: string, catalog: readonly Control[]): Asked {
  const controls = controlsAt(level, version, catalog);
  const ofKinds = controls.filter(isObjectControl).map((control): AskedOfObject => ({ control, cel: expressionAt(control, version)! }));
  const kinds = new Set(ofKinds.flatMap(({ control }) => control.on));
  return {
    pods: controls.filter(isPodControl).map((control) => ({ control, cel: expressionAt(control, version)! })),
    byKind: new Map([...kinds].map((kind) => [kind, ofKinds.filter(({ control: { on } }) => on.includes(kind) || on.includes('*'))])),
    ofAll: ofKinds.filter(({ control: { on } }) => on.includes('*')),
  };
}

function podFindings(object: KubeObject, pod: NonNullable<KubeObject['pod']>, asked: Asked['pods'], params: CelParams): Finding[] {
  const frame = podFrame(pod.metadata, pod.spec, params);
  return asked.flatMap(({ control, cel }) => {
    const verdict = judge(cel, frame);
    if (verdict === true) return [];
    if (verdict !== false) return [finding(control, object, pod.path, unjudged(verdict.error))];
    return placesOf(control, cel, pod, params).map(({ path, container, problem }) => ({ ...finding(control, object, path, `${problem}, but ${control.message}`), container }));
  });
}

function objectFindings(object: KubeObject, { control, cel }: AskedOfObject, params: CelParams): Finding[] {
  const typed = object.typed();
  const verdict = judge(cel, objectFrame(typed, params));
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
