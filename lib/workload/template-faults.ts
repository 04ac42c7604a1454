import { isDeepStrictEqual } from 'util';
import { Fault, shown } from '../errors';
import { Container, isWithin, PodTemplate, Probe, StringMap } from './pod-template';

/**
 * What is wrong with the pods that finally come out, which no single prop shows: props, later calls and JSON patches together
 * decide it.
 */
export function templateFaults(template: PodTemplate, selector: StringMap, writable: readonly string[]): Fault[] {
  return [
    ...selectorFaults(selector, template.metadata?.labels ?? {}),
    ...(template.spec?.containers ?? []).flatMap((container) => [
      ...probeFaults(container),
      ...writable.flatMap((path) => readOnlyFaults(container, path)),
    ].map(({ problem, remedy }) => ({ problem: `container ${shown(container.name)}: ${problem}`, remedy }))),
  ];
}

function selectorFaults(selector: StringMap, labels: StringMap): Fault[] {
  return Object.entries(selector).filter(([key, value]) => labels[key] !== value).map(([key, value]) => ({
    problem: `its selector asks for the label ${key}=${value}, and its pods have ${labels[key] === undefined ? 'none' : shown(labels[key])}`,
    remedy: 'leave that label as it is: the pods would belong to nobody',
  }));
}

function probeFaults({ livenessProbe, readinessProbe, startupProbe, ports = [] }: Container): Fault[] {
  const declared = new Set(ports.flatMap((port) => [port.containerPort, port.name]));
  const faults = Object.entries({ livenessProbe, readinessProbe, startupProbe }).flatMap(([name, probe]) => {
    const port = portOf(probe);
    return port === undefined || declared.has(port) ? [] : [{
      problem: `its ${name} goes to port ${shown(port)}, which it does not declare`,
      remedy: 'give the probe\'s `port`, or declare it among the container\'s `ports`',
    }];
  });
  if (livenessProbe && isDeepStrictEqual(livenessProbe, readinessProbe)) {
    faults.push({
      problem: 'its liveness probe equals its readiness probe, so a pod that is only busy is restarted',
      remedy: 'give the liveness probe laxer thresholds, or leave it out to have one derived',
    });
  }
  return faults;
}

function portOf(probe: Probe | undefined): number | string | undefined {
  return probe?.httpGet?.port ?? probe?.tcpSocket?.port;
}

/** The deepest mount that holds the path decides. */
function readOnlyFaults(container: Container, path: string): Fault[] {
  const [mount] = (container.volumeMounts ?? []).filter(({ mountPath = '' }) => isWithin(path, mountPath))
    .sort((a, b) => b.mountPath!.length - a.mountPath!.length);
  if (!mount?.readOnly) return [];
  return [{ problem: `path ${path} is to be writable, and lies on the read-only mount ${mount.mountPath}`, remedy: 'mount it writable, or take the path out of `writable`' }];
}
