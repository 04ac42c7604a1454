import { assess } from '../../lib/assessment';
import { inventoryOf } from '../../lib/inventory';
import { goldenManifests } from '../goldens';
import { STRICT_WEAKENINGS } from './strict-weakenings';
import { WEAKENINGS } from './weakenings';

/** One workload of every kind, as the constructs write it, with an init container. */
const SUBJECTS = new Map(goldenManifests().filter(({ object }) => templateOf(object)).map(({ object }): [string, any] => [object.kind, object]).reverse());

const ALL = [...WEAKENINGS, ...STRICT_WEAKENINGS];
const COPIES = [...SUBJECTS].flatMap(([kind, object]) => ALL.map(({ name, weaken }): [string, any, any] => [`${kind}: ${name}`, changed(object, () => {}), changed(object, weaken)]));

test('every kind of workload is there, and more copies than anybody would read', () => {
  expect([...SUBJECTS.keys()].sort()).toEqual(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet']);
  expect(COPIES.length).toBeGreaterThanOrEqual(300);
  expect(new Set(COPIES.map(([name]) => name)).size).toBe(COPIES.length);
});

test.each(COPIES)('%s: caught', (_name, before, after) => {
  expect(after).not.toEqual(before);
  const known = new Set(found(before));
  expect(found(after).filter((finding) => !known.has(finding))).not.toEqual([]);
});

/** What the strict profile has to say of an object by itself. */
function found(object: unknown): string[] {
  return assess(inventoryOf([{ json: object, where: 'copy' }]), { level: 'strict', kubernetesVersion: '1.34' }).map(({ control, path }) => `${control} ${path}`);
}

function templateOf(object: any): any {
  return object.spec?.jobTemplate?.spec.template ?? object.spec?.template;
}

function changed(object: any, change: (spec: any, metadata: any) => void): any {
  const copy = structuredClone(object);
  const template = templateOf(copy);
  template.metadata ??= {};
  template.spec.volumes ??= [];
  template.spec.priorityClassName ??= 'standard';
  template.spec.initContainers ??= [{ ...structuredClone(template.spec.containers[0]), name: 'init' }];
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'ports']) delete template.spec.initContainers[0][field];
  change(template.spec, template.metadata);
  return copy;
}
