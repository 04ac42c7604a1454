import type { ObjectControl } from './control';

const SEVERAL = ['apps/Deployment', 'apps/StatefulSet'];
const POD = 'object.?spec.?template.?spec';
/** Whether a selector, an optional, selects the pods of its own template; by expressions it may. */
const selectsItself = (owner: string) =>
  `${owner}.?labelSelector.hasValue() && ${owner}.?labelSelector.?matchLabels.orValue({}).all(k, object.?spec.?template.?metadata.?labels[?k].orValue('') == ${owner}.?labelSelector.?matchLabels[?k].orValue(''))`;
const term = (owner: string) => `${owner}.?topologyKey.orValue('') == 'kubernetes.io/hostname' && ${selectsItself(owner)}`;

const labelSelector = { matchLabels: { app: 'a' } };
const HOST = { topologyKey: 'kubernetes.io/hostname', labelSelector };
const preferred = (podAffinityTerm: object) => ({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] });
const ZONE = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector };

/** Where the pods of a workload with several go. */
export const WORKLOAD_SPREAD: readonly ObjectControl[] = [
  {
    id: 'workload/anti-affinity', title: 'Replicas keep apart from each other', severity: 'low', level: 'strict', on: SEVERAL,
    frameworks: { nist: ['800-53 CP-10', '800-53 SC-5'], kubeLinter: ['no-anti-affinity'], kubeScore: ['deployment-has-host-podantiaffinity', 'statefulset-has-host-podantiaffinity'] },
    cel: `object.?spec.?replicas.orValue(1) < 2 || ${POD}.?affinity.?podAntiAffinity.?requiredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(t, ${term('t')}) || `
      + `${POD}.?affinity.?podAntiAffinity.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).exists(w, [w.?podAffinityTerm].exists(t, ${term('t')}))`,
    message: 'podAntiAffinity must keep replicas on nodes of their own, by the topologyKey kubernetes.io/hostname and their own labels',
    remediation: 'Add a preferred `podAntiAffinity`; a required one leaves replicas pending where there are too few nodes.',
    snippet: 'spec:\n  template:\n    spec:\n      affinity:\n        podAntiAffinity:\n          preferredDuringSchedulingIgnoredDuringExecution:\n          - weight: 100\n            podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: a}}}',
    at: 'spec.template.spec.affinity.podAntiAffinity',
    // First what is good whatever the labels are, so that it is the field that is found at fault.
    allowed: {
      'by an expression': preferred({ ...HOST, labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }), 'preferred': preferred(HOST), 'required': { requiredDuringSchedulingIgnoredDuringExecution: [HOST] },
    },
    denied: {
      'nothing said': undefined, 'null': null, 'empty': {}, 'empty lists': { preferredDuringSchedulingIgnoredDuringExecution: [] }, 'in zones': preferred({ ...HOST, topologyKey: 'topology.kubernetes.io/zone' }),
      'other pods': preferred({ ...HOST, labelSelector: { matchLabels: { app: 'b' } } }), 'no pods': preferred({ topologyKey: 'kubernetes.io/hostname' }),
    },
    objectsAllowed: { 'one replica': { spec: { replicas: 1, template: { spec: { affinity: null } } } }, 'replicas left to the API server, which makes it one': { spec: { replicas: null, template: { spec: { affinity: null } } } } },
  },
  {
    id: 'workload/topology-spread', title: 'Replicas spread over zones', severity: 'low', level: 'strict', on: SEVERAL,
    frameworks: { nist: ['800-53 CP-10', '800-53 SC-5'], polaris: ['topologySpreadConstraint'], kubeScore: ['pod-topology-spread-constraints'] },
    cel: `object.?spec.?replicas.orValue(1) < 2 || (${POD}.?topologySpreadConstraints.orValue([]).size() > 0 && ${POD}.?topologySpreadConstraints.orValue([]).all(s, [s].all(t, ${selectsItself('t')})))`,
    message: 'topologySpreadConstraints must spread the replicas, by their own labels',
    remediation: 'Add a constraint by zone with `whenUnsatisfiable: ScheduleAnyway` and the labels of the template.',
    snippet: 'spec:\n  template:\n    spec:\n      topologySpreadConstraints:\n      - maxSkew: 1\n        topologyKey: topology.kubernetes.io/zone\n        whenUnsatisfiable: ScheduleAnyway\n        labelSelector: {matchLabels: {app: a}}',
    at: 'spec.template.spec.topologySpreadConstraints',
    allowed: {
      'by an expression': [{ ...ZONE, labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }], 'zones': [ZONE], 'nodes': [{ ...ZONE, topologyKey: 'kubernetes.io/hostname' }], 'both': [ZONE, { ...ZONE, topologyKey: 'kubernetes.io/hostname' }],
    },
    denied: { 'nothing said': undefined, 'null': null, 'an empty list': [], 'other pods': [{ ...ZONE, labelSelector: { matchLabels: { app: 'b' } } }], 'no pods': [{ ...ZONE, labelSelector: null }], 'other pods beside its own': [ZONE, { ...ZONE, labelSelector: { matchLabels: { app: 'b' } } }] },
    objectsAllowed: { 'one replica': { spec: { replicas: 1, template: { spec: { topologySpreadConstraints: null } } } } },
  },
];
