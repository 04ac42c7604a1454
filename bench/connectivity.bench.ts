/** How long `connectivity` takes, beside np-guard's netpol-analyzer where that is on the PATH, where the time goes, and how it grows. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { median, medians } from './measure';

const ROOT = path.join(__dirname, '..');
const BIN = path.join(ROOT, 'bin/cdk8s-hardened');
const TIMES = Number(process.env.BENCH_TIMES ?? 5);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench.'));

/** The names under which np-guard's program is built and packaged. */
const PEERS = ['netpol-analyzer', 'k8snetpolicy', 'netpolicy'];
const LARGEST_FOR_PEER = 250;

const connectivity = (folder: string) => [process.execPath, BIN, 'connectivity', folder, '--output', '/dev/null'];

/** Workloads in namespaces of 25, each with a policy: who calls it, whom it calls, DNS, and for some a network outside. */
function write(name: string, workloads: number, namespaces: number): string {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder);
  const of = (i: number) => `team-${i % namespaces}`;
  fs.writeFileSync(path.join(folder, 'namespaces.yaml'), Array.from({ length: namespaces }, (_, i) => `apiVersion: v1
kind: Namespace
metadata:
  name: team-${i}
  labels: {team: "${i % 20}"}
`).join('---\n'));
  const objects = Array.from({ length: workloads }, (_, i) => {
    const caller = i >= namespaces ? i - namespaces : i;
    const callee = i + namespaces < workloads ? i + namespaces : i;
    return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${i}
  namespace: ${of(i)}
spec:
  selector:
    matchLabels: {app: app-${i}}
  template:
    metadata:
      labels: {app: app-${i}, tier: "${i % 3}", version: v1}
    spec:
      containers:
      - name: main
        image: registry.example.com/app:1
        ports:
        - {name: http, containerPort: 8080}
        - {name: metrics, containerPort: 9090}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: app-${i}
  namespace: ${of(i)}
spec:
  podSelector:
    matchLabels: {app: app-${i}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - podSelector:
        matchLabels: {app: app-${caller}}
    ports: [{port: http}]
  - from:
    - namespaceSelector:
        matchLabels: {kubernetes.io/metadata.name: team-0}
      podSelector:
        matchLabels: {tier: "0"}
    ports: [{port: metrics}]
  egress:
  - to:
    - podSelector:
        matchLabels: {app: app-${callee}}
    ports: [{port: 8080}]
  - to:
    - namespaceSelector: {}
      podSelector:
        matchLabels: {k8s-app: kube-dns}
    ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
${i % 10 > 0 ? '' : `  - to:
    - ipBlock:
        cidr: 10.${i % 100}.0.0/16
        except: [10.${i % 100}.4.0/24]
    ports: [{port: 443}]
`}`;
  });
  for (let i = 0; i < objects.length; i += 1000) fs.writeFileSync(path.join(folder, `apps-${i}.yaml`), objects.slice(i, i + 1000).join('---\n'));
  return folder;
}

/** The phases in one process, as the compiled package runs them. */
function phases(folder: string): void {
  const built = (file: string) => require(path.join(ROOT, 'build', file));
  const { readPaths } = built('gates/cli/read-paths');
  const { inventoryOf } = built('inventory');
  const { policiesOf, reachabilityOf, workloadsOf, writeLines } = built('proofs/reachability');
  const took: { [phase: string]: number[] } = {};
  const timed = <T>(phase: string, work: () => T): T => {
    const start = process.hrtime.bigint();
    const result = work();
    (took[phase] ??= []).push(Number(process.hrtime.bigint() - start) / 1e6);
    return result;
  };
  let [lines, bytes] = [0, 0];
  for (let i = 0; i < TIMES; i++) {
    [lines, bytes] = [0, 0];
    const { manifests } = timed('read the files', () => readPaths([folder], {}));
    const inventory = timed('read the objects', () => inventoryOf(manifests));
    timed('of it, the workloads', () => workloadsOf(inventory));
    timed('of it, the policies', () => policiesOf(inventory));
    const reach = timed('group, select, cut', () => reachabilityOf(inventory));
    timed('compute and print', () => writeLines(reach, (text: string) => {
      bytes += text.length;
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
    }));
  }
  for (const [phase, all] of Object.entries(took)) print(`    ${phase.padEnd(24)} ${median(all).toFixed(0).padStart(6)} ms`);
  print(`    ${lines} lines, ${(bytes / 1e6).toFixed(1)} MB`);
}

async function main(): Promise<void> {
  const whole = write('whole', 5_000, 200);
  const run = (await medians({ connectivity: connectivity(whole) }, TIMES)).get('connectivity')!;
  print(`5,000 workloads in 200 namespaces under 5,000 policies, reading YAML included; median of ${TIMES}`);
  print(`  connectivity ${run.seconds.toFixed(2)} s, ${run.megabytes.toFixed(0)} MB`);
  phases(whole);

  const small = write('small', LARGEST_FOR_PEER, 10);
  const ours = (await medians({ connectivity: connectivity(small) }, TIMES)).get('connectivity')!;
  print(`\n${LARGEST_FOR_PEER} workloads: connectivity ${ours.seconds.toFixed(2)} s, ${ours.megabytes.toFixed(0)} MB`);
  const peer = PEERS.find(onPath);
  if (peer) {
    const theirs = (await medians({ [peer]: [peer, 'list', '--quiet', '--dirpath', small] }, 1)).get(peer)!;
    print(`  ${peer} ${theirs.seconds.toFixed(2)} s, ${theirs.megabytes.toFixed(0)} MB, exit ${theirs.status}; connectivity takes ${(ours.seconds / theirs.seconds).toFixed(4)} x the time`);
  } else print(`  none of ${PEERS.join(', ')} is on the PATH, so there is nothing to compare with`);

  print('\ngrowth, half workloads and half policies');
  const nothing = (await medians({ nothing: connectivity(write('nothing', 1, 1)) }, TIMES)).get('nothing')!.seconds;
  for (const objects of [1_000, 10_000, 100_000]) {
    const folder = write(String(objects), objects / 2, Math.max(1, objects / 50));
    const taken = (await medians({ connectivity: connectivity(folder) }, objects === 100_000 ? 1 : TIMES)).get('connectivity')!;
    const each = (taken.seconds - nothing) / objects * 1e6;
    print(`  ${String(objects).padStart(7)} objects ${taken.seconds.toFixed(2).padStart(7)} s ${taken.megabytes.toFixed(0).padStart(6)} MB, ${each.toFixed(0)} microseconds for each less the start`);
    if (objects === 100_000) phases(folder);
  }
}

function onPath(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().finally(() => fs.rmSync(scratch, { recursive: true }));
