import { App, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HardenedNamespace } from '../../lib/namespace';
import { Platform } from '../../lib/platform';
import { ApiAccessOptions, SecureDeployment } from '../../lib/workload';
import { IMAGE, podOf, shop, synthesized, WEB } from './shop';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

function inNamespace(facts: { cidrs: string[] } | undefined) {
  const app = new App();
  new Platform(app, 'platform', { apiServer: facts });
  return new SecureDeployment(new HardenedNamespace(app, 'shop', { owner: 'team-shop' }), 'web', { containers: [WEB], apiAccess: {} });
}

test('a token, the CA and the namespace are where clients look, in every container, read-only', () => {
  const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB], initContainers: [{ image: IMAGE }], apiAccess: {} }));
  for (const container of [...pod.containers, ...pod.initContainers ?? []]) {
    expect(container.volumeMounts).toContainEqual({ name: 'kube-api-access', mountPath: TOKEN_PATH, readOnly: true });
  }
  expect(pod.volumes).toContainEqual({
    name: 'kube-api-access',
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  });
  expect(pod.automountServiceAccountToken).toBe(false);
});

test('the token is for the audience that the Platform states, and a workload\'s own wins', () => {
  const audienceOf = (apiAccess: ApiAccessOptions) => {
    const app = new App();
    new Platform(app, 'platform', { apiServer: { cidrs: ['10.0.0.1/32'], audience: 'https://kubernetes.default.svc' } });
    const pod = podOf(new SecureDeployment(new HardenedNamespace(app, 'shop', { owner: 'team-shop' }), 'web', { containers: [WEB], apiAccess }));
    return pod.volumes?.find(({ name }) => name === 'kube-api-access')?.projected;
  };
  expect(audienceOf({})).toMatchObject({ sources: [{ serviceAccountToken: { audience: 'https://kubernetes.default.svc' } }, {}, {}] });
  expect(audienceOf({ audience: 'vault' })).toMatchObject({ sources: [{ serviceAccountToken: { audience: 'vault' } }, {}, {}] });
});

test('it is mounted inside a folder that was made writable', () => {
  const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB], writable: ['/var/run'], apiAccess: {} }));
  expect(pod.containers[0].volumeMounts?.map((mount) => mount.mountPath)).toContain(TOKEN_PATH);
});

test('a token of the user at the place is kept', () => {
  const charts = shop();
  const volume = kplus.Volume.fromEmptyDir(charts, 'own', 'own');
  const pod = podOf(new SecureDeployment(charts, 'web', { containers: [{ ...WEB, volumeMounts: [{ path: TOKEN_PATH, volume }] }], apiAccess: {} }));
  expect(pod.containers[0].volumeMounts?.filter((mount) => mount.mountPath === TOKEN_PATH)).toEqual([{ name: 'own', mountPath: TOKEN_PATH }]);
});

test('a volume of the user that has the name is another', () => {
  const charts = shop();
  const volume = kplus.Volume.fromEmptyDir(charts, 'own', 'kube-api-access');
  const pod = podOf(new SecureDeployment(charts, 'web', { containers: [{ ...WEB, volumeMounts: [{ path: '/data', volume }] }], apiAccess: {} }));
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'kube-api-access-2', mountPath: TOKEN_PATH, readOnly: true });
});

test.each<[string, ApiAccessOptions]>([
  ['apiAccess.expiry of 599 s is too short; the API server grants no token for less than 10 minutes', { expiry: Duration.seconds(599) }],
  ['apiAccess.audience is empty; name who the token is for, or leave it out for the API server', { audience: '' }],
])('%s', (message, apiAccess) => {
  expect(() => new SecureDeployment(shop(), 'web', { containers: [WEB], apiAccess })).toThrow(new Error(`shop/web: ${message}`));
});

test('ten minutes are enough', () => {
  const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB], apiAccess: { expiry: Duration.minutes(10), audience: 'vault' } }));
  expect(JSON.stringify(pod.volumes)).toContain('{"serviceAccountToken":{"audience":"vault","expirationSeconds":600,"path":"token"}}');
});

test('a second token at the same place is refused', () => {
  expect(() => new SecureDeployment(shop(), 'web', { containers: [WEB], apiAccess: {}, automountServiceAccountToken: true })).toThrow(
    new Error('shop/web: `automountServiceAccountToken: true` mounts a token that nobody asked for by name; leave it out; `apiAccess` mounts one'));
});

test('in a default-deny namespace the way to the API server is opened, and no other', () => {
  const [policy] = synthesized(inNamespace({ cidrs: ['10.0.0.1/32'] }), 'NetworkPolicy').filter(({ metadata }) => metadata.name === 'web');
  expect(policy.spec.podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'web' } });
  expect(policy.spec.egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [{ port: 443, protocol: 'TCP' }, { port: 6443, protocol: 'TCP' }] });
});

test('where nothing says where that is, it is refused', () => {
  expect(() => inNamespace(undefined)).toThrow(
    new Error('shop/web: apiAccess needs the way to the API server, whose address is not stated; state `apiServer: { cidrs: [...] }` in the Platform'));
});
