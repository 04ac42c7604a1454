/** The YAML parser as CommonJS: scripts/bundle.js puts it into the package, so that nothing has to be installed beside it. */
export const { parseEvents, getScalarValue, YAMLException } = require('../js-yaml') as typeof import('js-yaml');
export type { Event, ScalarEvent } from 'js-yaml';
