import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { ApiServer, ASSETS, Manifest } from './api-server';
import { Definition, fetchedDefinitions } from './definitions';

/** Where the definitions of the kinds are published: a Go module and the file of it. */
const DEFINITIONS: readonly Definition[] = [
  ['github.com/cilium/cilium@v1.18.2', 'pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml'],
  ['github.com/cilium/cilium@v1.18.2', 'pkg/k8s/apis/cilium.io/client/crds/v2/ciliumclusterwidenetworkpolicies.yaml'],
  ['sigs.k8s.io/network-policy-api@v0.2.0', 'config/crd/standard/policy.networking.k8s.io_clusternetworkpolicies.yaml'],
  // Calico serves projectcalico.org/v3 itself and stores it as this.
  ['github.com/projectcalico/calico@v1.11.0-cni-plugin.0.20250813170300-a0db560f0520', 'libcalico-go/config/crd/crd.projectcalico.org_globalnetworkpolicies.yaml'],
];
const NETWORK = path.join(__dirname, '../../network');
const GOLDENS = ['cilium/policies.yaml', ...['cilium', 'calico', 'cluster-network-policy'].map((name) => `deny-cloud-metadata/${name}/${name}.yaml`)];
const objects = GOLDENS.flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(NETWORK, file), 'utf8')).map((document): [string, Manifest] => {
  const object = document.toJS();
  return [`${object.kind} ${object.metadata.name}`, object];
}).filter(([, { kind }]) => kind !== 'Tier'));

const definitions = ASSETS === undefined ? undefined : fetchedDefinitions(DEFINITIONS);
const judge = definitions === undefined ? describe.skip : describe;
if (ASSETS === undefined) process.stderr.write('skipped: KUBEBUILDER_ASSETS names no API server to judge the policies of other dialects\n');

judge('a real API server with the definitions of Cilium, Calico and ClusterNetworkPolicy', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    for (const definition of definitions!) await server.create(definition, { dryRun: false });
    await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { dryRun: false });
  });
  afterAll(() => server?.stop());

  test.each(objects)('accepts %s', async (_name, object) => {
    expect(await until(() => server.create(asStored(object), { dryRun: true }))).toEqual({ accepted: true, message: '', warnings: [] });
  });

  test.each(objects)('refuses %s with a field that there is not', async (_name, object) => {
    const copy = structuredClone(asStored(object)) as any;
    copy.spec.noSuchField = true;
    expect((await until(() => server.create(copy, { dryRun: true }))).accepted).toBe(false);
  });
});

/** The newest definition of Calico that the registry has is older than its tiers, so that field is left out, and the Tier itself is not judged. */
function asStored(object: Manifest): Manifest {
  if (object.apiVersion !== 'projectcalico.org/v3') return object;
  const { tier: _, ...spec } = object.spec as { tier?: string };
  return { ...object, apiVersion: 'crd.projectcalico.org/v1', spec };
}

/** A definition takes a moment to be served. */
async function until(create: () => ReturnType<ApiServer['create']>): ReturnType<ApiServer['create']> {
  for (let tries = 0; ; tries++) {
    const answer = await create().catch((error: Error) => ({ accepted: false, message: error.message, warnings: [] }));
    if (answer.accepted || tries === 50 || !/the server has no/.test(answer.message)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The definitions as the go tool fetches and verifies them; undefined, with a word, where that cannot be. */
