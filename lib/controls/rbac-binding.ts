import type { ObjectControl } from './control';

const CLUSTER = 'rbac.authorization.k8s.io/ClusterRoleBinding';
const NAMESPACED = 'rbac.authorization.k8s.io/RoleBinding';
const BINDINGS = [CLUSTER, NAMESPACED];
const LEAST_PRIVILEGE = { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] };
const API_GROUP = 'rbac.authorization.k8s.io';
const clusterRole = (name: string) => ({ apiGroup: API_GROUP, kind: 'ClusterRole', name });
const user = (name: string) => ({ kind: 'User', apiGroup: API_GROUP, name });
const group = (name: string) => ({ kind: 'Group', apiGroup: API_GROUP, name });
const account = (name: string, namespace = 'shop') => ({ kind: 'ServiceAccount', name, namespace });

const NO_SUBJECTS = { 'nothing said': undefined, 'nobody': [] };
const ROLE_NAME = "object.?roleRef.?name.orValue('')";
const noSubject = (cel: string) => `!object.?subjects.orValue([]).exists(s, ${cel})`;
const subject = (kind: string, cel: string) => `s.?kind.orValue('') == '${kind}' && (${cel})`;
const NAME = "s.?name.orValue('')";

/** Kubernetes' own bindings bind the role of their name; of other names they are anybody's. */
const builtIn = (...names: string[]) => `(object.?kind.orValue('') == 'ClusterRoleBinding' && ${ROLE_NAME} == object.?metadata.?name.orValue('') && ${ROLE_NAME} in [${names.map((name) => `'${name}'`).join(', ')}])`;
const BOUND_TO_MASTERS = `${builtIn('cluster-admin')} && object.?subjects.orValue([]).all(s, ${subject('Group', `${NAME} == 'system:masters'`)})`;

/** Whom roles must not be bound to, and which ones not. */
export const RBAC_BINDING: readonly ObjectControl[] = [
  {
    id: 'rbac/no-cluster-admin-binding', title: 'Nobody is bound to cluster-admin', severity: 'critical', level: 'restricted', on: [CLUSTER],
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.1'], trivy: ['KSV-0111'], kubeLinter: ['cluster-admin-role-binding'], kubescape: ['C-0035', 'C-0185'], polaris: ['clusterrolebindingClusterAdmin'] },
    cel: `${ROLE_NAME} != 'cluster-admin' || (${BOUND_TO_MASTERS})`,
    message: 'cluster-admin must not be bound, which gives full control of the cluster',
    remediation: 'Bind a ClusterRole that names what is needed, or a Role of one namespace.',
    snippet: 'roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view',
    at: 'roleRef', also: ['rbac/valid-role-reference'],
    allowed: { 'nothing said': undefined, 'another role': clusterRole('view'), 'near its name': clusterRole('cluster-admins'), 'in capitals': clusterRole('Cluster-Admin') },
    denied: { 'cluster-admin': clusterRole('cluster-admin') },
    objectsAllowed: { 'Kubernetes\' own': { metadata: { name: 'cluster-admin' }, roleRef: clusterRole('cluster-admin'), subjects: [group('system:masters')] } },
    objectsDenied: {
      'of that name, to somebody else': { metadata: { name: 'cluster-admin' }, roleRef: clusterRole('cluster-admin'), subjects: [user('jane')] },
      'of another name, to nobody': { metadata: { name: 'admins' }, roleRef: clusterRole('cluster-admin'), subjects: null },
    },
  },
  {
    id: 'rbac/no-cluster-wide-admin-binding', title: 'Nobody is bound to admin or edit in the whole cluster', severity: 'high', level: 'restricted', on: [CLUSTER],
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.1'], kubescape: ['C-0035'] },
    cel: `!(${ROLE_NAME} in ['admin', 'edit'])`,
    message: 'admin and edit must not be bound by a ClusterRoleBinding: they write workloads and read Secrets of every namespace, kube-system included',
    remediation: 'Bind it by a RoleBinding in the namespaces that are meant.',
    snippet: 'kind: RoleBinding',
    at: 'roleRef', also: ['rbac/valid-role-reference'],
    allowed: { 'nothing said': undefined, 'view': clusterRole('view'), 'near its name': clusterRole('editor') },
    denied: { 'admin': clusterRole('admin'), 'edit': clusterRole('edit') },
  },
  {
    id: 'rbac/no-namespace-cluster-admin', title: 'Nobody is bound to cluster-admin in a namespace', severity: 'high', level: 'restricted', on: [NAMESPACED],
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.1'], kubeLinter: ['cluster-admin-role-binding'], kubescape: ['C-0035'], polaris: ['rolebindingClusterAdminClusterRole'] },
    cel: `!(object.?roleRef.?kind.orValue('') == 'ClusterRole' && ${ROLE_NAME} == 'cluster-admin')`,
    message: 'cluster-admin must not be bound, which gives full control of the namespace, its roles and Pod Security labels included',
    remediation: 'Bind a Role that names what is needed, or the ClusterRole edit.',
    snippet: 'roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: deployer',
    at: 'roleRef', also: ['rbac/valid-role-reference'],
    allowed: { 'nothing said': undefined, 'edit': clusterRole('edit'), 'a Role of its name': { apiGroup: API_GROUP, kind: 'Role', name: 'cluster-admin' } },
    denied: { 'cluster-admin': clusterRole('cluster-admin') },
  },
  {
    id: 'rbac/no-controller-role-binding', title: 'Roles of Kubernetes\' own components are not bound to others', severity: 'high', level: 'restricted', on: BINDINGS,
    frameworks: LEAST_PRIVILEGE,
    cel: `object.?roleRef.?kind.orValue('') != 'ClusterRole' || !(${ROLE_NAME}.startsWith('system:controller:') || ${ROLE_NAME} in ['system:kube-controller-manager', 'system:node', 'system:kubelet-api-admin', `
      + "'system:certificates.k8s.io:kube-apiserver-client-approver', 'system:certificates.k8s.io:legacy-unknown-approver']) || "
      + `object.?kind.orValue('') == 'ClusterRoleBinding' && ${ROLE_NAME} == object.?metadata.?name.orValue('')`,
    message: 'roles of Kubernetes\' own components must not be bound: some read every Secret, some write roles',
    remediation: 'Bind a role that names what is needed.',
    at: 'roleRef', also: ['rbac/valid-role-reference'],
    allowed: { 'nothing said': undefined, 'what is made for others': clusterRole('system:auth-delegator'), 'near a name': clusterRole('system:nodes') },
    denied: { 'a controller\'s': clusterRole('system:controller:clusterrole-aggregation-controller'), 'a kubelet\'s': clusterRole('system:node'), 'the controller manager\'s': clusterRole('system:kube-controller-manager') },
    objectsAllowed: { 'Kubernetes\' own': { kind: 'ClusterRoleBinding', metadata: { name: 'system:controller:job-controller' }, roleRef: clusterRole('system:controller:job-controller'), subjects: [account('job-controller', 'kube-system')] } },
  },
  {
    id: 'rbac/no-masters-group', title: 'No role is bound to system:masters', severity: 'critical', level: 'restricted', on: BINDINGS,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.7'], trivy: ['KSV-0123'], kubescape: ['C-0246'] },
    cel: `${noSubject(subject('Group', `${NAME} == 'system:masters'`))} || (${BOUND_TO_MASTERS})`,
    message: 'the group system:masters must not be used, which bypasses RBAC and webhooks, and cannot be revoked',
    remediation: 'Use a group of your own, and bind what it needs.',
    snippet: 'subjects:\n- kind: Group\n  apiGroup: rbac.authorization.k8s.io\n  name: platform-team',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'another group': [group('masters')], 'a user of that name': [user('system:masters')] },
    denied: { 'the group': [group('system:masters')], 'among others': [user('jane'), group('system:masters')] },
    objectsAllowed: { 'Kubernetes\' own': { kind: 'ClusterRoleBinding', metadata: { name: 'cluster-admin' }, roleRef: clusterRole('cluster-admin'), subjects: [group('system:masters')] } },
  },
  {
    id: 'rbac/no-anonymous-subjects', title: 'No role is bound to whoever asks', severity: 'critical', level: 'restricted', on: BINDINGS,
    frameworks: { ...LEAST_PRIVILEGE, nsa: ['Authentication', 'Role-based access control'], owasp: ['K02', 'K09'], nist: ['800-190 4.3.2', '800-53 AC-14'], console: ['anonymousUserRBACBinding'], trivy: ['KSV-0122'], kubescape: ['C-0262'] },
    cel: `${noSubject(`${subject('User', `${NAME} == 'system:anonymous'`)} || ${subject('Group', `${NAME} == 'system:unauthenticated'`)}`)} || ${builtIn('system:public-info-viewer', 'system:basic-user', 'system:discovery')}`,
    message: 'system:anonymous and system:unauthenticated must not be bound, which are whoever reaches the API server',
    remediation: 'Name the users, groups or accounts that are meant.',
    snippet: 'subjects:\n- kind: Group\n  apiGroup: rbac.authorization.k8s.io\n  name: developers',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'a user': [user('jane')], 'a group named as the user': [group('system:anonymous')], 'near its name': [user('anonymous')] },
    denied: { 'the user': [user('system:anonymous')], 'the group': [group('system:unauthenticated')], 'among others': [user('jane'), group('developers'), group('system:unauthenticated')] },
    objectsAllowed: { 'Kubernetes\' own': { kind: 'ClusterRoleBinding', metadata: { name: 'system:public-info-viewer' }, roleRef: clusterRole('system:public-info-viewer'), subjects: [group('system:authenticated'), group('system:unauthenticated')] } },
    objectsDenied: { 'of its name, with another role': { metadata: { name: 'system:public-info-viewer' }, roleRef: clusterRole('view'), subjects: [group('system:unauthenticated')] } },
  },
  {
    id: 'rbac/no-everyone-subjects', title: 'No role is bound to every identity', severity: 'high', level: 'restricted', on: BINDINGS,
    frameworks: { ...LEAST_PRIVILEGE, trivy: ['KSV-01011'], kubescape: ['C-0265'] },
    cel: `${noSubject(subject('Group', `${NAME} in ['system:authenticated', 'system:serviceaccounts'] || ${NAME}.startsWith('system:serviceaccounts:')`))} || `
      + builtIn('system:public-info-viewer', 'system:basic-user', 'system:discovery', 'system:service-account-issuer-discovery'),
    message: 'system:authenticated and system:serviceaccounts must not be bound, which are every identity of the cluster, or every account of it or of a namespace',
    remediation: 'Name the users, groups or accounts that are meant.',
    snippet: 'subjects:\n- kind: ServiceAccount\n  name: web\n  namespace: shop',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'an account': [account('web')], 'a user named as the group': [user('system:authenticated')], 'near its name': [group('system:serviceaccounts-of-shop')] },
    denied: { 'who is authenticated': [group('system:authenticated')], 'every account': [group('system:serviceaccounts')], 'every account of a namespace': [group('system:serviceaccounts:shop')], 'among others': [account('web'), group('system:authenticated')] },
    objectsAllowed: { 'Kubernetes\' own': { kind: 'ClusterRoleBinding', metadata: { name: 'system:basic-user' }, roleRef: clusterRole('system:basic-user'), subjects: [group('system:authenticated')] } },
  },
  {
    id: 'rbac/no-default-account', title: 'No role is bound to the account "default"', severity: 'medium', level: 'restricted', on: BINDINGS,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.5'], checkov: ['CKV_K8S_42'], kubescape: ['C-0189'] },
    cel: noSubject(`${subject('ServiceAccount', `${NAME} == 'default'`)} || ${subject('User', `${NAME}.startsWith('system:serviceaccount:') && ${NAME}.endsWith(':default')`)}`),
    message: 'the account "default" must not be bound, which every pod of its namespace has that names no other',
    remediation: 'Give the workload an account of its own, and bind that.',
    snippet: 'subjects:\n- kind: ServiceAccount\n  name: web\n  namespace: shop',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'an account of its own': [account('web')], 'near its name': [account('default-web')], 'a group of that name': [group('default')], 'in a namespace of that name': [account('web', 'default')] },
    denied: { 'the account': [account('default')], 'as a user': [user('system:serviceaccount:shop:default')], 'among others': [account('web'), account('default')] },
  },
  {
    id: 'rbac/account-namespace', title: 'Accounts are bound with their namespace', severity: 'medium', level: 'restricted', on: [CLUSTER],
    frameworks: LEAST_PRIVILEGE,
    // In a RoleBinding it is the binding's own, and the API server takes it so.
    cel: noSubject(subject('ServiceAccount', "s.?namespace.orValue('') == ''")),
    message: 'a ServiceAccount in a ClusterRoleBinding must have its namespace, without which nobody is meant and the API server refuses it',
    remediation: 'Set `namespace` to that of the account.',
    snippet: 'subjects:\n- kind: ServiceAccount\n  name: web\n  namespace: shop',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'with it': [account('web')], 'a group, which has none': [group('developers')] },
    denied: { 'without it': [{ kind: 'ServiceAccount', name: 'web' }], 'empty': [account('web', '')], 'among others': [account('api'), { kind: 'ServiceAccount', name: 'web', namespace: null }] },
  },
  {
    id: 'rbac/known-subjects', title: 'Subjects are users, groups or accounts', severity: 'medium', level: 'restricted', on: BINDINGS,
    frameworks: LEAST_PRIVILEGE,
    cel: "object.?subjects.orValue([]).all(s, s.?name.orValue('') != '' && (s.?kind.orValue('') in ['User', 'Group'] && s.?apiGroup.orValue('') in ['', 'rbac.authorization.k8s.io'] || "
      + "s.?kind.orValue('') == 'ServiceAccount' && s.?apiGroup.orValue('') == ''))",
    message: 'a subject must be a User, Group or ServiceAccount with a name, the first two of the group rbac.authorization.k8s.io',
    remediation: 'Write the kind as Kubernetes does; the API server refuses any other.',
    snippet: 'subjects:\n- kind: Group\n  apiGroup: rbac.authorization.k8s.io\n  name: developers',
    at: 'subjects',
    allowed: { ...NO_SUBJECTS, 'each kind': [user('jane'), group('developers'), account('web')], 'the group left to the server': [{ kind: 'User', name: 'jane' }] },
    denied: {
      'in lower case': [{ kind: 'user', name: 'jane' }], 'a role': [{ kind: 'Role', name: 'a' }], 'no kind': [{ name: 'jane' }], 'no name': [{ kind: 'Group' }], 'an empty name': [user('')],
      'an account of RBAC\'s group': [{ ...account('web'), apiGroup: API_GROUP }], 'a group of another API': [{ kind: 'Group', apiGroup: 'example.com', name: 'a' }],
    },
  },
  {
    id: 'rbac/valid-role-reference', title: 'Bindings name a role', severity: 'medium', level: 'restricted', on: BINDINGS,
    frameworks: LEAST_PRIVILEGE,
    cel: "object.?roleRef.?name.orValue('') != '' && object.?roleRef.?apiGroup.orValue('') in ['', 'rbac.authorization.k8s.io'] && "
      + "(object.?roleRef.?kind.orValue('') == 'ClusterRole' || object.?roleRef.?kind.orValue('') == 'Role' && object.?kind.orValue('') == 'RoleBinding')",
    message: 'roleRef must name a ClusterRole, or in a RoleBinding a Role of its namespace',
    remediation: 'Set `kind` and `name` of the role; the API server refuses any other, and roleRef cannot be changed later.',
    snippet: 'roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view',
    at: 'roleRef',
    allowed: { 'a ClusterRole': clusterRole('view'), 'the group left to the server': { kind: 'ClusterRole', name: 'view' } },
    denied: { 'nothing said': undefined, 'no name': { apiGroup: API_GROUP, kind: 'ClusterRole' }, 'no kind': { apiGroup: API_GROUP, name: 'view' }, 'in lower case': { apiGroup: API_GROUP, kind: 'clusterrole', name: 'view' }, 'of another group': { apiGroup: 'example.com', kind: 'ClusterRole', name: 'view' } },
    objectsAllowed: { 'a Role, in a RoleBinding': { kind: 'RoleBinding', roleRef: { apiGroup: API_GROUP, kind: 'Role', name: 'reader' } } },
    objectsDenied: { 'a Role, in a ClusterRoleBinding': { kind: 'ClusterRoleBinding', roleRef: { apiGroup: API_GROUP, kind: 'Role', name: 'reader' } } },
  },
];
