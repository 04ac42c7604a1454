import { celTexts } from './cel-text';
import type { ObjectControl } from './control';
import { SYSTEM_NAMESPACES } from './system-namespaces';

const WORKLOADS = ['/Pod', '/ReplicationController', 'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'batch/CronJob', 'batch/Job'];
const NAMESPACED = [
  ...WORKLOADS, '/ConfigMap', '/PersistentVolumeClaim', '/Secret', '/Service', '/ServiceAccount', 'autoscaling/HorizontalPodAutoscaler', 'networking.k8s.io/Ingress', 'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget', 'rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/RoleBinding',
];

/** Where objects stand. */
export const OBJECT_NAMESPACE: readonly ObjectControl[] = [
  {
    id: 'object/no-default-namespace', title: 'Objects have a namespace that is meant for them', severity: 'low', level: 'restricted', on: NAMESPACED,
    frameworks: {
      cis: ['5.6.1', '5.6.4'], nsa: ['Namespaces'], owasp: ['K05'], nist: ['800-190 4.3.4', '800-53 AC-4'], checkov: ['CKV_K8S_21'], trivy: ['KSV-0110'], kubeLinter: ['use-namespace'], kubescape: ['C-0061', 'C-0209', 'C-0212'],
    },
    // Without a namespace an object goes to "default", and the API server writes so.
    cel: "!(object.?metadata.?namespace.orValue('') in ['', 'default'])",
    message: 'metadata.namespace must be one other than "default", where what has nothing to do with each other meets',
    remediation: 'Set `metadata.namespace` to a namespace of the application\'s own.',
    snippet: 'metadata:\n  namespace: shop',
    at: 'metadata.namespace',
    allowed: { 'one of its own': 'shop', 'one whose name begins alike': 'default-shop' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'default': 'default' },
  },
  {
    id: 'object/no-system-namespace', title: 'Workloads stay out of the cluster\'s own namespaces', severity: 'medium', level: 'restricted', on: WORKLOADS,
    frameworks: { nsa: ['Namespaces'], owasp: ['K01'], nist: ['800-190 4.3.4', '800-53 SC-2'], trivy: ['KSV-0037'] },
    cel: `!(object.?metadata.?namespace.orValue('') in ${celTexts(SYSTEM_NAMESPACES)})`,
    message: `metadata.namespace must be none of ${SYSTEM_NAMESPACES.join(', ')}, which policies mostly leave out`,
    remediation: 'Give the workload a namespace of its own; a part of the cluster itself gets an exemption.',
    snippet: 'metadata:\n  namespace: shop',
    at: 'metadata.namespace', also: ['object/no-default-namespace'],
    allowed: { 'nothing said': undefined, 'one of its own': 'shop', 'one whose name begins alike': 'kube-systems' },
    denied: Object.fromEntries(SYSTEM_NAMESPACES.map((namespace) => [namespace, namespace])),
  },
  {
    id: 'object/no-naked-pod', title: 'Pods are made by something that makes them anew', severity: 'low', level: 'strict', on: ['/Pod'],
    frameworks: { nist: ['800-53 CP-10'], kubescape: ['C-0073'] },
    cel: 'object.?metadata.?ownerReferences.orValue([]).size() > 0',
    message: 'a Pod must have an owner; one by itself is gone for good with its node',
    remediation: 'Make it a Deployment, a StatefulSet, a DaemonSet or a Job.',
    snippet: 'metadata:\n  ownerReferences:\n  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: "1"}   # written by the controller; write a Deployment',
    at: 'metadata.ownerReferences',
    allowed: { 'one that a controller made': [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '1' }] },
    denied: { 'nothing said': undefined, 'null': null, 'an empty list': [] },
  },
];
