import { hardenPod } from '../../lib/workload/harden-pod';
import type { HardenSettings } from '../../lib/workload/harden-settings';
import { IMAGE } from './shop';

const SETTINGS: HardenSettings = {
  name: 'web', labels: { app: 'web' }, kubernetesVersion: '1.34', nodes: {}, runAsUser: 10_001, cpuLimit: true,
  writable: ['/tmp'], writableSizeLimit: '256Mi', serviceLinks: false, spread: false, serves: true,
};

test('a template that no library wrote is filled in as a whole', () => {
  expect(hardenPod({ spec: { containers: [{ name: 'web', image: IMAGE }] } }, SETTINGS)).toEqual({
    metadata: { labels: { 'app': 'web', 'app.kubernetes.io/version': '1.4.2' } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001, fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: { type: 'container_t' },
      },
      containers: [{
        name: 'web',
        image: IMAGE,
        imagePullPolicy: 'Always',
        resources: {
          requests: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
          limits: { 'cpu': '1', 'memory': '512Mi', 'ephemeral-storage': '1Gi' },
        },
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      }],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
    },
  });
});

test('what the API server refuses beside an escalation that was asked for is not filled in', () => {
  const contexts = [{ privileged: true }, { capabilities: { add: ['SYS_ADMIN'] } }];
  const { containers } = hardenPod({ spec: { containers: contexts.map((securityContext, i) => ({ name: `c${i}`, securityContext })) } }, SETTINGS).spec ?? {};
  expect(containers?.map(({ securityContext }) => securityContext)).toEqual([
    { privileged: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    { readOnlyRootFilesystem: true, capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } },
  ]);
});

test('an id that no user namespace maps, wherever it stands, keeps the pod out of one', () => {
  const settings = { ...SETTINGS, nodes: { userNamespaces: true } };
  const hostUsers = (spec: object) => hardenPod({ spec: { containers: [{ name: 'web' }], ...spec } }, settings).spec?.hostUsers;
  expect(hostUsers({})).toBe(false);
  expect(hostUsers({ securityContext: { runAsUser: 65_535 } })).toBe(false);
  expect(hostUsers({ securityContext: { runAsUser: 65_536 } })).toBeUndefined();
  expect(hostUsers({ securityContext: { supplementalGroups: [65_536] } })).toBeUndefined();
  expect(hostUsers({ containers: [{ name: 'web', securityContext: { runAsGroup: 65_536 } }] })).toBeUndefined();
  expect(hostUsers({ hostPID: true })).toBeUndefined();
  expect(hostUsers({ hostIPC: true })).toBeUndefined();
});

test('a pod that says it is for Windows is one, whatever the platform has', () => {
  const { spec } = hardenPod({ spec: { os: { name: 'windows' }, containers: [{ name: 'web' }] } }, SETTINGS);
  expect(spec?.securityContext).toEqual({ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } });
  expect(spec?.containers?.[0]).not.toHaveProperty('securityContext');
});

test('nothing at all is a template too', () => {
  expect(hardenPod({}, SETTINGS).spec).not.toHaveProperty('containers');
});
