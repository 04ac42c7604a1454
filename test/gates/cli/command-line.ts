import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Command } from '../../../lib/gates/cli/command';
import { main } from '../../../lib/gates/cli/main';

/** What a run of the command line gave. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run is given beside its arguments. */
export interface Given {
  readonly stdin?: string;
  readonly env?: { readonly [name: string]: string };
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly commands?: readonly Command[];
}

/** Runs the command line as a shell would, without a process. */
export function ran(args: readonly string[], { stdin = '', env = {}, terminal = false, columns, commands }: Given = {}): Ran {
  let [stdout, stderr] = ['', ''];
  const status = main(args, {
    stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; }, stdin: () => Buffer.from(stdin), env, terminal, ...columns ? { columns } : {},
  }, commands);
  return { status, stdout, stderr };
}

/** A folder for the files of one test file; `write` makes one of them and says where. */
export class Scratch {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cli.'));

  public write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  public path(name: string): string {
    return path.join(this.folder, name);
  }

  public read(name: string): string {
    return fs.readFileSync(this.path(name), 'utf8');
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
