import { isUtf8 } from 'buffer';

/** A file's text, or what is wrong with its bytes, and in which line. */
export type Decoded = { readonly text: string } | { readonly problem: string; readonly line: number };

/** Decodes a file as kubectl does, which heeds the byte order marks of UTF-8 and UTF-16; but what is not valid is refused. */
export function decoded(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'utf-16be');
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);
  return isUtf8(rest) ? { text: rest.toString('utf8') } : { problem: 'it is not valid UTF-8; save it as UTF-8', line: firstInvalidLine(rest) };
}

function firstInvalidLine(bytes: Buffer): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    return { problem: `it is not valid ${encoding.toUpperCase()}; save it as UTF-8`, line: text.slice(0, text.indexOf('\ufffd')).split('\n').length };
  }
}
