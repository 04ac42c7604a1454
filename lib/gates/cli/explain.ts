import { Arguments, Command, Io, UsageError } from './command';
import { EXEMPTION_CONTROLS } from '../../assessment';
import { CATALOG, Control } from '../../controls';
import { nearest, shown } from '../../errors';
import { controlPage } from '../../report';

/** Tells of one control. */
export const EXPLAIN: Command = {
  name: 'explain',
  usage: 'ID',
  summary: 'tells of a control, by its id or by that of its counterpart: CKV_K8S_16, KSV-0017, C-0057, 5.2.2, hostNetworkSet',
  options: {},
  run,
};

const KNOWN: readonly Control[] = [...CATALOG, ...EXEMPTION_CONTROLS];
/** As many as are told of in full, where several of ours are one of theirs. */
const MOST_PAGES = 4;

function run({ positionals }: Arguments, io: Io): number {
  const [id, ...others] = positionals;
  if (id === undefined) throw new UsageError('no ID is given; give a control\'s, such as "pod/no-privileged", or a counterpart\'s, such as "CKV_K8S_16"');
  if (others.length > 0) throw new UsageError(`it takes one ID, not ${positionals.length}; give one`);
  const found = controlsBy(id);
  if (found.length === 0) throw new UsageError(unknown(id));
  io.stdout(found.length <= MOST_PAGES ? found.map((control) => controlPage(control)).join('\n') : `${found.map((control) => `${control.id}  ${control.title}\n`).join('')}`);
  return 0;
}

/** Ours by its id; else those that have an id of somebody else's. */
function controlsBy(written: string): Control[] {
  const own = KNOWN.filter(({ id }) => id === written.toLowerCase());
  if (own.length > 0) return own;
  const wanted = folded(written);
  const exact = KNOWN.filter((control) => idsOf(control).some((id) => folded(id) === wanted));
  // By what stands behind the family: drop-all-capabilities.
  return exact.length > 0 ? exact : KNOWN.filter(({ id }) => id.split('/')[1] === written.toLowerCase());
}

function idsOf({ frameworks }: Control): string[] {
  return Object.values(frameworks).flat() as string[];
}

/** Scanners have written their ids in several ways: KSV014, KSV-0014, AVD-KSV-0014; CIS-5.2.2. */
function folded(id: string): string {
  return id.toLowerCase().replace(/^avd-/, '').replace(/^cis[- ]/, '').replace(/^ksv-?0*(\d+)$/, 'ksv-$1');
}

function unknown(id: string): string {
  const [near] = nearest(id, [...KNOWN.map((control) => control.id), ...new Set(KNOWN.flatMap(idsOf))]);
  return `there is no control ${shown(id)}, and none that answers to it; ${near ? `did you mean ${shown(near)}?` : '"cdk8s-hardened controls" lists them'}`;
}
