import type { Container, PodTemplate } from './pod-template';
import { Fault, shown } from '../errors';
import { dnsLabelFaults, isPortName, labelKeyFaults, labelValueFaults } from '../names';
import { Quantity } from '../quantity';

/** What of a pod template the API server refuses, by its names and amounts. */
export function writtenFaults({ metadata = {}, spec = {} }: PodTemplate): Fault[] {
  return [
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [...labelKeyFaults('label of its pods', key), ...labelValueFaults(`the value of its pods' label ${shown(key)},`, value)]),
    ...Object.keys(metadata.annotations ?? {}).flatMap((key) => labelKeyFaults('annotation of its pods', key.toLowerCase())),
    ...(spec.volumes ?? []).flatMap(({ name = '' }) => dnsLabelFaults('volume', name)),
    ...[...spec.initContainers ?? [], ...spec.containers ?? []].flatMap((container) =>
      containerFaults(container).map(({ problem, remedy }) => ({ problem: `container ${shown(container.name)}: ${problem}`, remedy }))),
  ];
}

function containerFaults({ ports = [], resources: { requests = {}, limits = {} } = {}, env }: Container): Fault[] {
  return [
    ...ports.filter(({ name }) => name !== undefined && !isPortName(name)).map(({ name }) => ({
      problem: `port name ${shown(name)} is not valid`, remedy: 'use at most 15 lower-case letters, digits and single "-", with a letter among them',
    })),
    ...Object.entries(requests).flatMap(([resource, request]) => {
      const [wanted, most] = [Quantity.parse(request), Quantity.parse(limits[resource])];
      if (!wanted || !most || !wanted.isMoreThan(most)) return [];
      return [{ problem: `it requests ${request} of ${resource}, and its limit is ${limits[resource]}`, remedy: 'raise the limit, or request less' }];
    }),
    ...(Array.isArray(env) ? env : []).filter(({ name }) => !/^[\x20-\x3c\x3e-\x7e]+$/.test(name ?? '')).map(({ name }) => ({
      problem: `environment variable ${shown(name)} is not valid`, remedy: 'use letters, digits, "_", "-" and ".", and no "="',
    })),
  ];
}
