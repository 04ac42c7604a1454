import type { ObjectControl } from './control';

const BUDGET = 'policy/PodDisruptionBudget';
const AUTOSCALER = 'autoscaling/HorizontalPodAutoscaler';

/** What budgets and autoscalers say by themselves. */
export const WORKLOAD_SCALING: readonly ObjectControl[] = [
  {
    id: 'workload/budget-allows-disruption', title: 'Disruption budgets let nodes be drained', severity: 'medium', level: 'strict', on: [BUDGET],
    frameworks: { nist: ['800-53 SI-2'], kubeLinter: ['pdb-max-unavailable', 'pdb-min-available'], polaris: ['pdbDisruptionsIsZero'], kubeScore: ['poddisruptionbudget-has-policy'] },
    cel: "object.?spec.?maxUnavailable.hasValue() ? !(string(object.spec.maxUnavailable).matches('^0+%?$')) : object.?spec.?minAvailable.hasValue() && !(string(object.spec.minAvailable).matches('^100%$'))",
    message: 'a budget must say how many pods may go, and let one go at least; a node that cannot be drained is not updated',
    remediation: 'Set `maxUnavailable: 1`.',
    snippet: 'spec:\n  maxUnavailable: 1',
    at: 'spec.maxUnavailable',
    allowed: { 'one': 1, 'a part': '25%', 'all': '100%' },
    denied: { 'nothing said': undefined, 'null': null, 'none': 0, 'no part': '0%' },
    objectsAllowed: { 'some must stay': { spec: { maxUnavailable: null, minAvailable: 1 } }, 'a part must stay': { spec: { maxUnavailable: null, minAvailable: '50%' } }, 'none need stay': { spec: { maxUnavailable: null, minAvailable: 0 } } },
    objectsDenied: { 'all must stay': { spec: { maxUnavailable: null, minAvailable: '100%' } } },
  },
  {
    id: 'workload/unhealthy-eviction', title: 'Pods that are not well do not keep a node from being drained', severity: 'low', level: 'strict', on: [BUDGET],
    frameworks: { nist: ['800-53 SI-2'], kubeLinter: ['pdb-unhealthy-pod-eviction-policy'] },
    since: '1.26',
    cel: "object.?spec.?unhealthyPodEvictionPolicy.orValue('') == 'AlwaysAllow'",
    message: 'unhealthyPodEvictionPolicy must be AlwaysAllow, or a pod that never becomes ready blocks its node for ever',
    remediation: 'Set `unhealthyPodEvictionPolicy: AlwaysAllow`.',
    snippet: 'spec:\n  unhealthyPodEvictionPolicy: AlwaysAllow',
    at: 'spec.unhealthyPodEvictionPolicy',
    allowed: { 'AlwaysAllow': 'AlwaysAllow' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'IfHealthyBudget': 'IfHealthyBudget' },
  },
  {
    id: 'workload/autoscaler-minimum', title: 'Autoscalers keep two replicas at least', severity: 'low', level: 'strict', on: [AUTOSCALER],
    frameworks: { nist: ['800-53 CP-10', '800-53 SC-5'], kubeLinter: ['hpa-minimum-three-replicas'], polaris: ['hpaMinAvailability'], kubeScore: ['horizontalpodautoscaler-replicas'] },
    cel: 'object.?spec.?minReplicas.orValue(1) >= 2',
    message: 'minReplicas must be 2 or more',
    remediation: 'Set `minReplicas: 2`, so that one can go while the other serves.',
    snippet: 'spec:\n  minReplicas: 2',
    at: 'spec.minReplicas',
    allowed: { 'two': 2, 'three': 3 },
    denied: { 'nothing said': undefined, 'null': null, 'none': 0, 'one': 1 },
  },
  {
    id: 'workload/autoscaler-range', title: 'Autoscalers have something to choose from', severity: 'low', level: 'strict', on: [AUTOSCALER],
    frameworks: { nist: ['800-53 SC-5'], polaris: ['hpaMaxAvailability'] },
    cel: 'object.?spec.?maxReplicas.orValue(0) > object.?spec.?minReplicas.orValue(1)',
    message: 'maxReplicas must be above minReplicas',
    remediation: 'Raise `maxReplicas`.',
    snippet: 'spec:\n  maxReplicas: 6',
    at: 'spec.maxReplicas',
    allowed: { 'more': 6, 'one more': 4 },
    denied: { 'nothing said': undefined, 'null': null, 'the same': 3, 'less': 1 },
  },
];
