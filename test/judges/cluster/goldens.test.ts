import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Platform } from 'cdk8s-hardened';
import { ApiServer, ASSETS, Manifest } from './api-server';
import { WEAKENINGS } from '../../weakened/weakenings';
import { BuiltInResource, RESOURCES } from '../../../lib/resources';
import { goldenManifests } from '../../goldens';

const judge = ASSETS ? describe : describe.skip;
if (!ASSETS) process.stderr.write('KUBEBUILDER_ASSETS is not set: no API server judges the manifests\n');

/** What a test puts beside namespaced objects. */
const CLUSTER_SCOPED = ['ClusterRole', 'ClusterRoleBinding', 'PriorityClass'];

/** Kinds of network plugins, which network-dialects.test.ts has judged. */
const OTHER_GROUPS = /^(cilium\.io|projectcalico\.org|policy\.networking\.k8s\.io)\//;

/** A golden object, with the file it stands in. */
type Golden = [name: string, object: Manifest];

/** Every golden manifest of kinds that the server has by itself, those of each file in namespaces of their own. */
const FILES = [...new Set(goldenManifests().map(({ file }) => file))];
const GOLDENS: Golden[] = goldenManifests().filter(({ object }) => !OTHER_GROUPS.test(object.apiVersion)).map(({ file, object }): Golden => {
  const own = inNamespaceOfFile(object, FILES.indexOf(file));
  return [`${file}: ${own.kind} ${own.metadata.name}`, own];
});
const TEMPLATES = GOLDENS.filter(([, object]) => templateOf(object));

function inNamespaceOfFile(object: any, i: number): Manifest {
  const { metadata, kind } = object;
  if (kind === 'Namespace') metadata.name += `-${i}`;
  else if (!CLUSTER_SCOPED.includes(kind)) metadata.namespace = `${metadata.namespace ?? 'none'}-${i}`;
  return object;
}

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

/** The golden namespaces and accounts, those that goldens without one of their own live in, and the priorities they name. */
function surroundings(): Manifest[] {
  const golden = GOLDENS.map(([, object]) => object);
  const namespaces = golden.filter(({ kind }) => kind === 'Namespace');
  const accounts = golden.filter(({ kind }) => kind === 'ServiceAccount');
  const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.34' };
  for (const { metadata: { namespace: name } } of golden) {
    if (name && !namespaces.some(({ metadata }) => metadata.name === name)) namespaces.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: restricted } });
  }
  for (const [, object] of TEMPLATES) {
    const { namespace } = object.metadata;
    const name = templateOf(object).spec.serviceAccountName;
    if (!accounts.some(({ metadata }) => metadata.name === name && metadata.namespace === namespace)) accounts.push({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  }
  const classes = new Set(TEMPLATES.map(([, object]) => templateOf(object).spec.priorityClassName).filter((name) => name && !name.startsWith('system-'))); // the server has those
  const priorities = [...classes].map((name) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000 }));
  return [...namespaces, ...accounts, ...priorities];
}

const SUBJECT = TEMPLATES.find(([, { kind }]) => kind === 'Deployment')![1];

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
    for (const object of surroundings()) {
      const { accepted, message } = await server.create(object, { dryRun: false });
      if (!accepted) throw new Error(`${object.kind} ${object.metadata.name}: ${message}`);
    }
  });
  afterAll(() => server?.stop());

  test.each(GOLDENS)('accepts %s in a strict dry run, without a warning', async (_name, object) => {
    // The accounts, namespaces and priorities are there already, for the others' sake.
    const copy = ['Namespace', 'PriorityClass', 'ServiceAccount'].includes(object.kind) ? { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-again` } } : object;
    expect(await server.create(copy, { dryRun: true })).toEqual({ accepted: true, message: '', warnings: [] });
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

  test('serves the resources, scopes and verbs that roles are checked against', async () => {
    const served = await server.servedResources();
    const known = RESOURCES.filter(({ group }) => group !== 'metrics.k8s.io'); // an aggregated API, which only a cluster with metrics-server has
    // A group's versions serve the same resources, so each is looked at once.
    const line = ({ verbs, ...resource }: BuiltInResource) => JSON.stringify({ ...resource, verbs: [...verbs].sort() });
    const shown = (resources: readonly BuiltInResource[]) => [...new Set(resources.map(line))].sort();
    expect(shown(served)).toEqual(shown(known));
  });
});
