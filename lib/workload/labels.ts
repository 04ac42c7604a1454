import { imageName } from './image';
import { INSTANCE_LABEL } from './harden-settings';
import type { PodSpec } from './pod-template';
import { labelValueFaults } from '../names';

/**
 * The labels by which people, dashboards and scanners find a workload's objects.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(name: string): { [key: string]: string } {
  return { 'app': name, 'app.kubernetes.io/name': name, [INSTANCE_LABEL]: name };
}

/** The version that runs: the tag of the first container's image, where it can be a label. */
export function versionLabel(spec: Pick<PodSpec, 'containers'>): { [key: string]: string } {
  const image = spec.containers?.[0]?.image;
  const tag = typeof image === 'string' ? imageName(image).tag : undefined;
  return tag && labelValueFaults('version', tag).length === 0 ? { 'app.kubernetes.io/version': tag } : {};
}
