import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import type { Manifest } from './api-server';

/** Where the definition of a kind is published: a Go module and the file of it. */
export type Definition = readonly [module: string, file: string];

/** The definitions as they are published; undefined, with a word why, where they cannot be had. */
export function fetchedDefinitions(definitions: readonly Definition[]): Manifest[] | undefined {
  try {
    return definitions.map(([module, file]) => {
      const said = execFileSync('go', ['mod', 'download', '-json', module], { cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 300_000 });
      return parse(fs.readFileSync(path.join(JSON.parse(said).Dir, file), 'utf8'));
    });
  } catch (error) {
    process.stderr.write(`skipped: definitions of kinds need the go tool and its module proxy (${String((error as Error).message).split('\n')[0]})\n`);
    return undefined;
  }
}
