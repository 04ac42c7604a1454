import * as fs from 'fs';
import { Arguments, Command, Io, UsageError } from './command';
import { Asked, askedOf, questionOf } from './connectivity-question';
import { noticeLine, readPaths } from './read-paths';
import { nearest, shown } from '../../errors';
import { Inventory, inventoryOf } from '../../inventory';
import { Caveat, caveatsOf, differenceOf, explain, reachabilityOf, Reachability, remarkLine, writeLines } from '../../proofs/reachability';
import { dotText, explanationJson, explanationText, graphOf, htmlText, mermaidText, Remarks, writeDifference, writeDifferenceJson, writeJson } from '../../report/connectivity';

const FORMATS = ['text', 'json', 'dot', 'mermaid', 'html'] as const;
type Format = (typeof FORMATS)[number];

/** How many caveats of one topic are printed. */
const MOST_CAVEATS = 5;

/** Who reaches whom, by the policies among some manifests. */
export const CONNECTIVITY: Command = {
  name: 'connectivity',
  usage: 'PATH... [--diff OLD | --explain SRC DST PORT]',
  summary: 'which workload reaches which, on which ports, and what of the outside',
  options: {
    diff: { type: 'string', value: 'OLD', help: 'only what changes since OLD: + opens, - closes; the exit status is 1 if anything does' },
    explain: { type: 'string', value: 'SRC DST PORT', help: 'why a connection is allowed or not, such as shop/web shop/db tcp/5432' },
    format: { type: 'string', value: 'FORMAT', help: 'text (the default), json, and for a drawing dot, mermaid or html' },
    output: { type: 'string', value: 'FILE', help: 'write there, and not to stdout' },
  },
  run: (args, io) => {
    const options = optionsOf(args);
    const now = read(options.paths, io);
    const old = options.diff === undefined ? undefined : read([options.diff], io);
    const reach = reachabilityOf(now.inventory);
    const remarks = said(now.inventory, reach, io);
    const status = Math.max(now.status, old?.status ?? 0, remarks.refused.length > 0 ? 1 : 0);
    return written(options.output, io, (write) => Math.max(status, print(options, reach, remarks, now.inventory, old?.inventory, io, write)));
  },
};

interface Options {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly diff?: string;
  readonly asked?: Asked;
  readonly output?: string;
}

function optionsOf({ positionals, values }: Arguments): Options {
  const given = (name: string) => values[name] as string | undefined;
  const [format, diff, source, output] = [given('format') ?? 'text', given('diff'), given('explain'), given('output')];
  if (!isFormat(format)) throw new UsageError(`--format ${shown(format)} is none; ${nearest(format, FORMATS, 1).map((near) => `did you mean ${near}?`)[0] ?? `give one of ${FORMATS.join(', ')}`}`);
  if (diff !== undefined && source !== undefined) throw new UsageError('--diff and --explain cannot be asked at once; give one');
  if ((diff !== undefined || source !== undefined) && format !== 'text' && format !== 'json') {
    throw new UsageError(`--format ${format} is not for --${diff === undefined ? 'explain' : 'diff'}; give text or json`);
  }
  const asked = source === undefined ? undefined : askedOf(source, positionals);
  const paths = asked?.paths ?? positionals;
  if (paths.length === 0) throw new UsageError('no PATH is given; give a file, a folder, or "-" for stdin');
  if (diff === '-' && paths.includes('-')) throw new UsageError('PATH and --diff are both "-"; give one of them as a file');
  return { paths, format, diff, asked, output };
}

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

function read(paths: readonly string[], io: Io): { inventory: Inventory; status: number } {
  const { manifests, notKubernetes, unreadable } = readPaths(paths, io);
  for (const notice of [...unreadable, ...notKubernetes]) io.stderr(`${noticeLine(notice)}\n`);
  return { inventory: inventoryOf(manifests), status: unreadable.length > 0 ? 2 : 0 };
}

/** Says on stderr what is left out and what is taken for granted. */
function said(inventory: Inventory, reach: Reachability, io: Io): Remarks {
  const { faults } = reach.policies;
  const caveats = caveatsOf(inventory, reach);
  const left = new Set(faults.map(({ object }) => object)).size;
  const lines = [...faults.map(remarkLine), ...left > 0 ? [`the API server refuses ${left === 1 ? 'this policy, so it is' : `these ${left} policies, so they are`} left out`] : [], ...caveatLines(caveats)];
  for (const line of lines) io.stderr(`${line}\n`);
  return { refused: faults, caveats };
}

function caveatLines(caveats: readonly Caveat[]): string[] {
  return [...new Set(caveats.map(({ topic }) => topic))].flatMap((topic) => {
    const of = caveats.filter((caveat) => caveat.topic === topic);
    return [...of.slice(0, MOST_CAVEATS).map(remarkLine), ...of.length > MOST_CAVEATS ? [`… and ${of.length - MOST_CAVEATS} more like the last`] : []];
  });
}

/** Prints what was asked for. @returns 1 where a change opens or closes something, as `kubectl diff` has it */
function print({ format, asked }: Options, reach: Reachability, remarks: Remarks, now: Inventory, old: Inventory | undefined, io: Io, write: (text: string) => void): number {
  if (old) {
    const difference = differenceOf(old, now);
    const refused = [...difference.before.policies.faults];
    for (const line of refused.map(remarkLine)) io.stderr(`${line}\n`);
    if (format === 'json') writeDifferenceJson(difference, remarks, write);
    else writeDifference(difference, write);
    return difference.changes.length > 0 || refused.length > 0 ? 1 : 0;
  }
  if (asked) {
    const explanation = explain(reach, questionOf(reach, asked));
    write(format === 'json' ? explanationJson(explanation, reach.ports) : explanationText(explanation, (ports) => reach.ports.textOf(ports)));
  } else if (format === 'text') writeLines(reach, write);
  else if (format === 'json') writeJson(reach, remarks, write);
  else write(format === 'html' ? htmlText(reach, remarks) : { dot: dotText, mermaid: mermaidText }[format](graphOf(reach)));
  return 0;
}

/** Hands on where to write: to stdout, or to a file. @throws UsageError for a file that cannot be written */
function written(output: string | undefined, io: Io, print_: (write: (text: string) => void) => number): number {
  if (output === undefined) return print_(io.stdout);
  let file: number;
  try {
    file = fs.openSync(output, 'w');
  } catch (error) {
    throw new UsageError(`--output ${shown(output)} cannot be written: ${(error as Error).message}`);
  }
  try {
    return print_((text) => fs.writeFileSync(file, text));
  } finally {
    fs.closeSync(file);
  }
}
