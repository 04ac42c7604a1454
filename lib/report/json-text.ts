import { printable } from '../errors';

/** JSON whose texts show on a terminal what they hold: what is not printed stands as its escape, which JSON reads as the same. */
export function jsonText(value: unknown, { indent = 2, by = 0 }: { readonly indent?: number; readonly by?: number } = {}): string {
  const json = JSON.stringify(value, null, indent);
  const laidOut = by === 0 ? json : json.replaceAll('\n', `\n${' '.repeat(by)}`);
  // A line break in a text is escaped already; those that are left are the layout's.
  return PLAIN.test(laidOut) ? laidOut : laidOut.split('\n').map((line) => printable(line, jsonEscape)).join('\n');
}

const PLAIN = /^[\n -~]*$/;

/** As JSON has it: a character beyond U+FFFF as its two halves. */
function jsonEscape(char: string): string {
  return char.split('').map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
