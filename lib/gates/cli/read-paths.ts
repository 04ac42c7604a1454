import * as fs from 'fs';
import * as path from 'path';
import type { Io } from './command';
import { Allowance, readSource } from '../../input';
import { field, isRecord, Manifest } from '../../inventory';
import { printable } from '../../errors';

/** Something of the input that is not judged, and where. */
export interface Notice {
  /** As it was given, or as it was found in a folder that was; `-` for stdin. */
  readonly file: string;
  /** Absent where it is about the whole file. */
  readonly line?: number;
  /** `<what is wrong, with the value given>; <what to do>`, or only what it is. */
  readonly problem: string;
}

/** What paths hold. */
export interface Input {
  /** Every document that is a Kubernetes object, or a list of some, in the order of the paths, files and lines. Its `where` is its file. */
  readonly manifests: readonly Manifest[];
  /** Documents that can be read and are no Kubernetes objects. They are normal, and do not change the exit status. */
  readonly notKubernetes: readonly Notice[];
  /** What could not be read. The exit status is 2, after the rest has been judged. */
  readonly unreadable: readonly Notice[];
}

/**
 * Reads manifests as `kubectl -R -f` does. A path is a file, whatever its name; a folder, whose `*.yaml`, `*.yml` and `*.json` are read,
 * and those of all folders within it, hidden ones and node_modules not excepted, in the order of their names; or `-`, which is stdin.
 * Unlike kubectl it follows links to folders, goes on after what it cannot read, and reads once what is reached twice. It never throws,
 * and waits for nothing but stdin.
 */
export function readPaths(paths: readonly string[], io: Pick<Io, 'stdin'>): Input {
  const reader = new PathReader(io);
  for (const given of paths) reader.read(given);
  return reader;
}

/** A notice on one line; nothing in it reaches the terminal that is not to be read. */
export function noticeLine({ file, line, problem }: Notice): string {
  return printable(`${file}${line === undefined ? '' : `:${line}`}: ${problem}`);
}

/** More than any file of manifests has. */
const LARGEST = 256 * 1024 * 1024;

class PathReader implements Input {
  public readonly manifests: Manifest[] = [];
  public readonly notKubernetes: Notice[] = [];
  public readonly unreadable: Notice[] = [];
  /** What was read, by its path without links. */
  private readonly seen = new Set<string>();
  private readonly allowance = new Allowance();

  constructor(private readonly io: Pick<Io, 'stdin'>) {}

  public read(given: string): void {
    if (given === '') return this.refuse('""', REASONS.ENOENT!);
    if (given !== '-') {
      if (this.path(given) === 0) this.refuse(given, 'there is no *.yaml, *.yml or *.json in it; give a file or a folder that has manifests');
    } else if (!this.seen.has('-')) {
      this.seen.add('-');
      this.attempt('-', () => this.source('-', this.io.stdin()));
    }
  }

  /**
   * @param known the path without links, where it is known already
   * @returns how many files named for manifests are in a folder; undefined for what is a file, was read before, or cannot be read
   */
  private path(file: string, known?: string): number | undefined {
    return this.attempt(file, () => {
      const real = known ?? fs.realpathSync(file);
      if (this.seen.has(real)) return undefined;
      this.seen.add(real);
      const stat = fs.statSync(real);
      if (stat.isDirectory()) return this.folder(file, real);
      if (stat.isFile()) this.file(file, real);
      else this.refuse(file, 'it is neither a file nor a folder; to judge what a program prints, give "-" and pipe it in');
      return undefined;
    });
  }

  private folder(folder: string, real: string): number {
    let found = 0;
    for (const entry of fs.readdirSync(real, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(file));
      if (!isFolder && !/\.(?:ya?ml|json)$/.test(entry.name)) continue;
      found += (this.path(file, entry.isSymbolicLink() ? undefined : path.join(real, entry.name)) ?? 0) + (isFolder ? 0 : 1);
    }
    return found;
  }

  private file(file: string, real: string): void {
    // Should something else stand there by now, opening it must not wait.
    const descriptor = fs.openSync(real, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      const { size } = fs.fstatSync(descriptor);
      if (size > LARGEST) return this.refuse(file, `it has ${size} bytes, and at most ${LARGEST} are read; take it apart`);
      this.source(file, fs.readFileSync(descriptor));
    } finally {
      fs.closeSync(descriptor);
    }
  }

  private source(file: string, bytes: Uint8Array): void {
    const { documents, unreadable } = readSource(bytes, this.allowance);
    for (const { json, lineOf } of documents) {
      const problem = notKubernetes(json);
      if (problem === undefined) this.manifests.push({ json, where: file, lineOf });
      else this.notKubernetes.push({ file, line: lineOf(''), problem });
    }
    for (const { line, problem } of unreadable) this.unreadable.push({ file, line, problem });
  }

  private attempt<T>(file: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      this.refuse(file, code === 'ENOENT' && isLink(file) ? 'it is a link to nothing' : REASONS[code] ?? `it cannot be read: ${message}`);
      return undefined;
    }
  }

  private refuse(file: string, problem: string): void {
    this.unreadable.push({ file, problem });
  }
}

const REASONS: { readonly [code: string]: string | undefined } = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  ENAMETOOLONG: 'there is no such file or folder; names are not as long',
  ELOOP: 'it is a link that leads back to itself',
  EACCES: 'it may not be read by this user',
  EPERM: 'it may not be read by this user',
};

function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function leadsToFolder(link: string): boolean {
  try {
    return fs.statSync(link).isDirectory();
  } catch {
    return false; // what cannot be followed is refused if it is named for a manifest
  }
}

/** What a document is that is no Kubernetes object. */
function notKubernetes(json: unknown): string | undefined {
  if (Array.isArray(json)) return 'a list is no Kubernetes object';
  if (!isRecord(json)) return 'text without fields is no Kubernetes object';
  const absent = ['apiVersion', 'kind'].filter((name) => typeof field(json, name) !== 'string' || json[name] === '');
  // What is an object in all but its apiVersion is judged, and said to lack that: the API server may take it.
  if (absent.length === 0 || (absent.join() === 'apiVersion' && looksLikeAnObject(json))) return undefined;
  return `what has no ${absent.join(' and no ')} is no Kubernetes object`;
}

function looksLikeAnObject(json: unknown): boolean {
  return (isRecord(field(json, 'metadata')) && isRecord(field(json, 'spec'))) || (/List$/.test(String(field(json, 'kind'))) && Array.isArray(field(json, 'items')));
}
