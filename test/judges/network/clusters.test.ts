import { sameAsOracle } from '../../proofs/random-clusters';

/** One run for each seed, so that a failure says which; test/proofs/oracle.test.ts does a few of them every time. */
const SEEDS = Array.from({ length: 10 }, (_, i) => 20_270_200 + i);

test.each(SEEDS)('500 random clusters of seed %i have the lines of the oracle', (seed) => sameAsOracle(500, seed));

test.each(SEEDS)('250 random clusters of seed %i with policies of the cluster, too', (seed) => sameAsOracle(250, seed, { tiers: true }));
