import { field, isRecord, Manifest, ShapeFault } from './manifest';
import { OBJECT_SHAPES } from './object-shape';
import { Pod, podOf } from './pod';
import { METADATA } from './pod-shape';
import { TypedMap, TypedValue, typedValue } from './typed-value';
import { shown } from '../errors';

/** One Kubernetes object, and what could be read of it. */
export interface KubeObject {
  /** The manifest it stands in; several objects stand in one that is a List. */
  readonly manifest: Manifest;
  /** Its place in its manifest, such as `items[3]`; empty unless the manifest is a List. */
  readonly within: string;
  /** Where it stands: its manifest's place, and its place in that, such as `k8s/all.yaml items[3]`. */
  readonly where: string;
  readonly json: unknown;
  /** As it is written, such as `apps/v1`; empty where there is none to read. */
  readonly apiVersion: string;
  /** Empty for the core group. */
  readonly group: string;
  /** Empty where there is none to read. */
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** The pod it is or makes. */
  readonly pod?: Pod;
  /** Fields that are not what Kubernetes reads there. */
  readonly faults: readonly ShapeFault[];
  /** The whole object, as expressions read it. */
  typed(): TypedMap;
}

/** Reads one object of a manifest; `within` is its place there, if the manifest is a List. */
export function kubeObject(manifest: Manifest, json: unknown, within: string): KubeObject {
  const faults: ShapeFault[] = [];
  const apiVersion = text(json, 'apiVersion', faults);
  const kind = text(json, 'kind', faults) ?? '';
  const group = apiVersion?.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const metadata = typedValue(field(json, 'metadata'), METADATA, 'metadata', faults);
  const named = (name: string) => metadata instanceof Map ? metadata.get(name) as string | undefined : undefined;
  if (kind === 'List' || (kind.endsWith('List') && isRecord(json) && Object.hasOwn(json, 'items'))) {
    faults.push({ path: 'items', problem: `items is ${shown(field(json, 'items'))}, not a list` });
  }
  const pod = podOf(group, kind, json, faults);
  const shape = Object.hasOwn(OBJECT_SHAPES, `${group}/${kind}`) ? OBJECT_SHAPES[`${group}/${kind}`] : undefined;
  const known = pod && { value: field(json, ...pod.path.split('.')), typed: pod.spec };
  let typed = shape && isRecord(json) ? withMetadata(typedValue(json, shape, '', faults, known) as TypedMap, metadata) : undefined;
  return {
    manifest, json, within, apiVersion: apiVersion ?? '', group, kind, pod, faults: distinct(faults),
    where: [manifest.where, within].filter((part) => part).join(' '),
    name: named('name'), namespace: named('namespace'),
    typed: () => typed ??= withMetadata(isRecord(json) ? typedValue(json, 'anything', '', [], known) as TypedMap : new Map(), metadata),
  };
}

/** A pod's template is read as its owner's field and as the pod's. */
function distinct(faults: readonly ShapeFault[]): readonly ShapeFault[] {
  return faults.length < 2 ? faults : [...new Map(faults.map((fault) => [fault.problem, fault])).values()];
}

/** Metadata has the same types in every kind, and its faults are named once. */
function withMetadata(object: TypedMap, metadata: TypedValue | undefined): TypedMap {
  const copy = new Map(object);
  copy.delete('metadata');
  return metadata === undefined ? copy : copy.set('metadata', metadata);
}

function text(json: unknown, name: string, faults: ShapeFault[]): string | undefined {
  const value = field(json, name);
  if (typeof value === 'string' && value !== '') return value;
  if (isRecord(json)) faults.push({ path: name, problem: `${name} is ${value === undefined ? 'absent' : shown(value)}; every object has one` });
  else if (name === 'kind') faults.push({ path: '', problem: `${shown(json)} is no Kubernetes object` });
  return undefined;
}
