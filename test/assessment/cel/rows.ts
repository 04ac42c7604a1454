import { CATALOG, fieldsOf, isObjectControl, isPodControl, ObjectControl, PodControl, stepsOf } from '../../../lib/controls';
import { CONTAINER_LISTS } from '../../../lib/inventory';
import { apiVersionsOf, baseOf, kindsOf } from '../../controls/compliant-object';
import { compliantPod, Json, merged, withField } from '../../controls/compliant-pod';

/** What a control is asked about: one of its expressions, and pods or objects that its rows make. */
export interface Asked {
  readonly control: string;
  readonly cel: string;
  /** Pods as `{metadata, spec}`, or whole objects. */
  readonly about: readonly Json[];
}

/** Every expression about pods, with the pods of its control's rows. */
export const ASKED_OF_PODS: readonly Asked[] = CATALOG.filter(isPodControl)
  .flatMap((control) => stepsOf(control).map(({ cel }) => ({ control: control.id, cel, about: podsOf(control) })));

/** Every expression about objects, with the objects of its control's rows. */
export const ASKED_OF_OBJECTS: readonly Asked[] = CATALOG.filter(isObjectControl)
  .flatMap((control) => stepsOf(control).map(({ cel }) => ({ control: control.id, cel, about: objectsOf(control) })));

function valuesOf(control: PodControl | ObjectControl): unknown[] {
  return [control, ...stepsOf(control)].flatMap(({ allowed = {}, denied = {} }) => [...Object.values(allowed), ...Object.values(denied)]);
}

function podsOf(control: PodControl): Json[] {
  const pod = compliantPod();
  const spec = pod.spec as Json;
  const of = control.of ?? 'container';
  const placed = valuesOf(control).flatMap((value) => fieldsOf(control).flatMap((at) => [
    ...of === 'container' ? [] : [{ ...pod, spec: withField(spec, at, value) }],
    ...of === 'pod' ? [] : (control.lists ?? CONTAINER_LISTS).map((list) => ({ ...pod, spec: { ...spec, [list]: (spec[list] as Json[]).map((container) => withField(container, at, value)) } })),
  ]));
  const patched = [...Object.values(control.podsAllowed ?? {}), ...Object.values(control.podsDenied ?? {})].map(({ metadata = {}, spec: of = {}, container = {} }) => {
    const changed = merged(spec, of) as Json;
    const lists = CONTAINER_LISTS.map((list) => [list, (changed[list] as Json[]).map((each) => merged(each, container))]);
    return { metadata: merged(pod.metadata, metadata), spec: { ...changed, ...Object.fromEntries(lists) } };
  });
  return [pod, ...placed, ...patched];
}

function objectsOf(control: ObjectControl): Json[] {
  return kindsOf(control).flatMap((kind) => apiVersionsOf(kind).flatMap((version) => {
    const base = baseOf(control, kind, version);
    return [
      base, ...valuesOf(control).flatMap((value) => fieldsOf(control).map((at) => withField(base, at, value))),
      ...[...Object.values(control.objectsAllowed ?? {}), ...Object.values(control.objectsDenied ?? {})].map((patch) => merged(base, patch) as Json),
    ];
  }));
}
