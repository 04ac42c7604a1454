import { ReadFault } from './fault';

/** A part of a text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Lines of which it depends on what stands before them whether kubectl parts documents there. */
  readonly faults: readonly ReadFault[];
}

/** A line that may part documents. */
const MARK = /(?:^|\n)(?:---|\.\.\.)[^\n]*/g;
const YAML_MARK = /^(?:---|\.\.\.)(?:[ \t\r\u0085\u2028\u2029]|$)/;
/** A mark with nothing but a comment after it. */
const SEPARATOR = /^---\s*(?:#|$)/;

/**
 * Parts a text at the lines that always part documents, wherever they stand, so that what is wrong in one document does not reach the
 * next. A chunk holds one document, as good as always.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/yaml/decoder.go, YAMLReader
 */
export function chunksOf(text: string): Chunks {
  const chunks: Chunk[] = [];
  const faults: ReadFault[] = [];
  let start = 0;
  let hasDirectives = false;
  for (const match of text.matchAll(MARK)) {
    const at = match.index + (match[0][0] === '\n' ? 1 : 0);
    const line = match[0].trimStart();
    const isDashes = line[0] === '-';
    const isMark = YAML_MARK.test(line);
    if (!isMark && !isDashes) continue;
    if (!isMark) faults.push(new ReadFault('a line begins with "---" and goes on without a space, which kubectl takes for one thing or another; write "--- " or put it in quotes', at));
    if (!hasDirectives && isDashes && holdsDirectives(text, start)) {
      hasDirectives = true;
      continue;
    }
    hasDirectives = false;
    if (at > start) chunks.push({ start, end: at });
    // What stands on the line of a "---" belongs to the document.
    start = !isMark || SEPARATOR.test(line) ? at + line.length + 1 : isDashes ? at : at + 3;
  }
  if (text.length > start) chunks.push({ start, end: text.length });
  return { chunks, faults };
}

/** Whether what stands first are directives, which belong to the document after the next `---`. */
function holdsDirectives(text: string, start: number): boolean {
  let line = start;
  while (/[#\n]/.test(text.charAt(line))) line = text.indexOf('\n', line) + 1 || text.length;
  return text[line] === '%';
}
