/** A part of a text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** A line that may part documents: `---` in the first column, for kubectl with nothing but a comment after it; or `...`. */
const MARK = /(?:^|\n)(?:---|\.\.\.)[^\n]*/g;
const SEPARATOR = /^---\s*(?:#|$)/;
const YAML_MARK = /^(?:---|\.\.\.)(?:[ \t\r\u0085\u2028\u2029]|$)/;
/** Directives, which belong to the document after the next `---`. */
const DIRECTIVES = /^(?:[^\S\n]*(?:#[^\n]*)?\n)*%/;

/**
 * Parts a text at the lines that always part documents, wherever they stand, so that what is wrong in one document does not reach the
 * next. A chunk holds one document, as good as always.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/yaml/decoder.go, YAMLReader
 */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let belongsToNext = false;
  for (const match of text.matchAll(MARK)) {
    const at = match.index + (match[0][0] === '\n' ? 1 : 0);
    const line = match[0].trimStart();
    const isSeparator = SEPARATOR.test(line);
    if (!isSeparator && !YAML_MARK.test(line)) continue;
    if (!belongsToNext && line[0] === '-' && DIRECTIVES.test(text.slice(start, at))) {
      belongsToNext = true;
      continue;
    }
    belongsToNext = false;
    if (at > start) chunks.push({ start, end: at });
    // What stands on the line of a "---" belongs to the document.
    start = isSeparator ? at + line.length : line[0] === '-' ? at : at + 3;
  }
  if (text.length > start) chunks.push({ start, end: text.length });
  return chunks;
}
