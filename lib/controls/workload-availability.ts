import type { InventoryControl, Sighting } from './control';
import { leastReplicas, scaleOf } from './workload-scale';
import { shown } from '../errors';
import { field, Inventory, namespaceOf } from '../inventory';

const LABELS = { app: 'web' };
const workload = (spec: object = {}, kind = 'Deployment', namespace = 'shop') => ({
  apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace }, spec: { template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'web' }] } }, ...spec },
});
const autoscaler = (spec: object = {}, name = 'web', namespace = 'shop') => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', namespace }, spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, ...spec },
});
const budget = (spec: object = {}, namespace = 'shop') => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace }, spec: { maxUnavailable: 1, selector: { matchLabels: LABELS }, ...spec } });
const SEVERAL = { replicas: 3 };

/** That a workload outlives the loss of a node, and lets one be taken away. */
export const WORKLOAD_AVAILABILITY: readonly InventoryControl[] = [
  {
    id: 'workload/several-replicas', title: 'Deployments have two replicas at least', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 CP-10', '800-53 SC-5'], kubeLinter: ['minimum-three-replicas'], polaris: ['deploymentMissingReplicas'], kubeScore: ['deployment-replicas'] },
    judge: (inventory) => inventory.ofKind('apps/Deployment').flatMap((object): Sighting[] => {
      const hpa = scaleOf(inventory).autoscalerOf(object);
      const replicas = field(object.json, 'spec', 'replicas');
      return hpa || (leastReplicas(object, undefined) ?? 2) > 1 ? [] : [{ object, path: 'spec.replicas', problem: `spec.replicas is ${replicas === undefined ? 'absent, which means 1' : shown(replicas)}` }];
    }),
    message: 'replicas must be 2 or more, unless an autoscaler decides; a single pod is away with its node, and with each update of it',
    remediation: 'Set `replicas: 2`, or add a HorizontalPodAutoscaler.',
    snippet: 'spec:\n  replicas: 2',
    allowed: { 'nothing said': [], 'two': [workload({ replicas: 2 })], 'an autoscaler': [workload(), autoscaler()], 'a StatefulSet': [workload({ replicas: 1 }, 'StatefulSet')] },
    denied: { 'none said': [workload()], 'one': [workload({ replicas: 1 })], 'none': [workload({ replicas: 0 })], 'another\'s autoscaler': [workload(), autoscaler({}, 'api')], 'an autoscaler of another namespace': [workload(), autoscaler({}, 'web', 'other')], 'null': [workload({ replicas: null })] },
  },
  {
    id: 'workload/autoscaler-decides', title: 'Nothing but the autoscaler decides how many replicas there are', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 SC-5'], kubeScore: ['deployment-targeted-by-hpa-does-not-have-replicas-configured'] },
    judge: (inventory) => ['apps/Deployment', 'apps/StatefulSet'].flatMap((kind) => inventory.ofKind(kind)).flatMap((object): Sighting[] => {
      const replicas = field(object.json, 'spec', 'replicas');
      return replicas === undefined || !scaleOf(inventory).autoscalerOf(object) ? [] : [{ object, path: 'spec.replicas', problem: `spec.replicas is ${shown(replicas)} beside an autoscaler` }];
    }),
    message: 'replicas must be absent where there is an autoscaler; each time the manifest is applied it would undo what the autoscaler did',
    remediation: 'Take `replicas` out.',
    allowed: { 'nothing said': [], 'an autoscaler alone': [workload(), autoscaler()], 'no autoscaler': [workload(SEVERAL)], 'null': [workload({ replicas: null }), autoscaler()] },
    denied: { 'both': [workload(SEVERAL), autoscaler()], 'of a StatefulSet': [workload(SEVERAL, 'StatefulSet'), autoscaler({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' } })] },
  },
  {
    id: 'workload/autoscaler-target', title: 'Autoscalers scale something', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 CM-6'], kubeLinter: ['dangling-horizontalpodautoscaler'], kubeScore: ['horizontalpodautoscaler-has-target'] },
    judge: targetless,
    message: 'scaleTargetRef must name a workload of the same namespace',
    remediation: 'Correct the kind, the group or the name.',
    allowed: { 'nothing said': [], 'its workload': [workload(), autoscaler()], 'a custom kind': [{ ...workload(), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' }, autoscaler({ scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' } })] },
    denied: { 'none': [autoscaler()], 'another name': [workload(), autoscaler({}, 'api')], 'another kind': [workload({}, 'StatefulSet'), autoscaler()], 'another namespace': [workload({}, 'Deployment', 'other'), autoscaler()], 'no target': [workload(), autoscaler({ scaleTargetRef: null })] },
  },
  {
    id: 'workload/disruption-budget', title: 'A disruption budget keeps replicas from going all at once', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: {
      nist: ['800-53 CP-10', '800-53 SC-5'], polaris: ['missingPodDisruptionBudget'], kubeScore: ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'],
    },
    judge: (inventory) => ['apps/Deployment', 'apps/StatefulSet'].flatMap((kind) => inventory.ofKind(kind)).flatMap((object): Sighting[] => {
      const scale = scaleOf(inventory);
      // With one replica a budget could only block the drain of its node.
      const several = (leastReplicas(object, scale.autoscalerOf(object)) ?? 0) > 1;
      return several && object.pod && scale.budgetsOf(object).length === 0 ? [{ object, path: '', problem: 'no PodDisruptionBudget selects its pods' }] : [];
    }),
    message: 'a workload of several replicas must have one',
    remediation: 'Add a PodDisruptionBudget with `maxUnavailable: 1` and the labels of the template.',
    allowed: {
      'nothing said': [], 'one': [workload(SEVERAL), budget()], 'one replica': [workload({ replicas: 1 })], 'of an autoscaled one': [workload(), autoscaler(), budget()], 'that selects the whole namespace': [workload(SEVERAL), budget({ selector: {} })],
      'by an expression': [workload(SEVERAL), budget({ selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } })], 'a DaemonSet': [workload({}, 'DaemonSet')],
    },
    denied: {
      'none': [workload(SEVERAL)], 'of others': [workload(SEVERAL), budget({ selector: { matchLabels: { app: 'api' } } })], 'of another namespace': [workload(SEVERAL), budget({}, 'other')], 'of nothing': [workload(SEVERAL), budget({ selector: null })], 'of an autoscaled one': [workload(), autoscaler()],
      'of a StatefulSet': [workload(SEVERAL, 'StatefulSet')], 'that wants one label more': [workload(SEVERAL), budget({ selector: { matchLabels: { ...LABELS, tier: 'front' } } })],
    },
  },
  {
    id: 'workload/budget-leaves-room', title: 'Disruption budgets can be kept', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 SI-2'], kubeLinter: ['pdb-min-available'], polaris: ['pdbMinAvailableGreaterThanHPAMinReplicas'] },
    judge: (inventory) => inventory.ofKind('policy/PodDisruptionBudget').flatMap((object): Sighting[] => {
      const scale = scaleOf(inventory);
      const stay = field(object.json, 'spec', 'minAvailable');
      const least = scale.selectedBy(object).map((selected) => leastReplicas(selected, scale.autoscalerOf(selected)));
      const there = least.reduce<number>((sum, replicas) => sum + (replicas ?? Infinity), 0);
      return typeof stay !== 'number' || stay === 0 || least.length === 0 || there > stay ? [] : [{ object, path: 'spec.minAvailable', problem: `spec.minAvailable is ${stay} of ${there} pods` }];
    }),
    message: 'minAvailable must be less than the replicas of what the budget selects, or none of their nodes can be drained',
    remediation: 'Set `maxUnavailable: 1` in place of `minAvailable`, or raise the replicas.',
    allowed: {
      'nothing said': [], 'one of three': [workload(SEVERAL), budget({ maxUnavailable: null, minAvailable: 1 })], 'a part': [workload(SEVERAL), budget({ maxUnavailable: null, minAvailable: '50%' })], 'two of two workloads': [workload({ replicas: 2 }), { ...workload({ replicas: 2 }), metadata: { name: 'api', namespace: 'shop' } }, budget({ minAvailable: 2 })],
      'less than an autoscaler keeps': [workload(), autoscaler({ minReplicas: 3 }), budget({ maxUnavailable: null, minAvailable: 2 })], 'of pods that are not here': [budget({ minAvailable: 5 })], 'none': [workload({ replicas: 1 }), budget({ minAvailable: 0 })],
    },
    denied: { 'all': [workload(SEVERAL), budget({ maxUnavailable: null, minAvailable: 3 })], 'more than there are': [workload(SEVERAL), budget({ minAvailable: 5 })], 'the only one': [workload({ replicas: 1 }), budget({ minAvailable: 1 })], 'as many as an autoscaler keeps': [workload(), autoscaler(), budget({ minAvailable: 2 })] },
  },
  {
    id: 'workload/budget-selects-pods', title: 'Disruption budgets select pods', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { nist: ['800-53 CM-6'] },
    judge: (inventory) => inventory.ofKind('policy/PodDisruptionBudget').flatMap((object): Sighting[] =>
      scaleOf(inventory).selectedBy(object).length > 0 ? [] : [{ object, path: 'spec.selector', problem: `spec.selector is ${shown(field(object.json, 'spec', 'selector') ?? null)}, which selects no pod` }]),
    message: 'a budget must select pods of its namespace',
    remediation: 'Write the labels of the workload\'s pod template into `selector`, or take the budget out.',
    allowed: { 'nothing said': [], 'a workload\'s': [workload(), budget()], 'all of the namespace': [workload(), budget({ selector: {} })] },
    denied: { 'none': [budget()], 'others': [workload(), budget({ selector: { matchLabels: { app: 'api' } } })], 'no selector': [workload(), budget({ selector: null })], 'another namespace': [workload(), budget({}, 'other')] },
  },
];

function targetless(inventory: Inventory): Sighting[] {
  const autoscaled = new Set(inventory.objects.flatMap((object) => scaleOf(inventory).autoscalerOf(object) ?? []));
  return inventory.ofKind('autoscaling/HorizontalPodAutoscaler').filter((object) => !autoscaled.has(object)).map((object): Sighting => ({
    object, path: 'spec.scaleTargetRef', problem: `spec.scaleTargetRef is ${shown(field(object.json, 'spec', 'scaleTargetRef') ?? null)}, which nothing in ${namespaceOf(object.namespace)} is`,
  }));
}
