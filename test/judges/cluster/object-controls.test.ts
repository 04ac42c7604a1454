import { assess } from '../../../lib/assessment';
import { CATALOG, expressionAt, fieldsOf, isObjectControl, ObjectControl, projectable } from '../../../lib/controls';
import { inventoryOf } from '../../../lib/inventory';
import { apiVersionsOf, baseOf, kindsOf } from '../../controls/compliant-object';
import { Json, merged, withField } from '../../controls/compliant-pod';
import { Answer, ApiServer, ASSETS, Manifest } from './api-server';
import { Definition, fetchedDefinitions } from './definitions';

const RELEASE = '1.36';
const GATEWAY_API = ['gateways', 'httproutes', 'grpcroutes', 'referencegrants'].map((plural): Definition => ['sigs.k8s.io/gateway-api@v1.4.0', `config/crd/standard/gateway.networking.k8s.io_${plural}.yaml`]);
const definitions = ASSETS === undefined ? undefined : fetchedDefinitions(GATEWAY_API);
const judge = ASSETS === undefined ? describe.skip : describe;
if (ASSETS === undefined) process.stderr.write('skipped: KUBEBUILDER_ASSETS names no API server to judge the expressions of object controls\n');

// What is told by params a policy has inlined; there is none here to write it.
const ASKED = CATALOG.filter(isObjectControl).filter((control) => projectable(control) === true).flatMap((control): { control: ObjectControl; cel: string }[] => {
  const cel = expressionAt(control, RELEASE);
  return cel === undefined || cel.includes('params.') ? [] : [{ control, cel }];
});

interface Case {
  readonly control: ObjectControl;
  readonly object: Manifest;
}

const CASES: readonly Case[] = ASKED.flatMap(({ control }) => kindsOf(control).flatMap((kind) => {
  const base = baseOf(control, kind, apiVersionsOf(kind)[0]);
  const rows = Object.values({ ...control.allowed, ...control.denied }).flatMap((value) => fieldsOf(control).map((at) => withField(base, at, value)));
  const objects = Object.values({ ...control.objectsAllowed, ...control.objectsDenied }).map((patch) => merged(base, patch) as Json);
  return [...rows, ...objects].map((object): Case => ({ control, object: object as unknown as Manifest }));
}));

/** A policy of Kubernetes' own with one expression, which is asked only about what one user sends. */
function policy(user: string, expression: string): Manifest[] {
  const name = user.replace('/', '.');
  const resourceRules = [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] }];
  const matchConditions = [{ name: 'asked', expression: `request.userInfo.username == '${user}'` }];
  const binding = { policyName: name, validationActions: ['Deny'] };
  return [
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec: { matchConstraints: { resourceRules }, matchConditions, validations: [{ expression }] } },
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: binding },
  ];
}

judge('a real API server', () => {
  let server: ApiServer;
  const sent = (object: Manifest, user: string): Promise<Answer> => server.create(object, { dryRun: true, as: { user, groups: ['system:masters'] } });

  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    for (const object of [...definitions ?? [], { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]) await server.create(object, { dryRun: false });
  });
  afterAll(() => server?.stop());

  test('compiles every expression of an object control as a policy', async () => {
    const refused: string[] = [];
    for (const { control, cel } of ASKED) {
      for (const object of policy(control.id, cel)) {
        const { accepted, message } = await server.create(object, { dryRun: false });
        if (!accepted) refused.push(`${control.id}: ${message}`);
      }
    }
    expect(refused).toEqual([]);
  });

  test('gives every row that it takes the verdict that we give, once its defaults are in', async () => {
    // Policies are in force some moments after they were created; all of them are, once the last one is.
    for (const object of policy('last', 'false')) await server.create(object, { dryRun: false });
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
    for (let tries = 0; tries < 200 && (await sent(configMap, 'last')).accepted; tries++) await new Promise((resolve) => setTimeout(resolve, 100));

    const disagreements: string[] = [];
    let compared = 0;
    for (const { control, object } of CASES) {
      const { accepted, message } = await sent(object, control.id).catch((error: Error) => ({ accepted: false, message: error.message }));
      const denied = /ValidatingAdmissionPolicy '[^']*' with binding/.test(message);
      if (!accepted && !denied) continue; // the server does not take it, whatever a policy says
      const findings = assess(inventoryOf([{ json: object, where: 'row' }]), { level: 'strict', kubernetesVersion: RELEASE, catalog: [control] });
      if (denied !== findings.length > 0 || / resulted in error/.test(message)) disagreements.push(`${control.id}: ${JSON.stringify(object)}: ${message || 'accepted'}`);
      compared++;
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
  });
});
