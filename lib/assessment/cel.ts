/**
 * The interpreter as CommonJS: scripts/bundle.js puts it into the package, so that nothing has to be installed beside it and
 * Jest, which the users of this library test with, loads it as it comes.
 */
export const { Environment } = require('../cel') as typeof import('@marcbachmann/cel-js');
