import * as kplus from 'cdk8s-plus-28';
import type { Endpoint } from './endpoint';
import type { Port } from './port';
import type { PortRule } from './rules';
import { Fault, nearest, shown } from '../errors';

/** Ztunnel carries the traffic between pods of an ambient mesh to this port, whatever port was dialled. */
const HBONE: PortRule = { protocol: 'TCP', port: 15008 };

/** The ports of a flow: those given, else those its destination declares. What is wrong with them goes to `faults`. */
export function flowPorts(from: Endpoint, to: Endpoint, ports: Port[] | undefined, ambient: boolean, faults: Fault[]): () => PortRule[] {
  const rules = ports ? givenPorts(to, ports, faults) : derivedPorts(to, faults);
  // In an ambient mesh the policies of both pods see the tunnel, never the port within it.
  if (!ambient || from.kind !== 'pods' || to.kind !== 'pods') return rules;
  return () => (rules().some(({ protocol }) => protocol === 'TCP') ? [...rules(), HBONE] : rules());
}

function derivedPorts(to: Endpoint, faults: Fault[]): () => PortRule[] {
  if (to.kind !== 'pods' && to.ports) {
    const { ports } = to;
    return () => ports;
  }
  const workload = to.kind === 'pods' ? to.workload : undefined;
  const declared = () => (workload ? declaredPorts(workload) : []);
  if (declared().length === 0) {
    faults.push({
      problem: `the flow to ${to.text} has no ports${workload ? ', as none of its containers declares one' : ''}`,
      remedy: `${workload ? 'declare portNumber or ports on the container before, or ' : ''}give the ports: allow(from, to, [Port.tcp(443)])`,
    });
  }
  const invalid = declared().filter(({ number }) => !Number.isInteger(number) || number < 1 || number > 65535);
  faults.push(...invalid.map(({ number }) => ({ problem: `${to.text} declares the port ${shown(number)}`, remedy: 'declare a whole number from 1 to 65535' })));
  return () => declared().map(({ number, protocol }) => ({ protocol: protocol ?? 'TCP', port: number }));
}

function givenPorts(to: Endpoint, ports: Port[], faults: Fault[]): () => PortRule[] {
  if (ports.length === 0) {
    faults.push({ problem: `the flow to ${to.text} is given no ports, which Kubernetes reads as every port`, remedy: 'name the ports, or leave the argument out for those that the destination declares' });
  }
  const rules = ports.map(({ _rule }) => (typeof _rule.port === 'string' ? namedPort(to, _rule, _rule.port, faults) : _rule));
  return () => rules;
}

function namedPort(to: Endpoint, rule: PortRule, name: string, faults: Fault[]): PortRule {
  if (to.kind !== 'pods') {
    faults.push({ problem: `the port ${shown(name)} is named, and ${to.kind === 'addresses' ? `the addresses of ${to.text} have` : `${to.text} has`} no names for ports`, remedy: 'give its number: Port.tcp(443)' });
    return rule;
  }
  if (!to.workload) return rule;
  const declared = declaredPorts(to.workload);
  const port = declared.find((each) => each.name === name);
  if (port) return { ...rule, protocol: port.protocol ?? 'TCP' };
  const names = declared.flatMap((each) => each.name ?? []);
  const [near] = nearest(name, names);
  faults.push({
    problem: `no container of ${to.text} declares a port named ${shown(name)}`,
    remedy: near ? `did you mean ${shown(near)}?` : names.length > 0 ? `it declares ${names.map(shown).join(', ')}` : 'name the port on the container, or give its number: Port.tcp(8080)',
  });
  return rule;
}

/** The ports of all containers that run beside each other, and so of sidecars too. */
export function declaredPorts(workload: kplus.AbstractPod): kplus.ContainerPort[] {
  const sidecars = workload.initContainers.filter(({ restartPolicy }) => restartPolicy === kplus.ContainerRestartPolicy.ALWAYS);
  return [...workload.containers, ...sidecars].flatMap(({ ports }) => ports);
}
