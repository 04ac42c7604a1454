import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { SecureDeployment } from '../../lib/workload';
import { IMAGE, podOf, shop, synthesized, WEB } from './shop';

function deployment(container: Partial<kplus.ContainerProps>): SecureDeployment {
  return new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, portNumber: undefined, ...container }] });
}
function probes(container: Partial<kplus.ContainerProps>) {
  const { livenessProbe, readinessProbe, startupProbe, ports } = podOf(deployment(container)).containers[0];
  return { livenessProbe, readinessProbe, startupProbe, ports };
}
const http = kplus.Probe.fromHttpGet('/healthz', { port: 8080 });

test('both are derived from the first TCP port, and are different', () => {
  const { livenessProbe, readinessProbe, startupProbe } = probes({ ports: [{ number: 5353, protocol: kplus.Protocol.UDP }, { number: 8080, name: 'http' }, { number: 9090, name: 'metrics' }] });
  expect(readinessProbe).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 });
  expect(livenessProbe).toEqual({ tcpSocket: { port: 8080 }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 });
  expect(startupProbe).toEqual({ tcpSocket: { port: 8080 }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 150 });
});

test('a port without a name gets one, by which kube-score tells the probes apart', () => {
  expect(probes({ portNumber: 8080 })).toMatchObject({ ports: [{ containerPort: 8080, name: 'tcp-8080' }], readinessProbe: { tcpSocket: { port: 'tcp-8080' } } });
});

test('a name of 15 characters is the longest that a port can have, and is enough', () => {
  expect(probes({ portNumber: 65_535 }).ports?.[0].name).toBe('tcp-65535');
});

test('a readiness probe that is given stays, and the liveness probe never goes to its path', () => {
  const { readinessProbe, livenessProbe } = probes({ portNumber: 8080, readiness: http });
  expect(readinessProbe).toMatchObject({ httpGet: { path: '/healthz' } });
  expect(livenessProbe).toEqual({ tcpSocket: { port: 8080 }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 });
});

test('a liveness probe that is given stays, and waits for no startup probe that was not', () => {
  const { readinessProbe, livenessProbe, startupProbe } = probes({ portNumber: 8080, liveness: http });
  expect(livenessProbe).toMatchObject({ httpGet: { path: '/healthz' } });
  expect(readinessProbe).toMatchObject({ tcpSocket: { port: 'tcp-8080' } });
  expect(startupProbe).toBeUndefined();
});

test('a startup probe that is given stays', () => {
  expect(probes({ portNumber: 8080, startup: http }).startupProbe).toMatchObject({ httpGet: { path: '/healthz' } });
});

test('the one of cdk8s-plus, which kills what takes 30 s to start, is never emitted', () => {
  expect(probes({ portNumber: 8080, liveness: http, readiness: kplus.Probe.fromHttpGet('/readyz', { port: 8080 }) }).startupProbe).toBeUndefined();
});

test('a container without a TCP port has none', () => {
  const none = { livenessProbe: undefined, readinessProbe: undefined, startupProbe: undefined };
  expect(probes({})).toMatchObject(none);
  expect(probes({ ports: [{ number: 5353, protocol: kplus.Protocol.UDP }] })).toMatchObject(none);
});

describe('refused when synthesized', () => {
  const message = (container: Partial<kplus.ContainerProps>) => () => synthesized(deployment(container), 'Deployment');

  test('a liveness probe that equals the readiness probe', () => {
    expect(message({ portNumber: 8080, readiness: http, liveness: http })).toThrow(
      '[shop/web] container "main": its liveness probe equals its readiness probe, so a pod that is only busy is restarted; give the liveness probe laxer thresholds, or leave it out to have one derived');
    expect(message({ portNumber: 8080, readiness: http, liveness: kplus.Probe.fromHttpGet('/healthz', { port: 8080, failureThreshold: 10, periodSeconds: Duration.seconds(20) }) })).not.toThrow();
  });

  test('a probe of a port that the container does not declare, such as the 80 that cdk8s-plus takes for none', () => {
    expect(message({ ports: [{ number: 8080 }], readiness: kplus.Probe.fromHttpGet('/readyz') })).toThrow(
      '[shop/web] container "main": its readinessProbe goes to port 80, which it does not declare; give the probe\'s `port`, or declare it among the container\'s `ports`');
  });
});

test('a container that is added by name only has its own', () => {
  const web = deployment({ portNumber: 8080 });
  web.addContainer({ image: IMAGE, name: 'admin', portNumber: 9090 });
  expect(podOf(web).containers[1].livenessProbe).toMatchObject({ tcpSocket: { port: 9090 } });
});
