import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { main } from '../../../lib/gates/cli/main';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access.'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const SHOP = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: kube-system}
rules:
- {apiGroups: [""], resources: [configmaps], resourceNames: [settings], verbs: [get]}
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployers, namespace: kube-system}
roleRef: {kind: Role, name: deployer}
subjects:
- {kind: Group, name: developers}
- {kind: ServiceAccount, name: ci, namespace: build}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: User, name: jane}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: runner, namespace: build}
spec: {template: {spec: {serviceAccountName: ci, containers: [{name: main}]}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: build, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/ci"}}
`.trimStart();

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

/** Runs the command on the shop, or on other manifests. */
function access(options: string[], manifests = SHOP) {
  const [out, err]: string[][] = [[], []];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text), stdin: () => Buffer.from(''), env: {}, terminal: false };
  const status = main(['access', write('shop.yaml', manifests), ...options], io);
  return { status, out: out.join('').replaceAll(`${folder}/`, ''), err: err.join('').replaceAll(`${folder}/`, '') };
}

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');
const BUILT_IN = (name: string) => `ClusterRoleBinding ${name} (Kubernetes 1.34) → ClusterRole ${name} (Kubernetes 1.34)`;
const DEPLOYER = (line: number) => `RoleBinding kube-system/deployers (shop.yaml:10) → Role kube-system/deployer (shop.yaml:${line})`;

describe('--who-can', () => {
  test('lists who may do it in a namespace, and by what', () => {
    expect(access(['--who-can', 'get configmaps settings', '-n', 'kube-system', '--kubernetes', '1.34'])).toEqual({
      status: 0, err: '', out: text(
        'WHERE         WHO                                               BY',
        `(everywhere)  Group system:masters                              ${BUILT_IN('cluster-admin')}`,
        `(everywhere)  ServiceAccount kube-system/generic-garbage-collector  ${BUILT_IN('system:controller:generic-garbage-collector')}`,
        `(everywhere)  ServiceAccount kube-system/namespace-controller   ${BUILT_IN('system:controller:namespace-controller')}`,
        '(everywhere)  User jane                                         ClusterRoleBinding viewers (shop.yaml:18) → ClusterRole view (from system:aggregate-to-view, Kubernetes 1.34)',
        `(everywhere)  User system:kube-controller-manager               ${BUILT_IN('system:kube-controller-manager')}`,
        'kube-system   Group developers                                  RoleBinding kube-system/deployers (shop.yaml:10) → Role kube-system/deployer (shop.yaml:5)',
        'kube-system   ServiceAccount build/ci                           RoleBinding kube-system/deployers (shop.yaml:10) → Role kube-system/deployer (shop.yaml:5)',
        `kube-system   ServiceAccount kube-system/cloud-provider         ${['RoleBinding', 'Role'].map((kind) => `${kind} kube-system/system:controller:cloud-provider (Kubernetes 1.34)`).join(' → ')}`,
      ),
    });
  });

  const who = (...options: string[]) => JSON.parse(access([...options, '--format', 'json']).out)
    .map(({ subject: { kind, namespace, name }, namespace: where }: never) => [kind, namespace, name, where]).filter(([, namespace, name]: string[]) => namespace !== 'kube-system' && !name.startsWith('system:'));

  test('without a namespace it lists who may do it in any', () => {
    expect(who('--who-can', 'patch deployments')).toEqual([['Group', undefined, 'developers', 'kube-system'], ['ServiceAccount', 'build', 'ci', 'kube-system']]);
  });

  test('in another namespace nobody of them may', () => {
    expect(who('--who-can', 'patch deployments', '-n', 'shop')).toEqual([]);
  });

  test('what is of the cluster is not granted in a namespace', () => {
    const nodes = SHOP.replace('resources: [deployments]', 'resources: [nodes]').replace('apiGroups: [apps]', 'apiGroups: [""]');
    expect(access(['--who-can', 'patch nodes', '-n', 'kube-system'], nodes).out).not.toContain('developers');
  });

  test('but what is about a namespace is, in that one', () => {
    const namespaces = SHOP.replace('resources: [deployments]', 'resources: [namespaces]').replace('apiGroups: [apps]', 'apiGroups: [""]');
    expect(access(['--who-can', 'patch namespaces kube-system'], namespaces).out).toContain('developers');
    expect(access(['--who-can', 'patch namespaces shop'], namespaces).out).not.toContain('developers');
  });

  test('system:masters may do anything, whatever the roles', () => {
    const own = `${SHOP}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: cluster-admin}\n`;
    expect(access(['--who-can', 'get secrets'], own).out).toBe(text('WHERE         WHO                   BY', '(everywhere)  Group system:masters  bypasses RBAC'));
  });

  test('a picture of it', () => {
    expect(access(['--who-can', 'patch deployments', '-n', 'kube-system', '--format', 'mermaid']).out).toContain('-->|"patch deployments.apps in kube-system"|');
  });
});

describe('--as', () => {
  test('lists what somebody may do, the groups of every account included', () => {
    expect(access(['--as', 'system:serviceaccount:build:ci', '-n', 'kube-system']).out).toBe(text(
      'WHERE         VERBS      RESOURCES                                         NAMES     BY',
      `(everywhere)  get        /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/            ${BUILT_IN('system:service-account-issuer-discovery')}`,
      `(everywhere)  create     selfsubjectaccessreviews.authorization.k8s.io,selfsubjectrulesreviews.authorization.k8s.io            ${BUILT_IN('system:basic-user')}`,
      `(everywhere)  create     selfsubjectreviews.authentication.k8s.io                    ${BUILT_IN('system:basic-user')}`,
      `(everywhere)  get        /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/            ${BUILT_IN('system:discovery')}`,
      `(everywhere)  get        /healthz,/livez,/readyz,/version,/version/                  ${BUILT_IN('system:public-info-viewer')}`,
      `kube-system   get        configmaps                                        settings  ${DEPLOYER(5)}`,
      `kube-system   get,patch  deployments.apps                                            ${DEPLOYER(6)}`,
    ));
  });

  test.each([
    ['a group by its name alone', 'developers'], ['a group', 'group:developers'], ['an account', 'system:serviceaccount:build:ci'], ['an account as a user', 'user:system:serviceaccount:build:ci'],
  ])('knows %s', (_name, subject) => expect(access(['--as', subject, '--can', 'patch deployments', '-n', 'kube-system']).status).toBe(0));

  test('a user with groups', () => {
    expect(access(['--as', 'zoe', '--as-group', 'developers', '--can', 'patch deployments', '-n', 'kube-system']).status).toBe(0);
    expect(access(['--as', 'zoe', '--can', 'patch deployments', '-n', 'kube-system']).status).toBe(1);
  });

  test('a member of system:masters may do everything', () => {
    expect(access(['--as', 'group:system:masters']).out).toBe('Group system:masters may do everything: group system:masters bypasses RBAC\n');
  });
});

describe('--as --can', () => {
  test.each([
    ['yes in its namespace', ['--as', 'developers', '--can', 'patch deployments', '-n', 'kube-system'], 0,
      'yes: Group developers may patch deployments.apps in kube-system; RBAC: allowed by RoleBinding "deployers/kube-system" of Role "deployer" to Group "developers"\n'],
    ['no in every namespace', ['--as', 'developers', '--can', 'patch deployments'], 1, 'no: Group developers may not patch deployments.apps in every namespace; no rule allows it\n'],
    ['yes for a name', ['--as', 'developers', '--can', 'get configmaps settings', '-n', 'kube-system'], 0,
      'yes: Group developers may get configmaps "settings" in kube-system; RBAC: allowed by RoleBinding "deployers/kube-system" of Role "deployer" to Group "developers"\n'],
    ['no for another', ['--as', 'developers', '--can', 'get configmaps', '-n', 'kube-system'], 1, 'no: Group developers may not get configmaps in kube-system; no rule allows it\n'],
    ['a path', ['--as', 'jane', '--can', 'get /version'], 0, 'yes: User jane may get /version; RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"\n'],
    ['a path for whoever is not known', ['--as', 'system:anonymous', '--can', 'get /api'], 1, 'no: User system:anonymous may not get /api; no rule allows it\n'],
    ['a subresource', ['--as', 'jane', '--can', 'get pods/log', '-n', 'shop'], 0, 'yes: User jane may get pods/log in shop; RBAC: allowed by ClusterRoleBinding "viewers" of ClusterRole "view" to User "jane"\n'],
    ['any subresource of a custom resource', ['--as', 'jane', '--can', 'update widgets.example.com/scale', '-n', 'shop'], 1, 'no: User jane may not update widgets.example.com/scale in shop; no rule allows it\n'],
  ])('%s', (_name, options, status, out) => expect(access(options)).toEqual({ status, out, err: '' }));

  test('a custom resource is known by its definition', () => {
    const definition = '---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec: {group: example.com, scope: Namespaced, names: {plural: widgets}}\n';
    expect(access(['--as', 'jane', '--can', 'get widgets', '-n', 'shop'], SHOP + definition).out).toContain('may not get widgets.example.com in shop');
  });
});

describe('--paths', () => {
  const ESCALATES = [
    '  2. ServiceAccount kube-system/clusterrole-aggregation-controller may escalate, update clusterroles.rbac.authorization.k8s.io: gives ClusterRole system:controller:clusterrole-aggregation-controller, which it holds, every right',
    `     ${BUILT_IN('system:controller:clusterrole-aggregation-controller')}`,
  ];
  const RUNS = (who: string) => [
    `  1. ${who} may patch deployments.apps in kube-system: runs a pod as any account of kube-system, such as ServiceAccount kube-system/clusterrole-aggregation-controller`, `     ${DEPLOYER(6)}`,
  ];

  test('prints each chain step by step, with the lines it rests on; the exit status is 1', () => {
    expect(access(['--paths'])).toEqual({
      status: 1, err: '', out: text(
        'Group developers comes to cluster-admin:', ...RUNS('Group developers'), ...ESCALATES, '',
        'ServiceAccount build/ci, as which build/runner[Deployment] runs, comes to cluster-admin:', ...RUNS('ServiceAccount build/ci'), ...ESCALATES,
      ),
    });
  });

  test('of one subject', () => {
    expect(access(['--paths', '--as', 'developers']).out).not.toContain('ServiceAccount build/ci');
    expect(access(['--paths', '--as', 'jane'])).toEqual({ status: 0, err: '', out: 'Nobody comes to cluster-admin or into a node by more than he was given.\n' });
  });

  test('as JSON', () => {
    const [chain] = JSON.parse(access(['--paths', '--format', 'json']).out);
    expect(chain).toMatchObject({ subject: { kind: 'Group', name: 'developers' }, goal: 'cluster-admin', steps: [{ kind: 'run-pods', rights: [{ verb: 'patch', resource: 'deployments.apps', namespace: 'kube-system', role: { line: 6 } }] }, { kind: 'escalate' }] });
  });

  test('as a picture', () => {
    expect(access(['--paths', '--format', 'mermaid', '--as', 'developers']).out).toBe(text(
      'flowchart LR', '  n0["Group developers"]', '  n1["ServiceAccount kube-system/clusterrole-aggregation-controller"]', '  n2["cluster-admin"]',
      '  n0 -->|"patch deployments.apps in kube-system"| n1', '  n1 -->|"escalate, update clusterroles.rbac.authorization.k8s.io"| n2',
    ));
  });
});

describe('--diff', () => {
  const old = (manifests: string) => ['--diff', write('old.yaml', manifests)];

  test('lists who gains and who loses what', () => {
    expect(access(old(SHOP.replace('[get, patch]', '[get, delete]').replace('name: developers', 'name: operators')))).toEqual({
      status: 1, err: '', out: text(
        `+ Group developers gains get configmaps "settings" in kube-system: ${DEPLOYER(5)}`,
        `+ Group developers gains get, patch deployments.apps in kube-system: ${DEPLOYER(6)}`,
        `- Group operators loses get configmaps "settings" in kube-system: ${DEPLOYER(5).replaceAll('shop', 'old')}`,
        `- Group operators loses get, delete deployments.apps in kube-system: ${DEPLOYER(6).replaceAll('shop', 'old')}`,
        `+ ServiceAccount build/ci gains patch deployments.apps in kube-system: ${DEPLOYER(6)}`,
        `- ServiceAccount build/ci loses delete deployments.apps in kube-system: ${DEPLOYER(6).replaceAll('shop', 'old')}`,
      ),
    });
  });

  test('how it is written does not matter', () => {
    expect(access(old(SHOP.replace('[get, patch]', '[patch, get]').replaceAll('deployer', 'rolls-out')))).toEqual({ status: 0, out: '', err: '' });
  });

  test('a wildcard is more than all it stands for today', () => {
    const out = access(old(SHOP), SHOP.replace('resources: [deployments]', 'resources: ["*"]')).out;
    expect(out).toContain('+ Group developers gains get, patch *.apps in kube-system');
    expect(out).not.toContain('loses');
  });
});

test('workloads, with what whoever takes one over gets', () => {
  expect(access([])).toEqual({
    status: 0, err: '',
    out: 'build/runner[Deployment] : account build/ci : may get configmaps "settings" in kube-system; get, patch deployments.apps in kube-system : cloud role arn:aws:iam::123456789012:role/ci : reached by addresses outside\n',
  });
});

describe('arguments that cannot be used', () => {
  test.each([
    ['a subject of two kinds', ['--as', 'both', '--can', 'get pods'], '--as: the subject "both" is bound as a user and as a group; write user:both or group:both'],
    ['no account', ['--as', 'system:serviceaccount:build'], '--as: the subject "system:serviceaccount:build" is no account; write system:serviceaccount:NAMESPACE:NAME'],
    ['nobody', ['--as', ''], '--as: the subject "" is empty; write system:serviceaccount:NAMESPACE:NAME, user:NAME or group:NAME'],
    ['no request', ['--who-can', 'get'], '--who-can: "get" is no request; write "VERB RESOURCE[.GROUP][/SUBRESOURCE] [NAME]" or "VERB /PATH", such as "get secrets" or "create pods/exec"'],
    ['a singular', ['--who-can', 'get secret'], '--who-can: names "secret", which is no built-in resource; did you mean "secrets"? give a custom resource with its group, such as "widgets.example.com"'],
    ['a misspelt verb', ['--as', 'jane', '--can', 'delte pods'], '--can: "delte" is no verb of pods; did you mean "delete"?'],
    ['a verb that it lacks', ['--who-can', 'list pods/log'], '--who-can: "list" is no verb of pods/log; it has get'],
    ['a name for a subresource', ['--who-can', 'get secrets/db'], '--who-can: "secrets/db" names no subresource that secrets has; it has none; for the object of that name write "secrets db"'],
    ['a misspelt subresource', ['--who-can', 'get pods/logs'], '--who-can: "pods/logs" names no subresource that pods has; did you mean "pods/log"?; for the object of that name write "pods logs"'],
    ['two questions', ['--who-can', 'get pods', '--paths'], '--who-can and --paths cannot be asked at once; give one'],
    ['a question about nobody', ['--can', 'get pods'], '--can asks about somebody; give --as SUBJECT, or --who-can for everybody'],
    ['a subject for everybody', ['--as', 'jane', '--who-can', 'get pods'], '--as is not for --who-can; leave one of them out'],
    ['a release to come', ['--kubernetes', '2.0'], '--kubernetes "2.0" is no release that is known; give the minor release as "1.N", up to "1.37", such as "1.34"'],
    ['a format', ['--format', 'yaml'], '--format "yaml" is none; give one of text, json, mermaid'],
    ['a picture of an answer', ['--as', 'jane', '--can', 'get pods', '--format', 'mermaid'], '--format mermaid is not for this question; give text or json'],
    ['a namespace for paths', ['--paths', '-n', 'shop'], '--namespace is for --who-can and --as'],
    ['a file of questions that is not there', ['--questions', 'nowhere'], '--questions "nowhere" cannot be read: there is no such file or folder'],
  ])('%s', (_name, options, message) => {
    const both = `${SHOP}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: both}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: User, name: both}, {kind: Group, name: both}]\n`;
    expect(access(options, both)).toEqual({ status: 2, out: '', err: `cdk8s-hardened access: ${message}\n` });
  });

  test('no path', () => {
    const [err]: string[][] = [[]];
    expect(main(['access'], { stdout: () => {}, stderr: (line) => void err.push(line), stdin: () => Buffer.from(''), env: {}, terminal: false })).toBe(2);
    expect(err).toEqual(['cdk8s-hardened access: no PATH is given; give a file, a folder, or "-" for stdin\n']);
  });

  test('what cannot be read is named, and the rest is answered', () => {
    expect(access(['--as', 'jane', '--can', 'get pods', '-n', 'shop'], `${SHOP}---\nkind: {\n`)).toMatchObject({ status: 2, out: expect.stringContaining('yes: '), err: expect.stringContaining('shop.yaml:') });
  });
});
