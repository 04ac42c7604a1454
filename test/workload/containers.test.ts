import { App, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HardenedNamespace } from '../../lib/namespace';
import type { PlatformProps } from '../../lib/platform';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';
import { IMAGE, podOf, shop, synthesized, WEB } from './shop';

/** The message that a deployment is refused with; what is wrong with its container, without saying where each time. */
function refusal(props: Partial<SecureDeploymentProps>, facts?: PlatformProps): string[] {
  try {
    new SecureDeployment(shop(facts), 'web', { containers: [WEB], ...props });
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^shop\/web: (container "main": )?/, ''));
  }
  return [];
}
const withContainer = (container: Partial<kplus.ContainerProps>) => refusal({ containers: [{ ...WEB, portNumber: undefined, ...container }] });
const withSecurity = (securityContext: kplus.ContainerSecurityContextProps) => withContainer({ securityContext });

test('every fault is said at once, each with its path', () => {
  expect(() => new SecureDeployment(shop(), 'web', {
  containers: [{ image: 'nginx', name: 'Web', portNumber: 80 }, { image: IMAGE, name: 'log', securityContext: { user: 0 } }],
  writable: ['var']
})).toThrowErrorMatchingInlineSnapshot(`
"shop/web: container "Web": container "Web" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit
shop/web: container "Web": image "nginx" does not say its registry, so each node's configuration decides; write "docker.io/library/nginx:<version>@sha256:<digest>" if that is the one
shop/web: container "Web": image "nginx" has no digest, so what runs can change under its name; write "docker.io/library/nginx:<version>@sha256:<digest>"; "docker buildx imagetools inspect" prints the digest
shop/web: container "Web": port 80 is below 1024, which not every runtime lets a process without capabilities listen on; listen on a higher one and let the Service map it (\`port: 80, targetPort: 8080\`), or add the capability NET_BIND_SERVICE
shop/web: container "log": user 0 is root, and the pod must not run as root; give the id that the image's files belong to, such as 10001
shop/web: writable path "var" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end"
`);
});

describe('ports', () => {
  test('below 1024 need NET_BIND_SERVICE', () => {
    const refused = ['port 80 is below 1024, which not every runtime lets a process without capabilities listen on; '
      + 'listen on a higher one and let the Service map it (`port: 80, targetPort: 8080`), or add the capability NET_BIND_SERVICE'];
    expect(withContainer({ portNumber: 80 })).toEqual(refused);
    expect(withContainer({ ports: [{ number: 80 }] })).toEqual(refused);
    expect(withContainer({ portNumber: 80, securityContext: { capabilities: { add: [kplus.Capability.CHOWN] } } })).toEqual(refused);
    expect(withContainer({ portNumber: 80, securityContext: { capabilities: { add: [kplus.Capability.NET_BIND_SERVICE] } } })).toEqual([]);
    expect(withContainer({ portNumber: 1023 })).toHaveLength(1);
    expect(withContainer({ portNumber: 1024 })).toEqual([]);
  });

  test('that are none are refused', () => {
    for (const number of [-1, 65_536, 80.5, NaN]) {
      expect(withContainer({ ports: [{ number }] })).toEqual([`port ${JSON.stringify(number)} is no port; give a whole number from 1 to 65535`]);
    }
  });

  test('of the host are refused', () => {
    expect(withContainer({ ports: [{ number: 8080, hostPort: 8080 }] })).toEqual(['hostPort 8080 opens the node, past every NetworkPolicy; expose the workload with a Service']);
  });
});

describe('ids', () => {
  test.each([
    ['user 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001', { user: 0 }],
    ['group 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001', { group: 0 }],
    ['user -1 is no id; give a whole number above 0', { user: -1 }],
    ['user 1.5 is no id; give a whole number above 0', { user: 1.5 }],
    ['user 2147483648 is no id; give a whole number above 0', { user: 2 ** 31 }],
  ])('%s', (message, ids) => {
    expect(withSecurity(ids)).toEqual([message]);
    expect(refusal({ securityContext: ids })).toEqual([message]);
  });

  test('of the workload are checked as well', () => {
    expect(refusal({ runAsUser: 0 })).toEqual(['runAsUser 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001']);
    expect(refusal({ securityContext: { fsGroup: 0 } })).toHaveLength(1);
  });

  test('that user namespaces do not map are refused where pods have them', () => {
    const message = 'runAsUser 100000 is not mapped in the user namespaces that the Platform\'s nodes give pods; give an id up to 65535';
    expect(refusal({ runAsUser: 100_000 }, { nodes: { userNamespaces: true } })).toEqual([message]);
    expect(refusal({ runAsUser: 100_000 }, { nodes: { userNamespaces: true }, kubernetesVersion: '1.32' })).toEqual([]);
    expect(refusal({ runAsUser: 100_000 })).toEqual([]);
  });

  test('a user that is root and says so is left to be judged', () => {
    expect(withSecurity({ user: 0, ensureNonRoot: false })).toEqual([]);
  });
});

test('what the API server refuses together is refused', () => {
  const message = (what: string) => [`${what} contradicts \`allowPrivilegeEscalation: false\`; leave it out, or say \`allowPrivilegeEscalation: true\` as well and exempt both`];
  expect(withSecurity({ privileged: true })).toEqual(message('`privileged: true`'));
  expect(withSecurity({ capabilities: { add: [kplus.Capability.SYS_ADMIN] } })).toEqual(message('the capability SYS_ADMIN'));
  expect(withSecurity({ privileged: true, allowPrivilegeEscalation: true })).toEqual([]);
});

test.each([
  ['writable path "tmp" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end', { writable: ['tmp'] }],
  ['writable path "/" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end', { writable: ['/'] }],
  ['writable path "/a/../b" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end', { writable: ['/a/../b'] }],
  ['writable path "/a:b" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end', { writable: ['/a:b'] }],
  ['writable path "/a/" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end', { writable: ['/a/'] }],
  ['writableSizeLimit is 0; give a size, such as Size.mebibytes(256)', { writableSizeLimit: Size.mebibytes(0) }],
  ['priorityClassName "High!" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit', { priorityClassName: 'High!' }],
  ['seccompLocalhostProfile "/etc/web.json" is not valid; give the file\'s path relative to the kubelet\'s seccomp folder, such as "profiles/web.json"', { seccompLocalhostProfile: '/etc/web.json' }],
  ['seccompLocalhostProfile "../web.json" is not valid; give the file\'s path relative to the kubelet\'s seccomp folder, such as "profiles/web.json"', { seccompLocalhostProfile: '../web.json' }],
  ['restartPolicy Never is not for this kind of workload; leave it out', { restartPolicy: kplus.RestartPolicy.NEVER }],
])('%s', (message, props) => {
  expect(refusal(props)).toEqual([message]);
});

test('a path with dots that lead nowhere is a path', () => {
  expect(refusal({ writable: ['/var/.cache', '/a..b', '/home/node/.npm'] })).toEqual([]);
});

test('what is weak on purpose is not hidden: it survives to be judged', () => {
  const charts = shop();
  const web = new SecureDeployment(charts, 'web', {
    containers: [{
      ...WEB,
      securityContext: {
        privileged: true, allowPrivilegeEscalation: true, readOnlyRootFilesystem: false, ensureNonRoot: false, user: 0,
        seccompProfile: { type: kplus.SeccompProfileType.UNCONFINED },
      },
      volumeMounts: [{ path: '/host', volume: kplus.Volume.fromHostPath(charts, 'host', 'host', { path: '/' }) }],
    }],
    hostNetwork: true,
    securityContext: { ensureNonRoot: false },
  });
  const spec = podOf(web);
  expect(() => synthesized(web, 'Deployment')).toThrow('Validation failed');
  expect(spec).toMatchObject({
    hostNetwork: true,
    securityContext: { runAsNonRoot: false },
    volumes: expect.arrayContaining([{ name: 'host', hostPath: { path: '/', type: '' } }]),
  });
  expect(spec.containers[0].securityContext).toEqual({
    privileged: true, allowPrivilegeEscalation: true, readOnlyRootFilesystem: false, runAsNonRoot: false, runAsUser: 0,
    seccompProfile: { type: 'Unconfined' }, capabilities: { drop: ['ALL'] },
  });
  expect(spec.securityContext).not.toHaveProperty('seLinuxOptions'); // a privileged container has a type of its own
});

test('an init container is told the same', () => {
  expect(refusal({ initContainers: [{ image: IMAGE, portNumber: 80 }] })).toEqual([expect.stringContaining('container "init-0": port 80 is below 1024')]);
});

test('an init container with a port gets no probe, which the API server would refuse', () => {
  const web = new SecureDeployment(shop(), 'web', { containers: [WEB], initContainers: [{ image: IMAGE, portNumber: 9090 }] });
  expect(Object.keys(podOf(web).initContainers?.[0] ?? {}).filter((key) => key.endsWith('Probe'))).toEqual([]);
  expect(podOf(web).initContainers?.[0].ports).toEqual([{ containerPort: 9090 }]);
});

test('a sidecar keeps the probes it is given, and gets none', () => {
  const restartPolicy = kplus.ContainerRestartPolicy.ALWAYS;
  const web = new SecureDeployment(shop(), 'web', { containers: [WEB], initContainers: [
    { image: IMAGE, portNumber: 9090, restartPolicy, startup: kplus.Probe.fromTcpSocket({ port: 9090 }) },
    { image: IMAGE, portNumber: 9091, restartPolicy },
    { image: IMAGE, portNumber: 9092, restartPolicy, readiness: kplus.Probe.fromHttpGet('/readyz') },
  ] });
  expect(podOf(web).initContainers?.map((container) => Object.keys(container).filter((key) => key.endsWith('Probe')))).toEqual([['startupProbe'], [], ['readinessProbe']]);
  expect(podOf(web).initContainers?.[2].readinessProbe?.httpGet?.port).toBe(9092);
});

test('a workload to which no container was added says so, and nothing else fails for it', () => {
  const app = new App();
  const namespace = new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
  new SecureDeployment(namespace, 'web');
  expect(() => Testing.synth(namespace)).toThrow(new Error([
    'Validation failed with the following errors:',
    '  [] shop/web: it cannot be rendered: PodSpec must have at least 1 container',
    '  [shop/web] it has no container; give it `containers`, or call addContainer',
  ].join('\n')));
});
