import type { PodSpec } from './pod-template';
import { HardenSettings, INSTANCE_LABEL } from './harden-settings';

/**
 * Replicas prefer nodes and zones of their own. Preferred, never required: with one node or one zone a second replica would
 * wait for ever.
 */
export function spreadDefaults(spec: PodSpec, settings: HardenSettings): PodSpec {
  if (!settings.spread) return {};
  const labelSelector = { matchLabels: { [INSTANCE_LABEL]: settings.name } };
  const apart = [{ weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } }];
  return {
    affinity: {
      ...spec.affinity,
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: apart, ...spec.affinity?.podAntiAffinity },
    },
    topologySpreadConstraints: spec.topologySpreadConstraints
      ?? [{ labelSelector, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }],
  };
}
