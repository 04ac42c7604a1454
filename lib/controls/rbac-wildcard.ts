import type { ObjectControl } from './control';
import { noRule } from './grant-cel';
import { grant, HARMLESS, named } from './rbac-row';

const ROLES = ['rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/Role'];
const LEAST_PRIVILEGE = { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] };

/**
 * Rules that cover what is yet to come. What is granted today is judged by the other controls of roles, which read a star as
 * the API server does.
 */
export const RBAC_WILDCARD: readonly ObjectControl[] = [
  {
    id: 'rbac/no-full-control', title: 'Roles do not let everything be written', severity: 'critical', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.1', '5.1.3'], checkov: ['CKV_K8S_49'], trivy: ['KSV-0044', 'KSV-0046', 'KSV-0112'], kubeLinter: ['wildcard-in-rules'], kubescape: ['C-0035', 'C-0187'] },
    cel: noRule("r.?apiGroups.orValue([]).exists(x, x == '*') && r.?resources.orValue([]).exists(x, x == '*') && r.?verbs.orValue([]).exists(x, x in ['*', 'create', 'update', 'patch'])"),
    message: 'no rule may let every resource of every group be written, which is as good as cluster-admin',
    remediation: 'Name the groups, resources and verbs that are needed.',
    snippet: 'rules:\n- apiGroups: [apps]\n  resources: [deployments]\n  verbs: [get, list, watch]',
    at: 'rules', also: ['rbac/no-wildcard-groups', 'rbac/no-wildcard-resources', 'rbac/no-wildcard-verbs', ...[
      'admission-policy-writes', 'broad-deletion', 'certificate-approval', 'cluster-wide-workload-writes', 'command-execution', 'container-injection', 'escalation', 'event-deletion',
      'impersonation', 'namespace-changes', 'network-policy-bypass', 'node-proxy', 'pod-stealing', 'rights-writes', 'secret-reads', 'secret-writes', 'status-writes', 'token-creation',
      'traffic-redirection', 'volume-creation', 'webhook-writes',
    ].map((name) => `rbac/no-${name}`)],
    allowed: { ...HARMLESS, 'of one group': [grant('*', 'example.com/*')], 'of one resource': [grant('*', '*/things')], 'to read alone': [grant('get list watch', '*/*')] },
    denied: { 'all of it': [grant('*', '*/*')], 'to change': [grant('get patch', '*/*')], 'beside what is named': [grant('get', '/pods'), { apiGroups: ['', '*'], resources: ['pods', '*'], verbs: ['get', '*'] }] },
  },
  {
    id: 'rbac/no-wildcard-verbs', title: 'Roles name their verbs', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.3'], checkov: ['CKV_K8S_49'], trivy: ['KSV-0044', 'KSV-0045'], kubeLinter: ['wildcard-in-rules'], kubescape: ['C-0187'] },
    cel: noRule("r.?verbs.orValue([]).exists(x, x == '*')"),
    message: 'verbs must not hold "*", which covers impersonate, escalate, bind and what is yet to come',
    remediation: 'Name each verb, of get, list, watch, create, update, patch and delete.',
    snippet: 'verbs: [get, list, watch]',
    at: 'rules', also: ['rbac/no-broad-deletion'],
    // "get*" is a verb that there is not.
    allowed: { ...HARMLESS, 'each by name': [grant('get list watch create update patch delete', 'example.com/things')], 'part of a word': [grant('get*', 'example.com/things')] },
    denied: { 'a star': [grant('*', 'example.com/things')], 'one beside others': [grant('get', 'example.com/others'), grant('get *', 'example.com/things')], 'of a URL': [{ nonResourceURLs: ['/metrics'], verbs: ['*'] }], 'on named objects': [named(grant('*', 'example.com/things'), 'a')] },
  },
  {
    id: 'rbac/no-wildcard-resources', title: 'Roles name their resources', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.3'], checkov: ['CKV_K8S_49'], trivy: ['KSV-0044', 'KSV-0046', 'KSV-0112'], kubeLinter: ['wildcard-in-rules'], kubescape: ['C-0187'] },
    cel: noRule("r.?resources.orValue([]).exists(x, x == '*' || x.startsWith('*/'))"),
    message: 'resources must not hold "*" nor "*/" and a subresource, which cover what is yet to come',
    remediation: 'Name each resource, and each subresource with its resource.',
    snippet: 'resources: [deployments, deployments/scale]',
    at: 'rules',
    // "things/*" is a subresource that there is not.
    allowed: { ...HARMLESS, 'each by name': [grant('get', 'example.com/things', 'example.com/things/scale')], 'subresources by a star': [grant('get', 'example.com/things/*')] },
    denied: { 'a star': [grant('get', 'example.com/*')], 'one beside others': [grant('get', '/pods'), grant('get', 'example.com/things', 'example.com/*')], 'a subresource of everything': [grant('get', 'example.com/*/scale')] },
  },
  {
    id: 'rbac/no-wildcard-groups', title: 'Roles name their API groups', severity: 'high', level: 'restricted', on: ROLES,
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.3'], checkov: ['CKV_K8S_49'], kubeLinter: ['wildcard-in-rules'], kubescape: ['C-0187'] },
    cel: noRule("r.?apiGroups.orValue([]).exists(x, x == '*')"),
    message: 'apiGroups must not hold "*", which covers groups that are yet to come',
    remediation: 'Name each API group; the core group is "".',
    snippet: 'apiGroups: ["", apps]',
    at: 'rules',
    allowed: { ...HARMLESS, 'the core group': [grant('get', '/pods')], 'part of a name': [grant('get', '*.example.com/things')] },
    denied: { 'a star': [grant('get', '*/things')], 'one beside others': [grant('get', '/pods'), grant('get', '/pods', '*/things')] },
  },
  {
    id: 'rbac/no-wildcard-urls', title: 'Roles name the URLs they open', severity: 'medium', level: 'restricted', on: ['rbac.authorization.k8s.io/ClusterRole'],
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.3'] },
    cel: noRule("r.?nonResourceURLs.orValue([]).exists(x, x in ['*', '/*'])"),
    message: 'nonResourceURLs must not hold "*", which covers logs and profiles of the API server',
    remediation: 'Name each path, such as /metrics.',
    snippet: 'nonResourceURLs: [/metrics]',
    at: 'rules',
    allowed: { ...HARMLESS, 'what is below a path': [{ nonResourceURLs: ['/healthz/*'], verbs: ['get'] }] },
    denied: { 'a star': [{ nonResourceURLs: ['*'], verbs: ['get'] }], 'all below the root': [{ nonResourceURLs: ['/metrics', '/*'], verbs: ['get'] }] },
  },
  {
    id: 'rbac/no-aggregating-everything', title: 'Roles do not aggregate every other role', severity: 'critical', level: 'restricted', on: ['rbac.authorization.k8s.io/ClusterRole'],
    frameworks: { ...LEAST_PRIVILEGE, cis: ['5.1.1'] },
    cel: 'object.?aggregationRule.?clusterRoleSelectors.orValue([]).all(s, s.?matchLabels.orValue({}).size() > 0 || s.?matchExpressions.orValue([]).size() > 0)',
    message: 'a selector of aggregationRule must not be empty, since it then selects every ClusterRole, cluster-admin among them',
    remediation: 'Select by a label that only the roles to be aggregated have.',
    snippet: 'aggregationRule:\n  clusterRoleSelectors:\n  - matchLabels: {example.com/aggregate-to-monitoring: "true"}',
    at: 'aggregationRule.clusterRoleSelectors',
    allowed: { 'nothing said': undefined, 'no selectors': [], 'a label': [{ matchLabels: { 'example.com/aggregate': 'true' } }], 'an expression': [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] },
    denied: { 'an empty selector': [{}], 'one beside a label': [{ matchLabels: { a: 'b' } }, { matchLabels: {} }] },
  },
];
