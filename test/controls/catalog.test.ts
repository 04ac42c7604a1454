import * as fs from 'fs';
import * as path from 'path';
import { PEERS } from './peers';
import { CATALOG, Control, controlsAt, fieldsOf, FRAMEWORKS, isObjectControl, isPodControl, LEVELS, ObjectControl, POD_VARIABLES, PodControl, SEVERITIES, stepsOf } from '../../lib/controls';
import { METADATA, OBJECT_SHAPES, POD_SPEC, Shape } from '../../lib/inventory';

const FOLDER = path.join(__dirname, '../../lib/controls');

/** Which file has which control, by the lists that the files export. */
const FILE_OF = new Map(fs.readdirSync(FOLDER).filter((file) => !['index.ts', 'catalog.ts'].includes(file)).flatMap((file) =>
  Object.values(require(path.join(FOLDER, file)) as object).flatMap((exported): [string, string][] =>
    Array.isArray(exported) ? exported.filter((item) => item?.id).map((control) => [control.id, file.replace(/\.ts$/, '')]) : [])));

const expressionsOf = (control: Control) => control.on === 'inventory' ? [] : stepsOf(control as PodControl | ObjectControl).map(({ cel }) => cel);
const ALL_EXPRESSIONS = [...CATALOG.flatMap(expressionsOf), ...POD_VARIABLES.map(([, cel]) => cel)];

test('every control that a file has is in the catalog, once', () => {
  expect(CATALOG.map(({ id }) => id).sort()).toEqual([...FILE_OF.keys()].sort());
  expect(new Set(CATALOG.map(({ id }) => id)).size).toBe(CATALOG.length);
});

describe.each(CATALOG.map((control): [string, Control] => [control.id, control]))('%s', (id, control) => {
  test('its id begins with its family, which is its file\'s', () => {
    expect(id).toMatch(/^[a-z]+\/[a-z]+(-[a-z]+)*$/);
    expect(FILE_OF.get(id)!.split('-')[0]).toBe(id.split('/')[0]);
  });

  test('its message is a fragment, its title has no period, its remediation is a sentence', () => {
    expect(control.message).toMatch(/^[a-z][^\n]*[^.\s]$/);
    expect(control.title).toMatch(/^[A-Z][^\n]*[^.\s]$/);
    expect(control.remediation).toMatch(/^[A-Z][^\n]*[^.]\.$/);
  });

  test('its severity and level are ones there are', () => {
    expect(SEVERITIES).toContain(control.severity);
    expect(LEVELS).toContain(control.level);
  });

  test('the framework entries and the scanners\' ids that it names exist, each named once', () => {
    const known: { readonly [framework: string]: (entry: string) => boolean } = {
      ...Object.fromEntries(Object.entries(FRAMEWORKS).map(([framework, entries]) => [framework, (entry: string) => Object.hasOwn(entries, entry)])),
      ...Object.fromEntries(Object.entries(PEERS).map(([peer, ids]) => [peer, (entry: string) => ids.has(entry)])),
    };
    const { pss: _, ...named } = control.frameworks;
    const entries = Object.entries(named as { readonly [framework: string]: readonly string[] });
    expect(entries.flatMap(([framework, ids]) => ids.filter((entry) => !known[framework](entry)))).toEqual([]);
    expect(entries.flatMap(([, ids]) => ids.filter((entry, i) => ids.indexOf(entry) !== i))).toEqual([]);
    expect(entries.filter(([, ids]) => ids.length === 0)).toEqual([]);
  });

  test('one table says what a field that is not there means, and each of them has more than that', () => {
    const [allowed, denied] = (['allowed', 'denied'] as const).map((verdict) => [
      ...Object.keys(control[verdict]), ...(control.on === 'inventory' ? [] : stepsOf(control as PodControl | ObjectControl)).flatMap((step) => Object.keys(step[verdict] ?? {})),
    ]);
    expect([...allowed, ...denied].filter((name) => name === 'nothing said')).toHaveLength(1);
    // runAsNonRoot and the like have but one value that is allowed, and one that is denied.
    expect(allowed.length).toBeGreaterThan(0);
    expect(denied.length).toBeGreaterThan(0);
    expect(allowed.length + denied.length).toBeGreaterThan(2);
  });

  test('no two of its rows are the same, nor one of them in both tables', () => {
    const values = [control.allowed, control.denied].flatMap((rows) => Object.values(rows)).map((value) => JSON.stringify(value) ?? 'absent');
    expect(values.filter((value, i) => values.indexOf(value) !== i)).toEqual([]);
  });

  test('its expressions are in order, each of them a release\'s', () => {
    if (control.on === 'inventory') return;
    const minors = stepsOf(control as PodControl | ObjectControl).map(({ since }) => Number(/^1\.(\d+)$/.exec(since)![1]));
    expect(minors).toEqual([...new Set(minors)].sort((a, b) => a - b));
  });

  test('what it replaces is a baseline control', () => {
    if (!isPodControl(control) || control.replaces === undefined) return;
    expect(control.level).toBe('restricted');
    expect(CATALOG.find((other) => other.id === control.replaces)?.level).toBe('baseline');
  });
});

test('the Pod Security checks are all there, each once', () => {
  const ids = CATALOG.flatMap(({ frameworks }) => frameworks.pss ?? []);
  expect(ids.sort()).toEqual([
    'allowPrivilegeEscalation', 'appArmorProfile', 'capabilities_baseline', 'capabilities_restricted', 'hostNamespaces', 'hostPathVolumes', 'hostPorts',
    'hostProbesAndHostLifecycle', 'privileged', 'procMount', 'procMount_restricted', 'restrictedVolumes', 'runAsNonRoot', 'runAsUser', 'seLinuxOptions',
    'seccompProfile_baseline', 'seccompProfile_restricted', 'sysctls', 'windowsHostProcess',
  ]);
});

test('of a rule and its stricter form only the stricter one is asked, from the release that has it', () => {
  const asked = (level: 'baseline' | 'restricted', version: string) => controlsAt(level, version).map(({ id }) => id).filter((id) => id.includes('capabilities'));
  expect([asked('baseline', '1.21'), asked('restricted', '1.21'), asked('baseline', '1.22'), asked('restricted', '1.22')])
    .toEqual([['pod/no-added-capabilities'], ['pod/no-added-capabilities'], ['pod/no-added-capabilities'], ['pod/drop-all-capabilities']]);
});

test('a version that is none means the newest', () => {
  expect(controlsAt('restricted', 'latest')).toEqual(controlsAt('restricted', '1.37'));
});

test('expressions use only what the CEL of Kubernetes 1.31 has', () => {
  const called = ALL_EXPRESSIONS.flatMap((cel) => [...withoutTexts(cel).matchAll(/([A-Za-z_]+)\(/g)].map(([, name]) => name));
  const served = [
    'all',
    'cidr',
    'contains',
    'containsIP',
    'dyn',
    'endsWith',
    'exists',
    'filter',
    'has',
    'hasValue',
    'indexOf',
    'isCIDR',
    'isGreaterThan',
    'join',
    'lowerAscii',
    'map',
    'matches',
    'orValue',
    'quantity',
    'size',
    'split',
    'startsWith',
    'string',
    'substring',
    'type',
    'upperAscii',
    'value',
  ];
  expect([...new Set(called)].filter((name) => !served.includes(name))).toEqual([]);
});

test('expressions read only variables that are declared, in the order of their declaration', () => {
  const known = ['podSpec', 'podMetadata'];
  const read = (cel: string) => [...withoutTexts(cel).matchAll(/variables\.([A-Za-z]+)/g)].map(([, name]) => name);
  for (const [name, cel] of POD_VARIABLES) {
    expect([name, read(cel).filter((other) => !known.includes(other))]).toEqual([name, []]);
    known.push(name);
  }
  expect(CATALOG.flatMap(expressionsOf).flatMap(read).filter((name) => !known.includes(name))).toEqual([]);
});

test('every field that an expression reads in a pod has its type stated', () => {
  const stated = new Set(fieldNames(POD_SPEC));
  const read = [...CATALOG.filter(isPodControl).flatMap(expressionsOf), ...POD_VARIABLES.map(([, cel]) => cel)].flatMap((cel) => [...withoutTexts(cel).matchAll(/\.\??([a-zA-Z]+)(?![a-zA-Z(])/g)].map(([, name]) => name));
  const known = new Set([...stated, ...POD_VARIABLES.map(([name]) => name), 'podSpec', 'podMetadata', 'annotations', 'registries']); // a volume's type is read by name only
  expect([...new Set(read)].filter((name) => !known.has(name))).toEqual([]);
});

describe.each(CATALOG.filter(isObjectControl).map((control): [string, ObjectControl] => [control.id, control]))('%s', (_id, control) => {
  const stated = new Set(['metadata', 'apiVersion', 'kind', ...fieldNames(METADATA), ...control.on.flatMap((kind) => fieldNames(OBJECT_SHAPES[kind] ?? { fields: {} }))]);

  test('every field that its expressions read has its type stated, for one of its kinds', () => {
    const read = expressionsOf(control).flatMap((cel) => [...withoutTexts(cel).matchAll(/\.\??([a-zA-Z][a-zA-Z0-9]*)(?![a-zA-Z0-9(])/g)].map(([, name]) => name));
    expect([...read, ...fieldsOf(control).flatMap((at) => at.split('.'))].filter((name) => !stated.has(name))).toEqual([]);
  });
});

function withoutTexts(cel: string): string {
  return cel.replace(/'[^']*'/g, "''");
}

function fieldNames(shape: Shape): string[] {
  if (typeof shape === 'string') return [];
  if ('listOf' in shape) return fieldNames(shape.listOf);
  if ('mapOf' in shape) return fieldNames(shape.mapOf);
  return Object.entries(shape.fields).flatMap(([name, inner]) => [name, ...fieldNames(inner)]);
}
