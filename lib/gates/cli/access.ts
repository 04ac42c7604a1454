import { answerOf, Asked, FORMATS } from './access-answers';
import { answerQuestions } from './access-questions';
import { Arguments, Command, Io, UsageError } from './command';
import { noticeLine, readPaths } from './read-paths';
import { printable, shown } from '../../errors';
import { Inventory, inventoryOf } from '../../inventory';
import { DEFAULT_KUBERNETES_VERSION, kubernetesVersionFaults } from '../../platform/kubernetes-version';
import { Access, accessOf, placeOf } from '../../proofs/access';

/** Who may do what, by the RBAC objects among some manifests. */
export const ACCESS: Command = {
  name: 'access',
  usage: "PATH... [--kubernetes 1.34] [--who-can 'VERB RESOURCE' [-n NAMESPACE] | --as SUBJECT [--can 'VERB RESOURCE' | --paths] [-n NAMESPACE] | --paths | --diff OLD | --questions FILE] [--format text|json|mermaid]",
  summary: 'who may do what, as the API server decides it by RBAC',
  options: {
    'kubernetes': { type: 'string' }, 'who-can': { type: 'string' }, 'as': { type: 'string' }, 'as-group': { type: 'string', multiple: true }, 'can': { type: 'string' }, 'paths': { type: 'boolean' },
    'diff': { type: 'string' }, 'questions': { type: 'string' }, 'format': { type: 'string' }, 'namespace': { type: 'string', short: 'n' },
  },
  run: (args, io) => {
    const asked = askedOf(args);
    const { access, inventory, status } = read(args.positionals, asked.version, io);
    if (asked.mode === 'questions') return Math.max(status, answerQuestions(access, asked.text, io));
    const answer = answerOf(asked, access, inventory, () => {
      const old = read([asked.text], asked.version, io);
      if (old.status > 0) throw new UsageError(`--diff ${shown(asked.text)} cannot be read`);
      return old.access;
    });
    if (asked.format !== 'text' && !answer[asked.format]) throw new UsageError(`--format ${asked.format} is not for this question; give ${FORMATS.filter((format) => format === 'text' || answer[format]).join(' or ')}`);
    io.stdout(asked.format === 'json' ? `${JSON.stringify(answer.json!(), null, 2)}\n` : asked.format === 'mermaid' ? answer.mermaid!() : answer.text());
    return status > 0 ? status : answer.status ?? 0;
  },
};

function askedOf({ positionals, values }: Arguments): Asked {
  const given = (name: string) => values[name] as string | undefined;
  if (positionals.length === 0) throw new UsageError('no PATH is given; give a file, a folder, or "-" for stdin');
  const [as, can] = [given('as'), given('can')];
  const modes = (['who-can', 'diff', 'questions', 'can'] as const).filter((mode) => given(mode) !== undefined).concat(values.paths ? ['paths' as never] : []);
  if (modes.length > 1) throw new UsageError(`--${modes.join(' and --')} cannot be asked at once; give one`);
  const mode = modes[0] as Asked['mode'] | undefined ?? (as === undefined ? 'workloads' : 'as');
  if (can !== undefined && as === undefined) throw new UsageError('--can asks about somebody; give --as SUBJECT, or --who-can for everybody');
  if (as !== undefined && !['as', 'can', 'paths'].includes(mode)) throw new UsageError(`--as is not for --${mode}; leave one of them out`);
  const groups = values['as-group'] as string[] | undefined ?? [];
  if (groups.length > 0 && !['as', 'can'].includes(mode)) throw new UsageError('--as-group is for --as, with or without --can');
  const namespace = given('namespace');
  if (namespace !== undefined && !['who-can', 'as', 'can'].includes(mode)) throw new UsageError('--namespace is for --who-can and --as');
  if (namespace === '') throw new UsageError('--namespace is empty; give a namespace, or leave it out for every one');
  if (mode === 'questions' && given('format') !== undefined) throw new UsageError('--format is not for --questions, whose answers are lines of JSON');
  if (given('questions') === '-' && positionals.includes('-')) throw new UsageError('PATH and --questions are both "-"; give one of them as a file');
  if (given('diff') === '-' && positionals.includes('-')) throw new UsageError('PATH and --diff are both "-"; give one of them as a file');
  const format = given('format') ?? 'text';
  if (!FORMATS.includes(format as never)) throw new UsageError(`--format ${shown(format)} is none; give one of ${FORMATS.join(', ')}`);
  return { mode, text: given(mode) ?? '', subject: as, groups, namespace: namespace ?? '', version: versionOf(given('kubernetes')), format: format as Asked['format'] };
}

function versionOf(written: string | undefined): string {
  const version = (written ?? DEFAULT_KUBERNETES_VERSION).replace(/^v(?=\d)/, '');
  const [fault] = kubernetesVersionFaults(version);
  if (fault) throw new UsageError(`--kubernetes ${shown(written)} is no release that is known; ${fault.remedy}`);
  return version;
}

function read(paths: readonly string[], version: string, io: Io): { access: Access; inventory: Inventory; status: number } {
  const { manifests, notKubernetes, unreadable } = readPaths(paths, io);
  for (const notice of [...unreadable, ...notKubernetes]) io.stderr(`${noticeLine(notice)}\n`);
  const inventory = inventoryOf(manifests);
  const access = accessOf(inventory, version);
  for (const { object, path, problem } of access.refusals) {
    const name = [object.namespace, object.name].filter((part) => part).join('/');
    io.stderr(`${placeOf(object, path)}: ${printable(`${object.kind} ${name} grants nothing, as the API server refuses it: ${problem}`)}\n`);
  }
  return { access, inventory, status: unreadable.length > 0 ? 2 : 0 };
}
