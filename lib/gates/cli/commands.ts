import { ACCESS } from './access';
import { CHECK } from './check';
import type { Command } from './command';
import { CONNECTIVITY } from './connectivity';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  CHECK,
  CONNECTIVITY,
  ACCESS,
];
