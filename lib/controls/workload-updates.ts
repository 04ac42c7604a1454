import type { ObjectControl } from './control';

const ALL = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'];

/** How workloads change, and stay the same object while they do. */
export const WORKLOAD_UPDATES: readonly ObjectControl[] = [
  {
    id: 'workload/rolling-update', title: 'Deployments replace their pods a few at a time', severity: 'low', level: 'strict', on: ['apps/Deployment'],
    frameworks: { nist: ['800-53 CP-10', '800-53 SC-5'], kubeLinter: ['no-rolling-update-strategy'], kubeScore: ['deployment-strategy'] },
    cel: "object.?spec.?strategy.?type.orValue('') in ['', 'RollingUpdate'] && object.?spec.?strategy.?rollingUpdate.?maxUnavailable.orValue('') != '100%'",
    message: 'strategy must be RollingUpdate, which is the default, and leave some pods available',
    remediation: 'Set `strategy: {type: RollingUpdate}`, with `maxUnavailable` below all of them.',
    snippet: 'spec:\n  strategy:\n    type: RollingUpdate\n    rollingUpdate: {maxUnavailable: 0, maxSurge: 25%}',
    at: 'spec.strategy',
    allowed: {
      'nothing said': undefined, 'empty': {}, 'RollingUpdate': { type: 'RollingUpdate' }, 'some at once': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%' } }, 'one at once': { rollingUpdate: { maxUnavailable: 1 } }, 'more pods for a while': { rollingUpdate: { maxSurge: '100%' } },
    },
    denied: { 'Recreate': { type: 'Recreate' }, 'all at once': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } }, 'lower case': { type: 'rollingUpdate' } },
  },
  {
    id: 'workload/automatic-updates', title: 'A change of the template reaches the pods', severity: 'low', level: 'strict', on: ['apps/StatefulSet', 'apps/DaemonSet'],
    frameworks: { nist: ['800-53 SI-2'], kubeLinter: ['no-rolling-update-strategy'] },
    cel: "object.?spec.?updateStrategy.?type.orValue('') in ['', 'RollingUpdate']",
    message: 'updateStrategy must be RollingUpdate, which is the default; with OnDelete pods keep the image that was to be replaced',
    remediation: 'Leave `updateStrategy` out, or set its type to `RollingUpdate`.',
    snippet: 'spec:\n  updateStrategy: {type: RollingUpdate}',
    at: 'spec.updateStrategy',
    allowed: { 'nothing said': undefined, 'empty': {}, 'RollingUpdate': { type: 'RollingUpdate' } },
    denied: { 'OnDelete': { type: 'OnDelete' }, 'lower case': { type: 'rollingupdate' } },
  },
  {
    id: 'workload/revision-history', title: 'There is a revision to go back to', severity: 'low', level: 'strict', on: ALL,
    frameworks: { nist: ['800-53 CP-10'] },
    cel: 'object.?spec.?revisionHistoryLimit.orValue(10) > 0',
    message: 'revisionHistoryLimit must be more than 0, or nothing can be rolled back',
    remediation: 'Leave `revisionHistoryLimit` out, which means 10, or set it to 1 or more.',
    snippet: 'spec:\n  revisionHistoryLimit: 3',
    at: 'spec.revisionHistoryLimit',
    allowed: { 'nothing said': undefined, 'one': 1, 'three': 3 },
    denied: { 'none': 0, 'negative': -1 },
  },
  {
    id: 'workload/selects-its-pods', title: 'Workloads select the pods that they make', severity: 'medium', level: 'strict', on: [...ALL, 'apps/ReplicaSet'],
    frameworks: {
      nist: ['800-53 CM-6'], kubeLinter: ['mismatching-selector'],
      kubeScore: ['deployment-pod-selector-labels-match-template-metadata-labels', 'statefulset-pod-selector-labels-match-template-metadata-labels'],
    },
    cel: '(object.?spec.?selector.?matchLabels.orValue({}).size() > 0 || object.?spec.?selector.?matchExpressions.orValue([]).size() > 0) && '
      + "object.?spec.?selector.?matchLabels.orValue({}).all(k, object.?spec.?template.?metadata.?labels[?k].orValue('') == object.spec.selector.matchLabels[k])",
    message: 'selector must select by labels that the pod template has',
    remediation: 'Write a label of the template into `selector.matchLabels`; a selector can never be changed afterwards.',
    snippet: 'spec:\n  selector:\n    matchLabels: {app: a}',
    at: 'spec.selector.matchLabels',
    base: { spec: { template: { metadata: { labels: { app: 'a', tier: 'front' } } } } },
    allowed: { 'a label': { app: 'a' }, 'two labels': { app: 'a', tier: 'front' } },
    denied: { 'nothing said': undefined, 'null': null, 'empty': {}, 'another value': { app: 'b' }, 'another label': { name: 'a' }, 'one more label': { app: 'a', name: 'a' }, 'an empty value': { app: '' } },
    objectsAllowed: { 'by an expression': { spec: { selector: { matchLabels: null, matchExpressions: [{ key: 'app', operator: 'Exists' }] } } } },
  },
];
