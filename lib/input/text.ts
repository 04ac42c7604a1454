import { isUtf8 } from 'buffer';
import { chunksOf } from './chunks';

/** A file's text, without what is no text, and what is wrong with that. */
export interface Decoded {
  readonly text: string;
  readonly unreadable: readonly { readonly line: number; readonly problem: string }[];
}

/**
 * Decodes a file as kubectl does, which heeds the byte order marks of UTF-8 and UTF-16. Unlike it, this refuses what is not valid: in
 * UTF-8 only the document that holds it, whose lines become empty ones.
 */
export function decoded(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'utf-16be');
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);
  return isUtf8(rest) ? { text: rest.toString('utf8'), unreadable: [] } : partly(rest);
}

function partly(bytes: Buffer): Decoded {
  const unreadable: { line: number; problem: string }[] = [];
  let text = '';
  let at = 0;
  let line = 1;
  for (const { start, end } of chunksOf(bytes.toString('latin1')).chunks) {
    const between = bytes.subarray(at, start);
    const chunk = bytes.subarray(start, end);
    line += lines(between);
    if (!isUtf8(chunk)) unreadable.push({ line: line + firstInvalidLine(chunk), problem: 'it is not valid UTF-8; save it as UTF-8' });
    text += `${isUtf8(between) ? between.toString('utf8') : '\n'.repeat(lines(between))}${isUtf8(chunk) ? chunk.toString('utf8') : '\n'.repeat(lines(chunk))}`;
    line += lines(chunk);
    at = end;
  }
  return { text, unreadable };
}

function lines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

function firstInvalidLine(bytes: Buffer): number {
  for (let line = 0, start = 0; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), unreadable: [] };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
    return { text: '', unreadable: [{ line, problem: `it is not valid ${encoding.toUpperCase()}; save it as UTF-8` }] };
  }
}
