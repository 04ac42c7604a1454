import type { ObjectControl } from './control';

const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job', 'batch/CronJob'];
const named = (labels: string) => `${labels}[?'app.kubernetes.io/name'].orValue('') != ''`;

/** How workloads are told apart, and whom to ask about them. */
export const WORKLOAD_LABELS: readonly ObjectControl[] = [
  {
    id: 'workload/recommended-labels', title: 'Workloads and their pods say what they are', severity: 'low', level: 'strict', on: WORKLOADS,
    frameworks: { nist: ['800-53 CM-8'], kubescape: ['C-0076', 'C-0077'] },
    cel: `${named('object.?metadata.?labels')} && (!object.?spec.?template.hasValue() || ${named('object.?spec.?template.?metadata.?labels')})`,
    message: 'labels must have app.kubernetes.io/name, on the workload and on its pod template',
    remediation: 'Set the label `app.kubernetes.io/name`, and the others that Kubernetes recommends, on both.',
    snippet: 'metadata:\n  labels: {app.kubernetes.io/name: web}\nspec:\n  template:\n    metadata:\n      labels: {app.kubernetes.io/name: web}',
    at: ['metadata.labels', 'spec.template.metadata.labels'], also: ['workload/owner-label', 'workload/instance-label', 'workload/selects-its-pods', 'workload/anti-affinity', 'workload/topology-spread'],
    allowed: { 'the name': { 'app': 'a', 'app.kubernetes.io/name': 'web' } },
    denied: { 'nothing said': undefined, 'null': null, 'empty': {}, 'another': { app: 'web' }, 'an empty name': { 'app.kubernetes.io/name': '' }, 'a name like it': { 'app.kubernetes.io/names': 'web' } },
  },
  {
    id: 'workload/owner-label', title: 'Workloads say whose they are', severity: 'low', level: 'strict', on: WORKLOADS,
    frameworks: { nist: ['800-53 CM-8'], kubeLinter: ['required-label-owner'], kubescape: ['C-0076'] },
    cel: "object.?metadata.?labels.orValue({}).exists(k, (k in ['owner', 'team'] || k.endsWith('/owner') || k.endsWith('/team')) && object.metadata.labels[k] != '')",
    message: 'labels must have an owner or a team, by themselves or behind a prefix',
    remediation: 'Set the label `owner`, so that whoever finds something knows whom to tell.',
    snippet: 'metadata:\n  labels: {owner: team-shop}',
    at: 'metadata.labels', also: ['workload/recommended-labels', 'workload/instance-label'],
    allowed: { 'an owner': { owner: 'team-shop' }, 'a team': { team: 'shop' }, 'behind a prefix': { 'example.com/owner': 'shop' } },
    denied: { 'nothing said': undefined, 'null': null, 'empty': {}, 'another': { app: 'web' }, 'an empty owner': { owner: '' }, 'a label like it': { 'owner-of': 'x' } },
  },
  {
    id: 'workload/instance-label', title: 'The instance that a label names is the workload itself', severity: 'low', level: 'strict', on: WORKLOADS,
    frameworks: { nist: ['800-53 CM-8'], polaris: ['metadataAndInstanceMismatched'] },
    cel: "object.?metadata.?name.orValue('') == '' || object.?metadata.?labels[?'app.kubernetes.io/instance'].orValue('') == object.metadata.name",
    message: 'the label app.kubernetes.io/instance must be the workload\'s name',
    remediation: 'Set the label `app.kubernetes.io/instance` to the name.',
    snippet: 'metadata:\n  labels: {app.kubernetes.io/instance: a}',
    at: 'metadata.labels', also: ['workload/recommended-labels', 'workload/owner-label'],
    allowed: { 'the name': { 'app.kubernetes.io/instance': 'a' } },
    denied: { 'nothing said': undefined, 'null': null, 'empty': {}, 'another name': { 'app.kubernetes.io/instance': 'b' }, 'in another label': { 'app.kubernetes.io/name': 'a' } },
    objectsAllowed: { 'a name that the API server makes': { metadata: { name: null, generateName: 'a-', labels: { 'app.kubernetes.io/instance': 'b' } } } },
  },
];
