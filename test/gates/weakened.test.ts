import * as fs from 'fs';
import { ApiObject, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { assess } from '../../lib/assessment';
import { enforce } from '../../lib/gates';
import { CONTAINER_LISTS, inventoryOf } from '../../lib/inventory';
import { compliantPod, Json, KINDS, withField } from '../controls/compliant-pod';

/** Each security field of a container: what it may be, and values that are weaker. `undefined` takes it out. */
const OF_A_CONTAINER: { readonly [field: string]: readonly [compliant: readonly unknown[], weaker: readonly unknown[]] } = {
  'securityContext': [[], [undefined, {}]],
  'securityContext.allowPrivilegeEscalation': [[false], [undefined, true]],
  'securityContext.privileged': [[undefined, false], [true]],
  'securityContext.capabilities': [[{ drop: ['ALL'] }], [undefined, {}]],
  'securityContext.capabilities.drop': [[['ALL']], [undefined, [], ['all'], ['NET_RAW']]],
  'securityContext.capabilities.add': [[undefined, [], ['NET_BIND_SERVICE']], [['SYS_ADMIN'], ['ALL'], ['CHOWN'], ['net_bind_service']]],
  'securityContext.procMount': [[undefined, 'Default'], ['Unmasked', '']],
  'securityContext.runAsNonRoot': [[undefined, true], [false]],
  'securityContext.runAsUser': [[undefined, 1, 10001], [0]],
  'securityContext.seccompProfile': [[undefined], [{ type: 'Unconfined' }, {}]],
  'securityContext.appArmorProfile': [[undefined], [{ type: 'Unconfined' }, {}]],
  'securityContext.seLinuxOptions': [[undefined, {}], [{ type: 'spc_t' }, { user: 'root' }, { role: 'sysadm_r' }]],
  'securityContext.windowsOptions': [[undefined, {}], [{ hostProcess: true }]],
  'ports': [[undefined, []], [[{ hostPort: 80, containerPort: 80 }]]],
  'livenessProbe': [[undefined, {}], [{ httpGet: { host: 'h', port: 1 } }]],
  'lifecycle.postStart': [[undefined, {}], [{ tcpSocket: { host: 'h', port: 1 } }]],
};

/** The same of the pod itself, whose containers say nothing of these. */
const OF_A_POD: typeof OF_A_CONTAINER = {
  'securityContext': [[], [undefined, {}]],
  'securityContext.runAsNonRoot': [[true], [undefined, false]],
  'securityContext.runAsUser': [[undefined, 1], [0]],
  'securityContext.seccompProfile': [[{ type: 'RuntimeDefault' }], [undefined, {}, { type: 'Unconfined' }]],
  'securityContext.appArmorProfile': [[undefined], [{ type: 'Unconfined' }, {}]],
  'securityContext.seLinuxOptions': [[undefined, {}], [{ type: 'spc_t' }]],
  'securityContext.windowsOptions': [[undefined, {}], [{ hostProcess: true }]],
  'securityContext.sysctls': [[undefined, []], [[{ name: 'kernel.msgmax', value: '1' }]]],
  'hostNetwork': [[undefined, false], [true]],
  'hostPID': [[undefined, false], [true]],
  'hostIPC': [[undefined, false], [true]],
  'volumes': [[undefined, []], [[{ name: 'a', hostPath: { path: '/' } }], [{ name: 'a', nfs: {} }]]],
};

interface Place {
  readonly name: string;
  readonly put: (value: unknown) => Json;
  readonly compliant: readonly unknown[];
  readonly weaker: readonly unknown[];
}

const inContainer = (list: string, field: string, value: unknown) => {
  const pod = compliantPod();
  const spec = pod.spec as Json;
  return { ...pod, spec: { ...spec, [list]: (spec[list] as Json[]).map((container) => withField(container, field, value)) } };
};
const PLACES: readonly Place[] = [
  ...CONTAINER_LISTS.flatMap((list) => Object.entries(OF_A_CONTAINER).map(([field, [compliant, weaker]]): Place => ({ name: `${list} ${field}`, compliant, weaker, put: (value) => inContainer(list, field, value) }))),
  ...Object.entries(OF_A_POD).map(([field, [compliant, weaker]]): Place => ({ name: `pod ${field}`, compliant, weaker, put: (value) => ({ ...compliantPod(), spec: withField(compliantPod().spec as Json, field, value) }) })),
];

test('every field, weakened in every list of containers and every kind, fails synth', () => {
  const app = Testing.app();
  enforce(app);
  const chart = new Chart(app, 'weakened');
  const weakened = Object.entries(KINDS).flatMap(([kind, wrapped]) => PLACES.flatMap(({ name, put, weaker }) => weaker.map((value) => ({ kind: `${kind}: ${name} = ${JSON.stringify(value)}`, json: wrapped(put(value)) }))));
  weakened.forEach(({ json }, i) => new ApiObject(chart, `w${i}`, { ...json, metadata: { name: `w${i}` } } as never));
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  const refused = new Set([...message.matchAll(/^ {2}\[\] weakened\/w(\d+)[: ]/gm)].map(([, i]) => Number(i)));
  expect(weakened.length).toBeGreaterThan(1000);
  expect(weakened.filter((_, i) => !refused.has(i)).map(({ kind }) => kind)).toEqual([]);
  expect(fs.readdirSync(app.outdir)).toEqual([]);
});

const complies = (pod: Json) => assess(inventoryOf([{ json: KINDS.Deployment(pod), where: 'x' }]), { level: 'restricted', kubernetesVersion: '1.34' }).length === 0;

test.each(PLACES.map((place): [string, Place] => [place.name, place]))('what %s may be passes', (_name, { put, compliant }) => {
  expect(compliant.filter((value) => !complies(put(value)))).toEqual([]);
});

test.each(PLACES.filter(({ compliant }) => compliant.every((value) => typeof value !== 'object')).map((place): [string, Place] => [place.name, place]))('whatever else stands in %s does not', (_name, { name, put, compliant }) => {
  // Other numbers are other users; null is absent.
  const allowed = (value: unknown) => compliant.includes(value ?? undefined) || (name.endsWith('runAsUser') && Number.isInteger(value) && value !== 0);
  const profile = (value: unknown) => /Profile$/.test(name) && ['RuntimeDefault', 'Localhost'].includes((value as Json)?.type as string);
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    fc.pre(!allowed(value) && !profile(value) && !/Options$|Probe$|postStart$/.test(name) && !(Array.isArray(value) && value.length === 0));
    expect([value, complies(put(value))]).toEqual([value, false]);
  }), { numRuns: 40 });
});
