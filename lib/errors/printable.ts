/** What would move the cursor, hide, or turn the reading direction: controls, invisible and bidi characters, halves of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/gu;

/** Most texts, told fast. */
const PLAIN = /^[ -~]*$/;

/** A text that may hold anything, for one line of a terminal: what is not printed there is written `\u001b`. */
export function printable(text: string, escaped: (char: string) => string = unicodeEscape): string {
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, escaped);
}

function unicodeEscape(char: string): string {
  const code = char.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
