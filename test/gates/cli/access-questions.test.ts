import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { main } from '../../../lib/gates/cli/main';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'questions.'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const API = 'rbac.authorization.k8s.io/v1';
const role = (kind: string, name: string, rules: object[], more: object = {}) => ({ apiVersion: API, kind, metadata: { name, ...kind === 'Role' ? { namespace: 'shop' } : {} }, rules, ...more });
const binding = (kind: string, name: string, [of, to]: [string, string], subjects: object[]) =>
  ({ apiVersion: API, kind, metadata: { name, ...kind === 'RoleBinding' ? { namespace: 'shop' } : {} }, roleRef: { kind: of, name: to }, subjects });
const READ_PODS = { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] };
const SHOP = [
  role('Role', 'reader', [READ_PODS]),
  role('ClusterRole', 'scaler', [{ apiGroups: ['*'], resources: ['*/scale'], verbs: ['update'] }, { nonResourceURLs: ['/logs/*', '/healthz'], verbs: ['get'] }]),
  binding('RoleBinding', 'reader', ['Role', 'reader'], [{ kind: 'User', name: 'jane' }, { kind: 'ServiceAccount', name: 'web' }, { kind: 'Group', name: 'system:serviceaccounts' }]),
  binding('ClusterRoleBinding', 'scaler', ['ClusterRole', 'scaler'], [{ kind: 'Group', name: 'scalers' }]),
];

/** Runs the command on some manifests and questions. */
function ask(questions: string | object[], manifests: object[] = SHOP, ...options: string[]) {
  const [shop, asked] = ['shop.json', 'questions'].map((name) => path.join(folder, name));
  fs.writeFileSync(shop, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
  fs.writeFileSync(asked, typeof questions === 'string' ? questions : questions.map((question) => JSON.stringify(question)).join('\n'));
  const [out, err]: string[][] = [[], []];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text), stdin: () => fs.readFileSync(asked), env: {}, terminal: false };
  const status = main(['access', shop, ...options.includes('--questions') ? [] : ['--questions', asked], ...options], io);
  return { status, answers: out.join('').split('\n').slice(0, -1).map((line) => JSON.parse(line)), err: err.join('').replaceAll(`${folder}/`, '') };
}

const allowed = (spec: object, manifests?: object[], ...options: string[]): boolean => ask([spec], manifests, ...options).answers[0].allowed;
const GET_PODS = { verb: 'get', resource: 'pods', namespace: 'shop' };

describe('each line is answered by a line, in order', () => {
  test('with the binding that allows it', () => {
    expect(ask([{ user: 'jane', resourceAttributes: GET_PODS }, { user: 'joe', resourceAttributes: GET_PODS }])).toEqual({
      status: 0, err: '', answers: [{ allowed: true, reason: 'RBAC: allowed by RoleBinding "reader/shop" of Role "reader" to User "jane"' }, { allowed: false, reason: 'no rule allows it' }],
    });
  });

  test('blank lines get none, and neither the mark at a file\'s beginning nor carriage returns matter', () => {
    const line = JSON.stringify({ user: 'jane', resourceAttributes: GET_PODS });
    expect(ask(`\ufeff${line}\r\n\r\n  \n${line}\n`).answers.map((answer) => answer.allowed)).toEqual([true, true]);
  });

  test('an empty file has none', () => {
    expect(ask('')).toEqual({ status: 0, answers: [], err: '' });
  });

  test('they come from stdin', () => {
    expect(ask([{ user: 'jane', resourceAttributes: GET_PODS }], SHOP, '--questions', '-').answers).toHaveLength(1);
  });
});

const EXAMPLE = 'give the spec of a SubjectAccessReview, such as {"user": "jane", "groups": [], "resourceAttributes": {"verb": "get", "resource": "pods", "namespace": "shop"}}';

test.each([
  ['no JSON', 'pods', '"pods" is no JSON'],
  ['half of it', '{"user":', '"{\\"user\\":" is no JSON'],
  ['a list', '[]', 'it is [], not a map'],
  ['a whole review', '{"kind":"SubjectAccessReview","spec":{"user":"a"}}', 'it is a whole SubjectAccessReview; give what stands in its spec'],
  ['nobody', '{"resourceAttributes":{}}', 'it has neither user nor groups'],
  ['nothing', '{"user":"a"}', 'it has neither resourceAttributes nor nonResourceAttributes'],
  ['both', '{"user":"a","resourceAttributes":{},"nonResourceAttributes":{}}', 'it has both resourceAttributes and nonResourceAttributes'],
  ['a user that is no text', '{"user":1,"resourceAttributes":{}}', 'user is 1, not a text'],
  ['groups that are no list', '{"user":"a","groups":"b","resourceAttributes":{}}', 'groups is "b", not a list'],
  ['a group that is no text', '{"user":"a","groups":[1],"resourceAttributes":{}}', 'groups holds what is no text'],
  ['attributes that are no map', '{"user":"a","resourceAttributes":"get pods"}', 'resourceAttributes is "get pods", not a map'],
  ['a verb that is no text', '{"user":"a","resourceAttributes":{"verb":["get"]}}', 'resourceAttributes.verb is ["get"], not a text'],
  ['names of a prototype', '{"user":"a","__proto__":{"resourceAttributes":{}}}', 'it has neither resourceAttributes nor nonResourceAttributes'],
])('%s is named on stderr; the others are answered, and the exit status is 2', (_name, line, problem) => {
  const good = JSON.stringify({ user: 'jane', resourceAttributes: GET_PODS });
  expect(ask(`${good}\n${line}\n${good}`)).toMatchObject({ status: 2, err: `questions:2: ${problem}; ${EXAMPLE}\n`, answers: [{ allowed: true }, { allowed: true }] });
});

describe('user and groups are taken literally', () => {
  test.each([
    ['an account has no groups but those given', { user: 'system:serviceaccount:other:x', resourceAttributes: GET_PODS }, false],
    ['the group of accounts, when it is said', { user: 'system:serviceaccount:other:x', groups: ['system:serviceaccounts'], resourceAttributes: GET_PODS }, true],
    ['an account by its user name', { user: 'system:serviceaccount:shop:web', resourceAttributes: GET_PODS }, true],
    ['an account of another namespace', { user: 'system:serviceaccount:shop-2:web', resourceAttributes: GET_PODS }, false],
    ['nobody is in system:authenticated', { user: 'jane', nonResourceAttributes: { verb: 'get', path: '/version' } }, false],
    ['unless it is said', { user: 'jane', groups: ['system:authenticated'], nonResourceAttributes: { verb: 'get', path: '/version' } }, true],
    ['system:masters may do anything', { groups: ['system:masters'], resourceAttributes: { verb: 'dance', group: 'nowhere', resource: 'tables' } }, true],
    ['system:masters is no user', { user: 'system:masters', resourceAttributes: GET_PODS }, false],
    ['version, uid and extra play no part', { user: 'jane', uid: '7', extra: { scopes: ['none'] }, resourceAttributes: { ...GET_PODS, version: 'v9' } }, true],
    ['null is absent', { user: 'jane', groups: null, resourceAttributes: { ...GET_PODS, name: null }, nonResourceAttributes: null }, true],
  ])('%s', (_name, spec, answer) => expect(allowed(spec)).toBe(answer));
});

describe('rules', () => {
  test.each([
    ['a subresource is not its resource', { ...GET_PODS, subresource: 'exec' }, 'jane', false],
    ['a subresource by its name', { ...GET_PODS, subresource: 'log' }, 'jane', true],
    ['a resource in another group', { ...GET_PODS, group: 'apps' }, 'jane', false],
    ['a RoleBinding does not reach every namespace', { verb: 'get', resource: 'pods' }, 'jane', false],
    ['any resource\'s scale', { verb: 'update', group: 'apps', resource: 'deployments', subresource: 'scale' }, 'scalers', true],
    ['what is called scale', { verb: 'update', group: 'apps', resource: 'scale' }, 'scalers', false],
    ['a slash in the resource is no subresource', { verb: 'update', group: 'apps', resource: 'deployments/scale' }, 'scalers', false],
  ])('%s', (_name, resourceAttributes, who, answer) => expect(allowed({ ...who === 'jane' ? { user: who } : { groups: [who] }, resourceAttributes })).toBe(answer));

  test.each([['/logs/x', true], ['/logs/', true], ['/logs', false], ['/healthz', true], ['/healthz/', false]])('the path %s', (url, answer) => {
    expect(allowed({ groups: ['scalers'], nonResourceAttributes: { verb: 'get', path: url } })).toBe(answer);
  });

  test.each([['get', 'a', true], ['get', '', false], ['list', '', false], ['list', 'a', true], ['create', '', false]])('with a name, %s of "%s"', (verb, name, answer) => {
    const named = [role('Role', 'r', [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['*'] }]), binding('RoleBinding', 'b', ['Role', 'r'], [{ kind: 'User', name: 'jane' }])];
    expect(allowed({ user: 'jane', resourceAttributes: { verb, resource: 'configmaps', namespace: 'shop', name } }, named)).toBe(answer);
  });
});

describe('bindings', () => {
  const bound = (roleRef: [string, string], kind = 'RoleBinding') => [...SHOP.slice(0, 2), binding(kind, 'b', roleRef, [{ kind: 'User', name: 'zoe' }])];
  const ZOE = { user: 'zoe', resourceAttributes: GET_PODS };

  test('a role that does not exist is named', () => {
    expect(ask([ZOE], bound(['ClusterRole', 'reader'])).answers).toEqual([{ allowed: false, reason: 'no rule allows it; ClusterRole "reader" does not exist' }]);
  });

  test('what the API server refuses grants nothing, and is named', () => {
    expect(ask([ZOE], bound(['Role', 'reader'], 'ClusterRoleBinding'))).toEqual({
      status: 0, answers: [{ allowed: false, reason: 'no rule allows it' }],
      err: 'shop.json:1: ClusterRoleBinding b grants nothing, as the API server refuses it: roleRef.kind is "Role"; it must be ClusterRole\n',
    });
  });

  test('a binding does not change its role', () => {
    const manifests = [...bound(['Role', 'none']), binding('RoleBinding', 'b', ['Role', 'reader'], [{ kind: 'User', name: 'zoe' }])];
    expect(ask([ZOE], manifests)).toMatchObject({ answers: [{ allowed: false }], err: expect.stringContaining('it cannot be changed') });
  });

  test('without a namespace an object goes to "default"', () => {
    const manifests = bound(['Role', 'reader']).map((object) => ({ ...object, metadata: { name: object.metadata.name } }));
    expect(allowed(ZOE, manifests)).toBe(false);
    expect(allowed({ user: 'zoe', resourceAttributes: { ...GET_PODS, namespace: 'default' } }, manifests)).toBe(true);
  });
});

describe('aggregated ClusterRoles', () => {
  const aggregating = (name: string, label: string, own: object = {}) => role('ClusterRole', name, [], { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] }, ...own });
  const labelled = (object: { metadata: object }, ...labels: string[]) => ({ ...object, metadata: { ...object.metadata, labels: Object.fromEntries(labels.map((label) => [label, 'true'])) } });
  const who = (to: string) => binding('ClusterRoleBinding', 'b', ['ClusterRole', to], [{ kind: 'User', name: 'jane' }]);
  const JANE = { user: 'jane', resourceAttributes: { verb: 'get', resource: 'pods' } };

  test('the rules of those they select, and of those these select', () => {
    const manifests = [aggregating('a', 'to-a'), labelled(aggregating('b', 'to-b'), 'to-a'), labelled(role('ClusterRole', 'c', [READ_PODS]), 'to-b'), who('a')];
    expect(allowed(JANE, manifests)).toBe(true);
    expect(allowed(JANE, manifests.slice(1))).toBe(false);
  });

  test('in a circle', () => {
    const circle = [labelled(aggregating('a', 'to-a'), 'to-b'), labelled(aggregating('b', 'to-b'), 'to-a'), who('a')];
    expect(allowed(JANE, circle)).toBe(false);
    expect(allowed(JANE, [...circle, labelled(role('ClusterRole', 'c', [READ_PODS]), 'to-b')])).toBe(true);
  });

  test('what they carry themselves does not count', () => {
    expect(allowed(JANE, [aggregating('a', 'to-a', { rules: [READ_PODS] }), who('a')])).toBe(false);
  });

  test('a role that is added to the built-in ones', () => {
    const spec = { user: 'jane', resourceAttributes: { verb: 'get', group: 'example.com', resource: 'things' } };
    const added = labelled(role('ClusterRole', 'things', [{ apiGroups: ['example.com'], resources: ['things'], verbs: ['get'] }]), 'rbac.authorization.k8s.io/aggregate-to-view');
    expect([who('view'), who('edit'), who('admin')].map((to) => allowed(spec, [added, to]))).toEqual([true, true, true]); // edit holds view, and admin both
  });
});

describe('built-in roles', () => {
  const SCHEDULER = { user: 'system:kube-scheduler', resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'shop' } };

  test('are those of the release', () => {
    expect(allowed(SCHEDULER)).toBe(true);
    const controller = { user: 'system:serviceaccount:kube-system:selinux-warning-controller', resourceAttributes: GET_PODS };
    expect(['1.29', '1.32', '1.33', '1.37'].map((version) => allowed(controller, SHOP, '--kubernetes', version))).toEqual([false, false, true, true]);
  });

  test.each(['cluster-admin', 'system:anything'])('are not added where there is a ClusterRole "%s"', (name) => {
    expect(allowed(SCHEDULER, [...SHOP, role('ClusterRole', name, [])])).toBe(false);
  });

  test('are added beside a Role of that name', () => {
    expect(allowed(SCHEDULER, [...SHOP, role('Role', 'cluster-admin', [])])).toBe(true);
  });

  test('give way to one that is written', () => {
    const manifests = [role('ClusterRole', 'view', []), binding('RoleBinding', 'b', ['ClusterRole', 'view'], [{ kind: 'User', name: 'jane' }])];
    expect(allowed({ user: 'jane', resourceAttributes: GET_PODS }, manifests)).toBe(false);
    expect(allowed({ user: 'jane', resourceAttributes: GET_PODS }, manifests.slice(1))).toBe(true);
  });
});
