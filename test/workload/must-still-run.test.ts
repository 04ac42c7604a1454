import { App, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { NodeFacts, Platform } from '../../lib/platform';
import { SecureDeployment, SecureDeploymentProps, SecureStatefulSet } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, Shop, shop, synthesized, templateOf, WEB } from './shop';

/** A row for each default somewhere that stopped real pods; what has a file of its own here is tested there (probes, writable, api-access, windows). */
function web(props: Partial<SecureDeploymentProps> = {}, nodes?: NodeFacts, kubernetesVersion?: string) {
  return new SecureDeployment(shop({ nodes, kubernetesVersion }), 'web', { containers: [WEB], ...props });
}

describe('AppArmor', () => {
  test('is not asked for where no one says that the nodes have it', () => {
    expect(podOf(web()).securityContext).not.toHaveProperty('appArmorProfile');
    expect(templateOf(web()).metadata).not.toHaveProperty('annotations');
  });

  test('is a field from 1.30', () => {
    expect(podOf(web({}, { appArmor: true }, '1.30')).securityContext).toMatchObject({ appArmorProfile: { type: 'RuntimeDefault' } });
    expect(templateOf(web({}, { appArmor: true }, '1.30')).metadata).not.toHaveProperty('annotations');
  });

  test('is an annotation for each container before', () => {
    const old = web({ initContainers: [{ image: IMAGE }, { image: IMAGE }], podMetadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/init-0': 'localhost/own' } } }, { appArmor: true }, '1.29');
    expect(templateOf(old).metadata?.annotations).toEqual({
      'container.apparmor.security.beta.kubernetes.io/main': 'runtime/default',
      'container.apparmor.security.beta.kubernetes.io/init-0': 'localhost/own',
      'container.apparmor.security.beta.kubernetes.io/init-1': 'runtime/default',
    });
    expect(podOf(old).securityContext).not.toHaveProperty('appArmorProfile');
  });
});

describe('a user namespace', () => {
  const nodes = { userNamespaces: true };
  const pod = (props: Partial<SecureDeploymentProps> = {}, version = '1.33') => podOf(web(props, nodes, version));

  test('is asked for only where the nodes can give one', () => {
    expect(pod()).toHaveProperty('hostUsers', false);
    expect(podOf(web({}, {}, '1.36'))).not.toHaveProperty('hostUsers');
    expect(pod({}, '1.32')).not.toHaveProperty('hostUsers');
  });

  test('is not asked for beside a namespace of the host', () => {
    expect(pod({ hostNetwork: true })).not.toHaveProperty('hostUsers');
  });

  test('is not asked for beside a volume that may not be mapped', () => {
    const app = new App();
    new Platform(app, 'platform', { nodes });
    const charts = new Shop(app, 'shop');
    const hosts = (id: string, volume: kplus.Volume) => podOf(new SecureDeployment(charts, id, { containers: [{ ...WEB, volumeMounts: [{ path: '/data', volume }] }] })).hostUsers;
    const claim = kplus.PersistentVolumeClaim.fromClaimName(charts, 'claim', 'claim');
    const [map, secret] = [kplus.ConfigMap.fromConfigMapName(charts, 'own-map', 'map'), kplus.Secret.fromSecretName(charts, 'own-secret', 'secret')];
    expect(hosts('nfs', kplus.Volume.fromNfs(charts, 'nfs-volume', 'nfs', { server: 'nfs', path: '/' }))).toBeUndefined();
    expect(hosts('pvc', kplus.Volume.fromPersistentVolumeClaim(charts, 'pvc-volume', claim))).toBeUndefined();
    expect(hosts('map', kplus.Volume.fromConfigMap(charts, 'map-volume', map))).toBe(false);
    expect(hosts('secret', kplus.Volume.fromSecret(charts, 'secret-volume', secret))).toBe(false);
    const db = new SecureStatefulSet(charts, 'db', { containers: [WEB], volumeClaims: [{ name: 'data', mountPath: '/data', size: Size.gibibytes(1) }] });
    expect(podOf(db)).not.toHaveProperty('hostUsers');
  });
});

describe('the user', () => {
  test('is a number, which the kubelet can tell from root, and owns the volumes', () => {
    expect(podOf(web()).securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('is the image\'s where it has one, with one prop', () => {
    expect(podOf(web({ runAsUser: 999 })).securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 999, fsGroup: 999 });
  });

  test('can be said to cdk8s-plus as well, field by field', () => {
    expect(podOf(web({ securityContext: { user: 999 } })).securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 999, fsGroup: 999 });
    expect(podOf(web({ runAsUser: 999, securityContext: { group: 1, fsGroup: 2 } })).securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 1, fsGroup: 2 });
  });
});

test('an SELinux type is named unless the nodes refuse that', () => {
  expect(podOf(web()).securityContext).toMatchObject({ seLinuxOptions: { type: 'container_t' } });
  expect(podOf(web({}, { seLinuxType: false })).securityContext).not.toHaveProperty('seLinuxOptions');
});

test('seccomp is the runtime\'s, or a profile of the node\'s, for the whole pod', () => {
  expect(podOf(web()).securityContext).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(podOf(web({ seccompLocalhostProfile: 'web.json' })).securityContext).toMatchObject({ seccompProfile: { type: 'Localhost', localhostProfile: 'web.json' } });
  expect(podOf(web()).containers[0].securityContext).not.toHaveProperty('seccompProfile');
});

test('all capabilities are dropped, beside those that are added', () => {
  const capabilities = { add: [kplus.Capability.NET_BIND_SERVICE] };
  expect(podOf(web({ containers: [{ ...WEB, securityContext: { capabilities } }] })).containers[0].securityContext)
    .toMatchObject({ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } });
});

test('replicas prefer to stand apart, and one node is enough', () => {
  const { affinity, topologySpreadConstraints } = podOf(web());
  const labelSelector = { matchLabels: { 'app.kubernetes.io/instance': 'web' } };
  expect(affinity).toEqual({ podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } }] } });
  expect(topologySpreadConstraints).toEqual([{ labelSelector, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }]);
});

test('what the user said of where pods run stays beside that', () => {
  const deployment = web();
  deployment.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')));
  deployment.scheduling.spread({ topology: kplus.Topology.REGION });
  const { nodeAffinity, podAntiAffinity } = podOf(deployment).affinity as { nodeAffinity: object; podAntiAffinity: object };
  expect(nodeAffinity).toHaveProperty('requiredDuringSchedulingIgnoredDuringExecution');
  expect(Object.keys(podAntiAffinity)).toEqual(['preferredDuringSchedulingIgnoredDuringExecution', 'requiredDuringSchedulingIgnoredDuringExecution']);
});

test('spread: false leaves it to the scheduler', () => {
  expect(podOf(web({ spread: false }))).not.toHaveProperty('affinity');
  expect(podOf(web({ spread: false }))).not.toHaveProperty('topologySpreadConstraints');
});

test('images are pulled each time, unless that is not wanted', () => {
  expect(podOf(web()).containers[0].imagePullPolicy).toBe('Always');
  expect(podOf(web({ containers: [{ ...WEB, imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT }] })).containers[0].imagePullPolicy).toBe('IfNotPresent');
});

test('variables of the namespace\'s Services are there only where they are wanted', () => {
  expect(podOf(web()).enableServiceLinks).toBe(false);
  expect(podOf(web({ serviceLinks: true })).enableServiceLinks).toBe(true);
});

test('a rollout takes no pod away before its successor is ready', () => {
  expect(manifestOf(web()).spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
});

test('two synths of one app are the same', () => {
  const deployment = web();
  expect(synthesized(deployment, 'Deployment')).toEqual(synthesized(deployment, 'Deployment'));
});
