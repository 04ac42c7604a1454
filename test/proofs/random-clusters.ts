import * as fc from 'fast-check';
import { cluster } from '../arbitraries/cluster';
import { oracleLines } from './oracle';
import { lines } from './support';

/** The whole text for random clusters, as the oracle writes it. */
export function sameAsOracle(runs: number, seed: number, { tiers = false } = {}): void {
  fc.assert(fc.property(cluster({ tiers }), (manifests) => expect(lines(manifests)).toEqual(oracleLines(manifests))), { numRuns: runs, seed });
}
