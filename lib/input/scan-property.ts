import { Cursor, isBlankOrEnd, isBreakOrEnd } from './cursor';

const NAME = /[&*]([0-9A-Za-z_-]+)/y;

/** The name of an anchor or an alias. */
export function scanName(cursor: Cursor): string {
  const name = match(cursor, NAME)?.[1];
  if (name === undefined || !(isBlankOrEnd(cursor.code()) || '?:,]}%@`'.includes(cursor.text[cursor.at]))) throw cursor.fault('the name of an anchor or an alias is letters, digits, "_" and "-"');
  return name;
}

/** What a tag is written as: its handle, such as `!!`, empty for one in full; and the rest. */
export interface WrittenTag {
  readonly handle: string;
  readonly suffix: string;
}

const URI = String.raw`(?:[-0-9A-Za-z_;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2})`;
const VERBATIM = new RegExp(`!<(${URI}+)>`, 'y');
const HANDLE = /![-0-9A-Za-z_]*!/y;
const SUFFIX = new RegExp(`${URI}+`, 'y');
const PRIMARY = new RegExp(`!(${URI}*)`, 'y');

export function scanTag(cursor: Cursor): WrittenTag {
  const start = cursor.at;
  const tag = scanned(cursor);
  if (!tag || !isBlankOrEnd(cursor.code())) throw cursor.fault('a tag is not well formed', start);
  return tag;
}

function scanned(cursor: Cursor): WrittenTag | undefined {
  if (cursor.code(1) === 0x3c) {
    const verbatim = match(cursor, VERBATIM);
    return verbatim ? { handle: '', suffix: unescaped(verbatim[1]) } : undefined;
  }
  const handle = match(cursor, HANDLE);
  if (handle) {
    const suffix = match(cursor, SUFFIX);
    return suffix ? { handle: handle[0], suffix: unescaped(suffix[0]) } : undefined;
  }
  const suffix = match(cursor, PRIMARY)![1];
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix: unescaped(suffix) };
}

/** A line that begins with `%`; only `%TAG` says something. */
export function scanDirective(cursor: Cursor): WrittenTag | undefined {
  const start = cursor.at;
  const directive = match(cursor, DIRECTIVE);
  if (directive && isBlankOrEnd(cursor.code())) {
    cursor.skipBlanks();
    cursor.skipComment();
    if (isBreakOrEnd(cursor.code())) return directive[1] === undefined ? undefined : { handle: directive[1], suffix: unescaped(directive[2]) };
  }
  throw cursor.fault('a line that begins with "%" is a directive, "%YAML 1.1" or "%TAG"', start);
}

const DIRECTIVE = new RegExp(`%(?:YAML[ \\t]+1\\.[0-9]{1,2}|TAG[ \\t]+(!|![-0-9A-Za-z_]*!)[ \\t]+(${URI}+))`, 'y');

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found) cursor.at += found[0].length;
  return found;
}

function unescaped(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
