import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { NodeOs } from '../../lib/platform';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';
import { IMAGE, podOf, shop, WEB } from './shop';

const web = (props: Partial<SecureDeploymentProps> = {}) => new SecureDeployment(
  shop({ nodes: { os: NodeOs.WINDOWS, appArmor: true, userNamespaces: true } }), 'web', { containers: [WEB], initContainers: [{ image: IMAGE }], ...props });

test('a Windows pod has the Windows rules, and no field that is for Linux', () => {
  const pod = podOf(web());
  expect(pod.os).toEqual({ name: 'windows' });
  expect(pod.securityContext).toEqual({ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } });
  expect([...pod.containers, ...pod.initContainers ?? []].map((container) => container.securityContext)).toEqual([{ runAsNonRoot: true }, { runAsNonRoot: true }]);
  expect(pod).not.toHaveProperty('hostUsers');
  expect(pod).not.toHaveProperty('volumes');
});

test('it goes to a Windows node, which the scheduler does not do for its `os`', () => {
  expect(podOf(web()).nodeSelector).toEqual({ 'kubernetes.io/os': 'windows' });
});

test('all else is as on Linux', () => {
  const [container] = podOf(web({ apiAccess: {}, priorityClassName: 'front' })).containers;
  expect(container.resources?.limits).toEqual({ 'cpu': '1', 'memory': '512Mi', 'ephemeral-storage': '1Gi' });
  expect(container.livenessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
  expect(container.volumeMounts).toHaveLength(1);
});

test('what is for Linux only is refused where it is asked for', () => {
  const forLinux = (path: string, name: string) => `shop/web: ${path}${name} is for Linux only, and the Platform's nodes run Windows; leave it out`;
  expect(() => web({
    containers: [{
      ...WEB,
      securityContext: { user: 1000, group: 1000, capabilities: { drop: [kplus.Capability.ALL] }, seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT } },
    }],
    runAsUser: 1000,
    writable: ['/var/cache'],
    seccompLocalhostProfile: 'web.json',
    securityContext: { user: 1000, group: 1000, fsGroup: 1000, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ALWAYS, sysctls: [{ name: 'a', value: 'b' }] },
  })).toThrow(new Error([
    ...['user', 'group', 'capabilities', 'seccompProfile'].map((name) => forLinux('container "main": ', name)),
    ...['runAsUser', 'writable', 'seccompLocalhostProfile', 'user', 'group', 'fsGroup', 'fsGroupChangePolicy', 'sysctls'].map((name) => forLinux('', name)),
  ].join('\n')));
});

test('what says the same on both is not refused', () => {
  const securityContext = { readOnlyRootFilesystem: true, privileged: false, ensureNonRoot: true };
  expect(() => web({ containers: [{ ...WEB, securityContext }], writableSizeLimit: Size.mebibytes(1) })).not.toThrow();
});
