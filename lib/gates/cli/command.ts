/** The world around a command, so that a test can be one. */
export interface Io {
  /** The report, and nothing else. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly stdin: () => Buffer;
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether a person reads stdout on a terminal. */
  readonly terminal: boolean;
  /** How many columns that terminal has. */
  readonly columns?: number;
}

/** What was written after a command's name. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: { readonly [option: string]: string | boolean | (string | boolean)[] | undefined };
}

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given several times. @default false */
  readonly multiple?: boolean;
  /** What its value is, as help shows it, such as `FILE`. @default VALUE */
  readonly value?: string;
  /** What it is for, as help shows it. */
  readonly help?: string;
}

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** What follows the name, as help shows it. */
  readonly usage: string;
  /** What it is for, in one line. */
  readonly summary: string;
  readonly options: { readonly [name: string]: Option };
  /**
   * Runs it.
   * @returns the exit status: 0 clean, 1 violations, 2 input or arguments that cannot be used
   * @throws UsageError for arguments that cannot be used
   */
  run(args: Arguments, io: Io): number;
}

/** Arguments that cannot be used; the message says which are, and the exit status is 2. */
export class UsageError extends Error {}
