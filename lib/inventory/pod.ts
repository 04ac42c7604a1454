import { field, isRecord, ShapeFault } from './manifest';
import { CONTAINER_LISTS, METADATA, POD_SPEC } from './pod-shape';
import { TypedMap, typedValue } from './typed-value';

/** The list a container stands in. */
export type ContainerList = (typeof CONTAINER_LISTS)[number];

/** A pod that an object is, or that it makes. */
export interface Pod {
  /** Where the spec stands in its object, such as `spec.template.spec`. */
  readonly path: string;
  readonly metadata: TypedMap;
  readonly spec: TypedMap;
}

/** Where the kinds of Kubernetes have the pod, as a path to what holds its metadata and spec. */
const POD_AT: { readonly [groupAndKind: string]: readonly string[] } = {
  '/Pod': [],
  '/PodTemplate': ['template'],
  '/ReplicationController': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
  // Served until 1.16, and still found in manifests.
  'extensions/DaemonSet': ['spec', 'template'],
  'extensions/Deployment': ['spec', 'template'],
  'extensions/ReplicaSet': ['spec', 'template'],
};

/** Where other kinds have one, if they have: Argo's Rollout, Knative's Service, OpenKruise's CloneSet and AdvancedCronJob. */
const CUSTOM_POD_AT = [['spec', 'template'], ['spec', 'jobTemplate', 'spec', 'template']];

/** The pod an object is or makes. What of it has not the types of Kubernetes is named as faults. */
export function podOf(group: string, kind: string, json: unknown, faults: ShapeFault[]): Pod | undefined {
  const known = Object.hasOwn(POD_AT, `${group}/${kind}`) ? POD_AT[`${group}/${kind}`] : undefined;
  const at = known ?? CUSTOM_POD_AT.find((path) => isListOfContainers(field(json, ...path, 'spec', 'containers')));
  if (!at) return undefined;
  const path = [...at, 'spec'].join('.');
  const holder = at.length === 0 ? json : field(json, ...at);
  const spec = field(holder, 'spec');
  if (!isRecord(spec)) {
    faults.push({ path, problem: `${path} is ${spec === undefined ? 'absent' : 'not a map'}, so there is no pod to judge` });
    return undefined;
  }
  const typed = typedValue(spec, POD_SPEC, path, faults) as TypedMap;
  if (field(spec, 'containers') === undefined || (field(spec, 'containers') as unknown[]).length === 0) {
    faults.push({ path: `${path}.containers`, problem: `${path}.containers is ${field(spec, 'containers') === undefined ? 'absent' : 'empty'}; a pod has at least one container` });
  }
  // A bare Pod's metadata is its object's, whose types are checked with the object.
  const metadata = typedValue(field(holder, 'metadata') ?? {}, METADATA, [...at, 'metadata'].join('.'), at.length === 0 ? [] : faults);
  return { path, metadata: metadata as TypedMap ?? new Map(), spec: typed };
}

function isListOfContainers(value: unknown): boolean {
  return Array.isArray(value) && value.some(isRecord);
}
