import { Answer, actor, Case, CASES, nameOf, objectsOf, SUBJECTS, SURROUNDINGS } from './access-chains';
import { ApiServer, ASSETS, Manifest } from './api-server';
import { inventoryOf } from '../../../lib/inventory';
import { accessOf, Chain, escalationOf } from '../../../lib/proofs/access';

const judge = ASSETS ? describe : describe.skip;
if (!ASSETS) process.stderr.write('KUBEBUILDER_ASSETS is not set: no API server judges escalation chains\n');

const OBJECTS = [...SURROUNDINGS, ...CASES.flatMap(objectsOf)] as Manifest[];
const DEADLINE_MS = 10_000;

const inventory = inventoryOf(OBJECTS.map((json) => ({ json, where: 'cluster' })));
const { chains } = escalationOf(inventory, accessOf(inventory, '1.36'));
const chainsOf = (given: Case): Chain[] => chains.filter(({ start }) => start.namespace === SUBJECTS && start.name === nameOf(given));

test.each(CASES.map((given): [string, Case] => [given.name, given]))('%s: the chains that there are, and no others', (_name, given) => {
  const found = chainsOf(given);
  expect(found.map(({ steps: [first] }) => first.step.kind).sort()).toEqual([...given.kinds].sort());
  for (const { goal } of found) expect(goal).toBe(given.goal ?? 'cluster-admin');
});

judge('a real API server', () => {
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    for (const object of OBJECTS) {
      const { accepted, message } = await server.create(object, { dryRun: false });
      if (!accepted) throw new Error(`${object.kind} ${object.metadata.name}: ${message}`);
    }
    // The controller that would fill it is not here.
    const token = await tokenOf('running', 'strong');
    await server.call('PATCH', '/api/v1/namespaces/running/secrets/strong-token', { stringData: { token } });
  });
  afterAll(() => server?.stop());

  async function tokenOf(namespace: string, account: string): Promise<string> {
    const { body } = await server.call('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} });
    return body.status.token;
  }

  /** The subject, once the server has heard of all its rights. */
  async function subjectOf(given: Case) {
    const name = nameOf(given);
    for (const [namespace, rules] of Object.entries(given.rights)) {
      for (const { apiGroups: [group], resources: [whole], verbs: [verb], resourceNames: [named] = [''] } of rules as any[]) {
        const [resource, subresource = ''] = whole.split('/');
        await until(async () => server.allowed({ user: `system:serviceaccount:${SUBJECTS}:${name}`, resourceAttributes: { namespace, group, resource, subresource, verb, name: named } }));
      }
    }
    return actor(server, name, { token: await tokenOf(SUBJECTS, name) });
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + DEADLINE_MS; !await holds();) {
      if (Date.now() > deadline) throw new Error('the server did not come to know the rights in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test.each(CASES.filter(({ kinds }) => kinds.length > 0).map((given): [string, Case] => [given.name, given]))('lets somebody take the step: %s', async (_name, given) => {
    const { status, body } = await given.take(await subjectOf(given));
    if (given.connects) expect([status, body.message]).not.toEqual([401, 403].includes(status) ? [status, body.message] : []);
    else expect([status < 300, status < 300 ? '' : body.message]).toEqual([true, '']);
  });

  test.each(CASES.filter(({ kinds }) => kinds.length === 0).map((given): [string, Case] => [given.name, given]))('refuses what is nearly one: %s', async (_name, given) => {
    expect((await given.take(await subjectOf(given))).status).toBe(403);
  });

  test('a token that was made is taken for the account, which has every right', async () => {
    const given = CASES.find(({ name }) => name === 'tokens of one account')!;
    const { body }: Answer = await given.take(await subjectOf(given));
    expect((await server.call('GET', '/api/v1/secrets', undefined, { token: body.status.token })).status).toBe(200);
  });

  test('a token that was read is, too', async () => {
    const given = CASES.find(({ name }) => name === 'one Secret with a token')!;
    const { body }: Answer = await given.take(await subjectOf(given));
    expect((await server.call('GET', '/api/v1/secrets', undefined, { token: Buffer.from(body.data.token, 'base64').toString() })).status).toBe(200);
  });

  test('whoever bound himself to cluster-admin, or escalated, has every right', async () => {
    for (const name of ['binding ClusterRoles', 'escalating']) {
      const as = await subjectOf(CASES.find((given) => given.name === name)!);
      await until(async () => (await as.get('/api/v1/secrets')).status === 200);
    }
  });

  test('the account that Kubernetes has for aggregation gives itself every right', async () => {
    const as = actor(server, 'controller', { token: await tokenOf('kube-system', 'clusterrole-aggregation-controller') });
    const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:controller:clusterrole-aggregation-controller';
    expect((await as.get('/api/v1/secrets')).status).toBe(403);
    expect((await as.patch(role, { rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] })).status).toBe(200);
    await until(async () => (await as.get('/api/v1/secrets')).status === 200);
  });
});
