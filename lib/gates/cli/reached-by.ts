import type { Inventory, KubeObject } from '../../inventory';
import type { ReachedBy } from '../../proofs/access';
import { reachabilityOf } from '../../proofs/reachability';

/** Who reaches whom by the policies among some manifests, from the end that is reached; in the order of the labels. */
export function reachedByOf(inventory: Inventory): ReachedBy {
  const reach = reachabilityOf(inventory);
  const sources = reach.destinations.map((): string[] => []);
  reach.sources.forEach(({ label }, source) => {
    const own = reach.destinationOf(source);
    for (const destination of reach.row(source).destinations) if (destination !== own) sources[destination].push(label);
  });
  const reached = new Map(reach.destinations.flatMap(({ workload }, i): [KubeObject, readonly string[]][] => workload?.pods.map(({ object }) => [object, sources[i]]) ?? []));
  return (object) => reached.get(object);
}
