import type { Container, ContainerPort } from './pod-template';

/**
 * Both probes of a container that serves, derived from its first TCP port where it names none, and different: a pod that
 * answers nothing for 15 s gets no requests, one that answers nothing for 2 minutes is restarted. Neither ever goes to an HTTP
 * path that was not named for it, since a liveness probe on a path that asks a dependency restarts every pod with that dependency.
 *
 * A derived liveness probe waits behind a startup probe, so that a slow start (5 minutes) is not taken for a dead process.
 */
export function withProbes(container: Container): Container {
  const port = container.ports?.find(isTcp);
  if (!port || (container.livenessProbe && container.readinessProbe)) return container;
  const named = { ...port, name: port.name ?? `tcp-${port.containerPort}` };
  const byNumber = { tcpSocket: { port: port.containerPort } };
  // By name: kube-score takes two probes of the same port for the same probe, whatever their thresholds.
  const readinessProbe = container.readinessProbe ?? { tcpSocket: { port: named.name }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
  const livenessProbe = container.livenessProbe ?? { ...byNumber, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 };
  const startupProbe = container.startupProbe ?? (container.livenessProbe ? undefined : { ...byNumber, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 150 });
  return {
    ...container,
    ports: container.readinessProbe ? container.ports : container.ports?.map((each) => (each === port ? named : each)),
    readinessProbe,
    livenessProbe,
    ...startupProbe && { startupProbe },
  };
}

function isTcp(port: ContainerPort): boolean {
  return typeof port.containerPort === 'number' && (port.protocol ?? 'TCP') === 'TCP';
}
