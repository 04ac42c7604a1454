import * as kplus from 'cdk8s-plus-28';
import type { HardenSettings } from './harden-settings';
import type { Resources } from './pod-template';
import { completedResources } from './resources';
import { quantityOf, sizeOf } from './size';

/** What cdk8s-plus takes for a startup probe, and does not write. */
const NO_PROBE: kplus.Probe = Object.assign(kplus.Probe.fromTcpSocket(), { _toKube: () => undefined });

/**
 * A container's props without the defaults that cdk8s-plus would give them: 1000m/1500m of cpu for who names no resources, nothing
 * for who names some, and a startup probe that kills whatever takes 30 s to start. Complete requests and limits stand on the
 * container already, where an autoscaler looks for them.
 */
export function containerProps(props: kplus.ContainerProps, settings: HardenSettings): kplus.ContainerProps {
  const port = props.portNumber ?? props.port;
  return { ...props, resources: kplusResources(props.resources, settings), startup: props.startup ?? (port ? NO_PROBE : undefined) };
}

/** The same for an init container; one that ends before the others start can have no probe at all, not even that none. */
export function initContainerProps(props: kplus.ContainerProps, settings: HardenSettings): kplus.ContainerProps {
  const complete = containerProps(props, settings);
  if (props.restartPolicy || complete.startup !== NO_PROBE) return complete;
  return { ...complete, startup: undefined, port: undefined, portNumber: undefined, ports: portsOf(props) };
}

/** All ports of a container's props, whichever way they were given. */
export function portsOf(props: kplus.ContainerProps): kplus.ContainerPort[] {
  const port = props.portNumber ?? props.port;
  return [...port === undefined ? [] : [{ number: port }], ...props.ports ?? []];
}

/** Requests and limits as manifests write them. */
export function resourcesOf({ cpu, memory, ephemeralStorage }: kplus.ContainerResources = {}): Resources {
  const amounts = (bound: 'request' | 'limit') => defined({
    'cpu': cpu?.[bound]?.amount,
    'memory': memory?.[bound] && quantityOf(memory[bound]),
    'ephemeral-storage': ephemeralStorage?.[bound] && quantityOf(ephemeralStorage[bound]),
  });
  return { requests: amounts('request'), limits: amounts('limit') };
}

function kplusResources(written: kplus.ContainerResources | undefined, settings: HardenSettings): kplus.ContainerResources {
  const { requests, limits } = completedResources(resourcesOf(written), settings) as { requests: Amounts; limits: Amounts };
  const bounds = <T>(resource: string, convert: (amount: string) => T) => ({
    request: convert(requests[resource]),
    ...limits[resource] && { limit: convert(limits[resource]) },
  });
  return { cpu: bounds('cpu', cpuOf), memory: bounds('memory', sizeOf), ephemeralStorage: bounds('ephemeral-storage', sizeOf) };
}

type Amounts = { readonly [resource: string]: string };

function cpuOf(amount: string): kplus.Cpu {
  return amount.endsWith('m') ? kplus.Cpu.millis(Number(amount.slice(0, -1))) : kplus.Cpu.units(Number(amount));
}

function defined<T>(values: { [key: string]: T | undefined }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [key: string]: T };
}
