import { spawn } from 'child_process';
import * as fs from 'fs';

/** What one run of a program took. */
export interface Run {
  readonly seconds: number;
  /** The most memory it held, in MB. */
  readonly megabytes: number;
  readonly status: number | null;
}

/** Runs a program to its end, its output thrown away; memory is read from the kernel while it runs. */
export function measured(command: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), { stdio: 'ignore' });
    let megabytes = 0;
    const watch = setInterval(() => { megabytes = Math.max(megabytes, peakOf(child.pid)); }, 5);
    child.on('error', reject);
    child.on('exit', (status) => {
      clearInterval(watch);
      resolve({ seconds: Number(process.hrtime.bigint() - start) / 1e9, megabytes, status });
    });
  });
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs several programs in turn, some times over, so that a noisy moment meets all of them; the median of each. */
export async function medians(programs: { readonly [name: string]: readonly string[] }, times: number): Promise<Map<string, Run>> {
  const runs = new Map<string, Run[]>(Object.keys(programs).map((name) => [name, []]));
  for (let i = 0; i < times; i++) {
    for (const [name, command] of Object.entries(programs)) runs.get(name)!.push(await measured(command));
  }
  return new Map([...runs].map(([name, all]) => [name, {
    seconds: median(all.map(({ seconds }) => seconds)), megabytes: median(all.map(({ megabytes }) => megabytes)), status: all[0].status,
  }]));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
