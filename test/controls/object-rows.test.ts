import { parse } from 'yaml';
import { assess, Finding } from '../../lib/assessment';
import { CATALOG, Control, fieldsOf, isObjectControl, ObjectControl, Rows, stepsOf } from '../../lib/controls';
import { inventoryOf, METADATA, OBJECT_SHAPES, Shape } from '../../lib/inventory';
import { apiVersionsOf, baseOf, COMPLIANT_KINDS, compliantObject, kindsOf } from './compliant-object';
import { Json, merged, withField } from './compliant-pod';

const NEWEST = '1.37';
/** What is asked of a kind: not what other objects would have to be there for, but that it is well-formed. */
const ASKED = new Map<string, Control[]>();
const askedOf = (kind: string) => {
  const asks = ({ id, on }: Control) => on === 'inventory' ? id === 'object/well-formed' : on === 'pod' ? false : on.includes(kind) || on.includes('*');
  if (!ASKED.has(kind)) ASKED.set(kind, CATALOG.filter(asks));
  return ASKED.get(kind)!;
};
const judged = (level: Control['level'], kind: string, version: string, json: unknown) => assess(inventoryOf([{ json, where: 'row' }]), { level, kubernetesVersion: version, catalog: askedOf(kind) });
const idsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ control }) => control))].sort();

/** An object as it comes: alone, in a List, and in a list of its kind whose items say nothing of it. */
const WRAPPED: { readonly [name: string]: (object: Json) => Json } = {
  'alone': (object) => object,
  'in a List': (object) => ({ apiVersion: 'v1', kind: 'List', items: [object] }),
  'in a list of its kind': ({ apiVersion, kind, ...object }) => ({ apiVersion, kind: `${kind}List`, items: [object] }),
};

interface Case {
  readonly name: string;
  readonly kind: string;
  readonly object: Json;
  readonly version: string;
}

const objectsOf = (control: ObjectControl, changed: (base: Json, kind: string) => readonly Json[], versions: readonly string[]): Case[] => kindsOf(control).flatMap((kind) =>
  apiVersionsOf(kind).flatMap((apiVersion) => versions.flatMap((version) =>
    changed(baseOf(control, kind, apiVersion), kind).map((object) => ({ name: `${apiVersion} ${kind} in ${version}: ${JSON.stringify(object)}`, kind, object, version })))));

/** Where an object stands does not depend on the release. */
const wrappedAt = ({ version }: Case) => Object.entries(WRAPPED).filter(([how]) => version === NEWEST || how === 'alone');

/** A row at each of the fields that have its type. */
const placed = (control: ObjectControl, value: unknown) => (base: Json, kind: string) =>
  fieldsOf(control).filter((at) => hasShape(shapeAt(kind, at), value)).map((at) => withField(base, at, value));

describe.each(CATALOG.filter(isObjectControl).map((control): [string, ObjectControl] => [control.id, control]))('%s', (_id, control) => {
  const steps = stepsOf(control);
  const versionsOf = (i: number) => [...new Set([steps[i].since, i + 1 < steps.length ? `1.${Number(steps[i + 1].since.slice(2)) - 1}` : NEWEST])];
  const all = [...new Set(steps.flatMap((_, i) => versionsOf(i)))];
  const rows = (values: Rows, versions: readonly string[], suffix = '') => Object.entries(values).map(([name, value]): [string, Case[]] =>
    [`${name}${suffix}`, objectsOf(control, placed(control, value), versions)]);
  const patched = (patches: { readonly [name: string]: object } = {}) => Object.entries(patches).map(([name, patch]): [string, Case[]] =>
    [name, objectsOf(control, (base) => [merged(base, patch) as Json], [NEWEST])]);
  const casesOf = (verdict: 'allowed' | 'denied') => [
    ...rows(control[verdict], all), ...steps.flatMap((step, i) => rows(step[verdict] ?? {}, versionsOf(i), ` (from ${step.since})`)),
    ...patched(verdict === 'allowed' ? control.objectsAllowed : control.objectsDenied),
  ];
  const seen = new Set<string>();
  /** What is found, but for what its rows are known to break too. */
  const found = ({ kind, version }: Case, object: Json) => {
    const findings = judged(control.level, kind, version, object);
    findings.forEach(({ control: id }) => seen.add(id));
    return findings.filter(({ control: id }) => !control.also?.includes(id));
  };

  test.each(casesOf('allowed'))('allows: %s', (_name, cases) => {
    expect(cases).not.toEqual([]);
    for (const each of cases) {
      for (const [how, wrapped] of wrappedAt(each)) expect([each.name, how, idsOf(found(each, wrapped(each.object)))]).toEqual([each.name, how, []]);
    }
  });

  test.each(casesOf('denied'))('denies: %s', (_name, cases) => {
    expect(cases).not.toEqual([]);
    for (const each of cases) {
      for (const [how, wrapped] of wrappedAt(each)) {
        const findings = found(each, wrapped(each.object));
        expect([each.name, how, idsOf(findings)]).toEqual([each.name, how, [control.id]]);
        // One of its fields, or an item or key of one; the object itself, where others make the case.
        expect(findings.map(({ path }) => path).filter((path) => path !== '' && !fieldsOf(control).some((at) => path === at || /^[.[]/.test(path.slice(at.length)) && path.startsWith(at)))).toEqual([]);
        expect(findings.filter(({ message }) => message.startsWith('it could not be judged'))).toEqual([]);
      }
    }
  });

  test('its rows break what it says they break too', () => {
    expect(control.also?.filter((id) => !seen.has(id)) ?? []).toEqual([]);
  });

  test('its first allowed row is good at all its fields at once', () => {
    const good = (base: Json) => [fieldsOf(control).reduce((object, at) => withField(object, at, Object.values(control.allowed)[0]), base)];
    for (const each of objectsOf(control, good, [NEWEST])) expect([each.name, idsOf(found(each, each.object))]).toEqual([each.name, []]);
  });

  test('what its snippet says mends what is denied', () => {
    if (control.snippet === undefined) return;
    const snippet = parse(control.snippet) as Json;
    const bare = (object: Json) => fieldsOf(control).reduce((copy, at) => withField(copy, at, undefined), object);
    const mended = (value: unknown) => (base: Json, kind: string) => placed(control, value)(base, kind).map((object) => merged(bare(object), snippet) as Json);
    for (const [row, value] of Object.entries(control.denied)) {
      for (const { name, kind, object, version } of objectsOf(control, mended(value), [NEWEST])) {
        expect([row, name, idsOf(judged(control.level, kind, version, object)).includes(control.id)]).toEqual([row, name, false]);
      }
    }
  });

  test('null is as good as nothing', () => {
    const verdicts = [undefined, null].map((value) => objectsOf(control, placed(control, value), [NEWEST])
      .map(({ kind, object, version }) => idsOf(judged(control.level, kind, version, object))));
    expect(verdicts[1]).toEqual(verdicts[0]);
  });

  test('a wrong type never passes, neither at its fields nor around them', () => {
    for (const kind of kindsOf(control)) {
      const base = baseOf(control, kind, apiVersionsOf(kind)[0]);
      for (const at of fieldsOf(control).flatMap(pathsTo).filter((path) => shapeAt(kind, path) !== undefined)) {
        for (const value of wrongFor(shapeAt(kind, at)!)) expect([at, value, judged(control.level, kind, NEWEST, withField(base, at, value)).length]).not.toEqual([at, value, 0]);
      }
    }
  });

  test('an expression that errs denies', () => {
    const broken: ObjectControl = { ...control, cel: 'object.noSuchThing.all(c, true)', since: '1.0' };
    const findings = assess(inventoryOf([{ json: compliantObject(kindsOf(control)[0]), where: 'row' }]), { level: control.level, kubernetesVersion: NEWEST, catalog: [broken] });
    expect(findings.map(({ control: id, message }) => [id, message])).toEqual([[control.id, expect.stringMatching(/^it could not be judged, which counts as a violation: ./)]]);
  });
});

test.each(COMPLIANT_KINDS.flatMap((kind) => apiVersionsOf(kind).map((apiVersion): [string, string] => [kind, apiVersion])))('a compliant %s of %s is one', (kind, apiVersion) => {
  expect(idsOf(judged('strict', kind, NEWEST, compliantObject(kind, apiVersion)))).toEqual([]);
});

/** A path, and those of what is around it. */
function pathsTo(at: string): string[] {
  const names = at.split('.');
  return names.map((_, i) => names.slice(0, i + 1).join('.'));
}

/** Undefined for a field that a kind does not have, or that is of any type. */
function shapeAt(kind: string, at: string): Shape | undefined {
  const object: Shape = { fields: { ...(OBJECT_SHAPES[kind] as { fields?: { [name: string]: Shape } } | undefined)?.fields, metadata: METADATA } };
  return at.split('.').reduce<Shape | undefined>((shape, name) => {
    if (typeof shape !== 'object') return undefined;
    return 'fields' in shape ? shape.fields[name] : 'mapOf' in shape ? shape.mapOf : undefined;
  }, object);
}

/** Whether a value is what a shape says, as far as it says; a map has one of its fields at least. */
function hasShape(shape: Shape | undefined, value: unknown): boolean {
  if (shape === undefined || value === undefined || value === null) return shape !== undefined;
  if (shape === 'anything') return true;
  if (shape === 'integer or string' || shape === 'quantity') return ['number', 'string'].includes(typeof value);
  if (typeof shape === 'string') return typeof value === (shape === 'integer' ? 'number' : shape);
  if ('listOf' in shape) return Array.isArray(value) && value.every((item) => hasShape(shape.listOf, item));
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if ('mapOf' in shape) return entries.every(([, item]) => hasShape(shape.mapOf, item));
  const known = entries.filter(([key]) => Object.hasOwn(shape.fields, key));
  return (known.length > 0 || entries.length === 0) && known.every(([key, item]) => hasShape(shape.fields[key], item));
}

/** Values of every type of JSON but that of a shape; and of its own, with parts of a wrong one. */
function wrongFor(shape: Shape): unknown[] {
  if (shape === 'anything') return [];
  if (shape === 'integer or string') return wrongFor('integer').filter((wrong) => typeof wrong !== 'string');
  const type = typeof shape === 'string' ? shape : 'listOf' in shape ? 'list' : 'map';
  const values: { readonly [type: string]: readonly unknown[] } = { string: ['', 'x'], boolean: [true, false], integer: [0, 5], list: [[], ['x'], [{}], [[]]], map: [{}, { x: 'y' }, { x: {} }], fraction: [1.5] };
  const others = Object.entries(values).filter(([name]) => name !== type).flatMap(([, wrong]) => wrong);
  if (typeof shape === 'string' || 'fields' in shape) return others;
  const parts = 'listOf' in shape ? shape.listOf : shape.mapOf;
  return [...others, ...parts === 'anything' ? [] : wrongFor(parts).map((wrong) => 'listOf' in shape ? [wrong] : { x: wrong })];
}
