import * as fc from 'fast-check';
import { NodeOs } from '../../lib/platform';
import type { HardenSettings } from '../../lib/workload/harden-settings';
import type { Container, PodSpec, PodTemplate, Probe, SecurityContext, Volume, VolumeMount } from '../../lib/workload/pod-template';

/** Each key present or not. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> => fc.record(model, { requiredKeys: [] }) as never;

const path = fc.constantFrom('/tmp', '/tmp/cache', '/var/run', '/var', '/data', '/var/run/secrets/kubernetes.io/serviceaccount');
const name = fc.constantFrom('tmp', 'var-run', 'data', 'kube-api-access', 'own');
const id = fc.constantFrom(0, 1, 999, 10_001, 70_000);

/** A quantity of any unit that resources have. */
export const quantity = (): fc.Arbitrary<string | number> => fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.constantFrom('m', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi')).map(([amount, unit]) => `${amount}${unit}`),
);

const amounts = fc.dictionary(fc.constantFrom('cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu'), quantity());

export const resources = () => some({ requests: amounts, limits: amounts, claims: fc.constant([{ name: 'gpu' }]) });

const profile = fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' }, { type: 'Localhost', localhostProfile: 'own.json' });

const containerSecurity: fc.Arbitrary<SecurityContext> = some({
  privileged: fc.boolean(),
  allowPrivilegeEscalation: fc.boolean(),
  readOnlyRootFilesystem: fc.boolean(),
  runAsNonRoot: fc.boolean(),
  runAsUser: id,
  seccompProfile: profile,
  capabilities: some({ add: fc.subarray(['NET_ADMIN', 'SYS_ADMIN', 'NET_BIND_SERVICE']), drop: fc.subarray(['ALL', 'CHOWN']) }),
});

const podSecurity: fc.Arbitrary<SecurityContext> = some({
  runAsNonRoot: fc.boolean(),
  runAsUser: id,
  runAsGroup: id,
  fsGroup: id,
  supplementalGroups: fc.array(id, { maxLength: 2 }),
  fsGroupChangePolicy: fc.constantFrom('Always', 'OnRootMismatch'),
  seccompProfile: profile,
  seLinuxOptions: fc.constant({ type: 'spc_t' }),
  windowsOptions: fc.constant({ runAsUserName: 'ContainerAdministrator' }),
});

const probe: fc.Arbitrary<Probe> = fc.oneof(
  fc.record({ tcpSocket: fc.record({ port: fc.constantFrom(8080, 'http') }), periodSeconds: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ exec: fc.record({ command: fc.constant(['alive']) }) }),
);

const ports = fc.uniqueArray(
  some({ containerPort: fc.constantFrom(53, 8080, 9090), protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'), name: fc.constantFrom('http', 'dns', 'metrics') }),
  { maxLength: 3, selector: (port) => port.containerPort });

const mounts: fc.Arbitrary<VolumeMount[]> = fc.uniqueArray(fc.record({ name, mountPath: path }), { maxLength: 3, selector: (mount) => mount.mountPath });

const container: fc.Arbitrary<Container> = some({
  image: fc.constantFrom('ghcr.io/acme/web:1.4', 'nginx'),
  imagePullPolicy: fc.constantFrom('Always', 'Never'),
  ports,
  resources: resources(),
  securityContext: containerSecurity,
  volumeMounts: mounts,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  command: fc.constant(['run']),
});

const containers = (prefix: string, minLength: number) => fc.array(container, { minLength, maxLength: 2 })
  .map((list) => list.map((each, i) => ({ ...each, name: `${prefix}-${i}` })));

const volumes: fc.Arbitrary<Volume[]> = fc.uniqueArray(
  fc.tuple(name, fc.constantFrom<object>({ emptyDir: {} }, { hostPath: { path: '/' } }, { secret: { secretName: 'own' } })).map(([own, source]) => ({ name: own, ...source })),
  { maxLength: 3, selector: (volume) => volume.name });

const podSpec: fc.Arbitrary<PodSpec> = fc.tuple(containers('main', 1), some({
  initContainers: containers('init', 0),
  volumes,
  securityContext: podSecurity,
  os: fc.constantFrom({ name: 'linux' }, { name: 'windows' }),
  hostNetwork: fc.boolean(),
  hostPID: fc.boolean(),
  hostUsers: fc.boolean(),
  automountServiceAccountToken: fc.boolean(),
  enableServiceLinks: fc.boolean(),
  priorityClassName: fc.constant('own'),
  topologySpreadConstraints: fc.constant([{ maxSkew: 2, topologyKey: 'own', whenUnsatisfiable: 'DoNotSchedule' }]),
  affinity: some({
    nodeAffinity: fc.constant({ own: true }),
    podAntiAffinity: some({ requiredDuringSchedulingIgnoredDuringExecution: fc.constant([{ topologyKey: 'own' }]) }),
  }),
})).map(([list, rest]) => ({ containers: list, ...rest }) as PodSpec);

/** A pod template as people, cdk8s-plus and charts write them: weak, strong and half said. */
export function podTemplate(): fc.Arbitrary<PodTemplate> {
  return some({
    metadata: some({ labels: fc.dictionary(fc.constantFrom('app', 'own'), fc.constantFrom('web', 'own')), annotations: fc.constant({ own: 'yes' }) }),
    spec: podSpec,
  }) as fc.Arbitrary<PodTemplate>;
}

/** The facts and options of any workload on any platform. */
export function settings(): fc.Arbitrary<HardenSettings> {
  return fc.record({
    name: fc.constant('web'),
    labels: fc.constant({ 'app': 'web', 'app.kubernetes.io/instance': 'web' }),
    kubernetesVersion: fc.constantFrom('1.26', '1.29', '1.30', '1.33', '1.36'),
    nodes: some({ appArmor: fc.boolean(), userNamespaces: fc.boolean(), seLinuxType: fc.boolean(), os: fc.constantFrom(NodeOs.LINUX, NodeOs.WINDOWS) }),
    runAsUser: fc.constantFrom(999, 10_001, 70_000),
    seccompLocalhostProfile: fc.option(fc.constant('profiles/web.json'), { nil: undefined }),
    cpuLimit: fc.boolean(),
    writable: fc.subarray(['/tmp', '/var/run', '/var/run/nginx', '/data']),
    writableSizeLimit: fc.constantFrom('64Mi', '2Gi'),
    apiToken: fc.option(fc.record({ expirationSeconds: fc.constant(600) }), { nil: undefined }),
    serviceLinks: fc.boolean(),
    priorityClassName: fc.option(fc.constant('standard'), { nil: undefined }),
    spread: fc.boolean(),
    serves: fc.boolean(),
  });
}
