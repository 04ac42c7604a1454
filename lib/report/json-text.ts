import { printable } from '../errors';

/** JSON whose texts show on a terminal what they hold: what is not printed stands as its escape, which JSON reads as the same. */
export function jsonText(value: unknown, { indent = 2, by = 0 }: { readonly indent?: number; readonly by?: number } = {}): string {
  // A line break in a text is escaped already; those that are left are the layout's.
  return JSON.stringify(value, null, indent).split('\n').map((line) => printable(line, jsonEscape)).join(`\n${' '.repeat(by)}`);
}

/** As JSON has it: a character beyond U+FFFF as its two halves. */
function jsonEscape(char: string): string {
  return char.split('').map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
