import { printable } from '../../errors';
import { Allowed, refText, Right, RightChange, Source, sourceText } from '../../proofs/access';

const EVERYWHERE = '(everywhere)';

/** Who may do something, a line each. */
export function whoCanText(allowed: readonly Allowed[]): string {
  return table(['WHERE', 'WHO', 'BY'], allowed.map(({ namespace, subject, binding, role }) => [namespace || EVERYWHERE, refText(subject), byText(binding, role)]));
}

/** What somebody may do, a rule a line. */
export function rightsText(rights: readonly Right[]): string {
  return table(['WHERE', 'VERBS', 'RESOURCES', 'NAMES', 'BY'], rights.map(({ namespace, verbs, resources, names, binding, role }) => [namespace || EVERYWHERE, verbs.join(','), resources.join(','), names.join(','), byText(binding, role)]));
}

/** What changed, a line each: `+` for what is gained. */
export function diffText(changes: readonly RightChange[]): string {
  return changes.map(({ change, subject, namespace, verbs, resource, names, binding, role }) => printable(
    `${change === 'gains' ? '+' : '-'} ${refText(subject)} ${change} ${verbs.join(', ')} ${resource}${names.length === 0 ? '' : ` ${names.map((name) => JSON.stringify(name)).join(', ')}`} ${namespace === '' ? 'everywhere' : `in ${namespace}`}: ${byText(binding, role)}`)).map((line) => `${line}\n`).join('');
}

function byText(binding: Source | undefined, role: Source | undefined): string {
  return binding && role ? `${sourceText(binding)} → ${sourceText(role)}` : 'bypasses RBAC';
}

/** What is longer pushes only its own line apart. */
const WIDEST = 48;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => printable(cell)));
  const widths = head.map((_, i) => Math.min(WIDEST, cells.reduce((most, row) => Math.max(most, row[i].length), 0)));
  return cells.map((row) => `${row.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd()}\n`).join('');
}
