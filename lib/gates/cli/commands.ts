import type { Command } from './command';

/** Every command, in the order in which help lists them. What one needs is loaded when it is asked for, so that none waits for the others'. */
export const COMMANDS: readonly Command[] = [
  lazy('check', () => (require('./check') as typeof import('./check')).CHECK),
  lazy('connectivity', () => (require('./connectivity') as typeof import('./connectivity')).CONNECTIVITY),
  lazy('access', () => (require('./access') as typeof import('./access')).ACCESS),
  lazy('controls', () => (require('./controls') as typeof import('./controls')).CONTROLS),
  lazy('explain', () => (require('./explain') as typeof import('./explain')).EXPLAIN),
];

function lazy(name: string, load: () => Command): Command {
  return {
    name,
    get usage() { return load().usage; },
    get summary() { return load().summary; },
    get options() { return load().options; },
    run: (args, io) => load().run(args, io),
  };
}
