/** How long `check` takes, beside the scanners that are on the PATH, and how it grows. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { writeApplications } from './applications';
import { medians, Run } from './measure';

const BIN = path.join(__dirname, '../bin/cdk8s-hardened');
const TIMES = Number(process.env.BENCH_TIMES ?? 5);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench.'));

const check = (paths: readonly string[]) => [process.execPath, BIN, 'check', '--profile', 'strict', '--format', 'json', '--output', '/dev/null', ...paths];
const PEERS: { readonly [name: string]: (paths: readonly string[]) => string[] } = {
  'kube-score': (paths) => ['kube-score', 'score', '--output-format', 'ci', ...paths],
  'kube-linter': (paths) => ['kube-linter', 'lint', '--add-all-built-in', ...paths],
};

async function main(): Promise<void> {
  const files = writeApplications(path.join(scratch, 'ten-thousand'), 2_000);
  const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
  const peers = Object.entries(PEERS).filter(([name]) => onPath(name));
  const runs = await medians({ 'check --profile strict': check(files), ...Object.fromEntries(peers.map(([name, command]) => [name, command(files)])) }, TIMES);
  print(`10,000 manifests in ten files, ${(bytes / 1e6).toFixed(1)} MB; median of ${TIMES}`);
  for (const [name, run] of runs) print(line(name, run));
  const ours = runs.get('check --profile strict')!;
  for (const [name] of peers) print(`  ${name} / check: ${(runs.get(name)!.seconds / ours.seconds).toFixed(1)} x the time, ${(runs.get(name)!.megabytes / ours.megabytes).toFixed(1)} x the memory`);
  for (const name of Object.keys(PEERS).filter((each) => !onPath(each))) print(`  ${name} is not on the PATH, and left out`);

  print('\ngrowth');
  const sizes = [1_000, 10_000, 100_000];
  const times: number[] = [];
  for (const size of sizes) {
    const some = writeApplications(path.join(scratch, String(size)), size / 5);
    const programs = { check: check(some), ...size === 100_000 && onPath('kube-score') ? { 'kube-score': PEERS['kube-score'](some) } : {} };
    const taken = await medians(programs, size === 100_000 ? 1 : TIMES);
    for (const [name, run] of taken) print(line(`${name}, ${size} objects`, run));
    times.push(taken.get('check')!.seconds);
  }
  const start = (await medians({ nothing: check([oneFile()]) }, TIMES)).get('nothing')!.seconds;
  const perObject = sizes.map((size, i) => (times[i] - start) / size * 1e6);
  print(`  microseconds for each object, less the start: ${perObject.map((each) => each.toFixed(0)).join(', ')}`);

  const bare = (await medians({ node: [process.execPath, '-e', '0'] }, 9)).get('node')!.seconds;
  print(`\none file: ${((start - bare) * 1000).toFixed(0)} ms more than node -e 0 (${(bare * 1000).toFixed(0)} ms)`);
}

function oneFile(): string {
  return writeApplications(path.join(scratch, 'one'), 1, 1)[0];
}

function line(name: string, { seconds, megabytes, status }: Run): string {
  return `  ${name.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(6)} MB  exit ${status}`;
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
