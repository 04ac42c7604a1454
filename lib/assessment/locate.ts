import { CelParams, judge, podFrame } from './expression';
import type { ContainerRef } from './finding';
import { allowedAt, culprits, itemPlaces, problemAt, Suspect, valueAt, withField } from './suspect';
import { fieldsOf, PodControl } from '../controls';
import { CONTAINER_LISTS, ContainerList, Pod, TypedMap } from '../inventory';
import { shown } from '../errors';

/** Where a failing pod fails. */
export interface Place {
  /** From the pod's object, such as `spec.template.spec.volumes[0]`. */
  readonly path: string;
  readonly container?: ContainerRef;
  /** The field as its reader knows it, and what it is now. */
  readonly problem: string;
}

/** A pod with some of it replaced. */
interface Copy {
  readonly metadata: TypedMap;
  readonly spec: TypedMap;
}

/**
 * Finds what of a pod makes an expression false, knowing nothing of the rule: the expression is asked again about copies of the
 * pod that hold only one suspect each (the pod's own fields, one container, one item of a list, one annotation), everything else
 * being as the control's first allowed row has it.
 */
export function placesOf(control: PodControl, cel: string, pod: Pod, params: CelParams): Place[] {
  const fails = (copy: Copy) => judge(cel, podFrame(copy.metadata, copy.spec, params)) !== true;
  const unannotated: Copy = { metadata: new Map(), spec: pod.spec };
  const places = fails(unannotated) ? fieldPlaces(control, pod, unannotated.spec, (spec) => fails({ metadata: new Map(), spec })) : [];
  // With the fields made good, what still fails is an annotation.
  const spec = places.length === 0 ? pod.spec : withoutContainers(madeGood(control, pod.spec));
  places.push(...annotationPlaces(pod, (metadata) => fails({ metadata, spec })));
  return places.length > 0 ? places : [{ path: pod.path, problem: `${pod.path} does not comply` }];
}

function fieldPlaces(control: PodControl, pod: Pod, spec: TypedMap, fails: (spec: TypedMap) => boolean): Place[] {
  const bare = withoutContainers(spec);
  const places: Place[] = [];
  let base = bare;
  if (fails(bare)) {
    for (const at of culprits(control, bare, fails)) places.push(...itemPlaces(bare, at, fails).map((suspect) => ({ path: `${pod.path}.${suspect.path}`, problem: problemOf(control, suspect) })));
    base = madeGood(control, bare);
  } else if (control.of === 'pod and container' && CONTAINER_LISTS.some((list) => containersIn(spec, list).some((container) => isPodsFault(control, bare, list, container, fails)))) {
    for (const at of fieldsOf(control).filter((field) => valueAt(bare, field) !== undefined)) places.push({ path: `${pod.path}.${at}`, problem: problemOf(control, { path: at, value: valueAt(bare, at) }) });
    base = madeGood(control, bare);
  }
  for (const list of CONTAINER_LISTS) {
    containersIn(spec, list).forEach((container, index) => {
      const failsWith = (copy: TypedMap) => fails(new Map([...base, [list, [copy]]]));
      if (!failsWith(container)) return;
      const ref = { list, index, name: container.get('name') as string | undefined ?? '' };
      for (const at of culprits(control, container, failsWith)) {
        places.push(...itemPlaces(container, at, failsWith).map((suspect) => ({ path: `${pod.path}.${list}[${index}].${suspect.path}`, container: ref, problem: problemOf(control, suspect) })));
      }
    });
  }
  return places;
}

/** Whether a container fails by what the pod says, itself saying nothing. */
function isPodsFault(control: PodControl, bare: TypedMap, list: ContainerList, container: TypedMap, fails: (spec: TypedMap) => boolean): boolean {
  const says = (owner: TypedMap) => fieldsOf(control).some((at) => valueAt(owner, at) !== undefined);
  return says(bare) && !says(container) && fails(new Map([...bare, [list, [container]]])) && !fails(new Map([...madeGood(control, bare), [list, [container]]]));
}

function madeGood(control: PodControl, owner: TypedMap): TypedMap {
  return fieldsOf(control).reduce((copy, at) => withField(copy, at, allowedAt(control)), owner);
}

function containersIn(spec: TypedMap, list: ContainerList): readonly TypedMap[] {
  return spec.get(list) as readonly TypedMap[] | undefined ?? [];
}

function problemOf(control: PodControl, { path, value }: Suspect): string {
  if (!control.hides || value === undefined) return problemAt(path, value);
  const name = value instanceof Map ? value.get('name') : undefined;
  return `${path}${name === undefined ? '' : ` ${shown(name)}`} has a value (not shown)`;
}

function annotationPlaces(pod: Pod, fails: (metadata: TypedMap) => boolean): Place[] {
  const annotations = [...pod.metadata.get('annotations') as TypedMap | undefined ?? []];
  const path = pod.path.replace(/spec$/, 'metadata.annotations');
  return annotations
    .filter(([key, value]) => fails(new Map([['annotations', new Map([[key, value]])]])) && !fails(new Map()))
    .map(([key, value]) => ({ path: `${path}[${JSON.stringify(key)}]`, problem: problemAt(`metadata.annotations[${JSON.stringify(key)}]`, value) }));
}

function withoutContainers(spec: TypedMap): TypedMap {
  return new Map([...spec].filter(([key]) => !(CONTAINER_LISTS as readonly string[]).includes(key)));
}
