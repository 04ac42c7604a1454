/** How long it takes to read who may do what, to answer a question, and to find every chain; and how that grows. */
import { execFileSync } from 'child_process';
import * as v8 from 'v8';
import * as vm from 'vm';
import { median } from './measure';
import { inventoryOf, Manifest } from '../lib/inventory';
import { Access, accessOf, escalationOf, Identity, Request, whoCan } from '../lib/proofs/access';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

const TIMES = Number(process.env.BENCH_TIMES ?? 5);
const API = 'rbac.authorization.k8s.io/v1';
const PEERS = ['rbac-tool', 'rakkess', 'kubectl-who-can'];

/** As clusters of many teams have them: roles by the namespace, some of the cluster, aggregated ones among them. */
interface Size {
  readonly subjects: number;
  readonly roles: number;
  readonly bindings: number;
}

const WHOLE: Size = { subjects: 10_000, roles: 5_000, bindings: 20_000 };
const RESOURCES: readonly (readonly [string, string])[] = [
  ['', 'pods'], ['', 'pods/log'], ['', 'pods/exec'], ['', 'secrets'], ['', 'configmaps'], ['', 'services'], ['', 'serviceaccounts'], ['', 'serviceaccounts/token'], ['', 'persistentvolumeclaims'], ['', 'events'],
  ['apps', 'deployments'], ['apps', 'deployments/scale'], ['apps', 'statefulsets'], ['batch', 'jobs'], ['batch', 'cronjobs'], ['networking.k8s.io', 'ingresses'], ['rbac.authorization.k8s.io', 'rolebindings'],
  ['example.com', 'widgets'], ['example.com', 'gadgets'], ['cert-manager.io', 'certificates'],
];
const VERBS = [['get', 'list', 'watch'], ['get'], ['create', 'update', 'patch'], ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], ['*']];

/** The same every time. */
function dice(): (limit: number) => number {
  let state = 1;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function manifestsOf({ subjects, roles, bindings }: Size): Manifest[] {
  const below = dice();
  const namespaces = Math.max(1, Math.round(subjects / 50));
  const namespaceOf = (i: number) => `team-${i % namespaces}`;
  const rule = () => {
    const [group, resource] = RESOURCES[below(RESOURCES.length)];
    return { apiGroups: [group], resources: [resource], verbs: VERBS[below(VERBS.length)], ...below(6) === 0 ? { resourceNames: [`name-${below(5)}`] } : {} };
  };
  const rules = () => Array.from({ length: 1 + below(6) }, rule);
  const json: object[] = [];
  for (let i = 0; i < roles; i++) {
    if (i % 5 > 0) json.push({ apiVersion: API, kind: 'Role', metadata: { name: `role-${i}`, namespace: namespaceOf(i) }, rules: rules() });
    else if (i % 50 === 0) json.push({ apiVersion: API, kind: 'ClusterRole', metadata: { name: `role-${i}` }, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: String(i % 7) } }] } });
    else json.push({ apiVersion: API, kind: 'ClusterRole', metadata: { name: `role-${i}`, labels: { team: String(below(300)) } }, rules: rules() });
  }
  const subjectOf = () => {
    const i = below(subjects);
    return i % 3 === 0 ? { kind: 'Group', name: `group-${i}` } : i % 3 === 1 ? { kind: 'User', name: `user-${i}` } : { kind: 'ServiceAccount', name: `account-${i}`, namespace: namespaceOf(i) };
  };
  for (let i = 0; i < bindings; i++) {
    const to = below(roles);
    const inCluster = to % 5 === 0 && i % 10 === 0;
    const place = inCluster ? { name: `binding-${i}` } : { name: `binding-${i}`, namespace: to % 5 === 0 ? namespaceOf(i) : namespaceOf(to) };
    json.push({
      apiVersion: API, kind: inCluster ? 'ClusterRoleBinding' : 'RoleBinding', metadata: place, roleRef: { kind: to % 5 === 0 ? 'ClusterRole' : 'Role', name: `role-${to}` },
      subjects: Array.from({ length: 1 + below(2) }, subjectOf),
    });
  }
  return json.map((each) => ({ json: each, where: 'bench' }));
}

function questionsOf({ subjects }: Size, count: number): { identity: Identity; request: Request }[] {
  const below = dice();
  const namespaces = Math.max(1, Math.round(subjects / 50));
  return Array.from({ length: count }, () => {
    const [i, [group, whole]] = [below(subjects), RESOURCES[below(RESOURCES.length)]];
    const [resource, subresource = ''] = whole.split('/');
    const namespace = `team-${i % namespaces}`;
    const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
    const verbs = VERBS[below(VERBS.length)];
    const identity = i % 3 === 0 ? { user: 'jane', groups: [`group-${i}`, 'system:authenticated'] } : i % 3 === 1 ? { user: `user-${i}`, groups: ['system:authenticated'] } : { user: `system:serviceaccount:${namespace}:account-${i}`, groups };
    return { identity, request: { verb: verbs[below(verbs.length)], group, resource, subresource, name: below(3) === 0 ? `name-${below(5)}` : '', namespace } };
  });
}

/** The processor's time, which other programs do not lengthen. */
function timed<T>(run: () => T): [milliseconds: number, result: T] {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

function medianTime(run: () => unknown): number {
  return median(Array.from({ length: TIMES }, () => timed(run)[0]));
}

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

function measure(size: Size): { index: number; question: number; chains: number; megabytes: number } {
  const manifests = manifestsOf(size);
  const questions = questionsOf(size, 100_000);
  const inventory = inventoryOf(manifests);
  const read = () => accessOf(inventory, '1.34');
  const index = medianTime(read);
  const before = heap();
  const access: Access = read();
  const answer = () => questions.reduce((yes, { identity, request }) => yes + Number(access.decide(identity, request).allowed), 0);
  const allowed = answer();
  const megabytes = heap() - before;
  const question = medianTime(answer) / questions.length * 1000;
  const [first, { chains }] = timed(() => escalationOf(inventory, access));
  const all = medianTime(() => escalationOf(inventory, access));
  const who = medianTime(() => whoCan(access, { request: { verb: 'get', group: '', resource: 'secrets', subresource: '', name: '', namespace: '' }, namespaced: true }));
  print(`  ${size.subjects} subjects, ${size.roles} roles, ${size.bindings} bindings: index ${index.toFixed(0)} ms, a question ${question.toFixed(2)} µs (${allowed} of ${questions.length} allowed), `
    + `all chains ${all.toFixed(0)} ms (the first time ${first.toFixed(0)} ms; ${chains.length} chains), who can ${who.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`);
  return { index, question, chains: all, megabytes };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

print(`in the program, processor time, median of ${TIMES}`);
const tenth = measure({ subjects: WHOLE.subjects / 10, roles: WHOLE.roles / 10, bindings: WHOLE.bindings / 10 });
const whole = measure(WHOLE);
const ten = measure({ subjects: WHOLE.subjects * 10, roles: WHOLE.roles * 10, bindings: WHOLE.bindings * 10 });
for (const [from, to] of [[tenth, whole], [whole, ten]] as const) {
  print(`  ten times as much takes ${(to.index / from.index).toFixed(1)} x to index, ${(to.question / from.question).toFixed(1)} x a question, ${(to.chains / from.chains).toFixed(1)} x the chains, ${(to.megabytes / from.megabytes).toFixed(1)} x the memory`);
}
for (const peer of PEERS) {
  try {
    execFileSync('sh', ['-c', `command -v ${peer}`], { stdio: 'ignore' });
    print(`  ${peer} is on the PATH; it asks a running cluster, so it is not measured here`);
  } catch {
    print(`  ${peer} is not on the PATH, and left out`);
  }
}
