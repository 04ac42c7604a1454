import { parseArgs } from 'util';
import { Arguments, Command, Io, UsageError } from './command';
import { COMMANDS } from './commands';
import { helpOf, overview } from './help';
import { toolVersion } from './version';
import { nearest, printable, shown } from '../../errors';

/** Runs the command line; no error reaches the caller. @returns the exit status */
export function main(argv: readonly string[], io: Io, commands: readonly Command[] = COMMANDS): number {
  const [name, ...rest] = argv;
  const command = commands.find((each) => each.name === name);
  try {
    if (name === '--help' || name === '-h' || name === 'help') return said(io, overview(commands));
    if (name === '--version' || name === 'version') return said(io, `${toolVersion()}\n`);
    if (!command) throw new UsageError(unknown(name, commands));
    if (wantsHelp(command, rest)) return said(io, helpOf(command));
    return command.run(parsed(command, rest), io);
  } catch (error) {
    return complained(io, command, error as Error & { readonly code?: unknown });
  }
}

function said(io: Io, text: string): number {
  io.stdout(text);
  return 0;
}

/** What the system refuses, such as to write, is no fault of ours. */
function complained(io: Io, command: Command | undefined, error: Error & { readonly code?: unknown }): number {
  const usual = error instanceof UsageError || typeof error.code === 'string';
  const line = `cdk8s-hardened${command ? ` ${command.name}` : ''}: ${printable(error.message)}${usual ? '' : '; this is a fault of cdk8s-hardened, please report it'}`;
  try {
    io.stderr(`${line}\n`);
  } catch {
    return 2; // there is nowhere left to say it
  }
  return 2;
}

function wantsHelp({ options }: Command, args: readonly string[]): boolean {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  return tokens.some((token) => token.kind === 'option' && (token.name === 'help' || (token.rawName === '-h' && !options.h)));
}

/** @throws UsageError for an option that there is not, one without its value, and one that is given twice and must not be */
function parsed({ options }: Command, args: readonly string[]): Arguments {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new UsageError(unknownOption(token.rawName, Object.keys(options)));
    if (option.type === 'string' && (token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value)))) {
      throw new UsageError(`${token.rawName} has no value; give it one, as "${token.rawName}=${option.value ?? 'VALUE'}"`);
    }
    if (option.type === 'boolean' && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value; leave ${shown(token.value)} out`);
    if (seen.has(token.name) && !option.multiple) throw new UsageError(`${token.rawName} is given twice; give it once`);
    seen.add(token.name);
  }
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  return { positionals, values };
}

function unknownOption(written: string, options: readonly string[]): string {
  const known = [...options, 'help'].map((name) => `--${name}`);
  const [near] = nearest(written, known);
  return `there is no option ${shown(written)}; ${near ? `did you mean ${shown(near)}?` : `give one of ${known.join(', ')}`}`;
}

function unknown(name: string | undefined, commands: readonly Command[]): string {
  const names = commands.map((each) => each.name);
  if (name === undefined) return `no command is given; give one of ${names.join(', ')}`;
  const [near] = nearest(name, names);
  return `there is no command ${shown(name)}; ${near ? `did you mean ${shown(near)}?` : `give one of ${names.join(', ')}`}`;
}
