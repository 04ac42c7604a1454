import { baselineFrom, baselineOf, baselineText, controlsOf, evaluate, Exemption, exemptionsOf, findingLine, FRAMEWORKS, levelOf, Terms } from '../../lib/assessment';
import { CATALOG } from '../../lib/controls';
import { inventoryOf, Manifest } from '../../lib/inventory';
import { compliantPod, Json, KINDS, merged } from '../controls/compliant-pod';

const TODAY = '2026-09-30';
const TERMS = { profile: 'baseline', kubernetesVersion: '1.34', today: TODAY } as const;

/** A Deployment that is weaker by a patch of its pod's spec. */
const web = (spec: Json = { hostPID: true }, metadata: Json = {}) => ({ ...KINDS.Deployment({ ...compliantPod(), spec: merged(compliantPod().spec, spec) }), metadata: { name: 'web', namespace: 'shop', ...metadata } });
const manifests = (jsons: unknown[]): Manifest[] => jsons.map((json, i) => ({ json, where: `k8s/${i}.yaml`, lineOf: () => 1 }));
const assessed = (jsons: unknown[], terms: Partial<Terms> = {}) => evaluate(inventoryOf(manifests(jsons)), { ...TERMS, ...terms });
const ids = (jsons: unknown[], terms: Partial<Terms> = {}) => assessed(jsons, terms).objects.map(({ violations, exempted, known }) => ({
  violations: violations.map(({ control }) => control), exempted: exempted.map(({ finding }) => finding.control), known: known.map(({ control }) => control),
}));
const CLEAN = { violations: [], exempted: [], known: [] };

test('every object is there, in the order of the input, what is wrong with it worst first', () => {
  const bad = web({ hostPID: true, securityContext: { windowsOptions: { hostProcess: true }, seLinuxOptions: { user: 'x' } } });
  const { objects } = assessed([web({}), bad, web({}, { name: 'other' }), bad]);
  expect(objects.map(({ object }) => object.where)).toEqual(['k8s/0.yaml', 'k8s/1.yaml', 'k8s/2.yaml', 'k8s/3.yaml']);
  expect(objects[3].violations.map(({ severity, control }) => `${severity} ${control}`)).toEqual(['critical pod/no-host-namespaces', 'critical pod/no-windows-host-process', 'high pod/no-custom-selinux']);
  expect(objects[0].violations).toEqual([]);
});

test('it says by what was judged', () => {
  const { profile, kubernetesVersion, controls, exemptions, notKubernetes } = assessed([], { notKubernetes: 3 });
  expect({ profile, kubernetesVersion, exemptions, notKubernetes }).toEqual({ profile: 'baseline', kubernetesVersion: '1.34', exemptions: [], notKubernetes: 3 });
  expect(controls.map(({ level }) => level)).toEqual(controls.map(() => 'baseline'));
  expect(controls).not.toEqual([]);
});

test('where objects go to several clusters, each is judged by its own profile, and the strictest is named', () => {
  const inventory = inventoryOf(['baseline', 'restricted'].map((where) => ({ where, json: web({ securityContext: { runAsNonRoot: false } }, { name: where }) })));
  const { profile, kubernetesVersion, objects } = evaluate(inventory, { ...TERMS, profile: ({ where }) => where as 'baseline', kubernetesVersion: () => '1.34' });
  expect([profile, kubernetesVersion]).toEqual(['restricted', undefined]);
  expect(objects.map(({ violations }) => violations.map(({ control }) => control))).toEqual([[], ['pod/run-as-non-root']]);
});

describe('a framework', () => {
  test('of Pod Security asks for exactly its checks, at its own level, whatever the profile', () => {
    for (const profile of ['baseline', 'restricted', 'strict'] as const) {
      for (const framework of ['pss-baseline', 'pss-restricted'] as const) {
        const { controls, profile: level } = assessed([], { profile, framework });
        expect([level, controls.filter(({ frameworks, id }) => frameworks.pss === undefined && id !== 'object/well-formed')]).toEqual([framework.slice(4), []]);
      }
    }
    expect(assessed([], { framework: 'pss-baseline' }).controls.map(({ frameworks }) => frameworks.pss).filter((id) => id).sort()).toEqual([
      'appArmorProfile', 'capabilities_baseline', 'hostNamespaces', 'hostPathVolumes', 'hostPorts', 'hostProbesAndHostLifecycle', 'privileged', 'procMount', 'seLinuxOptions', 'seccompProfile_baseline', 'sysctls', 'windowsHostProcess',
    ]);
  });

  test('asks no control that does not answer to it, and what cannot be read is asked always', () => {
    for (const framework of FRAMEWORKS) {
      expect(controlsOf(framework).map(({ id }) => id)).toContain('object/well-formed');
      expect(controlsOf(framework).length).toBeLessThan(CATALOG.length);
    }
    expect(controlsOf('cis').filter(({ frameworks, id }) => !frameworks.cis?.length && id !== 'object/well-formed')).toEqual([]);
    expect(levelOf('cis', 'strict')).toBe('strict');
    expect(ids([web({ containers: [{ name: 'a', securityContext: { privileged: 'true' } }] })], { framework: 'pss-baseline' })[0].violations).toEqual(['object/well-formed']);
  });
});

const ENTRY = { control: 'pod/no-host-namespaces', kind: 'Deployment', namespace: 'shop', name: 'web', reason: 'reads /proc', owner: 'team-shop', expires: '2027-03-31' };
const fileOf = (json: unknown) => exemptionsOf({ json, where: 'exemptions.yaml', lineOf: (path) => 10 + Number(/\d+/.exec(path)?.[0] ?? 0) }, TODAY)!;
const byFile = (json: unknown): Partial<Terms> => {
  const { exemptions, invalid } = fileOf(json);
  return { exemptions, invalidExemptions: invalid };
};

describe('an exemption of a file', () => {
  test('covers the control of the object that it names, and says so', () => {
    const { objects, exemptions } = assessed([web()], byFile([ENTRY]));
    const { manifest: _, covers: __, ...granted } = objects[0].exempted[0].exemption as Exemption;
    expect(granted).toEqual({ control: 'pod/no-host-namespaces', reason: 'reads /proc', owner: 'team-shop', expires: '2027-03-31', where: 'exemptions.yaml:10' });
    expect(ids([web()], byFile([ENTRY]))).toEqual([{ ...CLEAN, exempted: ['pod/no-host-namespaces'] }]);
    expect(exemptions).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['another name', { name: 'web-2' }], ['another kind', { kind: 'StatefulSet' }], ['another namespace', { namespace: 'other' }], ['no namespace', { namespace: undefined }],
    ['another control', { control: 'pod/no-privileged' }], ['a longer name', { name: 'web-frontend' }], ['the beginning of its name', { name: 'we' }],
  ])('does not cover %s', (_name, change) => {
    const [object, exemption] = ids([web()], byFile([{ ...ENTRY, ...change }]));
    expect([object, exemption]).toEqual([{ ...CLEAN, violations: ['pod/no-host-namespaces'] }, { ...CLEAN, violations: ['exemption/used'] }]);
  });

  test.each<[string, string, Json]>([
    ['ReplicaSet', 'ReplicaSet', { name: 'web-6d4cf56db6' }], ['Pod', 'Pod', { name: 'web-6d4cf56db6-x7k2p' }], ['Pod of a DaemonSet', 'Pod', { name: 'web-https', generateName: 'web-' }],
    ['Pod that is yet to be named', 'Pod', { generateName: 'web-' }], ['Job of a CronJob', 'Job', { name: 'web-29012345' }], ['Pod of that', 'Pod', { name: 'web-29012345-x7k2p' }],
    ['name of cdk8s', 'Deployment', { name: 'web-c8d1a2b3' }],
  ])('covers, by its plain name, a %s', (_what, kind, metadata) => {
    const object = { ...KINDS[kind]({ ...compliantPod(), spec: merged(compliantPod().spec, { hostPID: true }) }), metadata: { namespace: 'shop', ...metadata } };
    expect(ids([object], byFile([{ ...ENTRY, kind }]))).toEqual([{ ...CLEAN, exempted: ['pod/no-host-namespaces'] }]);
  });

  test.each<[string, Json]>([['Pod', { name: 'web-https' }], ['Pod', { name: 'web-0' }], ['Deployment', { name: 'web-6d4cf56db6' }], ['Deployment', { name: 'web-c8frontend' }], ['ReplicaSet', { name: 'web-aeiou' }]])('a name of %s that only looks generated is another name: %o', (kind, metadata) => {
    const object = { ...KINDS[kind]({ ...compliantPod(), spec: merged(compliantPod().spec, { hostPID: true }) }), metadata: { namespace: 'shop', ...metadata } };
    expect(ids([object], byFile([{ ...ENTRY, kind }]))[0].violations).toEqual(['pod/no-host-namespaces']);
  });

  test('that has expired covers nothing, and is a violation; on its last day it covers', () => {
    expect(ids([web()], byFile([{ ...ENTRY, expires: '2026-09-30' }]))[0].exempted).toEqual(['pod/no-host-namespaces']);
    expect(ids([web()], byFile([{ ...ENTRY, expires: '2026-09-29' }]))).toEqual([{ ...CLEAN, violations: ['pod/no-host-namespaces'] }, { ...CLEAN, violations: ['exemption/not-expired'] }]);
  });

  test('that is invalid covers nothing, and says in its line why', () => {
    const { objects } = assessed([web()], byFile({ exemptions: [{ ...ENTRY, reason: '' }] }));
    expect(objects[0].violations).toHaveLength(1);
    expect(objects[1].violations.map(findingLine)).toEqual(['exemptions.yaml: high exemption/valid Exemption pod/no-host-namespaces: reason is empty; say why the control may fail here']);
    expect(objects[1].object.manifest.lineOf!('')).toBe(10);
    expect(objects[1].object.kind).toBe('Exemption');
  });

  test('the same twice is one too many', () => {
    const { exemptions, invalid } = fileOf([ENTRY, { ...ENTRY, kind: 'Pod' }, { ...ENTRY, reason: 'again' }]);
    expect(exemptions.map(({ where }) => where)).toEqual(['exemptions.yaml:10', 'exemptions.yaml:11']);
    expect(invalid.map(({ fault }) => fault.problem)).toEqual(['it is for the same control and object as the one in line 10']);
  });

  test.each<[string, unknown, string[]]>([
    ['an unknown key', { exemptions: [{ ...ENTRY, expire: 'x' }] }, ['there is no key "expire" in an exemption; did you mean "expires"?']],
    ['a key beside them', { exemptions: [], version: 1 }, ['there is no key "version" in an exemption; give only exemptions']],
    ['a text', { exemptions: ['all'] }, ['an exemption is "all"; give a map with control, kind, name, reason, owner, expires, namespace, ticket']],
    ['null', [null], ['an exemption is null; give a map with control, kind, name, reason, owner, expires, namespace, ticket']],
    ['no object', [{ ...ENTRY, kind: undefined, name: 5, namespace: '' }], ['kind is missing; give the kind of the object that it is for', 'name is 5; give the name of the object that it is for', 'namespace is ""; give the namespace of the object that it is for']],
    ['a control that there is not', [{ ...ENTRY, control: 'pod/no-host-namespace' }], ['there is no control "pod/no-host-namespace"; did you mean "pod/no-host-namespaces"?']],
    ['a control that is no text', [{ ...ENTRY, control: ['pod/no-privileged'] }], ['control is ["pod/no-privileged"]; give the id that the finding names, such as "pod/no-privileged"']],
    ['a control that nothing can be exempt from', [{ ...ENTRY, control: 'object/well-formed' }], ['nothing can be exempt from object/well-formed; mend what it found, and take the exemption out']],
    ['more than a year', [{ ...ENTRY, expires: '2027-10-01' }], ['expires "2027-10-01" is more than a year away; give 2027-09-30 or earlier and renew it when it ends']],
    ['a key of the prototype', [JSON.parse('{"__proto__": {"control": "pod/no-privileged"}}')], [
      'there is no key "__proto__" in an exemption; give only control, kind, name, reason, owner, expires, namespace, ticket', 'kind is missing; give the kind of the object that it is for', 'name is missing; give the name of the object that it is for',
      'control is missing; give the id that the finding names, such as "pod/no-privileged"', 'reason is missing; say why the control may fail here', 'owner is missing; name the team that answers for it',
      'expires is missing; give the last day on which it holds as "YYYY-MM-DD", at the latest "2027-09-30"',
    ]],
  ])('%s is refused', (_name, json, faults) => {
    const { exemptions, invalid } = fileOf(json);
    expect([exemptions, invalid.map(({ fault }) => `${fault.problem}; ${fault.remedy}`)]).toEqual([[], faults]);
  });

  test('a file without a list has none to read', () => {
    for (const json of [undefined, null, 'x', {}, { exemptions: {} }, { exemption: [] }]) expect(exemptionsOf({ json, where: 'x' }, TODAY)).toBeUndefined();
    expect(exemptionsOf({ json: [], where: 'x' }, TODAY)).toEqual({ exemptions: [], invalid: [] });
  });
});

describe('a baseline', () => {
  const of = (...jsons: unknown[]) => baselineOf(assessed(jsons).objects.flatMap(({ violations }) => violations));
  const app = (name: string, security: Json) => ({ name, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...security } });

  test('knows what was found, and nothing that is new', () => {
    const baseline = of(web());
    expect(ids([web()], { baseline })).toEqual([{ ...CLEAN, known: ['pod/no-host-namespaces'] }]);
    expect(ids([web({ hostPID: true, hostIPC: true })], { baseline })).toEqual([{ violations: ['pod/no-host-namespaces'], exempted: [], known: ['pod/no-host-namespaces'] }]);
    expect(ids([web(), web({}, { name: 'a' }), web({ hostPID: true }, { name: 'b' })], { baseline }).map(({ violations }) => violations.length)).toEqual([0, 0, 1]);
  });

  test('knows a finding as often as it was found', () => {
    const baseline = of(web(), web());
    expect(ids([web(), web(), web()], { baseline }).map(({ violations }) => violations.includes('pod/no-host-namespaces'))).toEqual([false, false, true]);
  });

  test('is not moved by what comes before in a list, by generated names, files and lines', () => {
    const privileged = app('main', { privileged: true });
    const baseline = of(web({ containers: [privileged] }, { name: 'web-c8d1a2b3' }));
    const later = web({ containers: [app('sidecar', {}), privileged], initContainers: [app('init', {})] }, { name: 'web-c8ffffff' });
    expect(ids([web({}, { name: 'first' }), later], { baseline })[1]).toEqual({ ...CLEAN, known: ['pod/no-privileged'] });
    expect(ids([web({ containers: [app('other', { privileged: true })] })], { baseline })[0].violations).toEqual(['pod/no-privileged']);
  });

  test('is a text that can be read, the same from run to run, and back', () => {
    const baseline = of(web({ hostPID: true, volumes: [{ name: 'root', hostPath: { path: '/' } }], containers: [app('a', { privileged: true })] }), web({}, { name: 'x' }));
    expect(baselineText(baseline)).toBe(`{
  "pod/no-host-namespaces Deployment shop web spec.template.spec.hostPID": 1,
  "pod/no-host-path-volumes Deployment shop web spec.template.spec.volumes[root]": 1,
  "pod/no-privileged Deployment shop web spec.template.spec.containers[a].securityContext.privileged": 1
}
`);
    expect(baselineFrom(baselineText(baseline))).toEqual(new Map([...baseline].sort()));
    expect(baselineText(new Map())).toBe('{}\n');
    for (const text of ['', '[]', 'null', '{"a": "1"}', '{"a": 0}', '{"a": 1.5}', '{']) expect(baselineFrom(text)).toBeUndefined();
  });

  test('holds nothing that an exemption covers', () => {
    expect(ids([web()], { baseline: of(web()), ...byFile([ENTRY]) })).toEqual([{ ...CLEAN, exempted: ['pod/no-host-namespaces'] }]);
  });
});
