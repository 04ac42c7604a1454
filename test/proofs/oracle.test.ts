import { sameAsOracle } from './random-clusters';

/** `npm run judges` does the same for many more, test/judges/network. */
const RUNS = 300;

test('random clusters have the lines that the specification\'s sentences give, read one after the other', () => sameAsOracle(RUNS, 20_270_101));

test('with policies of the cluster around those of namespaces, too', () => sameAsOracle(RUNS, 20_270_102, { tiers: true }));
