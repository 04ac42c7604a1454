import { assess } from '../../../lib/assessment';
import { CATALOG, expressionAt, fieldsOf, isObjectControl, ObjectControl, projectable } from '../../../lib/controls';
import { inventoryOf } from '../../../lib/inventory';
import { apiVersionsOf, baseOf, kindsOf } from '../../controls/compliant-object';
import { Json, merged, withField } from '../../controls/compliant-pod';
import { ApiServer, ASSETS, Manifest } from './api-server';

const RELEASE = '1.36';
const judge = ASSETS === undefined ? describe.skip : describe;
if (ASSETS === undefined) process.stderr.write('skipped: KUBEBUILDER_ASSETS names no API server to judge the expressions of object controls\n');

// What a policy is told by params is inlined where policies are written; here there is none to write them.
const CONTROLS = CATALOG.filter(isObjectControl).filter((control) => projectable(control) === true && expressionAt(control, RELEASE) !== undefined && !expressionAt(control, RELEASE)!.includes('params.'));

interface Case {
  readonly control: ObjectControl;
  readonly row: string;
  readonly object: Manifest;
}

const cases: Case[] = CONTROLS.flatMap((control) => kindsOf(control).flatMap((kind) => {
  const base = baseOf(control, kind, apiVersionsOf(kind)[0]);
  const rows = Object.entries({ ...control.allowed, ...control.denied }).flatMap(([row, value]) => fieldsOf(control).map((at): [string, Json] => [`${row} at ${at}`, withField(base, at, value)]));
  const objects = Object.entries({ ...control.objectsAllowed, ...control.objectsDenied }).map(([row, patch]): [string, Json] => [row, merged(base, patch) as Json]);
  return [...rows, ...objects].map(([row, object]): Case => ({ control, row, object: object as unknown as Manifest }));
}));

/** One policy of Kubernetes' own for one control, which heeds only who calls itself after it. */
function policyOf({ id, on }: ObjectControl, cel: string): Manifest[] {
  const name = id.replace('/', '.');
  const groups = on.includes('*') ? ['*'] : [...new Set(on.map((kind) => kind.split('/')[0]))];
  const spec = {
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules: [{ apiGroups: groups, apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] }] },
    matchConditions: [{ name: 'asked', expression: `request.userInfo.username == 'control:${id}'` }],
    validations: [{ expression: cel, message: 'DENIED' }],
  };
  return [
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec },
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: { policyName: name, validationActions: ['Deny'] } },
  ];
}

judge('a real API server', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.start(ASSETS!);
    await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { dryRun: false });
  });
  afterAll(() => server?.stop());

  test('compiles every expression of an object control as a policy', async () => {
    const refused: string[] = [];
    for (const control of CONTROLS) {
      for (const object of policyOf(control, expressionAt(control, RELEASE)!)) {
        const { accepted, message } = await server.create(object, { dryRun: false });
        if (!accepted) refused.push(`${control.id}: ${message}`);
      }
    }
    expect(refused).toEqual([]);
  });

  test('gives every row the verdict that we give, after it has put in its defaults', async () => {
    const asked = ({ control, object }: Case) => server.create({ ...object, metadata: { ...object.metadata } }, { dryRun: true, as: { user: `control:${control.id}`, groups: ['system:masters'] } });
    // All policies are in force once the last one is.
    const last = policyOf(CONTROLS.at(-1)!, 'false').map((object) => ({ ...object, metadata: { name: 'last' }, spec: { ...object.spec as object, policyName: 'last', matchConditions: [{ name: 'asked', expression: "request.userInfo.username == 'last'" }] } }));
    for (const { spec: { policyName, ...spec }, ...object } of last as any[]) await server.create({ ...object, spec: object.kind.endsWith('Binding') ? { policyName, validationActions: ['Deny'] } : { ...spec, matchConstraints: { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }] } } }, { dryRun: false });
    const inForce = async () => /DENIED/.test((await server.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }, { dryRun: true, as: { user: 'last', groups: ['system:masters'] } })).message);
    for (let tries = 0; tries < 100 && !await inForce(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));

    const disagreements: string[] = [];
    const compared = new Map<string, number>();
    for (const each of cases) {
      const answer = await asked(each).catch((error: Error) => ({ accepted: false, message: error.message }));
      const denied = /ValidatingAdmissionPolicy '[^']*' with binding/.test(answer.message);
      if (!answer.accepted && !denied) { if (process.env.SHOW) process.stderr.write(`${each.control.id} ${each.row}: ${answer.message.slice(0, 150)}\n`); continue; } // an object that the server does not take, whatever policies say
      const findings = assess(inventoryOf([{ json: each.object, where: 'row' }]), { level: 'strict', kubernetesVersion: RELEASE, catalog: [each.control] });
      if (answer.accepted !== (findings.length === 0) || /error/.test(answer.message)) disagreements.push(`${each.control.id}, ${each.row}: ${JSON.stringify(each.object)}: ${answer.message || 'accepted'}`);
      compared.set(each.control.id, (compared.get(each.control.id) ?? 0) + 1);
    }
    expect(disagreements).toEqual([]);
    if (process.env.SHOW) process.stderr.write(`${cases.length} cases, ${[...compared.values()].reduce((a, b) => a + b, 0)} compared; none: ${CONTROLS.filter(({ id }) => !compared.has(id)).map(({ id }) => id)}\n`);
    expect([...compared.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(800);
  });
});
