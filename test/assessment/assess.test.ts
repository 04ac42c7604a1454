import { assess, Finding, findingLine } from '../../lib/assessment';
import { CATALOG, Level, ObjectControl, PodControl } from '../../lib/controls';
import { inventoryOf } from '../../lib/inventory';
import { compliantContainer, compliantPod, Json, KINDS, merged } from '../controls/compliant-pod';

const { name: _, ...SECURE } = compliantContainer() as { name: string; securityContext: Json };
const judged = (manifests: unknown[], options: { level?: Level; version?: string } = {}) =>
  assess(inventoryOf(manifests.map((json, i) => ({ json, where: `shop/${i}` }))), { level: options.level ?? 'restricted', kubernetesVersion: options.version ?? '1.34' });
const lines = (...manifests: unknown[]) => judged(manifests).map(findingLine);
const web = (spec: Json, metadata: Json = {}) => ({ ...KINDS.Deployment({ metadata, spec: merged(compliantPod().spec, spec) }), metadata: { name: 'web', namespace: 'shop' } });
const places = (findings: readonly Finding[]) => findings.map(({ control, path }) => `${control} ${path}`);

test('a compliant workload has no findings', () => {
  expect(judged([web({})])).toEqual([]);
});

describe('a finding says where, how bad, what, why and how to mend it', () => {
  test('a container that says nothing', () => {
    expect(lines(web({ containers: [{ name: 'app', ...SECURE }, { name: 'sidecar', ...SECURE, securityContext: { readOnlyRootFilesystem: true } }] }))).toEqual([
      'shop/0: high pod/drop-all-capabilities Deployment shop/web containers[1] "sidecar": securityContext.capabilities is absent, but capabilities.drop must contain "ALL", and capabilities.add nothing but NET_BIND_SERVICE; set `capabilities: {drop: [ALL]}` on every container',
      'shop/0: high pod/no-privilege-escalation Deployment shop/web containers[1] "sidecar": securityContext.allowPrivilegeEscalation is absent, but allowPrivilegeEscalation must be false; set `allowPrivilegeEscalation: false` on every container',
    ]);
  });

  test('a field of the pod', () => {
    expect(lines(web({ hostPID: true }))).toEqual([
      'shop/0: critical pod/no-host-namespaces Deployment shop/web: hostPID is true, but hostNetwork, hostPID and hostIPC must not be true; leave `hostNetwork`, `hostPID` and `hostIPC` out',
    ]);
  });

  test('an annotation', () => {
    expect(lines(web({}, { annotations: { 'x': 'unconfined', 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } }))).toEqual([
      'shop/0: high pod/no-unconfined-apparmor Deployment shop/web: metadata.annotations["container.apparmor.security.beta.kubernetes.io/app"] is "unconfined", but an AppArmor profile must be RuntimeDefault or Localhost; '
      + 'leave `appArmorProfile` and its annotations out; nodes that have AppArmor then apply the runtime\'s profile',
    ]);
  });

  test('a Secret, whose values are not repeated', () => {
    expect(lines({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, stringData: { user: '', password: 'hunter2' } })).toEqual([
      'shop/0: high secret/no-plain-values Secret shop/db: stringData has ["user","password"], but a Secret in a manifest must hold no values, which anyone who reads the manifest knows; '
      + 'let the cluster fetch the value: an ExternalSecret, a SealedSecret or a CSI secret store volume',
    ]);
  });

  test('what cannot be read', () => {
    expect(lines(web({ hostNetwork: 'false' }))).toEqual([
      'shop/0: high object/well-formed Deployment shop/web: spec.template.spec.hostNetwork is "false", not a boolean, but fields must have the type that Kubernetes reads; write the field as the API reference has it; the API server refuses it as it is',
    ]);
  });

  test('a token of Terraform, at its place', () => {
    expect(lines({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, data: { arns: ['x', '${TfToken[TOKEN.0]}'] } })).toEqual([
      'shop/0: high object/no-terraform-token Thing a: data.arns[1] is the Terraform token "${TfToken[TOKEN.0]}", but no manifest can resolve a Terraform token; give the value itself; names and ARNs can be computed on both sides from the same inputs',
    ]);
  });

  test('an object that overwrites another, which it names', () => {
    expect(lines(web({}), web({}))).toEqual([
      'shop/1: high object/unique-identity Deployment shop/web: shop/0 has the same kind, namespace and name, but group, kind, namespace and name must be of one object; give one of them another name, or make it one object: applied, the second overwrites the first',
    ]);
  });

  test('two objects of one identity in one file, but not in two, which may be for two clusters', () => {
    const overwriting = (...files: string[]) => assess(inventoryOf(files.map((where) => ({ json: web({}), where, lineOf: () => 1 }))), { level: 'restricted', kubernetesVersion: '1.34' })
      .filter(({ control }) => control === 'object/unique-identity').map(({ object }) => object.where);
    expect(overwriting('staging.yaml', 'staging.yaml')).toEqual(['staging.yaml']);
    expect(overwriting('staging.yaml', 'production.yaml')).toEqual([]);
  });

  test('with nothing in it that a terminal would obey', () => {
    const [line] = lines({ ...web({ hostPID: true }), metadata: { name: '\u001b[2Jx\n\u202ey' } });
    expect(line).toContain('Deployment \\u001b[2Jx\\u000a\\u202ey: hostPID is true');
  });
});

describe('what is at fault is found, and nothing else', () => {
  test('of several containers those that are', () => {
    const containers = [{ name: 'a', ...SECURE }, { name: 'b', ...SECURE, securityContext: { ...SECURE.securityContext, privileged: true } }, { name: 'c', ...SECURE }];
    const findings = judged([web({ initContainers: [containers[1], containers[0]], containers })]);
    expect(findings.map(({ control, container }) => [control, container])).toEqual([
      ['pod/no-privileged', { list: 'containers', index: 1, name: 'b' }], ['pod/no-privileged', { list: 'initContainers', index: 0, name: 'b' }],
    ]);
  });

  test('of several fields those that are', () => {
    expect(places(judged([web({ hostNetwork: true, hostPID: false, hostIPC: true, containers: [{ name: 'a', ...SECURE, ports: [] }] })]))).toEqual([
      'pod/no-host-namespaces spec.template.spec.hostIPC', 'pod/no-host-namespaces spec.template.spec.hostNetwork',
    ]);
    const probed = { name: 'a', ...SECURE, livenessProbe: { exec: {} }, readinessProbe: { tcpSocket: { port: 1, host: 'h' } }, lifecycle: { preStop: { httpGet: { port: 1, host: 'h' } } } };
    expect(places(judged([web({ containers: [probed] })]))).toEqual([
      'pod/no-probe-hosts spec.template.spec.containers[0].lifecycle.preStop', 'pod/no-probe-hosts spec.template.spec.containers[0].readinessProbe',
    ]);
  });

  test('of a list the items that are', () => {
    const volumes = [{ name: 'a', emptyDir: {} }, ...Array.from({ length: 8 }, (_, i) => ({ name: `c${i}`, configMap: {} })), { name: 'h', hostPath: { path: '/srv' } }, { name: 'n', nfs: {} }];
    expect(places(judged([web({ volumes })]))).toEqual(['pod/restricted-volume-types spec.template.spec.volumes[9]', 'pod/restricted-volume-types spec.template.spec.volumes[10]']);
    const ports = [{ containerPort: 1 }, { containerPort: 2, hostPort: 2 }];
    expect(places(judged([web({ containers: [{ name: 'a', ...SECURE, ports }] })]))).toEqual(['pod/no-host-ports spec.template.spec.containers[0].ports[1]']);
  });

  test('the pod, and of its containers only those that would be at fault beside a pod that is not', () => {
    const containers = [{ name: 'silent', ...SECURE }, { name: 'root', ...SECURE, securityContext: { ...SECURE.securityContext, runAsNonRoot: false } }];
    expect(places(judged([web({ securityContext: { runAsNonRoot: false }, containers })]))).toEqual([
      'pod/run-as-non-root spec.template.spec.containers[1].securityContext.runAsNonRoot', 'pod/run-as-non-root spec.template.spec.securityContext.runAsNonRoot',
    ]);
  });

  test('the pod as a whole, if nothing of it fails alone', () => {
    const together: PodControl = { ...CATALOG.find(({ id }) => id === 'pod/no-privileged') as PodControl, cel: 'variables.containers.all(c, variables.containers.all(d, c == d))' };
    const inventory = inventoryOf([{ json: web({ initContainers: [], containers: [{ name: 'a' }, { name: 'b' }], ephemeralContainers: [] }, { annotations: { x: 'y' } }), where: 'shop' }]);
    expect(assess(inventory, { level: 'restricted', kubernetesVersion: '1.34', catalog: [together] }).map(({ path, message }) => [path, message]))
      .toEqual([['spec.template.spec', 'spec.template.spec does not comply, but privileged must not be true']]);
  });

  test('a field and an annotation at once', () => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' };
    expect(places(judged([web({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }, { annotations })]))).toEqual([
      'pod/no-unconfined-apparmor spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/app"]',
      'pod/no-unconfined-apparmor spec.template.spec.securityContext.appArmorProfile',
    ]);
  });

  test('the annotation of a container, in releases that read it', () => {
    const annotations = { 'container.seccomp.security.alpha.kubernetes.io/containers': 'unconfined', 'container.seccomp.security.alpha.kubernetes.io/other': 'unconfined' };
    expect(places(judged([web({}, { annotations })], { version: '1.18' }))).toEqual(['pod/no-unconfined-seccomp spec.template.metadata.annotations["container.seccomp.security.alpha.kubernetes.io/containers"]']);
    expect(places(judged([web({}, { annotations })], { version: '1.19' }))).toEqual([]);
  });
});

test('wrong types are never compliant', () => {
  for (const spec of [{ containers: {} }, { containers: [{ name: 'a', securityContext: { ...SECURE.securityContext, privileged: 'true' } }] }, { containers: null }, { securityContext: 'none' }, { volumes: 'none' }]) {
    expect(judged([web(spec)]).map(({ control }) => control)).toContain('object/well-formed');
  }
});

test('a key of JavaScript\'s prototype does not stand in for a setting', () => {
  const container = JSON.parse('{"name": "a", "__proto__": {"securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}}') as Json;
  const rest = { ...SECURE, securityContext: { readOnlyRootFilesystem: true } };
  expect(judged([web({ containers: [Object.assign(container, rest)] })]).map(({ control }) => control)).toEqual(['pod/drop-all-capabilities', 'pod/no-privilege-escalation']);
});

test('the release decides, for each object its own', () => {
  const inventory = inventoryOf(['1.33', '1.34'].map((where) => ({ where, json: { ...web({ containers: [{ name: 'a', ...SECURE, livenessProbe: { httpGet: { port: 1, host: 'h' } } }] }), metadata: { name: where, namespace: 'shop' } } })));
  expect(assess(inventory, { level: 'restricted', kubernetesVersion: ({ where }) => where }).map(({ control, object }) => [control, object.name])).toEqual([['pod/no-probe-hosts', '1.34']]);
});

test('the level decides', () => {
  const bare = web({ containers: [{ name: 'a' }] });
  expect(judged([bare], { level: 'baseline' })).toEqual([]);
  const [restricted, strict] = (['restricted', 'strict'] as const).map((level) => judged([bare], { level }).map(({ control }) => control));
  expect(restricted).toContain('pod/drop-all-capabilities');
  expect(strict.filter((control) => restricted.includes(control))).toEqual(restricted);
  expect(strict).toContain('pod/liveness-probe');
});

test('findings come in the same order, whatever the order of what is judged', () => {
  const manifests = ['b', 'a'].map((name, i) => ({ where: `shop/${i}`, json: { ...web({ hostPID: true, containers: ['x', 'y'].map((name) => ({ ...SECURE, name, securityContext: { readOnlyRootFilesystem: true } })) }), metadata: { name, namespace: 'shop' } } }));
  const of = (list: typeof manifests) => assess(inventoryOf(list), { level: 'restricted', kubernetesVersion: '1.34' }).map(findingLine);
  expect(of([...manifests].reverse())).toEqual(of(manifests));
  expect(of(manifests)).toHaveLength(10);
});

describe('an expression that errs is a finding, and says so', () => {
  const pod = (cel: string) => ({ ...CATALOG.find(({ id }) => id === 'pod/no-privileged') as PodControl, cel });
  const secret = (cel: string) => ({ ...CATALOG.find(({ id }) => id === 'secret/no-plain-values') as ObjectControl, cel });
  test.each([
    ['a field that is not there', pod('variables.podSpec.nothing == 1'), 'no such key: nothing'],
    ['no boolean', pod('variables.podSpec.containers'), 'the expression gives no boolean'],
    ['no CEL', pod('variables.('), 'Expected IDENTIFIER, got LPAREN'],
    ['a field of a Secret that is not there', secret('object.nothing'), 'no such key: nothing'],
  ])('%s', (_name, control, error) => {
    const json = control.on === 'pod' ? web({}) : { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
    const findings = assess(inventoryOf([{ json, where: 'shop' }]), { level: 'restricted', kubernetesVersion: '1.34', catalog: [control] });
    expect(findings.map(({ control: id, message }) => [id, message])).toEqual([[control.id, `it could not be judged, which counts as a violation: ${error}`]]);
  });
});
