/** Random inputs are the same in every run, unless another seed is asked for: SEED=1 npx jest. */
const fc = require('fast-check');

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_125) });
