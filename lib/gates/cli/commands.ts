import { ACCESS } from './access';
import { CHECK } from './check';
import type { Command } from './command';
import { CONNECTIVITY } from './connectivity';
import { CONTROLS } from './controls';
import { EXPLAIN } from './explain';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  CHECK,
  CONNECTIVITY,
  ACCESS,
  CONTROLS,
  EXPLAIN,
];
