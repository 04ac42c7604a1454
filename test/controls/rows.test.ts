import { parse } from 'yaml';
import { assess, Finding } from '../../lib/assessment';
import { CATALOG, Control, fieldsOf, InventoryControl, isPodControl, PodControl, PodPatch, Rows, stepsOf } from '../../lib/controls';
import { CONTAINER_LISTS, ContainerList, inventoryOf, POD_SPEC, Shape } from '../../lib/inventory';
import { compliantPod, Json, KINDS, merged, withField } from './compliant-pod';

const NEWEST = '1.37';
/** What is said of pods: the kinds around them may owe something else. */
const OF_PODS = CATALOG.filter((control) => isPodControl(control) || control.id === 'object/well-formed');
const judged = ({ level, params }: PodControl, version: string, manifest: unknown, catalog: readonly Control[] = OF_PODS) =>
  assess(inventoryOf([{ json: manifest, where: 'row' }]), { level, kubernetesVersion: version, params, catalog });
const idsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ control }) => control))];
const listsOf = ({ lists = CONTAINER_LISTS }: PodControl): readonly ContainerList[] => lists;

/** A row in one place: which pod it makes, and where a finding about it must point. */
interface Case {
  readonly pod: Json;
  readonly version: string;
  /** The path from the pod, or from the container. */
  readonly at?: string;
  readonly container?: string;
}

describe.each(CATALOG.filter(isPodControl).map((control): [string, PodControl] => [control.id, control]))('%s', (_id, control) => {
  const steps = stepsOf(control);
  const versionsOf = (i: number) => [steps[i].since, i + 1 < steps.length ? `1.${Number(steps[i + 1].since.slice(2)) - 1}` : NEWEST];
  const all = [...new Set(steps.flatMap((_, i) => versionsOf(i)))];

  const cases = (rows: Rows, versions: readonly string[]) =>
    Object.entries(rows).map(([name, value]): [string, Case[]] => [name, versions.flatMap((version) => placed(control, value, version))]);
  const patched = (rows: { readonly [name: string]: PodPatch } = {}) =>
    Object.entries(rows).map(([name, patch]): [string, Case[]] => [name, [{ pod: withPatch(patch, baseOf(control)), version: NEWEST }]]);
  const ofSteps = (verdict: 'allowed' | 'denied') =>
    steps.flatMap((step, i) => cases(step[verdict] ?? {}, versionsOf(i)).map(([name, of]): [string, Case[]] => [`${name} (from ${step.since})`, of]));

  const seen = new Set<string>();
  /** What is found, but for what its rows are known to break too. */
  const found = (pod: Json, version: string, wrapped: (pod: Json) => Json) => {
    const findings = judged(control, version, wrapped(pod));
    findings.forEach(({ control: id }) => seen.add(id));
    return findings.filter(({ control: id }) => !control.also?.includes(id));
  };

  test.each([...cases(control.allowed, all), ...ofSteps('allowed'), ...patched(control.podsAllowed)])('allows: %s', (_name, of) => {
    for (const { pod, version } of of) {
      for (const [kind, wrapped] of kindsAt(version)) expect([kind, version, idsOf(found(pod, version, wrapped))]).toEqual([kind, version, []]);
    }
  });

  test.each([...cases(control.denied, all), ...ofSteps('denied'), ...patched(control.podsDenied)])('denies: %s', (_name, of) => {
    for (const { pod, version, at, container } of of) {
      for (const [kind, wrapped] of kindsAt(version)) {
        const findings = found(pod, version, wrapped);
        expect([kind, version, idsOf(findings)]).toEqual([kind, version, [control.id]]);
        expect(findings.filter(({ message }) => message.startsWith('it could not be judged'))).toEqual([]);
        if (at === undefined) continue;
        // This container and no other; the field, or an item of it.
        expect([kind, ...new Set(findings.map((finding) => finding.container?.list))]).toEqual([kind, container]);
        expect(findings.filter(({ path }) => !path.replace(/\[\d+\]$/, '').endsWith(at))).toEqual([]);
      }
    }
  });

  test('its rows break what it says they break too', () => {
    expect(control.also?.filter((id) => !seen.has(id)) ?? []).toEqual([]);
  });

  test('containers of other lists may do as they like', () => {
    const others = CONTAINER_LISTS.filter((list) => !listsOf(control).includes(list));
    for (const value of Object.values(control.denied)) {
      for (const list of others) {
        const pod = inContainers(control, list, fieldsOf(control)[0], value, NEWEST).pod;
        expect([list, judged(control, NEWEST, KINDS.Pod(pod), [control])]).toEqual([list, []]);
      }
    }
  });

  test('null is as good as nothing', () => {
    const verdicts = [undefined, null].map((value) => placed(control, value, NEWEST).map(({ pod }) => idsOf(judged(control, NEWEST, KINDS.Pod(pod)))));
    expect(verdicts[1]).toEqual(verdicts[0]);
  });

  test('a wrong type never passes', () => {
    for (const at of fieldsOf(control)) {
      const shapes = (control.of === 'container' || control.of === undefined ? [] : [shapeAt(POD_SPEC, at)]).concat(control.of === 'pod' ? [] : [shapeAt(POD_SPEC, `containers.${at}`)]);
      for (const value of shapes.flatMap(wrongFor)) {
        for (const { pod } of placed({ ...control, at }, value, NEWEST)) expect([at, value, judged(control, NEWEST, KINDS.Pod(pod)).length]).not.toEqual([at, value, 0]);
      }
    }
  });

  test('what its snippet says mends what is denied', () => {
    const snippet = parse(control.snippet!) as Json;
    const fields = fieldsOf(control).filter((at) => valueAt(snippet, at) !== undefined);
    expect(fields).not.toEqual([]);
    for (const value of Object.values(control.denied)) {
      for (const at of fields) {
        const mended = placed({ ...control, at }, value, NEWEST, (owner) => merged(withField(owner, at, undefined), snippet) as Json);
        for (const { pod } of mended) expect(judged(control, NEWEST, KINDS.Pod(pod), [control])).toEqual([]);
      }
    }
  });

  test('an expression that errs denies', () => {
    const broken: PodControl = { ...control, cel: 'variables.noSuchThing.all(c, true)', since: '1.0' };
    const findings = assess(inventoryOf([{ json: KINDS.Pod(compliantPod()), where: 'row' }]), { level: control.level, kubernetesVersion: NEWEST, catalog: [broken] });
    expect(findings.map(({ control: id, message }) => [id, message])).toEqual([[control.id, expect.stringMatching(/^it could not be judged, which counts as a violation: ./)]]);
  });
});

describe.each(CATALOG.filter((control): control is InventoryControl => control.on === 'inventory').map((control): [string, InventoryControl] => [control.id, control]))('%s', (_id, control) => {
  // Alone: a manifest that makes no pod, or half of one, has more to be said about it.
  const sightings = (manifests: unknown) => assess(inventoryOf((manifests as unknown[]).map((json, i) => ({ json, where: `row[${i}]` }))), { level: control.level, kubernetesVersion: NEWEST, catalog: [control] });
  test.each(Object.entries(control.allowed))('allows: %s', (_name, manifests) => expect(sightings(manifests)).toEqual([]));
  test.each(Object.entries(control.denied))('denies: %s', (_name, manifests) => expect(sightings(manifests)).toHaveLength(1));
});

/** All kinds in the newest release; in the others the rule alone can differ, not where pods stand. */
function kindsAt(version: string) {
  return Object.entries(KINDS).filter(([kind]) => version === NEWEST || kind === 'Pod');
}

/** A row put at each of its control's fields, in the pod itself or in each list of containers it is about; and then mended, perhaps. */
function placed(control: PodControl, value: unknown, version: string, mended: (owner: Json) => Json = (owner) => owner): Case[] {
  const { of = 'container' } = control;
  return fieldsOf(control).flatMap((at) => [
    ...of === 'container' ? [] : [inPod(control, at, value, version, mended)],
    ...of === 'pod' ? [] : listsOf(control).map((list) => inContainers(control, list, at, value, version, mended)),
  ]);
}

function inPod(control: PodControl, at: string, value: unknown, version: string, mended: (owner: Json) => Json): Case {
  const pod = baseOf(control);
  const absent = value === undefined || value === null;
  // What is absent on the pod is absent on its containers: that is where it is then missed.
  return { pod: { ...pod, spec: mended(withField(pod.spec as Json, at, value)) }, version, ...absent && control.of !== 'pod' ? {} : { at } };
}

/** The pod itself says nothing then, and the other containers say what the first allowed row says. */
function inContainers(control: PodControl, list: string, at: string, value: unknown, version: string, mended: (owner: Json) => Json = (owner) => owner): Case {
  const pod = baseOf(control);
  const both = control.of === 'pod and container';
  const bare = both ? withField(pod.spec as Json, at, undefined) : pod.spec as Json;
  const fill = Object.values(control.allowed)[0];
  const spec = CONTAINER_LISTS.reduce((copy, other) => ({
    ...copy, [other]: (copy[other] as Json[]).map((container) => other === list ? mended(withField(container, at, value)) : both ? withField(container, at, fill) : container),
  }), bare);
  return { pod: { ...pod, spec }, version, at, container: list };
}

function baseOf({ base = {} }: PodControl): Json {
  return withPatch(base);
}

function withPatch({ metadata = {}, spec = {}, container = {} }: PodPatch, pod = compliantPod()): Json {
  const patched = merged(pod.spec, spec) as Json;
  const lists = CONTAINER_LISTS.map((list) => [list, (patched[list] as Json[]).map((each) => merged(each, container))]);
  return { metadata: merged(pod.metadata, metadata), spec: { ...patched, ...Object.fromEntries(lists) } };
}

function valueAt(value: unknown, at: string): unknown {
  return at.split('.').reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value);
}

function shapeAt(shape: Shape, at: string): Shape {
  return at.split('.').reduce<Shape>((outer, name) => {
    const inner = typeof outer === 'object' && 'listOf' in outer ? outer.listOf : outer;
    if (typeof inner === 'string' || !('fields' in inner) || !inner.fields[name]) throw new Error(`the type of ${at} must be stated in pod-shape.ts`);
    return inner.fields[name];
  }, shape);
}

/** Values of every type of JSON but that of a shape. */
function wrongFor(shape: Shape): unknown[] {
  const type = typeof shape === 'string' ? { 'integer or string': 'integer', 'quantity': 'integer' }[shape as string] ?? shape : 'listOf' in shape ? 'list' : 'map';
  const values: { readonly [type: string]: unknown } = { string: 'x', boolean: true, integer: 5, list: ['x'], map: { x: 'y' } };
  return Object.entries(values).filter(([name]) => name !== type && !(name === 'string' && shape === 'integer or string')).map(([, wrong]) => wrong);
}
