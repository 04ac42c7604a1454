import type { ObjectControl } from './control';
import { granted, grantsNone, noRule } from './grant-cel';
import { grant, HARMLESS, named } from './rbac-row';

const CLUSTER_ROLE = ['rbac.authorization.k8s.io/ClusterRole'];
const ROLE = ['rbac.authorization.k8s.io/Role'];
const ROLES = [...CLUSTER_ROLE, ...ROLE];
const LEAST_PRIVILEGE = { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] };
const STAR_VERB = ['rbac/no-broad-deletion', 'rbac/no-wildcard-verbs'];
const IN_KUBE_SYSTEM = "object.?metadata.?namespace.orValue('') == 'kube-system'";

/** What roles must not grant within namespaces; a ClusterRole's binding decides in which. */
export const RBAC_NAMESPACE: readonly ObjectControl[] = [
  {
    id: 'rbac/no-secret-reads', title: 'Roles do not show every Secret', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K03'], cis: ['5.1.2'], checkov: ['CKV2_K8S_5'], trivy: ['KSV-0041', 'KSV-0113'], kubeLinter: ['access-to-secrets'], kubescape: ['C-0015', 'C-0186'] },
    cel: grantsNone('read-secrets'),
    message: 'secrets must not be listed or watched, which shows their contents too, and got only by name',
    remediation: 'Grant `get` with `resourceNames`, or mount the Secret where it is needed and grant nothing.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [secrets]\n  resourceNames: [database-password]\n  verbs: [get]',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-command-execution', 'rbac/no-network-policy-bypass', 'rbac/no-node-proxy', 'rbac/no-secret-writes', 'rbac/no-wildcard-groups', 'rbac/no-wildcard-resources'],
    allowed: {
      ...HARMLESS, 'one by name': [named(grant('get', '/secrets'), 'database-password')], 'their status': [grant('get list watch', '/secrets/status')], 'in capitals': [grant('GET LIST', '/secrets')],
      'of another group': [grant('get', 'example.com/secrets')], 'another verb': [grant('delete', '/secrets')], 'the plural misspelt': [grant('get', '/secret')], 'beside a star of another group': [grant('get', 'example.com/*')],
    },
    denied: {
      'get': [grant('get', '/secrets')], 'list': [grant('list', '/secrets')], 'watch': [grant('watch', '/secrets')], 'among others': [grant('get', '/pods'), grant('get list', '/configmaps', '/secrets')],
      'every verb': [grant('*', '/secrets')], 'every resource': [grant('get', '/*')], 'every group': [grant('get', '*/secrets')], 'listed by name': [named(grant('get list', '/secrets'), 'a')],
      'every verb by name': [named(grant('*', '/secrets'), 'a')], 'no names': [named(grant('get', '/secrets'))],
    },
  },
  {
    id: 'rbac/no-secret-writes', title: 'Roles do not write Secrets', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K03'], trivy: ['KSV-0041', 'KSV-0113'] },
    cel: grantsNone('write-secrets'),
    message: 'secrets must not be created or changed: one of type service-account-token is filled with a token of the account that it names',
    remediation: 'Let an operator such as External Secrets write them; grant `get` by name to who reads them.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [secrets]\n  resourceNames: [database-password]\n  verbs: [get]',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-secret-reads', 'rbac/no-wildcard-groups'],
    allowed: { ...HARMLESS, 'deleted': [grant('delete', '/secrets')], 'of another group': [grant('create', 'bitnami.com/sealedsecrets')], 'their status': [grant('update', '/secrets/status')] },
    denied: {
      'create': [grant('create', '/secrets')], 'update': [grant('update', '/secrets')], 'patch': [grant('patch', '/secrets')], 'by name': [named(grant('update', '/secrets'), 'a')],
      'every verb': [grant('*', '/secrets')], 'every group': [grant('patch', '*/secrets')],
    },
  },
  {
    id: 'rbac/no-token-creation', title: 'Roles do not create tokens of accounts', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K09'], cis: ['5.1.13'], kubescape: ['C-0282'] },
    cel: grantsNone('create-tokens'),
    message: 'serviceaccounts/token must not be created, which gives a token of any account',
    remediation: 'Give each workload an account of its own, and leave tokens to the kubelet.',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'accounts themselves': [grant('create', '/serviceaccounts')], 'another verb': [grant('get', '/serviceaccounts/token')], 'a subresource by a star behind it': [grant('create', '/serviceaccounts/*')] },
    denied: { 'create': [grant('create', '/serviceaccounts/token')], 'every verb': [grant('*', '/serviceaccounts/token')], 'the subresource of everything': [grant('create', '/*/token')], 'of one account': [named(grant('create', '/serviceaccounts/token'), 'a')] },
  },
  {
    id: 'rbac/no-system-workload-writes', title: 'Roles do not write workloads of kube-system', severity: 'critical', level: 'restricted', on: ROLE,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.4'], trivy: ['KSV-0048'], kubeLinter: ['access-to-create-pods'], kubescape: ['C-0188'] },
    cel: `!(${IN_KUBE_SYSTEM}) || ${grantsNone('write-workloads')}`,
    message: 'pods and what makes them must not be written in kube-system, where they run as any account, controllers\' among them',
    remediation: 'Leave kube-system to the administrators of the cluster; put workloads of others into a namespace of their own.',
    at: 'rules', base: { metadata: { namespace: 'kube-system' } }, also: ['object/no-default-namespace', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'scaling': [grant('update patch', 'apps/deployments/scale')], 'deleting': [grant('delete', '/pods')] },
    denied: { 'create pods': [grant('create', '/pods')], 'update Deployments': [grant('update', 'apps/deployments')], 'one by name': [named(grant('patch', 'apps/daemonsets'), 'kube-proxy')], 'every resource': [grant('create', 'batch/*')] },
    objectsAllowed: { 'in another namespace': { metadata: { namespace: 'shop' }, rules: [grant('create', '/pods')] }, 'in none': { metadata: { namespace: null }, rules: [grant('create', '/pods')] } },
  },
  {
    id: 'rbac/no-cluster-wide-workload-writes', title: 'ClusterRoles do not write workloads', severity: 'high', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.4'], trivy: ['KSV-0048'], kubeLinter: ['access-to-create-pods'], kubescape: ['C-0188'] },
    cel: grantsNone('write-workloads'),
    message: 'pods and what makes them must not be written by a ClusterRole: they run as any account, and mount any Secret, of each namespace where it is bound',
    remediation: 'Grant it in a Role of the namespace in which workloads are to be written.',
    snippet: 'kind: Role',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'scaling': [grant('update patch', 'apps/deployments/scale')], 'deleting': [grant('delete', '/pods')], 'custom resources': [grant('create update', 'example.com/deployments')], 'pod templates': [grant('create', '/podtemplates')] },
    denied: {
      'create pods': [grant('create', '/pods')], 'update Deployments': [grant('update', 'apps/deployments')], 'patch DaemonSets': [grant('patch', 'apps/daemonsets')], 'StatefulSets': [grant('create', 'apps/statefulsets')],
      'ReplicaSets': [grant('create', 'apps/replicasets')], 'Jobs': [grant('create', 'batch/jobs')], 'CronJobs': [grant('create', 'batch/cronjobs')], 'ReplicationControllers': [grant('create', '/replicationcontrollers')],
      'of the group of old': [grant('create', 'extensions/deployments')], 'one by name': [named(grant('update', 'apps/deployments'), 'web')], 'every verb': [grant('*', '/pods')], 'every resource': [grant('create', 'apps/*')],
    },
  },
  {
    id: 'rbac/no-workload-writes', title: 'Roles do not write workloads', severity: 'medium', level: 'strict', on: ROLE,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.4'], trivy: ['KSV-0048'], kubeLinter: ['access-to-create-pods'], kubescape: ['C-0188'] },
    // It is what the Role of whoever deploys is for, so only strict asks.
    cel: `${IN_KUBE_SYSTEM} || ${grantsNone('write-workloads')}`,
    message: 'pods and what makes them are not to be written: they run as any account, and mount any Secret, of the namespace',
    remediation: 'Leave it to the one account that deploys, and exempt its role.',
    at: 'rules', base: { metadata: { namespace: 'shop' } }, also: ['rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'scaling': [grant('update patch', 'apps/deployments/scale')], 'deleting': [grant('delete', '/pods')] },
    denied: { 'create pods': [grant('create', '/pods')], 'update Deployments': [grant('update', 'apps/deployments')], 'one by name': [named(grant('patch', 'apps/statefulsets'), 'db')], 'every resource': [grant('create', 'batch/*')] },
  },
  {
    id: 'rbac/no-command-execution', title: 'Roles do not run commands in containers', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: {
      ...LEAST_PRIVILEGE, checkov: ['CKV2_K8S_2'], trivy: ['KSV-0053', 'KSV-0054'], kubescape: ['C-0002'],
      polaris: ['clusterrolePodExecAttach', 'clusterrolebindingPodExecAttach', 'rolePodExecAttach', 'rolebindingClusterRolePodExecAttach', 'rolebindingRolePodExecAttach'],
    },
    cel: grantsNone('run-commands'),
    message: 'pods/exec and pods/attach must not be granted, which run commands with the account and the Secrets of any pod; a websocket needs only get',
    remediation: 'Grant `get` on pods/log, and debug with a container of one\'s own.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [pods/log]\n  verbs: [get]',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-groups', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'logs': [grant('get', '/pods/log')], 'a subresource by a star behind it': [grant('create', '/pods/*')], 'a verb it has not': [grant('list', '/pods/exec')], 'of another group': [grant('create', 'example.com/pods/exec')] },
    denied: {
      'exec': [grant('create', '/pods/exec')], 'attach': [grant('create', '/pods/attach')], 'exec, over a websocket': [grant('get', '/pods/exec')], 'in one pod': [named(grant('create', '/pods/exec'), 'db-0')],
      'every verb': [grant('*', '/pods/exec')], 'the subresource of everything': [grant('create', '/*/attach')], 'every group': [grant('create', '*/pods/exec')],
    },
  },
  {
    id: 'rbac/no-container-injection', title: 'Roles do not add containers to running pods', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: LEAST_PRIVILEGE,
    cel: grantsNone('add-containers'),
    message: 'pods/ephemeralcontainers must not be changed, which runs a container with the account and the network of any pod',
    remediation: 'Leave debug containers to the administrators of the cluster.',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'to see them': [grant('get', '/pods/ephemeralcontainers')], 'a verb it has not': [grant('create', '/pods/ephemeralcontainers')] },
    denied: { 'update': [grant('update', '/pods/ephemeralcontainers')], 'patch': [grant('patch', '/pods/ephemeralcontainers')], 'every verb': [grant('*', '/pods/ephemeralcontainers')], 'the subresource of everything': [grant('patch', '/*/ephemeralcontainers')] },
  },
  {
    id: 'rbac/no-network-policy-bypass', title: 'Roles do not reach pods past their NetworkPolicies', severity: 'medium', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K05'], kubescape: ['C-0063'] },
    cel: grantsNone('pass-network-policies'),
    message: 'pods/portforward, pods/proxy and services/proxy must not be granted, which connect from the node and the control plane',
    remediation: 'Allow the connection in a NetworkPolicy, or publish the port through an Ingress.',
    at: 'rules', also: STAR_VERB,
    allowed: { ...HARMLESS, 'the Services themselves': [grant('get list', '/services')], 'a verb it has not': [grant('list', '/pods/portforward')] },
    denied: { 'forwarding': [grant('create', '/pods/portforward')], 'forwarding, over a websocket': [grant('get', '/pods/portforward')], 'a pod\'s proxy': [grant('get', '/pods/proxy')], 'a Service\'s proxy': [grant('create', '/services/proxy')], 'every verb': [grant('*', '/pods/portforward')] },
  },
  {
    id: 'rbac/no-event-deletion', title: 'Roles do not delete events or logs', severity: 'medium', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, nsa: ['Role-based access control', 'Logging'], owasp: ['K02', 'K10'], nist: ['800-53 AC-6', '800-53 AU-9'], trivy: ['KSV-0042'], kubescape: ['C-0031'] },
    cel: grantsNone('delete-events'),
    message: 'events and pods/log must not be deleted, which covers tracks',
    remediation: 'Let events expire.',
    at: 'rules', also: STAR_VERB,
    allowed: { ...HARMLESS, 'recording': [grant('create patch', '/events', 'events.k8s.io/events')], 'reading logs': [grant('get', '/pods/log')] },
    denied: {
      'delete': [grant('delete', '/events')], 'of the newer group': [grant('delete', 'events.k8s.io/events')], 'all at once': [grant('deletecollection', '/events')], 'logs': [grant('delete', '/pods/log')],
      'every verb': [grant('*', '/events')], 'one by name': [named(grant('delete', '/events'), 'a')],
    },
  },
  {
    id: 'rbac/no-traffic-redirection', title: 'Roles do not redirect or open traffic', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K05'], nist: ['800-53 AC-4', '800-53 AC-6'], trivy: ['KSV-0056'] },
    cel: grantsNone('redirect-traffic', 'write-network-policies'),
    message: 'endpoints, endpointslices and network policies must not be written: the first send a Service\'s callers to any address, the last open what default deny closes',
    remediation: 'Let the selectors of Services find their pods, and leave network policies to who answers for them.',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', '/endpoints', 'discovery.k8s.io/endpointslices', 'networking.k8s.io/networkpolicies')], 'Services': [grant('create', '/services')], 'of another group': [grant('create', 'example.com/networkpolicies')] },
    denied: {
      'endpoints': [grant('update', '/endpoints')], 'endpoint slices': [grant('patch', 'discovery.k8s.io/endpointslices')], 'network policies': [grant('create', 'networking.k8s.io/networkpolicies')],
      'deleting network policies': [grant('delete', 'networking.k8s.io/networkpolicies')], 'those of Cilium': [grant('delete', 'cilium.io/ciliumnetworkpolicies')], 'those of Calico': [grant('update', 'crd.projectcalico.org/globalnetworkpolicies')],
      'those of the cluster': [grant('update', 'policy.networking.k8s.io/clusternetworkpolicies')], 'every resource': [grant('update', 'networking.k8s.io/*')], 'every verb': [grant('*', '/endpoints')],
    },
  },
  {
    id: 'rbac/no-service-writes', title: 'Roles do not write Services and Ingresses', severity: 'low', level: 'strict', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K05'], trivy: ['KSV-0056'] },
    cel: grantsNone('write-services'),
    message: 'services and ingresses are not to be written, which redirects the traffic of their callers',
    remediation: 'Leave it to the one account that deploys, and exempt its role.',
    at: 'rules', also: ['rbac/no-traffic-redirection', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', '/services', 'networking.k8s.io/ingresses')], 'an Ingress\'s status': [grant('update', 'networking.k8s.io/ingresses/status')] },
    denied: { 'Services': [grant('create', '/services')], 'Ingresses': [grant('patch', 'networking.k8s.io/ingresses')], 'deleting': [grant('delete', '/services')], 'of the group of old': [grant('update', 'extensions/ingresses')], 'every resource': [grant('update', 'networking.k8s.io/*')] },
  },
  {
    id: 'rbac/no-status-writes', title: 'Roles do not write the status of pods, Services and nodes', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, checkov: ['CKV2_K8S_4'] },
    cel: noRule(`${granted('write-status')} || object.?kind.orValue('') == 'ClusterRole' && ${granted('write-node-status')}`),
    message: 'the status of pods, services and nodes must not be written, which draws the traffic (CVE-2020-8554) or the pods of others to itself',
    remediation: 'Leave status to the controllers of Kubernetes.',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-namespace-changes', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading it': [grant('get', '/pods/status', '/services/status')], 'of custom resources': [grant('update', 'example.com/things/status')], 'of Deployments': [grant('patch', 'apps/deployments/status')] },
    denied: { 'a Service\'s': [grant('update', '/services/status')], 'a pod\'s': [grant('patch', '/pods/status')], 'every verb': [grant('*', '/pods/status')], 'the status of everything': [grant('patch', '/*/status')] },
    objectsAllowed: { 'a node\'s, in a Role, which grants nothing there': { kind: 'Role', rules: [grant('update', '/nodes/status')] } },
    objectsDenied: { 'a node\'s': { kind: 'ClusterRole', rules: [grant('update', '/nodes/status')] } },
  },
];
