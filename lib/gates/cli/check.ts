import * as fs from 'fs';
import * as path from 'path';
import { readBaseline, readExemptions, fileProblem, Read } from './check-files';
import { CheckOptions, checkOptions } from './check-options';
import { Arguments, Command, Io, UsageError } from './command';
import { Notice, noticeLine, readPaths } from './read-paths';
import { toolVersion } from './version';
import { afterBaseline, Assessment, baselineOf, baselineText, evaluate, EXEMPTION_CONTROLS } from '../../assessment';
import { SEVERITIES } from '../../controls';
import { inventoryOf } from '../../inventory';
import { PIECES, ReportOptions } from '../../report';
import { today } from '../today';

/** Judges manifests by the catalog. */
export const CHECK: Command = {
  name: 'check',
  usage: 'PATH...',
  summary: 'judges manifests: every control of a profile, on every object',
  options: {
    'profile': { type: 'string', value: 'PROFILE', help: 'baseline, restricted (the default) or strict' },
    'kubernetes': { type: 'string', value: 'VERSION', help: 'the release of the cluster, such as 1.31, or latest; by default 1.34' },
    'framework': { type: 'string', value: 'NAME', help: 'only what one asks for: pss-restricted, pss-baseline, cis, nsa or owasp' },
    'registry': { type: 'string', multiple: true, value: 'PREFIX', help: 'where images may come from, such as ghcr.io/acme/; may be given several times' },
    'exemptions': { type: 'string', value: 'FILE', help: 'what may fail, why, by whom and until when' },
    'baseline': { type: 'string', value: 'FILE', help: 'fail only on what is new since FILE, which is written if it is not there' },
    'update-baseline': { type: 'boolean', help: 'write what is found now into the baseline' },
    'format': { type: 'string', value: 'FORMAT', help: 'text (the default), json, sarif, junit, markdown, html or openreports' },
    'output': { type: 'string', value: 'FILE', help: 'write the report there, and not to stdout' },
    'fail-on': { type: 'string', value: 'SEVERITY', help: 'exit with 1 only from this severity: low (the default), medium, high or critical' },
  },
  run,
};

function run(args: Arguments, io: Io): number {
  const options = checkOptions(args);
  const { found, unreadable, unusable, notKubernetes } = judged(options, dayOf(io), io);
  const assessment = options.baseline === undefined ? found : againstBaseline(found, options, unusable, io);
  const problem = written(assessment, options, io);
  if (problem) unusable.push(problem);
  for (const notice of [...unreadable, ...unusable, ...notKubernetes]) io.stderr(`${noticeLine(notice)}\n`);
  return unreadable.length + unusable.length > 0 ? 2 : fails(assessment, options) ? 1 : 0;
}

/** What was found of some files, and what of them could not be used. */
export interface Judged {
  readonly found: Assessment;
  readonly unreadable: readonly Notice[];
  readonly unusable: Notice[];
  readonly notKubernetes: readonly Notice[];
}

/** Reads what is asked for, and judges it. */
export function judged(options: CheckOptions, day: string, io: Io): Judged {
  const { manifests, unreadable, notKubernetes } = readPaths(options.paths, io);
  const read = options.exemptions === undefined ? undefined : readExemptions(options.exemptions, day);
  const file = read && 'content' in read ? read.content : undefined;
  const { profile, kubernetesVersion, framework, registries } = options;
  const found = evaluate(inventoryOf(manifests), {
    profile, kubernetesVersion, framework, params: { registries }, today: day, notKubernetes: notKubernetes.length, unreadable: unreadable.length,
    exemptions: file?.exemptions, invalidExemptions: file?.invalid,
  });
  return { found, unreadable, unusable: read && 'notices' in read ? [...read.notices] : [], notKubernetes };
}

function dayOf({ env }: Io): string {
  try {
    return today(env);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What is new since a baseline; without one, or when it is to be renewed, what is found now becomes it. */
function againstBaseline(found: Assessment, { baseline: file, updateBaseline }: CheckOptions, unusable: Notice[], io: Io): Assessment {
  const read: Read<ReturnType<typeof baselineOf> | undefined> = updateBaseline ? { content: undefined } : readBaseline(file!);
  if ('notices' in read) {
    unusable.push(...read.notices);
    return found;
  }
  if (read.content) return afterBaseline(found, read.content);
  const aboutExemptions = new Set(EXEMPTION_CONTROLS.map(({ id }) => id));
  const findings = found.objects.flatMap(({ violations }) => violations).filter(({ control }) => !aboutExemptions.has(control));
  try {
    fs.writeFileSync(file!, baselineText(baselineOf(findings)));
  } catch (error) {
    unusable.push({ file: file!, problem: fileProblem(error, 'written') });
    return found;
  }
  io.stderr(`${noticeLine({ file: file!, problem: `${findings.length} findings are recorded; from now on only others fail` })}\n`);
  return afterBaseline(found, baselineOf(findings));
}

function fails({ objects }: Assessment, { failOn }: CheckOptions): boolean {
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return objects.some(({ violations }) => violations.some(({ severity }) => counted.includes(severity)));
}

/** Writes the report. @returns why it cannot be written */
function written(assessment: Assessment, { format, output }: CheckOptions, io: Io): Notice | undefined {
  const pieces = PIECES[format](assessment, reportOptions(output, io));
  if (output === undefined) {
    for (const chunk of chunks(pieces)) io.stdout(chunk);
    return undefined;
  }
  try {
    const descriptor = fs.openSync(output, 'w');
    try {
      for (const chunk of chunks(pieces)) fs.writeFileSync(descriptor, chunk);
    } finally {
      fs.closeSync(descriptor);
    }
    return undefined;
  } catch (error) {
    return { file: output, problem: fileProblem(error, 'written') };
  }
}

function reportOptions(output: string | undefined, { terminal, columns, env }: Io): ReportOptions {
  const onTerminal = terminal && output === undefined;
  const epoch = env.SOURCE_DATE_EPOCH;
  return {
    toolVersion: toolVersion(), root: path.resolve(),
    ...onTerminal ? { colour: !env.NO_COLOR && env.TERM !== 'dumb', ...columns ? { columns } : {} } : {},
    ...epoch ? { today: new Date(Number(epoch) * 1000).toISOString().replace('.000Z', 'Z') } : {},
  };
}

/** A report's pieces are small, and every writing costs. */
function* chunks(pieces: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
