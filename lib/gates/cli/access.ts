import { answerQuestions } from './access-questions';
import { Arguments, Command, Io, UsageError } from './command';
import { noticeLine, readPaths } from './read-paths';
import { printable, shown } from '../../errors';
import { inventoryOf } from '../../inventory';
import { DEFAULT_KUBERNETES_VERSION, kubernetesVersionFaults } from '../../platform/kubernetes-version';
import { accessOf, placeOf } from '../../proofs/access';

/** Who may do what, by the RBAC objects among some manifests. */
export const ACCESS: Command = {
  name: 'access',
  usage: 'PATH... [--kubernetes 1.34] --questions FILE',
  summary: 'who may do what, as the API server decides it by RBAC',
  options: {
    kubernetes: { type: 'string' },
    questions: { type: 'string' },
  },
  run: (args, io) => {
    const { questions } = args.values;
    if (args.positionals.length === 0) throw new UsageError('no PATH is given; give a file, a folder, or "-" for stdin');
    if (questions === '-' && args.positionals.includes('-')) throw new UsageError('PATH and --questions are both "-"; give one of them as a file');
    const { access, status } = read(args, io);
    return Math.max(status, answerQuestions(access, questions as string, io));
  },
};

function read({ positionals, values }: Arguments, io: Io) {
  const version = versionOf(values.kubernetes as string | undefined);
  const { manifests, notKubernetes, unreadable } = readPaths(positionals, io);
  for (const notice of [...unreadable, ...notKubernetes]) io.stderr(`${noticeLine(notice)}\n`);
  const access = accessOf(inventoryOf(manifests), version);
  for (const { object, path, problem } of access.refusals) {
io.stderr(`${placeOf(object, path)}: ${printable(`${object.kind} ${[object.namespace, object.name].filter((part) => part).join('/')} grants nothing, as the API server refuses it: ${problem}`)}\n`);
  }
  return { access, status: unreadable.length > 0 ? 2 : 0 };
}

function versionOf(written: string | undefined): string {
  const version = (written ?? DEFAULT_KUBERNETES_VERSION).replace(/^v/, '');
  const [fault] = kubernetesVersionFaults(version);
  if (fault) throw new UsageError(`--kubernetes ${shown(written)} is no release that is known; ${fault.remedy}`);
  return version;
}
