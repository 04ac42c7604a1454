import { auditRulesOf, AuditRule, Logged } from './audit-policy';
import type { InventoryControl, ObjectControl, Sighting } from './control';
import { shown } from '../errors';
import type { Inventory } from '../inventory';

const LOGGING = { nsa: ['Logging'], owasp: ['K10'], nist: ['800-53 AU-2', '800-53 AU-12'], cis: ['3.2.2'], kubescape: ['C-0161'] };

const policy = (...rules: object[]) => [{ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }];
const rule = (level: string, more: object = {}) => ({ level, ...more });
const resources = (group: string, ...names: string[]) => ({ resources: [{ group, resources: names }] });
const METADATA = rule('Metadata');
const SECRETS = rule('Metadata', { resources: [{ group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] }, { group: 'authentication.k8s.io', resources: ['tokenreviews'] }] });

/** Objects whose bodies are secrets. */
const SECRET: readonly Logged[] = [
  { group: '', resource: 'secrets' }, { group: '', resource: 'configmaps' }, { group: '', resource: 'serviceaccounts/token' }, { group: 'authentication.k8s.io', resource: 'tokenreviews' },
];
/** Requests that reach into pods, or change them. */
const CRITICAL: readonly Logged[] = [
  ...['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy', 'pods', 'secrets'].map((resource) => ({ group: '', resource })),
  ...['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map((resource) => ({ group: 'rbac.authorization.k8s.io', resource })),
  { group: 'apps', resource: 'deployments' },
];
const RIGHTS = CRITICAL.filter(({ group }) => group === 'rbac.authorization.k8s.io');

/** What the API server writes down of what happens, by the first rule of a policy that a request meets. */
export const AUDIT: readonly InventoryControl[] = [
  {
    id: 'audit/no-secret-bodies', title: 'The audit log holds no secrets', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...LOGGING, owasp: ['K03', 'K10'], nist: ['800-53 AU-9'] },
    judge: (inventory) => bodiesLogged(inventory),
    message: 'secrets, configmaps, serviceaccounts/token and tokenreviews must be logged at Metadata, whatever the request, or their contents stand in the log',
    remediation: 'Log them at Metadata before any rule that logs bodies.',
    snippet: 'rules:\n- level: Metadata\n  resources:\n  - {group: "", resources: [secrets, configmaps, serviceaccounts/token]}\n  - {group: authentication.k8s.io, resources: [tokenreviews]}',
    allowed: { 'everything at Metadata': policy(METADATA), 'before everything else': policy(SECRETS, rule('RequestResponse')), 'bodies of others': policy(rule('Request', resources('apps')), METADATA), 'nothing said': policy(), 'none of it': policy(rule('None')) },
    denied: {
      'everything with bodies': policy(rule('RequestResponse')), 'after everything else': policy(rule('Request'), SECRETS), 'for some users, before': policy(rule('Request', { users: ['jane'] }), SECRETS),
      'but for one verb': policy({ ...SECRETS, verbs: ['get'] }, rule('RequestResponse')), 'but for one namespace': policy({ ...SECRETS, namespaces: ['shop'] }, rule('Request')), 'one kind alone': policy(rule('RequestResponse', resources('', 'secrets')), METADATA),
      'the group': policy(rule('Request', { resources: [{ group: '' }] }), METADATA), 'tokens of accounts': policy(rule('RequestResponse', resources('', 'serviceaccounts/*')), METADATA), 'but for one name': policy(rule('Metadata', { resources: [{ group: '', resources: ['secrets'], resourceNames: ['a'] }] }), rule('Request', resources('', 'secrets'))),
    },
  },
  {
    id: 'audit/logs-access', title: 'The audit log tells who entered pods, and who changed workloads and rights', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: LOGGING,
    judge: (inventory) => unlogged(inventory, CRITICAL, ['Metadata', 'Request', 'RequestResponse']),
    message: 'pods and their exec, attach, portforward and proxy, secrets, deployments, roles and bindings must be logged at Metadata or more',
    remediation: 'Log them before any rule of level None that they meet, or end with a rule that logs everything at Metadata.',
    snippet: 'rules:\n- level: Metadata',
    allowed: { 'everything': policy(METADATA), 'but health': policy(rule('None', { nonResourceURLs: ['/healthz*'] }), METADATA), 'but what kube-proxy watches': policy(rule('None', { users: ['system:kube-proxy'], verbs: ['watch'], resources: [{ group: '', resources: ['endpoints'] }] }), METADATA), 'but events': policy(rule('None', resources('', 'events')), METADATA) },
    denied: { 'nothing said': policy(), 'none of it': policy(rule('None')), 'secrets alone': policy(SECRETS), 'not exec': policy(rule('None', resources('', 'pods/exec')), METADATA), 'not the core group': policy(rule('None', { resources: [{ group: '' }] }), METADATA), 'not for some users': policy(rule('None', { userGroups: ['system:authenticated'] }), METADATA) },
  },
  {
    id: 'audit/logs-changes-of-rights', title: 'The audit log tells how rights were changed', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: LOGGING,
    judge: (inventory) => unlogged(inventory, RIGHTS.map((logged) => ({ ...logged, verbs: ['create', 'update', 'patch'] })), ['Request', 'RequestResponse']),
    message: 'writes of roles and bindings must be logged at Request or RequestResponse, so that the log tells what was granted',
    remediation: 'Log the group rbac.authorization.k8s.io at RequestResponse.',
    snippet: 'rules:\n- level: RequestResponse\n  verbs: [create, update, patch, delete]\n  resources: [{group: rbac.authorization.k8s.io}]\n- level: Metadata',
    allowed: { 'the group': policy(rule('RequestResponse', { resources: [{ group: 'rbac.authorization.k8s.io' }] }), METADATA), 'its writes': policy(rule('Request', { verbs: ['create', 'update', 'patch', 'delete'], resources: [{ group: 'rbac.authorization.k8s.io' }] }), METADATA) },
    denied: { 'nothing said': policy(METADATA), 'bindings alone': policy(rule('RequestResponse', resources('rbac.authorization.k8s.io', 'rolebindings')), METADATA), 'one verb alone': policy(rule('Request', { verbs: ['create'], resources: [{ group: 'rbac.authorization.k8s.io' }] }), METADATA), 'after everything else': policy(METADATA, rule('RequestResponse', { resources: [{ group: 'rbac.authorization.k8s.io' }] })) },
  },
  {
    id: 'audit/logs-the-rest', title: 'The audit log tells of what no rule is about', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: LOGGING,
    judge: (inventory) => policiesOf(inventory, ({ rules }) => rules.some((each) => each.everything && each.level !== 'None') ? undefined : 'no rule is about every request'),
    message: 'the last rule must log every request at Metadata or more, or what nobody thought of leaves no trace',
    remediation: 'End with a rule that has a level and nothing else.',
    snippet: 'rules:\n- level: Metadata',
    allowed: { 'everything': policy(METADATA), 'at last': policy(rule('None', resources('', 'events')), rule('Request')) },
    denied: { 'nothing said': policy(), 'one kind': policy(SECRETS), 'none of the rest': policy(SECRETS, rule('None')), 'one user': policy(rule('Metadata', { users: ['jane'] })) },
  },
];

/** What stands beside the rules. */
export const AUDIT_STAGE: readonly ObjectControl[] = [
  {
    id: 'audit/omit-request-received', title: 'The audit log tells of each request once', severity: 'low', level: 'strict', on: ['audit.k8s.io/Policy'],
    frameworks: { nsa: ['Logging'], owasp: ['K10'], nist: ['800-53 AU-12'] },
    cel: "'RequestReceived' in object.?omitStages.orValue([]) || object.?rules.orValue([]).size() > 0 && object.rules.all(r, 'RequestReceived' in r.?omitStages.orValue([]))",
    message: 'omitStages should name RequestReceived, which doubles the log and tells nothing that the later stages do not',
    remediation: 'Set `omitStages: [RequestReceived]`.',
    snippet: 'omitStages: [RequestReceived]',
    at: 'omitStages', base: { rules: [{ level: 'Metadata' }] },
    allowed: { 'the stage': ['RequestReceived'], 'among others': ['RequestReceived', 'ResponseStarted'] },
    denied: { 'nothing said': undefined, 'none': [], 'another': ['ResponseStarted'] },
    objectsAllowed: { 'in each rule': { omitStages: null, rules: [{ level: 'Metadata', omitStages: ['RequestReceived'] }] } },
    objectsDenied: { 'in one of two rules': { omitStages: null, rules: [{ level: 'None', omitStages: ['RequestReceived'] }, { level: 'Metadata' }] } },
  },
];

interface ReadPolicy {
  readonly rules: readonly AuditRule[];
}

/** What is wrong with each policy as a whole. */
function policiesOf(inventory: Inventory, problemOf: (policy: ReadPolicy) => string | undefined): Sighting[] {
  return inventory.ofKind('audit.k8s.io/Policy').flatMap((object): Sighting[] => {
    const problem = problemOf({ rules: auditRulesOf(object) });
    return problem === undefined ? [] : [{ object, path: 'rules', problem: `rules is ${shown((object.json as { rules?: unknown }).rules ?? [])}, where ${problem}` }];
  });
}

/** The rules that some request for a secret may meet first, and that log its body. */
function bodiesLogged(inventory: Inventory): Sighting[] {
  return inventory.ofKind('audit.k8s.io/Policy').flatMap((object): Sighting[] => {
    const rules = auditRulesOf(object);
    const logging = new Map<AuditRule, Logged[]>();
    for (const logged of SECRET) {
      for (const each of rules) {
        if (each.mayMeet(logged) && ['Request', 'RequestResponse'].includes(each.level)) logging.set(each, [...logging.get(each) ?? [], logged]);
        if (each.meets(logged)) break;
      }
    }
    return [...logging].map(([each, logged]) => ({ object, path: each.path, problem: `${each.path} logs the bodies of ${logged.map(({ resource }) => resource).join(', ')} at ${each.level}` }));
  });
}

/** What some request for it may meet first a rule that logs less than it should, or none at all. */
function unlogged(inventory: Inventory, all: readonly Logged[], levels: readonly string[]): Sighting[] {
  return policiesOf(inventory, ({ rules }) => {
    const missing = all.filter((logged) => {
      const decisive = rules.findIndex((each) => each.meets(logged));
      return decisive === -1 || rules.slice(0, decisive + 1).some((each) => each.mayMeet(logged) && !levels.includes(each.level));
    });
    return missing.length === 0 ? undefined : `${missing.map(({ resource }) => resource).join(', ')} may be logged at less, or not at all`;
  });
}
