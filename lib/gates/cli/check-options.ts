import { Arguments, UsageError } from './command';
import { FRAMEWORKS, Framework } from '../../assessment';
import { LEVELS, Level, SEVERITIES, Severity } from '../../controls';
import { nearest, shown } from '../../errors';
import { DEFAULT_KUBERNETES_VERSION, kubernetesVersionFaults } from '../../platform/kubernetes-version';
import { registryFaults } from '../../platform/registry';
import { Format, FORMATS } from '../../report';

/** What `check` was asked. */
export interface CheckOptions {
  readonly paths: readonly string[];
  readonly profile: Level;
  readonly kubernetesVersion: string;
  readonly framework?: Framework;
  readonly registries: readonly string[];
  readonly format: Format;
  /** Findings of lower severities do not change the exit status. */
  readonly failOn: Severity;
  readonly exemptions?: string;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly output?: string;
}

/** @throws UsageError for what cannot be used */
export function checkOptions({ positionals, values }: Arguments): CheckOptions {
  const given = (name: string) => values[name] as string | undefined;
  if (positionals.length === 0) throw new UsageError('no PATH is given; give a file, a folder, or "-" for stdin');
  const empty = ['exemptions', 'baseline', 'output'].find((name) => given(name) === '');
  if (empty) throw new UsageError(`--${empty} is empty; give a file`);
  if (values['update-baseline'] && given('baseline') === undefined) throw new UsageError('--update-baseline is for --baseline FILE; give that too');
  const registries = values.registry as string[] | undefined ?? [];
  const [fault] = registries.flatMap(registryFaults);
  if (fault) throw new UsageError(`--registry: ${fault.problem}; ${fault.remedy}`);
  return {
    paths: positionals, registries,
    profile: oneOf('profile', given('profile') ?? 'restricted', LEVELS),
    kubernetesVersion: versionOf(given('kubernetes') ?? DEFAULT_KUBERNETES_VERSION),
    ...given('framework') === undefined ? {} : { framework: oneOf('framework', given('framework')!, FRAMEWORKS) },
    format: oneOf('format', given('format') ?? 'text', Object.keys(FORMATS) as Format[]),
    failOn: oneOf('fail-on', given('fail-on') ?? 'low', SEVERITIES),
    exemptions: given('exemptions'), baseline: given('baseline'), updateBaseline: values['update-baseline'] === true, output: given('output'),
  };
}

/** The version of a cluster; `latest` is the newest that is known. */
export function versionOf(written: string): string {
  if (written === 'latest') return written;
  const version = written.replace(/^v(?=\d)/, '');
  const [fault] = kubernetesVersionFaults(version);
  if (fault) throw new UsageError(`--kubernetes ${shown(written)} is no release that is known; ${fault.remedy}, or "latest"`);
  return version;
}

/** An option's value, which must be one of some. */
export function oneOf<T extends string>(option: string, written: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === written);
  if (found !== undefined) return found;
  const [near] = nearest(written, allowed);
  throw new UsageError(`--${option} ${shown(written)} is none; ${near ? `did you mean ${shown(near)}?` : `give one of ${allowed.join(', ')}`}`);
}
