import { Allowance } from './allowance';
import { readBlockDocument } from './block-reader';
import { Chunk, chunksOf } from './chunks';
import { ReadFault } from './fault';
import { jsonValue } from './json';
import { linesOf } from './lines';
import { locate, ReadAgain } from './locate';
import { Document, Parser } from './parser';
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
  /** What is wrong, with the value given; what to write, where that can be said. */
  readonly problem: string;
}

export interface Source {
  /** The documents that hold something, in the order of the file. */
  readonly documents: readonly SourceDocument[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Reads a file of YAML or JSON, or of documents of either, as kubectl does. A document that cannot be read does not stand in the way of
 * those around it. It never throws.
 * @param allowance what is left to aliases, where several files are read
 */
export function readSource(bytes: Uint8Array, allowance = new Allowance()): Source {
  const { text, unreadable } = decoded(bytes);
  allowance.grow(text.length);
  const source = new SourceReader(text, allowance).read();
  return { documents: source.documents, unreadable: [...unreadable, ...source.unreadable].sort((a, b) => a.line - b.line) };
}

/** What YAML does not allow, and a byte order mark, which go-yaml takes for a reason to skip characters elsewhere. */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/;

/** These, and the line breaks that only YAML 1.1 has. */
const UNUSUAL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

class SourceReader implements Source {
  public readonly documents: SourceDocument[] = [];
  public readonly unreadable: Unreadable[] = [];
  private readonly lineAt: (at: number) => number;
  /** Where the text begins that is being read. */
  private base = 0;

  /** Whether there is nothing in it that only the whole grammar can tell. */
  private readonly isUsual: boolean;
  private readonly text: string;

  constructor(text: string, private readonly allowance: Allowance) {
    // To kubectl every line ends with a line feed, and with nothing else.
    const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
    this.text = lines.endsWith('\n') ? lines : `${lines}\n`;
    this.lineAt = linesOf(this.text);
    this.isUsual = !UNUSUAL.test(this.text);
  }

  public read(): Source {
    const { chunks, faults } = chunksOf(this.text);
    for (const { at, problem } of faults) this.unreadable.push({ line: this.lineAt(at), problem });
    for (const chunk of chunks) this.chunk(chunk);
    return this;
  }

  /** Reads what stands between two separators, as kubectl does: values of JSON as long as there are some, and YAML from there on. */
  private chunk({ start, end }: Chunk): void {
    const before = this.documents.length;
    try {
      const at = firstOf(this.text, start, end) === '{' ? this.json(start, end) : start;
      if (firstOf(this.text, at, end) !== '') this.yaml(at, end);
    } catch (error) {
      const fault = error instanceof RangeError ? new ReadFault('it is too long or too deep to be read', 0) : error;
      if (!(fault instanceof ReadFault)) throw error;
      // Of what is wrong, only maps are likely to be what was meant.
      this.documents.push(...this.documents.splice(before).filter(({ json }) => typeof json === 'object' && !Array.isArray(json)));
      // What ends too early is named by its last line.
      const last = start + this.text.slice(start, end).trimEnd().length - 1;
      this.unreadable.push({ line: this.lineAt(Math.min(this.base + fault.at, last)), problem: fault.problem });
    }
  }

  /** @returns where that which is no JSON begins */
  private json(start: number, end: number): number {
    const text = this.text.slice(start, end);
    this.base = start;
    let at = 0;
    for (let value = jsonValue(text, 0); value; value = jsonValue(text, at)) {
      const from = at;
      this.add(value, (places) => jsonValue(text, from, places)!);
      at = value.end + /^[^\S\n]*\n?/.exec(text.slice(value.end))![0].length;
      if (firstOf(text, at, text.length) !== '{') break;
    }
    return start + at;
  }

  private yaml(start: number, end: number): void {
    this.base = start + (this.text[start] === '\ufeff' ? 1 : 0);
    const document = this.isUsual ? readBlockDocument(this.text, start, end) : undefined;
    if (document) {
      if (document.json !== null) this.add(document, (places) => readBlockDocument(this.text, start, end, places)!);
      return;
    }
    const text = this.text.slice(this.base, end);
    const forbidden = this.isUsual ? null : FORBIDDEN.exec(text);
    if (forbidden) throw new ReadFault(`it holds the character U+${hex(forbidden[0])}, which YAML does not allow here; take it away`, forbidden.index);
    const parser = new Parser(text, this.allowance);
    for (let document = parser.document(), nth = 0; document; document = parser.document(), nth++) {
      const before = nth;
      if (document.json !== null) this.add(document, (places) => documentAfter(before, new Parser(text, new Allowance(Infinity), places)));
    }
  }

  private add({ json, at }: Document, readAgain: ReadAgain): void {
    const { base } = this;
    this.documents.push({ json, lineOf: (path) => this.lineAt(base + (path === '' ? at : locate(readAgain, path))) });
  }
}

function documentAfter(others: number, parser: Parser): Document {
  for (let i = 0; i < others; i++) parser.document();
  return parser.document()!;
}

/** The first character from a place on that is no space of any kind. */
function firstOf(text: string, from: number, end: number): string {
  const space = /\s*/y;
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex < end ? text[space.lastIndex] : '';
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
