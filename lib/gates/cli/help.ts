import type { Command } from './command';

const NAME = 'cdk8s-hardened';
/** Where what an option is for begins. */
const COLUMN = 28;

/** What there is. */
export function overview(commands: readonly Command[]): string {
  return [
    `usage: ${NAME} COMMAND ...`, '',
    ...commands.map(({ name, summary }) => row(name, summary)), '',
    'PATH is a file, a folder (*.yaml, *.yml, *.json, those of folders within it too) or "-" for stdin.',
    'The exit status is 0 where nothing is wrong, 1 for violations, 2 for input or arguments that cannot be used.',
    `"${NAME} COMMAND --help" says more of a command, "${NAME} --version" which version this is.`, '',
  ].join('\n');
}

/** What a command takes. */
export function helpOf({ name, usage, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { short, type, value = 'VALUE', help = '' }]) =>
    row(`${short ? `-${short}, ` : ''}--${option}${type === 'string' ? ` ${value}` : ''}`, help));
  return [`usage: ${NAME} ${name} ${usage}`, '', `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, '', ...rows, row('--help', 'this'), ''].join('\n');
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(COLUMN)}${name.length >= COLUMN ? `\n  ${''.padEnd(COLUMN)}` : ''}${text}`.trimEnd();
}
