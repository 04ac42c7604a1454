import * as fs from 'fs';
import * as path from 'path';
import { ran, Scratch } from './gates/cli/command-line';

const DOCS = path.join(__dirname, '../docs');

/** What a page shows to be typed, and what then is printed. */
interface Step {
  readonly line: string;
  readonly printed: string;
}

/** The pages that show what the command line prints, with the files that they show before. */
const PAGES = fs.readdirSync(DOCS).map((page) => [page, fs.readFileSync(path.join(DOCS, page), 'utf8')] as const).filter(([, text]) => text.includes('```console\n'));

test.each(PAGES)('the commands in docs/%s print what the page says', (_page, text) => {
  const scratch = new Scratch();
  const before = process.cwd();
  // Files are named from where one stands, as in a shell.
  process.chdir(scratch.folder);
  try {
    for (const [, yaml] of text.matchAll(/^```yaml\n(# \S+\.yaml\n[^]*?)^```$/gm)) scratch.write(yaml.slice(2, yaml.indexOf('\n')), yaml);
    let status = 0;
    for (const { line, printed } of stepsIn(text)) {
      if (line === 'echo $?') {
        expect(`${status}\n`).toBe(printed);
        continue;
      }
      const result = typed(line);
      status = result.status;
      expect({ line, printed: result.stderr + result.stdout }).toEqual({ line, printed });
    }
  } finally {
    process.chdir(before);
    scratch.remove();
  }
});

function stepsIn(text: string): Step[] {
  return [...text.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, block]) => block.split(/^\$ /m).slice(1).map((step) => {
    const end = step.indexOf('\n');
    return { line: step.slice(0, end), printed: step.slice(end + 1) };
  }));
}

/** Runs a line: variables, `npx cdk8s-hardened`, arguments without quotes. */
function typed(line: string): ReturnType<typeof ran> {
  const words = line.split(' ');
  const at = words.indexOf('npx');
  expect(words[at + 1]).toBe('cdk8s-hardened');
  const env = Object.fromEntries(words.slice(0, at).map((word) => word.split('=')));
  return ran(words.slice(at + 2), { env: { SOURCE_DATE_EPOCH: '1790000000', ...env } });
}
