import type { Endpoint } from './endpoint';
import { declaredPorts } from './flow-ports';
import type { Port } from './port';
import type { PortRule } from './rules';
import { Fault, shown } from '../errors';
import type { ExpectedEnd, NetworkExpectation } from '../gates/expectations';

type PortRange = ReturnType<NonNullable<NetworkExpectation['ports']>>[number];

/** An end of a flow as a proof looks for it among pods and addresses. */
export function expectedEnd(end: Endpoint): ExpectedEnd {
  return { text: end.text, pods: end.kind === 'pods' ? end.sets : [], blocks: end.kind === 'addresses' ? end.blocks : [] };
}

export function expectedFaults(end: Endpoint): Fault[] {
  if (end.kind !== 'cilium') return [];
  return [{ problem: `nothing can be proved of ${end.text}, which is known to Cilium alone`, remedy: 'expect it of workloads and addresses' }];
}

/** A name stands for a number only on a workload of this app. */
export function namedFaults(ports: readonly Port[] | undefined, to: Endpoint): Fault[] {
  if (to.kind !== 'pods' || to.workload) return [];
  return (ports ?? []).flatMap(({ _rule: { port } }) => typeof port !== 'string' ? [] : [
    { problem: `the port ${shown(port)} is named, and which number ${to.text} has for it is not known here`, remedy: 'give its number: Port.tcp(8080)' },
  ]);
}

/** A rule's ports by their numbers; one that a workload declares under a name has that number. */
export function portRange({ protocol, port, endPort }: PortRule, to: Endpoint): PortRange {
  const workload = to.kind === 'pods' ? to.workload : undefined;
  const number = typeof port === 'number' ? port : declaredPorts(workload!).find(({ name }) => name === port)!.number;
  return { protocol: protocol as PortRange['protocol'], low: number, high: endPort ?? number };
}
