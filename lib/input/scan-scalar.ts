import { Cursor, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './cursor';

/** A scalar without quotes. */
export interface PlainScalar {
  readonly text: string;
  /** Whether the line was left after it. */
  readonly broken: boolean;
}

/** @param indent the column from which a further line belongs to the scalar; in flow style every line does */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  let text = '';
  let between: Space = { text: '', broken: false };
  while (!cursor.atDocumentMark() && cursor.code() !== 0x23) {
    const start = cursor.at;
    skipPlainWords(cursor, inFlow);
    if (cursor.at > start) {
      text += between.text + cursor.text.slice(start, cursor.at);
      between = { text: '', broken: false };
    }
    if (!isBlank(cursor.code()) && !isBreak(cursor.code())) break;
    between = scanSpace(cursor, false, indent);
    if (!inFlow && cursor.column < indent) break;
  }
  return { text, broken: between.broken };
}

/** Moves over words, and single spaces between them, up to what may end the scalar or its line. */
function skipPlainWords(cursor: Cursor, inFlow: boolean): void {
  for (let code = cursor.code(); ; code = cursor.code()) {
    if (code === 32) {
      const next = cursor.code(1);
      if (isBlankOrEnd(next) || next === 0x23 || (next === 0x3a && isBlankOrEnd(cursor.code(2))) || (inFlow && endsInFlow(next))) return;
    } else if (isBlankOrEnd(code) || (code === 0x3a && isBlankOrEnd(cursor.code(1))) || (inFlow && endsInFlow(code))) return;
    cursor.at++;
  }
}

/** , ? [ ] { } */
function endsInFlow(code: number): boolean {
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

/** What stands between the words of a scalar. */
interface Space {
  /** What it counts for: blanks for themselves, one line break for a space, several for one less. */
  readonly text: string;
  readonly broken: boolean;
}

/** @param escaped whether the line before ended in a backslash, and its break counts for nothing */
function scanSpace(cursor: Cursor, escaped: boolean, tabsFrom = 0): Space {
  const start = cursor.at;
  let broken = escaped;
  let blanks = '';
  let first = '';
  let others = '';
  for (let code = cursor.code(); isBlank(code) || isBreak(code); code = cursor.code()) {
    if (isBlank(code)) {
      if (broken && code === 9 && cursor.column < tabsFrom) throw cursor.fault('a tab stands where a line is indented');
      cursor.at++;
      if (!broken) blanks = cursor.text.slice(start, cursor.at);
    } else if (broken) {
      others += cursor.lineBreak();
    } else {
      first = cursor.lineBreak();
      broken = true;
    }
  }
  return { text: !broken ? blanks : first !== '\n' ? first + others : others === '' ? ' ' : others, broken };
}

/** A scalar in single or double quotes. */
export function scanQuoted(cursor: Cursor): string {
  const quote = cursor.code();
  const opening = cursor.at++;
  let text = '';
  for (;;) {
    if (cursor.atDocumentMark() || cursor.code() === 0) throw cursor.fault('a quote is not closed', opening);
    const words = quote === 0x22 ? scanDoubleQuotedWords(cursor) : scanSingleQuotedWords(cursor);
    text += words.text;
    if (cursor.code() === quote) break;
    text += scanSpace(cursor, words.broken).text;
  }
  cursor.at++;
  return text;
}

function scanSingleQuotedWords(cursor: Cursor): Space {
  let text = '';
  let start = cursor.at;
  for (let code = cursor.code(); !isBlankOrEnd(code); code = cursor.code()) {
    if (code === 0x27) {
      if (cursor.code(1) !== 0x27) break;
      text += cursor.text.slice(start, cursor.at);
      start = ++cursor.at;
    }
    cursor.at++;
  }
  return { text: text + cursor.text.slice(start, cursor.at), broken: false };
}

function scanDoubleQuotedWords(cursor: Cursor): Space {
  let text = '';
  let start = cursor.at;
  for (let code = cursor.code(); !isBlankOrEnd(code) && code !== 0x22; code = cursor.code()) {
    if (code !== 0x5c) {
      cursor.at++;
      continue;
    }
    text += cursor.text.slice(start, cursor.at);
    if (isBreak(cursor.code(1))) {
      cursor.at++;
      cursor.lineBreak();
      return { text, broken: true };
    }
    text += scanEscape(cursor);
    start = cursor.at;
  }
  return { text: text + cursor.text.slice(start, cursor.at), broken: false };
}

const ESCAPES: ReadonlyMap<string, string> = new Map(Object.entries({
  '0': '\0', 'a': '\x07', 'b': '\b', 't': '\t', '\t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', 'e': '\x1b', ' ': ' ', '"': '"', '\'': '\'', '\\': '\\',
  'N': '\x85', '_': '\xa0', 'L': '\u2028', 'P': '\u2029',
}));
const CODE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

function scanEscape(cursor: Cursor): string {
  const escaped = ESCAPES.get(cursor.text[cursor.at + 1]);
  if (escaped !== undefined) {
    cursor.at += 2;
    return escaped;
  }
  CODE.lastIndex = cursor.at;
  const match = CODE.exec(cursor.text);
  const code = match ? parseInt(match[1] ?? match[2] ?? match[3], 16) : Infinity;
  if (!match || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw cursor.fault(`there is no escape ${JSON.stringify(cursor.text.slice(cursor.at, cursor.at + 2))} with this after it in YAML`);
  cursor.at += match[0].length;
  return String.fromCodePoint(code);
}

const HEADER = /[|>](?:([-+])([0-9])?|([0-9])([-+])?)?/y;

/**
 * A scalar of lines that are indented: `|` as they are, `>` folded.
 * @param parent the column of the map or list it stands in; -1 for the document
 */
export function scanBlock(cursor: Cursor, parent: number): string {
  const opening = cursor.at;
  const isLiteral = cursor.code() === 0x7c;
  HEADER.lastIndex = cursor.at;
  const [header, chomp1, digit1, digit2, chomp2] = HEADER.exec(cursor.text)!;
  const digit = digit1 ?? digit2;
  if (digit === '0') throw cursor.fault('a block scalar says that it is indented by 0', opening);
  cursor.at += header.length;
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.code())) throw cursor.fault('a block scalar begins on the line of its "|" or ">"', opening);
  if (cursor.code() !== 0) cursor.lineBreak();

  let { breaks, indent } = scanBlockBreaks(cursor, digit === undefined ? 0 : Math.max(parent, 0) + Number(digit), parent);
  let text = '';
  let lineBreak = '';
  let wasBlank = false;
  while (cursor.column === indent && cursor.code() !== 0) {
    const blank = isBlank(cursor.code());
    if (isLiteral || blank || wasBlank || lineBreak !== '\n') text += lineBreak;
    else if (breaks === '') text += ' ';
    wasBlank = blank;
    const start = cursor.at;
    while (!isBreakOrEnd(cursor.code())) cursor.at++;
    text += breaks + cursor.text.slice(start, cursor.at);
    lineBreak = cursor.code() === 0 ? '' : cursor.lineBreak();
    ({ breaks, indent } = scanBlockBreaks(cursor, indent, parent));
  }
  const chomp = chomp1 ?? chomp2;
  return text + (chomp === '-' ? '' : lineBreak) + (chomp === '+' ? breaks : '');
}

/** The empty lines before a line of a block scalar, and where that begins, if this is the first. */
function scanBlockBreaks(cursor: Cursor, indent: number, parent: number): { breaks: string; indent: number } {
  let breaks = '';
  let most = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code() === 32) cursor.at++;
    most = Math.max(most, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.code() === 9) throw cursor.fault('a tab stands where a block scalar is indented');
    if (!isBreak(cursor.code())) break;
    breaks += cursor.lineBreak();
  }
  return { breaks, indent: indent === 0 ? Math.max(most, parent + 1, 1) : indent };
}
