import { parseArgs } from 'util';
import { Command, Io, UsageError } from './command';
import { COMMANDS } from './commands';
import { nearest, shown } from '../../errors';

/** Runs the command line; no error reaches the caller. @returns the exit status */
export function main(argv: readonly string[], io: Io, commands: readonly Command[] = COMMANDS): number {
  const [name, ...rest] = argv;
  const command = commands.find((each) => each.name === name);
  try {
    if (!command) throw new UsageError(unknown(name, commands));
    return command.run(parsed(command, rest), io);
  } catch (error) {
    const expected = error instanceof UsageError;
    io.stderr(`cdk8s-hardened${command ? ` ${command.name}` : ''}: ${(error as Error).message}${expected ? '' : '; this is a fault of cdk8s-hardened, please report it'}\n`);
    return 2;
  }
}

function parsed(command: Command, args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true });
    return { positionals, values };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; usage: cdk8s-hardened ${command.name} ${command.usage}`);
  }
}

function unknown(name: string | undefined, commands: readonly Command[]): string {
  const names = commands.map((each) => each.name);
  if (name === undefined) return `no command is given; give one of ${names.join(', ')}`;
  const [near] = nearest(name, names);
  return `there is no command ${shown(name)}; ${near ? `did you mean ${shown(near)}?` : `give one of ${names.join(', ')}`}`;
}
