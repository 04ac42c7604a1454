import { Composed, compose } from './compose';
import { DEEPEST, ReadFault } from './fault';
import { parseEvents, YAMLException } from './js-yaml';
import { jsonValue } from './json';
import { linesOf } from './lines';
import { locate } from './locate';
import { decoded } from './text';

/** One document of a file, such as a manifest. */
export interface SourceDocument {
  /** Plain JSON. What aliases name is shared, not copied. */
  readonly json: unknown;
  /** The line, from 1, of a field by its path, such as `items[2].spec.replicas`; of the nearest field around it where it is not there itself. */
  lineOf(path: string): number;
}

/** What of a file cannot be read. */
export interface Unreadable {
  readonly line: number;
  /** `<what is wrong, with the value given>; <what is allowed, or what to write>` */
  readonly problem: string;
}

export interface Source {
  /** The documents that hold something, in the order of the file. */
  readonly documents: readonly SourceDocument[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Reads a file of YAML or JSON, or of documents of either, as kubectl does. A document that cannot be read does not stand in the way of
 * those around it.
 */
export function readSource(bytes: Uint8Array): Source {
  const text = decoded(bytes);
  if ('problem' in text) return { documents: [], unreadable: [{ line: text.line, problem: text.problem }] };
  return new SourceReader(text.text).read();
}

class SourceReader {
  private readonly documents: SourceDocument[] = [];
  private readonly unreadable: Unreadable[] = [];
  private readonly lineAt: (at: number) => number;

  constructor(private readonly text: string) {
    this.lineAt = linesOf(text);
  }

  public read(): Source {
    for (const { start, end } of chunks(this.text)) this.chunk(start, end);
    return { documents: this.documents, unreadable: this.unreadable };
  }

  private chunk(start: number, end: number): void {
    const text = this.text.slice(start, end);
    let at = 0;
    try {
      // As kubectl does: values of JSON one after the other, until what follows is none.
      for (let first = firstOf(text, at); first === '{' || first === '['; first = firstOf(text, at)) {
        const value = jsonValue(text, at);
        if (!value) break;
        this.add(value.json, text, start, at);
        at = value.end;
      }
      if (text.slice(at).trim() === '') return;
      const rest = at === 0 ? text : text.slice(at);
      for (const { json, at: from } of yamlDocuments(rest)) if (json !== null) this.add(json, rest, start + at, from);
    } catch (error) {
      const { problem, at: place } = faultOf(error);
      // What ends too early is named by its last line.
      this.unreadable.push({ line: this.lineAt(start + Math.min(at + place, text.trimEnd().length - 1)), problem });
    }
  }

  private add(json: unknown, text: string, start: number, from: number): void {
    this.documents.push({ json, lineOf: (path) => this.lineAt(start + locate(text, from, path)) });
  }
}

/** The documents of a text without a separator `---`. @throws ReadFault, YAMLException */
function yamlDocuments(text: string): Composed[] {
  return compose(text, parseEvents(text, { maxDepth: DEEPEST }));
}

function firstOf(text: string, at: number): string {
  return /\S/y.test(text.charAt(at)) ? text[at] : text.slice(at).trimStart()[0];
}

/** Where documents begin and end: a line that begins with `---` or `...` always parts two. */
function chunks(text: string): { start: number; end: number }[] {
  const result: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/(?<=^|\n)(?:---|\.\.\.)(?=[ \t\r\n]|$)/g)) {
    result.push({ start, end: match.index });
    start = match.index + (match[0] === '...' ? 3 : 0);
  }
  result.push({ start, end: text.length });
  return result.filter((chunk) => chunk.end > chunk.start);
}

function faultOf(error: unknown): ReadFault {
  if (error instanceof ReadFault) return error;
  if (error instanceof YAMLException) return new ReadFault(`it is no valid YAML: ${error.reason}`, error.mark?.position ?? 0);
  if (error instanceof RangeError) return new ReadFault('it is nested too deep', 0);
  throw error;
}
