import { ApiServer, ASSETS, Manifest } from './api-server';
import { Cluster, cluster, Dice, NAMESPACES, questions } from './access-cluster';
import { inventoryOf } from '../../../lib/inventory';
import { Access, accessOf, reviewOf } from '../../../lib/proofs/access';
import { bootstrapOf } from '../../../lib/proofs/access/bootstrap';

const judge = ASSETS ? describe : describe.skip;
if (!ASSETS) process.stderr.write('KUBEBUILDER_ASSETS is not set: no API server judges who may do what\n');

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const QUESTIONS = 24_000;
const CONNECTIONS = 8;

/** The roles and bindings of a server, as they are compared: rules sorted within themselves. */
function line({ kind, metadata, aggregationRule, rules, roleRef, subjects }: any): string {
  const { 'rbac.authorization.kubernetes.io/autoupdate': _, ...annotations } = metadata.annotations ?? {};
  const inOrder = (rule: any) => Object.fromEntries(Object.entries(rule).sort().map(([key, value]) => [key, [...value as string[]].sort()]));
  const sorted = (rules ?? []).map(inOrder);
  const whom = (subjects ?? []).map(({ kind: of, name, namespace }: any) => [of, name, namespace]);
  const { labels, name, namespace } = metadata;
  return JSON.stringify([
    kind, namespace, name, Object.entries(labels ?? {}).sort(), annotations, aggregationRule, aggregationRule ? [] : sorted, roleRef && [roleRef.kind, roleRef.name], whom,
  ]);
}

async function verdict(server: ApiServer, spec: object): Promise<boolean> {
  const { status, body } = await server.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec });
  if (status !== 201) throw new Error(`${JSON.stringify(spec)}: ${body.message}`);
  return body.status.allowed;
}

/** As the controller does it, one role after the other, until nothing changes; there are no controllers here. */
async function aggregate(server: ApiServer): Promise<void> {
  for (let changed = true; changed;) {
    changed = false;
    const { body: { items } } = await server.call('GET', `${RBAC}/clusterroles`);
    for (const role of items.filter(({ aggregationRule }: any) => aggregationRule)) {
      const { clusterRoleSelectors } = role.aggregationRule;
      const selected = items
        .filter(({ metadata: { name, labels } }: any) => name !== role.metadata.name && clusterRoleSelectors.some((selector: any) => selects(selector, labels ?? {})));
      const rules = [...new Set(selected.flatMap((other: any) => other.rules ?? []).map((rule: any) => JSON.stringify(rule)))].sort();
      const now = [...new Set((role.rules ?? []).map((rule: any) => JSON.stringify(rule)))].sort();
      if (JSON.stringify(rules) === JSON.stringify(now)) continue;
      role.rules = rules.map((rule) => JSON.parse(rule as string));
      const { status, body } = await server.call('PUT', `${RBAC}/clusterroles/${role.metadata.name}`, role);
      if (status !== 200) throw new Error(body.message);
      role.metadata = body.metadata;
      changed = true;
    }
  }
}

function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: any): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(({ key, operator, values }: any) => {
    if (operator === 'Exists') return key in labels;
    if (operator === 'DoesNotExist') return !(key in labels);
    return operator === 'In' ? values.includes(labels[key]) : !values.includes(labels[key]);
  });
}

judge('a real API server', () => {
  let server: ApiServer;
  let given: Cluster;
  let access: Access;

  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    given = cluster(new Dice(20270401), 60);
    const objects = Object.values(given).flat() as unknown as Manifest[];
    for (const name of NAMESPACES) await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { dryRun: false });
    for (const object of objects) {
      // The controller drops what an aggregated role carries itself, once it has looked at it.
      const { accepted, message } = await server.create(object.aggregationRule ? { ...object, rules: [] } : object, { dryRun: false });
      if (!accepted) throw new Error(`${object.kind} ${object.metadata.name}: ${message}`);
    }
    await aggregate(server);
    access = accessOf(inventoryOf(objects.map((json) => ({ json, where: 'cluster' }))), '1.36');
  });
  afterAll(() => server?.stop());

  test('creates by itself the roles and bindings that are built in', async () => {
    const lists = await Promise.all(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'].map(async (kind) =>
      (await server.call('GET', `${RBAC}/${kind.toLowerCase()}s`)).body.items.map((item: any) => ({ kind, ...item }))));
    const own = lists.flat().filter(({ metadata: { labels } }: any) => labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults');
    expect(own.map(line).sort()).toEqual(bootstrapOf('1.36').manifests.map(({ json }) => line(json)).sort());
  });

  test(`answers ${QUESTIONS.toLocaleString('en')} questions at the edges as we do`, async () => {
    const asked = questions(new Dice(7), given, QUESTIONS);
    const theirs: boolean[] = new Array(asked.length);
    let next = 0;
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      for (let i = next++; i < asked.length; i = next++) theirs[i] = await verdict(server, asked[i]);
    }));
    const ours = asked.map((spec) => {
      const review = reviewOf(spec);
      if (typeof review === 'string') throw new Error(`${JSON.stringify(spec)}: ${review}`);
      return access.decide(review.identity, review.request).allowed;
    });
    const different = asked.flatMap((spec, i) => theirs[i] === ours[i] ? [] : [`${theirs[i] ? 'allowed' : 'denied'} by the server: ${JSON.stringify(spec)}`]);
    expect(different).toEqual([]);
    const yes = theirs.filter((allowed) => allowed).length;
    process.stdout.write(`${asked.length} questions, ${yes} of them allowed, ${new Set(asked.map((spec) => JSON.stringify(spec))).size} different\n`);
    expect(Math.min(yes, asked.length - yes)).toBeGreaterThan(asked.length / 5); // both sides of the edge
  });
});
