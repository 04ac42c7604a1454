import type { Arguments, Command, Io } from './command';
import { UsageError } from './command';
import { noticeLine, readPaths } from './read-paths';
import { inventoryOf } from '../../inventory';
import { Caveat, caveatsOf, reachabilityOf, remarkLine, writeLines } from '../../proofs/reachability';

/** How many caveats of one topic are printed. */
const MOST_CAVEATS = 5;

export const CONNECTIVITY: Command = {
  name: 'connectivity',
  usage: 'PATH...',
  summary: 'which workload reaches which, on which ports, and what of the outside',
  options: {},
  run,
};

function run({ positionals }: Arguments, io: Io): number {
  if (positionals.length === 0) throw new UsageError(`no path is given; usage: cdk8s-hardened ${CONNECTIVITY.name} ${CONNECTIVITY.usage}`);
  const input = readPaths(positionals, io);
  const inventory = inventoryOf(input.manifests);
  const reach = reachabilityOf(inventory);
  const { faults } = reach.policies;
  const left = new Set(faults.map(({ object }) => object)).size;
  writeLines(reach, io.stdout);
  for (const line of [
    ...input.unreadable.map(noticeLine), ...input.notKubernetes.map(noticeLine), ...faults.map(remarkLine),
    ...left > 0 ? [`${left} ${left === 1 ? 'policy is' : 'policies are'} left out, as the API server refuses ${left === 1 ? 'it' : 'them'}`] : [],
    ...caveatLines(caveatsOf(inventory, reach)),
  ]) io.stderr(`${line}\n`);
  return input.unreadable.length > 0 ? 2 : left > 0 ? 1 : 0;
}

function caveatLines(caveats: readonly Caveat[]): string[] {
  return [...new Set(caveats.map(({ topic }) => topic))].flatMap((topic) => {
    const of = caveats.filter((caveat) => caveat.topic === topic);
    return [...of.slice(0, MOST_CAVEATS).map(remarkLine), ...of.length > MOST_CAVEATS ? [`… and ${of.length - MOST_CAVEATS} more like the last`] : []];
  });
}
