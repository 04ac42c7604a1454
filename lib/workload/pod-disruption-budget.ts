import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { atLeast } from '../platform/kubernetes-version';
import { HardenSettings, INSTANCE_LABEL } from './harden-settings';
import { recommendedLabels } from './labels';

/**
 * Lets a node drain take one pod at a time, and pods that are not ready at once: they would otherwise hold the drain up for ever.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function podDisruptionBudget(workload: Construct, settings: HardenSettings): ApiObject {
  return new ApiObject(workload, 'PodDisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: settings.name, labels: recommendedLabels(settings.name) },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: { [INSTANCE_LABEL]: settings.name } },
      ...atLeast(settings.kubernetesVersion, '1.27') && { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    },
  });
}
