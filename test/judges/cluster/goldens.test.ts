 
import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Platform } from 'cdk8s-hardened';
import { parseAllDocuments } from 'yaml';
import { ApiServer, ASSETS, Manifest } from './api-server';
import { WEAKENINGS } from './weakenings';

const EXAMPLES = path.join(__dirname, '../../../examples');
const judge = ASSETS ? describe : describe.skip;
if (!ASSETS) process.stderr.write('KUBEBUILDER_ASSETS is not set: no API server judges the manifests\n');

const GOLDENS = fs.readdirSync(EXAMPLES).flatMap((app) => {
  const folder = path.join(EXAMPLES, app, 'golden');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')).flatMap((name) =>
    parseAllDocuments(fs.readFileSync(path.join(folder, name), 'utf8')).map((document) => document.toJS() as Manifest));
});
const NAMED = GOLDENS.map((object): [string, Manifest] => [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]);
const TEMPLATES = NAMED.filter(([, object]) => templateOf(object));

/** The pod template of a workload. */
function templateOf(object: any): any {
  return object.spec?.jobTemplate?.spec.template ?? object.spec?.template;
}

/** The pod that a controller would make of a workload. */
function podOf(object: any): any {
  const { metadata, spec } = structuredClone(templateOf(object));
  for (const { metadata: { name } } of object.spec.volumeClaimTemplates ?? []) spec.volumes.push({ name, persistentVolumeClaim: { claimName: `${name}-${object.metadata.name}-0` } });
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'copy', namespace: object.metadata.namespace }, spec };
}

/** Changes a copy of a workload's template. */
function changed(object: Manifest, change: (spec: any, metadata: any) => void): Manifest {
  const copy = structuredClone(object);
  const template = templateOf(copy);
  template.metadata ??= {};
  template.spec.volumes ??= [];
  template.spec.initContainers ??= [{ ...structuredClone(template.spec.containers[0]), name: 'init' }];
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe', 'ports']) delete template.spec.initContainers[0][probe];
  change(template.spec, template.metadata);
  return copy;
}

/** What our synth says of an object that somebody puts into a tree beside ours. */
function synthOf(object: Manifest): string {
  const app = new App();
  new Platform(app, 'cluster', { kubernetesVersion: '1.34' });
  const chart = new Chart(app, 'chart');
  new ApiObject(chart, 'object', object as never);
  try {
    Testing.synth(chart);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const SUBJECT = TEMPLATES.find(([name]) => name.startsWith('Deployment'))![1];

test('an unweakened copy passes synth, so a refusal is about the weakening', () => {
  expect(synthOf(changed(SUBJECT, () => {}))).toBe('');
});

test.each(WEAKENINGS)('synth refuses a copy in which $name', ({ weaken }) => {
  const message = synthOf(changed(SUBJECT, weaken));
  expect(message).toContain('chart/object');
});

judge('a real API server', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    // What the others need to be admitted at all; there are no controllers here that would make them.
    for (const [name, object] of NAMED.filter(([, { kind }]) => kind === 'Namespace' || kind === 'ServiceAccount')) {
      const answer = await server.create(object, { dryRun: false });
      if (!answer.accepted) throw new Error(`${name}: ${answer.message}`);
    }
  });
  afterAll(() => server?.stop());

  test.each(NAMED)('accepts %s in a strict dry run, without a warning', async (_name, object) => {
    if (object.kind === 'Namespace' || object.kind === 'ServiceAccount') object = { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-again` } };
    expect(await server.create(object, { dryRun: true })).toEqual({ accepted: true, message: '', warnings: [] });
  });

  test.each(TEMPLATES)('accepts the pod of %s in its restricted namespace', async (_name, object) => {
    expect(await server.create(podOf(object), { dryRun: true })).toEqual({ accepted: true, message: '', warnings: [] });
  });

  test('accepts the unweakened copy', async () => {
    expect(await server.create(podOf(changed(SUBJECT, () => {})), { dryRun: true })).toEqual({ accepted: true, message: '', warnings: [] });
  });

  test.each(WEAKENINGS)('refuses a pod when $name', async ({ weaken }) => {
    const answer = await server.create(podOf(changed(SUBJECT, weaken)), { dryRun: true });
    expect(answer.message).toContain('violates PodSecurity "restricted:v1.34"');
  });
});
