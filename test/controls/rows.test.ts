import { assess, Finding } from '../../lib/assessment';
import { CATALOG, Control, fieldsOf, InventoryControl, isPodControl, PodControl, PodPatch, Rows, stepsOf } from '../../lib/controls';
import { CONTAINER_LISTS, inventoryOf } from '../../lib/inventory';
import { compliantPod, Json, KINDS, merged, withField } from './compliant-pod';

const NEWEST = '1.37';
const judged = (control: Control, version: string, ...manifests: unknown[]) =>
  assess(inventoryOf(manifests.map((json, i) => ({ json, where: `row[${i}]` }))), { level: control.level, kubernetesVersion: version });
const idsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ control }) => control))];

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
    Object.entries(rows).map(([name, patch]): [string, Case[]] => [name, [{ pod: withPatch(patch), version: NEWEST }]]);
  const ofSteps = (verdict: 'allowed' | 'denied') =>
    steps.flatMap((step, i) => cases(step[verdict] ?? {}, versionsOf(i)).map(([name, of]): [string, Case[]] => [`${name} (from ${step.since})`, of]));

  test.each([...cases(control.allowed, all), ...ofSteps('allowed'), ...patched(control.podsAllowed)])('allows: %s', (_name, of) => {
    for (const { pod, version } of of) {
      for (const [kind, wrapped] of kindsAt(version)) expect([kind, version, idsOf(judged(control, version, wrapped(pod)))]).toEqual([kind, version, []]);
    }
  });

  test.each([...cases(control.denied, all), ...ofSteps('denied'), ...patched(control.podsDenied)])('denies: %s', (_name, of) => {
    for (const { pod, version, at, container } of of) {
      for (const [kind, wrapped] of kindsAt(version)) {
        const findings = judged(control, version, wrapped(pod));
        expect([kind, version, idsOf(findings)]).toEqual([kind, version, [control.id]]);
        if (at === undefined) continue;
        // This container and no other; the field, or an item of it.
        expect([kind, ...new Set(findings.map((finding) => finding.container?.list))]).toEqual([kind, container]);
        expect(findings.filter(({ path }) => !path.replace(/\[\d+\]$/, '').endsWith(at))).toEqual([]);
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

/** A row put at each of its control's fields, in the pod itself or in each list of containers. */
function placed(control: PodControl, value: unknown, version: string): Case[] {
  const { of = 'container' } = control;
  return fieldsOf(control).flatMap((at) => [
    ...of === 'container' ? [] : [inPod(at, value, version)],
    ...of === 'pod' ? [] : CONTAINER_LISTS.map((list) => inContainers(control, list, at, value, version)),
  ]);
}

function inPod(at: string, value: unknown, version: string): Case {
  const pod = compliantPod();
  const absent = value === undefined || value === null;
  // What is absent on the pod is absent on its containers: that is where it is then missed.
  return { pod: { ...pod, spec: withField(pod.spec as Json, at, value) }, version, ...absent ? {} : { at } };
}

/** The pod itself says nothing then, and the other containers say what the first allowed row says. */
function inContainers(control: PodControl, list: string, at: string, value: unknown, version: string): Case {
  const pod = compliantPod();
  const both = control.of === 'pod and container';
  const bare = both ? withField(pod.spec as Json, at, undefined) : pod.spec as Json;
  const fill = Object.values(control.allowed)[0];
  const spec = CONTAINER_LISTS.reduce((copy, other) => ({
    ...copy, [other]: (copy[other] as Json[]).map((container) => other === list ? withField(container, at, value) : both ? withField(container, at, fill) : container),
  }), bare);
  return { pod: { ...pod, spec }, version, at, container: list };
}

function withPatch({ metadata = {}, spec = {}, container = {} }: PodPatch): Json {
  const pod = compliantPod();
  const patched = merged(pod.spec, spec) as Json;
  const lists = CONTAINER_LISTS.map((list) => [list, (patched[list] as Json[]).map((each) => merged(each, container))]);
  return { metadata: merged(pod.metadata, metadata), spec: { ...patched, ...Object.fromEntries(lists) } };
}
