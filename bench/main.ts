/** Runs the benches, or those that are named: `npm run bench check`. Each prints ratios against what runs beside it, and no verdict. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const all = fs.readdirSync(__dirname).filter((file) => file.endsWith('.bench.ts')).map((file) => file.replace('.bench.ts', '')).sort();
const asked = process.argv.length > 2 ? process.argv.slice(2) : all;
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no bench ${unknown.join(', ')}; there are ${all.join(', ')}`);

process.stdout.write(`node ${process.version}, ${os.cpus().length} cores, ${os.cpus()[0].model.trim()}\n`);
for (const name of asked) {
  process.stdout.write(`\n== ${name}\n`);
  execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(__dirname, `${name}.bench.ts`)], { stdio: 'inherit', cwd: path.dirname(__dirname) });
}
