import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** What kubectl makes of a text. */
export interface Answer {
  readonly documents: readonly unknown[];
  readonly refused?: string;
}

/** kubectl's own decoder, as a function; undefined, with a word, where there is no go, or no way to its modules. */
export function kubectlReader(): ((texts: readonly (string | Buffer)[]) => Answer[]) | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kubectl-reading.'));
  const program = path.join(folder, 'kubectl-reading');
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  try {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: path.join(__dirname, 'kubectl'), stdio: ['ignore', 'ignore', 'pipe'], timeout: 500_000 });
  } catch (error) {
    process.stderr.write(`skipped: kubectl's decoder needs the go tool and its module proxy (${String((error as Error).message).split('\n')[0]})\n`);
    return undefined;
  }
  return (texts) => {
    const input = texts.map((text) => `${Buffer.from(text).toString('base64')}\n`).join('');
    const lines = execFileSync(program, { input, maxBuffer: 2 ** 30, encoding: 'utf8' }).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Answer);
  };
}
