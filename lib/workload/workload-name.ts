import * as kplus from 'cdk8s-plus-28';
import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { INSTANCE_LABEL } from './harden-settings';
import { Fault, faultAt, pathOf, shown } from '../errors';
import { dnsSubdomainFaults } from '../names';

/** What is wrong with a workload's name, and with labels that contradict it. */
export function nameFaults(name: string, props: kplus.WorkloadProps, longest: number): Fault[] {
  const tooLong = { problem: `name ${shown(name)} has ${name.length} characters`, remedy: `use at most ${longest}, since labels and names of pods are made from it` };
  const labels = { 'metadata.labels': props.metadata?.labels, 'podMetadata.labels': props.podMetadata?.labels };
  return [
    ...dnsSubdomainFaults('name', name),
    ...name.length > longest ? [tooLong] : [],
    ...Object.entries(labels).filter(([, written]) => ![undefined, name].includes(written?.[INSTANCE_LABEL])).map(([prop, written]) => ({
      problem: `${prop} has ${INSTANCE_LABEL} ${shown(written?.[INSTANCE_LABEL])}, and selectors find the pods by its name ${shown(name)}`,
      remedy: 'leave that label out, or say it in another',
    })),
  ];
}

/** Which workload has which instance label, by tree. */
const INSTANCES = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Notes whose instance label this is.
 * @throws if another workload of the namespace has it: each would take the other's pods for its own
 */
export function claimInstance(workload: IConstruct, namespace: string | undefined, name: string): void {
  const instances = INSTANCES.get(workload.node.root) ?? new Map<string, IConstruct>();
  INSTANCES.set(workload.node.root, instances);
  const key = `${namespace ?? `chart ${pathOf(Chart.of(workload))}`}/${name}`;
  const other = instances.get(key);
  if (other) {
    throw faultAt(workload, `it is called ${shown(name)}, as ${shown(pathOf(other))} is, so each would select the other's pods`, 'give one another id, or another metadata.name');
  }
  instances.set(key, workload);
}
