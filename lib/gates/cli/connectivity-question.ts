import { UsageError } from './command';
import { nearest, shown } from '../../errors';
import { End, endOf, Protocol, PROTOCOLS, Question, Reachability } from '../../proofs/reachability';

/** What follows `--explain`, taken apart from the paths beside it. */
export interface Asked {
  readonly source: string;
  readonly destination: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** What else was given. */
  readonly paths: readonly string[];
}

const USAGE = "--explain takes SRC DST PORT, such as 'shop/web[Deployment]' 'shop/db[StatefulSet]' 'TCP 5432'; an address outside may stand for SRC or DST";

/** Finds DST and PORT among what was given without an option: the first port, and what stands before it. */
export function askedOf(source: string, positionals: readonly string[]): Asked {
  for (let i = 1; i < positionals.length; i++) {
    // `TCP 5432` may come as one argument or as two.
    for (const count of [1, 2]) {
      const port = portOf(positionals.slice(i, i + count).join(' '));
      if (!port || (count === 2 && i + 1 >= positionals.length)) continue;
      return { source, destination: positionals[i - 1], ...port, paths: [...positionals.slice(0, i - 1), ...positionals.slice(i + count)] };
    }
  }
  throw new UsageError(USAGE);
}

/** `TCP 5432`, `udp/53`; a number alone is of TCP. */
function portOf(text: string): { protocol: Protocol; port: number } | undefined {
  const [, word = 'TCP', digits] = /^(?:(sctp|tcp|udp)[ /:])?(\d{1,5})$/i.exec(text.trim()) ?? [];
  const [protocol, port] = [PROTOCOLS.find((each) => each === word.toUpperCase()), Number(digits)];
  return protocol && port >= 1 && port <= 65535 ? { protocol, port } : undefined;
}

/** The ends that are meant. @throws UsageError where there is none */
export function questionOf(reach: Reachability, { source, destination, protocol, port }: Asked): Question {
  return { source: found(reach, source, 'source'), destination: found(reach, destination, 'destination'), protocol, port };
}

function found(reach: Reachability, text: string, role: 'source' | 'destination'): End {
  const exact = endOf(reach, text, role);
  if (exact) return exact;
  const ends = reach[`${role}s`].filter(({ workload }) => workload);
  const named = ends.filter(({ workload }) => `${workload!.namespace}/${workload!.name}` === text);
  if (named.length === 1) return named[0];
  const near = named.length > 1 ? named.map(({ label }) => label) : nearest(text, ends.map(({ label }) => label));
  throw new UsageError(`--explain: there is no ${role} ${shown(text)}; ${near.length > 0 ? `did you mean ${near.map(shown).join(' or ')}?` : 'give a workload as namespace/name[Kind], or an address outside'}`);
}
