import { celTexts } from './cel-text';
import type { ObjectControl } from './control';
import { granted, grantsNone, noRule } from './grant-cel';
import { grant, HARMLESS, named } from './rbac-row';
import { RESOURCES } from '../resources';

const CLUSTER_ROLE = ['rbac.authorization.k8s.io/ClusterRole'];
const ROLE = ['rbac.authorization.k8s.io/Role'];
const ROLES = [...CLUSTER_ROLE, ...ROLE];
const LEAST_PRIVILEGE = { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] };
const STAR_VERB = ['rbac/no-broad-deletion', 'rbac/no-wildcard-verbs'];
const IN_KUBE_SYSTEM = "object.?metadata.?namespace.orValue('') == 'kube-system'";
const ADMINISTRATORS = 'Leave it to the administrators of the cluster.';

/** What a Role grants nothing on. A namespace stands in itself, and `bind` on a ClusterRole counts in the namespace of the binding. */
const OF_THE_CLUSTER = Object.entries(RESOURCES
  .filter(({ group, resource, namespaced }) => !namespaced && group !== 'rbac.authorization.k8s.io' && !resource.startsWith('namespaces'))
  .reduce<{ [group: string]: string[] }>((groups, { group, resource }) => ({ ...groups, [group]: [...groups[group] ?? [], resource] }), {}))
  .map(([group, resources]) => `'${group}' in r.?apiGroups.orValue([]) && r.?resources.orValue([]).exists(x, x in ${celTexts(resources)})`);

/** What roles must not grant of the cluster itself, or beyond what they are. */
export const RBAC_CLUSTER: readonly ObjectControl[] = [
  {
    id: 'rbac/no-escalation', title: 'Roles do not give rights that one lacks', severity: 'critical', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.8'], checkov: ['CKV_K8S_157', 'CKV_K8S_158', 'CKV2_K8S_1'], kubescape: ['C-0191'] },
    cel: grantsNone('exceed-rights'),
    message: 'escalate and bind on roles and clusterroles must not be granted, with which one gives oneself rights that one lacks',
    remediation: ADMINISTRATORS,
    at: 'rules', also: [...STAR_VERB, 'rbac/no-rights-writes', 'rbac/no-wildcard-groups', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading roles': [grant('get list', 'rbac.authorization.k8s.io/roles')], 'in capitals': [grant('BIND', 'rbac.authorization.k8s.io/roles')], 'of another group': [grant('bind', 'example.com/roles')], 'on what has no such verb': [grant('bind', '/pods')] },
    denied: {
      'escalate': [grant('escalate', 'rbac.authorization.k8s.io/roles')], 'bind': [grant('bind', 'rbac.authorization.k8s.io/clusterroles')], 'bind by name': [named(grant('bind', 'rbac.authorization.k8s.io/clusterroles'), 'edit')],
      'every verb': [grant('*', 'rbac.authorization.k8s.io/roles')], 'every resource': [grant('escalate', 'rbac.authorization.k8s.io/*')], 'every group': [grant('bind', '*/clusterroles')],
    },
  },
  {
    id: 'rbac/no-rights-writes', title: 'Roles do not write roles and their bindings', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, trivy: ['KSV-0050', 'KSV-0051', 'KSV-0052', 'KSV-0055'] },
    cel: grantsNone('write-rights'),
    message: 'roles, clusterroles and their bindings must not be created or changed, with which one passes one\'s rights on to anyone',
    remediation: ADMINISTRATORS,
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', 'rbac.authorization.k8s.io/rolebindings', 'rbac.authorization.k8s.io/clusterroles')], 'deleting them': [grant('delete', 'rbac.authorization.k8s.io/rolebindings')], 'of another group': [grant('create', 'example.com/rolebindings')] },
    denied: {
      'role bindings': [grant('create', 'rbac.authorization.k8s.io/rolebindings')], 'cluster role bindings': [grant('update', 'rbac.authorization.k8s.io/clusterrolebindings')], 'roles': [grant('patch', 'rbac.authorization.k8s.io/roles')],
      'cluster roles': [grant('create', 'rbac.authorization.k8s.io/clusterroles')], 'by name': [named(grant('patch', 'rbac.authorization.k8s.io/rolebindings'), 'a')], 'every verb': [grant('*', 'rbac.authorization.k8s.io/rolebindings')], 'every resource': [grant('create', 'rbac.authorization.k8s.io/*')],
    },
  },
  {
    id: 'rbac/no-impersonation', title: 'Roles do not make one another identity', severity: 'critical', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K09'], cis: ['5.1.8'], checkov: ['CKV2_K8S_3'], trivy: ['KSV-0043'], kubescape: ['C-0065', 'C-0191'] },
    cel: grantsNone('impersonate'),
    message: 'impersonate on users, groups, serviceaccounts, uids and userextras must not be granted, with which one becomes anyone, system:masters included',
    remediation: ADMINISTRATORS,
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-groups', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading accounts': [grant('get list', '/serviceaccounts')], 'of another group': [grant('impersonate', 'example.com/users')], 'on what has no such verb': [grant('impersonate', '/pods')] },
    denied: {
      'users': [grant('impersonate', '/users')], 'groups': [grant('impersonate', '/groups')], 'accounts': [grant('impersonate', '/serviceaccounts')], 'user ids': [grant('impersonate', 'authentication.k8s.io/uids')],
      'one extra': [grant('impersonate', 'authentication.k8s.io/userextras/scopes')], 'extras': [grant('impersonate', 'authentication.k8s.io/userextras')], 'one user': [named(grant('impersonate', '/users'), 'jane')],
      'every verb': [grant('*', '/serviceaccounts')], 'every resource': [grant('impersonate', '/*')], 'every group': [grant('impersonate', '*/groups')],
    },
  },
  {
    id: 'rbac/no-certificate-approval', title: 'Roles do not approve or sign certificates', severity: 'critical', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K09'], cis: ['5.1.11'], checkov: ['CKV_K8S_156'], kubescape: ['C-0280'] },
    cel: grantsNone('approve-certificates'),
    message: 'certificatesigningrequests/approval must not be changed, nor approve or sign on signers granted, with which one forges the certificate of anyone',
    remediation: ADMINISTRATORS,
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'requesting': [grant('create get', 'certificates.k8s.io/certificatesigningrequests')], 'reading signers': [grant('get', 'certificates.k8s.io/signers')], 'of another group': [grant('approve', 'cert-manager.io/signers')] },
    denied: {
      'approval': [grant('update', 'certificates.k8s.io/certificatesigningrequests/approval')], 'patching it': [grant('patch', 'certificates.k8s.io/certificatesigningrequests/approval')], 'approve': [grant('approve', 'certificates.k8s.io/signers')],
      'sign': [named(grant('sign', 'certificates.k8s.io/signers'), 'kubernetes.io/kube-apiserver-client')], 'every verb': [grant('*', 'certificates.k8s.io/signers')], 'the approval of everything': [grant('update', 'certificates.k8s.io/*/approval')],
    },
  },
  {
    id: 'rbac/no-webhook-writes', title: 'Roles do not write admission webhooks', severity: 'high', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K04'], cis: ['5.1.12'], checkov: ['CKV_K8S_155'], trivy: ['KSV-0114'], kubescape: ['C-0281'] },
    cel: grantsNone('write-webhooks'),
    message: 'webhook configurations and mutating admission policies must not be written: they read and change every object, Secrets among them, or let any pass',
    remediation: ADMINISTRATORS,
    at: 'rules', also: [...STAR_VERB, 'rbac/no-admission-policy-writes', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', 'admissionregistration.k8s.io/mutatingwebhookconfigurations')], 'of another group': [grant('create', 'example.com/validatingwebhookconfigurations')] },
    denied: {
      'mutating ones': [grant('create', 'admissionregistration.k8s.io/mutatingwebhookconfigurations')], 'validating ones': [grant('update', 'admissionregistration.k8s.io/validatingwebhookconfigurations')], 'by name': [named(grant('patch', 'admissionregistration.k8s.io/validatingwebhookconfigurations'), 'a')],
      'deleting them': [grant('delete', 'admissionregistration.k8s.io/validatingwebhookconfigurations')], 'mutating policies': [grant('create', 'admissionregistration.k8s.io/mutatingadmissionpolicybindings')], 'every resource': [grant('update', 'admissionregistration.k8s.io/*')], 'every verb': [grant('*', 'admissionregistration.k8s.io/mutatingwebhookconfigurations')],
    },
  },
  {
    id: 'rbac/no-admission-policy-writes', title: 'Roles do not write admission policies', severity: 'high', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K04'] },
    cel: grantsNone('write-admission-policies'),
    message: 'validatingadmissionpolicies and their bindings must not be written, with which one switches controls off',
    remediation: ADMINISTRATORS,
    at: 'rules', also: ['rbac/no-webhook-writes', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', 'admissionregistration.k8s.io/validatingadmissionpolicies')], 'of another group': [grant('update', 'policies.kyverno.io/validatingadmissionpolicies')] },
    denied: { 'policies': [grant('update', 'admissionregistration.k8s.io/validatingadmissionpolicies')], 'bindings': [grant('create', 'admissionregistration.k8s.io/validatingadmissionpolicybindings')], 'deleting them': [grant('delete', 'admissionregistration.k8s.io/validatingadmissionpolicybindings')], 'every resource': [grant('patch', 'admissionregistration.k8s.io/*')] },
  },
  {
    id: 'rbac/no-node-proxy', title: 'Roles do not reach the API of kubelets', severity: 'critical', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.10'], checkov: ['CKV2_K8S_2'], trivy: ['KSV-0047'], kubescape: ['C-0279'] },
    cel: grantsNone('use-node-proxy'),
    message: 'nodes/proxy must not be granted, not even get: over a websocket it runs commands in every pod of a node, past audit and admission',
    remediation: 'Grant `get` on nodes/metrics and nodes/stats, or read metrics of the group metrics.k8s.io.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [nodes/metrics]\n  verbs: [get]',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-groups'],
    allowed: { ...HARMLESS, 'metrics': [grant('get', '/nodes/metrics', '/nodes/stats')], 'nodes themselves': [grant('get list watch', '/nodes')], 'a subresource by a star behind it': [grant('get', '/nodes/*')], 'a verb it has not': [grant('list', '/nodes/proxy')] },
    denied: { 'get': [grant('get', '/nodes/proxy')], 'create': [grant('create', '/nodes/proxy')], 'every verb': [grant('*', '/nodes/proxy')], 'of one node': [named(grant('get', '/nodes/proxy'), 'a')], 'every group': [grant('get', '*/nodes/proxy')] },
  },
  {
    id: 'rbac/no-pod-stealing', title: 'Roles do not drive pods to other nodes', severity: 'high', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: LEAST_PRIVILEGE,
    cel: `!object.?rules.orValue([]).exists(r, ${granted('write-nodes', 'write-node-status')}) || ${noRule("r.?apiGroups.orValue([]).exists(x, x in ['', '*']) && ("
      + "r.?resources.orValue([]).exists(x, x in ['pods', '*']) && r.?verbs.orValue([]).exists(x, x in ['delete', 'deletecollection', '*']) || "
      + "r.?resources.orValue([]).exists(x, x in ['pods/eviction', '*/eviction', '*']) && r.?verbs.orValue([]).exists(x, x in ['create', '*']))")}`,
    message: 'changing nodes and deleting or evicting pods must not be granted together: pods of others, with their accounts, are driven to a node of one\'s own',
    remediation: 'Grant one of them alone: whoever drains nodes needs `patch` on nodes, and no one else does.',
    at: 'rules', also: ['rbac/no-broad-deletion', 'rbac/no-cluster-wide-workload-writes', 'rbac/no-status-writes'],
    allowed: { ...HARMLESS, 'nodes alone': [grant('update patch', '/nodes')], 'eviction alone': [grant('create', '/pods/eviction'), grant('get', '/nodes')], 'deleting pods alone': [grant('delete', '/pods')] },
    denied: {
      'delete and update': [grant('delete', '/pods'), grant('update', '/nodes')], 'evict and patch': [grant('patch', '/nodes'), grant('create', '/pods/eviction')], 'in one rule': [grant('update delete', '/pods', '/nodes')],
      'the status of nodes': [grant('patch', '/nodes/status'), grant('delete', '/pods')],
    },
  },
  {
    id: 'rbac/no-volume-creation', title: 'Roles do not create PersistentVolumes', severity: 'high', level: 'restricted', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.9'], kubescape: ['C-0278'] },
    cel: grantsNone('create-volumes'),
    message: 'persistentvolumes must not be created, with which any path of a node is mounted, past Pod Security',
    remediation: 'Grant persistentvolumeclaims, and let a provisioner create the volumes.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [persistentvolumeclaims]\n  verbs: [get, list, create]',
    at: 'rules', also: [...STAR_VERB, 'rbac/no-wildcard-groups'],
    allowed: { ...HARMLESS, 'claims': [grant('create', '/persistentvolumeclaims')], 'reading them': [grant('get list watch', '/persistentvolumes')], 'changing them': [grant('update patch', '/persistentvolumes', '/persistentvolumes/status')] },
    denied: { 'create': [grant('create', '/persistentvolumes')], 'every verb': [grant('*', '/persistentvolumes')], 'every group': [grant('create', '*/persistentvolumes')] },
  },
  {
    id: 'rbac/no-namespace-changes', title: 'Roles do not change namespaces', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, owasp: ['K02', 'K04'] },
    // In a Role, too: the request for a namespace counts as one in it.
    cel: grantsNone('change-namespaces'),
    message: 'namespaces must not be updated or patched, whose labels Pod Security and network policies go by',
    remediation: ADMINISTRATORS,
    at: 'rules', also: STAR_VERB,
    allowed: { ...HARMLESS, 'reading them': [grant('get list watch', '/namespaces')], 'creating them': [grant('create', '/namespaces')], 'of another group': [grant('update', 'example.com/namespaces')] },
    denied: { 'update': [grant('update', '/namespaces')], 'patch': [grant('patch', '/namespaces')], 'one by name': [named(grant('patch', '/namespaces'), 'shop')], 'their status': [grant('patch', '/namespaces/status')], 'finalizing': [grant('update', '/namespaces/finalize')], 'every verb': [grant('*', '/namespaces')] },
  },
  {
    id: 'rbac/no-system-config-writes', title: 'Roles do not write the configuration of the cluster', severity: 'critical', level: 'restricted', on: ROLE,
    frameworks: { ...LEAST_PRIVILEGE, trivy: ['KSV-0049', 'KSV-0115'], kubescape: ['C-0037'] },
    cel: `!(${IN_KUBE_SYSTEM}) || ${grantsNone('write-system-config')}`,
    message: 'configmaps of kube-system must not be written: aws-auth says who is an administrator, coredns what names resolve to',
    remediation: 'Name the config maps that are meant, and none of Kubernetes\' own.',
    snippet: 'rules:\n- apiGroups: [""]\n  resources: [configmaps]\n  resourceNames: [my-controller]\n  verbs: [get, update, patch]',
    at: 'rules', base: { metadata: { namespace: 'kube-system' } }, also: ['rbac/no-container-injection', 'rbac/no-namespace-changes', 'rbac/no-network-policy-bypass', 'rbac/no-secret-writes', 'rbac/no-status-writes', 'rbac/no-system-workload-writes', 'rbac/no-traffic-redirection', 'rbac/no-wildcard-resources'],
    allowed: { ...HARMLESS, 'one of its own by name': [named(grant('update patch', '/configmaps'), 'my-controller')] },
    denied: {
      'create': [grant('create', '/configmaps')], 'update': [grant('update', '/configmaps')], 'delete': [grant('delete', '/configmaps')], 'coredns by name': [named(grant('update', '/configmaps'), 'coredns')],
      'aws-auth beside its own': [named(grant('patch', '/configmaps'), 'my-controller', 'aws-auth')], 'created by name': [named(grant('create update', '/configmaps'), 'my-controller')], 'every resource': [grant('update', '/*')],
    },
    objectsAllowed: { 'in another namespace': { metadata: { namespace: 'shop' }, rules: [grant('create update', '/configmaps')] } },
  },
  {
    id: 'rbac/no-cluster-wide-config-writes', title: 'ClusterRoles do not write config maps', severity: 'medium', level: 'strict', on: CLUSTER_ROLE,
    frameworks: { ...LEAST_PRIVILEGE, trivy: ['KSV-0049', 'KSV-0115'], kubescape: ['C-0037'] },
    cel: grantsNone('write-system-config'),
    message: 'configmaps are not to be written by a ClusterRole, whose binding may cover kube-system, where they configure the cluster',
    remediation: 'Grant it in a Role of the namespace in which they are to be written, or by name.',
    snippet: 'kind: Role',
    at: 'rules', also: STAR_VERB,
    allowed: { ...HARMLESS, 'one of its own by name': [named(grant('update patch', '/configmaps'), 'my-controller')] },
    denied: { 'create': [grant('create', '/configmaps')], 'update': [grant('update', '/configmaps')], 'coredns by name': [named(grant('update', '/configmaps'), 'coredns')], 'every verb': [grant('*', '/configmaps')] },
  },
  {
    id: 'rbac/no-broad-deletion', title: 'Roles do not delete everything at once', severity: 'medium', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, kubescape: ['C-0007'] },
    cel: noRule("r.?verbs.orValue([]).exists(x, x in ['deletecollection', '*']) && r.?resources.orValue([]).size() > 0 || r.?verbs.orValue([]).exists(x, x == 'delete') && (r.?resources.orValue([]).exists(x, x == '*') || "
      + "r.?apiGroups.orValue([]).exists(x, x in ['', '*']) && r.?resources.orValue([]).exists(x, x in ['namespaces', 'nodes', 'persistentvolumes']) || "
      + "r.?apiGroups.orValue([]).exists(x, x in ['apiextensions.k8s.io', '*']) && r.?resources.orValue([]).exists(x, x == 'customresourcedefinitions'))"),
    message: 'deletecollection is not to be granted, nor delete on every resource, on namespaces, nodes, persistentvolumes or customresourcedefinitions, with which all that is in them goes',
    remediation: 'Grant `delete` on the resources that are meant.',
    snippet: 'rules:\n- apiGroups: [apps]\n  resources: [deployments]\n  verbs: [delete]',
    at: 'rules', also: ['rbac/no-wildcard-resources', 'rbac/no-wildcard-verbs'],
    allowed: { ...HARMLESS, 'one kind': [grant('delete', '/configmaps', 'apps/deployments')], 'claims': [grant('delete', '/persistentvolumeclaims')], 'of another group': [grant('delete', 'example.com/nodes')], 'every verb on a URL': [{ nonResourceURLs: ['/metrics'], verbs: ['deletecollection'] }] },
    denied: {
      'a whole collection': [grant('deletecollection', '/pods')], 'of a custom resource': [grant('deletecollection', 'example.com/things')], 'every resource': [grant('delete', 'example.com/*')], 'namespaces': [grant('delete', '/namespaces')],
      'definitions of custom resources': [grant('delete', 'apiextensions.k8s.io/customresourcedefinitions')], 'every verb': [grant('*', 'example.com/things')],
    },
  },
  {
    id: 'rbac/names-restrict', title: 'Names in a role restrict its verbs', severity: 'low', level: 'strict', on: ROLES,
    frameworks: LEAST_PRIVILEGE,
    cel: noRule("r.?resourceNames.orValue([]).size() > 0 && (r.?verbs.orValue([]).exists(x, x in ['list', 'watch', 'deletecollection', '*']) || "
      + "r.?verbs.orValue([]).exists(x, x == 'create') && r.?resources.orValue([]).exists(x, !x.contains('/')))"),
    message: 'resourceNames must not stand beside create and deletecollection, whose requests bear no name, nor beside list and watch, whose requests bear one only as a field selector',
    remediation: 'Grant these verbs in a rule of their own without names, or leave them out.',
    snippet: 'rules:\n- apiGroups: [coordination.k8s.io]\n  resources: [leases]\n  verbs: [create]\n- apiGroups: [coordination.k8s.io]\n  resources: [leases]\n  resourceNames: [my-controller]\n  verbs: [get, update]',
    at: 'rules', also: STAR_VERB,
    allowed: { ...HARMLESS, 'verbs that they restrict': [named(grant('get update patch delete', 'coordination.k8s.io/leases'), 'a')], 'creating a subresource': [named(grant('create', 'example.com/things/approval'), 'a')], 'no names': [named(grant('create list', 'coordination.k8s.io/leases'))] },
    denied: { 'create': [named(grant('create', 'coordination.k8s.io/leases'), 'a')], 'list': [named(grant('get list', '/configmaps'), 'a')], 'watch': [named(grant('watch', '/configmaps'), 'a')], 'every verb': [named(grant('*', 'example.com/things'), 'a')] },
  },
  {
    id: 'rbac/no-cluster-resources-in-role', title: 'Roles name no resources of the cluster', severity: 'low', level: 'strict', on: ROLE,
    frameworks: LEAST_PRIVILEGE,
    cel: noRule(OF_THE_CLUSTER.map((granted) => `(${granted})`).join(' || ')),
    message: 'a Role grants nothing on resources that stand in no namespace, so what it says is not so',
    remediation: 'Leave them out, or grant them in a ClusterRole.',
    at: 'rules',
    allowed: { ...HARMLESS, 'the namespace itself': [grant('get', '/namespaces')], 'binding a ClusterRole here': [grant('get', 'rbac.authorization.k8s.io/clusterroles')], 'metrics of pods': [grant('get', 'metrics.k8s.io/pods')] },
    denied: { 'nodes': [grant('get', '/nodes')], 'volumes': [grant('get', '/pods', '/persistentvolumes')], 'definitions of custom resources': [grant('list', 'apiextensions.k8s.io/customresourcedefinitions')], 'storage classes': [grant('get', 'storage.k8s.io/storageclasses')] },
  },
];
