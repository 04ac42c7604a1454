import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { assess } from '../../lib/assessment';
import { inventoryOf } from '../../lib/inventory';

const ROOT = path.join(__dirname, '../..');

/** What the constructs of this library write, as it is kept beside their tests and examples. */
const GOLDENS = [
  ...['identity', 'namespace', 'network', 'rbac', 'workload'].map((room) => `test/${room}`),
  ...fs.readdirSync(path.join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `examples/${name}/golden`),
].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort().map((file) => `${folder}/${file}`));

const ALONE = 'shown without its namespace, whose network policies would select its pods';
const ISOLATION = Object.fromEntries([
  'network/egress-isolation', 'network/ingress-isolation', 'reachability/no-every-namespace', 'reachability/no-metadata', 'reachability/no-unasked-internet',
].map((control) => [control, ALONE]));
const CLUSTER = { 'pod/priority-class': 'which PriorityClasses there are is the cluster\'s; one that is not there would keep the pod from being made' };
const HOW_LONG = 'how long the work may take only its author knows';
const DEVELOPERS = { 'rbac/no-workload-writes': 'developers of the namespace are to roll out by hand, which is what the grant is for' };
const IMAGE_USER = { 'pod/high-user-id': 'the test says the user of the image', 'pod/high-group-id': 'the test says the user of the image' };
const SIDECAR = { 'pod/liveness-probe': 'a sidecar without ports, of which nothing can be asked', 'pod/readiness-probe': 'a sidecar without ports, of which nothing can be asked' };

/** Each finding that may stay, and why. */
const REASONS: { readonly [golden: string]: { readonly [control: string]: string } } = {
  'examples/payments/golden/payments.yaml': { ...DEVELOPERS, 'workload/cron-job-deadline': HOW_LONG },
  'test/namespace/hardened-namespace/everything-set/namespace.yaml': {
    'namespace/cpu-limits': 'the test says `cpuLimits: false`', 'namespace/pod-security-restricted': 'the test says PodSecurityLevel.BASELINE',
  },
  'test/namespace/settings.yaml': { 'object/no-default-namespace': 'a file that the test includes in a chart, which has the namespace' },
  'test/rbac/golden/payments.yaml': DEVELOPERS,
  'test/workload/secure-daemon-set/everything-set.yaml': ISOLATION,
  'test/workload/secure-daemon-set/nothing-set.yaml': { ...ISOLATION, ...CLUSTER },
  'test/workload/secure-deployment/everything-set.yaml': {
    ...ISOLATION, ...IMAGE_USER, ...SIDECAR,
    'image/pull-always': 'the test says IfNotPresent, of an image with a digest', 'pod/cpu-limit': 'the test says `cpuLimit: false`',
    'pod/no-capabilities-added': 'the test adds NET_BIND_SERVICE', 'pod/no-service-links': 'the test says `serviceLinks: true`', 'pod/runtime-seccomp-profile': 'the test says `seccompLocalhostProfile`',
    'workload/anti-affinity': 'the test says `spread: false`', 'workload/topology-spread': 'the test says `spread: false`',
    'workload/disruption-budget': 'the test says `podDisruptionBudget: false`', 'workload/rolling-update': 'the test says Recreate',
  },
  'test/workload/secure-deployment/nothing-set.yaml': { ...ISOLATION, ...CLUSTER },
  'test/workload/secure-job/everything-set.yaml': { ...ISOLATION, ...CLUSTER, ...IMAGE_USER },
  'test/workload/secure-job/nothing-set.yaml': { ...ISOLATION, ...CLUSTER, 'workload/job-deadline': HOW_LONG, 'workload/cron-job-deadline': HOW_LONG },
  'test/workload/secure-stateful-set/everything-set.yaml': { ...ISOLATION, ...CLUSTER, ...IMAGE_USER, ...SIDECAR, 'workload/automatic-updates': 'the test says OnDelete' },
  'test/workload/secure-stateful-set/nothing-set.yaml': { ...ISOLATION, ...CLUSTER },
};

const findings = (golden: string) => {
  const manifests = parseAllDocuments(fs.readFileSync(path.join(ROOT, golden), 'utf8')).map((document) => ({ json: document.toJS() as unknown, where: golden }));
  return [...new Set(assess(inventoryOf(manifests), { level: 'strict', kubernetesVersion: '1.34' }).map(({ control }) => control))].sort();
};

test('there are goldens, and reasons only for those', () => {
  expect(GOLDENS.length).toBeGreaterThan(12);
  expect(Object.keys(REASONS).filter((golden) => !GOLDENS.includes(golden))).toEqual([]);
});

test.each(GOLDENS)('%s is clean under strict, but for what has a reason', (golden) => {
  expect(findings(golden)).toEqual(Object.keys(REASONS[golden] ?? {}).sort());
});
