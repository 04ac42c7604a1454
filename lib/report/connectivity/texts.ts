import { Difference, Explanation, placeOf, Reason } from '../../proofs/reachability';
import { printable } from '../../errors';

/** What a change opens (`+`) and closes (`-`), a line each, pairs in the order of texts. */
export function writeDifference({ changes, ports }: Difference, write: (text: string) => void): void {
  for (const { source, destination, opened, closed } of changes) {
    if (closed !== ports.none) write(`- ${source.label} => ${destination.label} : ${ports.textOf(closed)}\n`);
    if (opened !== ports.none) write(`+ ${source.label} => ${destination.label} : ${ports.textOf(opened)}\n`);
  }
}

/** Why a connection is allowed or not: each end's policies, where they stand, and what they say. */
export function explanationText({ source, destination, protocol, port, allowed, sides }: Explanation, textOf: (ports: number) => string): string {
  const lines = [`${source.label} => ${destination.label} : ${protocol} ${port} is ${allowed ? 'allowed' : 'not allowed'}`];
  for (const side of sides) {
    lines.push(`  ${side.direction} of ${side.subject.label}: ${side.allowed ? 'allowed' : 'not allowed'}`);
    if (side.reasons.length === 0) lines.push('    no policy selects it');
    for (const reason of side.reasons) lines.push(`    ${reasonText(reason, textOf)}`);
    if (!side.allowed && side.reasons.every(({ verb }) => verb === 'isolates')) lines.push(`    no rule of ${side.reasons.length === 1 ? 'it' : 'them'} is about ${(side.direction === 'egress' ? destination : source).label}`);
  }
  if (sides.length === 0) lines.push('  both are outside, where no policy of a cluster holds');
  return printableLines(lines);
}

function reasonText({ object, path, verb, ports }: Reason, textOf: (ports: number) => string): string {
  const what = `${object.kind} ${[object.namespace, object.name].filter((part) => part).join('/')}`;
  const where = placeOf({ object, path, problem: '', remedy: '' });
  if (verb === 'isolates') return `selected by ${what} (${where})`;
  const said = { 'allows': 'allowed', 'accepts': 'accepted', 'denies': 'denied', 'passes': 'left to the next tier', 'allows other ports': `only ${ports === undefined ? '' : textOf(ports) || 'a port name that it has not'} allowed` }[verb];
  return `${said} by ${what} ${path} (${where})`;
}

function printableLines(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line)}\n`).join('');
}
