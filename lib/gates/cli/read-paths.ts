import * as fs from 'fs';
import * as path from 'path';
import type { Io } from './command';
import { readSource } from '../../input';
import { isRecord, Manifest } from '../../inventory';
import { printable, shown } from '../../errors';

/** Something of the input that is not judged, and where. */
export interface Notice {
  /** As it was given, or as it was found in a folder that was. */
  readonly file: string;
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
 * Reads manifests as kubectl does. A path is a file, whatever its name; a folder, whose `*.yaml`, `*.yml` and `*.json` are read, those of
 * the folders within it too, hidden ones not excepted, in the order of their names; or `-`, which is stdin. Links are followed. What
 * is reached twice is read once. It never throws, and never waits for anything but stdin.
 */
export function readPaths(paths: readonly string[], io: Pick<Io, 'stdin'>): Input {
  const reader = new PathReader(io);
  for (const given of paths) reader.read(given);
  return reader;
}

/** A notice on one line, without a line break; control characters do not reach the terminal. */
export function noticeLine({ file, line, problem }: Notice): string {
  return printable(`${file}${line === undefined ? '' : `:${line}`}: ${problem}`);
}

/** More than any file of manifests has. */
const LARGEST = 256 * 1024 * 1024;

class PathReader implements Input {
  public readonly manifests: Manifest[] = [];
  public readonly notKubernetes: Notice[] = [];
  public readonly unreadable: Notice[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly io: Pick<Io, 'stdin'>) {}

  public read(given: string): void {
    if (given !== '-') return this.path(given, true);
    if (this.seen.has('-')) return;
    this.seen.add('-');
    this.bytes('-', () => this.io.stdin());
  }

  private path(file: string, given: boolean): void {
    this.attempt(file, () => {
      const real = fs.realpathSync(file);
      if (this.seen.has(real)) return;
      const stat = fs.statSync(real);
      if (stat.isDirectory()) {
        this.seen.add(real);
        return this.folder(file, given);
      }
      if (!given && !/\.(?:ya?ml|json)$/.test(file)) return;
      this.seen.add(real);
      if (!stat.isFile()) return this.refuse(file, 'it is neither a file nor a folder; to read what a program writes, give "-" and pipe it in');
      if (stat.size > LARGEST) return this.refuse(file, `it has ${stat.size} bytes; at most ${LARGEST} are read`);
      this.bytes(file, () => fs.readFileSync(real));
    });
  }

  private folder(folder: string, given: boolean): void {
    const before = this.seen.size;
    const names = fs.readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));
    for (const name of names) this.path(path.join(folder, name), false);
    if (given && this.seen.size === before) this.refuse(folder, 'it holds no *.yaml, *.yml or *.json; give a file or a folder that does');
  }

  private bytes(file: string, read: () => Uint8Array): void {
    this.attempt(file, () => {
      const { documents, unreadable } = readSource(read());
      for (const { json, lineOf } of documents) {
        const reason = notKubernetes(json);
        if (reason === undefined) this.manifests.push({ json, where: file, lineOf });
        else this.notKubernetes.push({ file, line: lineOf(''), problem: reason });
      }
      for (const { line, problem } of unreadable) this.unreadable.push({ file, line, problem });
    });
  }

  private attempt(file: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.refuse(file, (code !== undefined && REASONS[code]) || `it cannot be read: ${(error as Error).message}`);
    }
  }

  private refuse(file: string, problem: string): void {
    this.unreadable.push({ file, problem });
  }
}

const REASONS: { readonly [code: string]: string | undefined } = {
  ENOENT: 'there is no such file or folder',
  ELOOP: 'it is a loop of links',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ENOTDIR: 'there is no such file or folder',
  ENAMETOOLONG: 'there is no such file or folder',
};

/** What a document is that is no Kubernetes object. */
function notKubernetes(json: unknown): string | undefined {
  if (!isRecord(json)) return `it is ${Array.isArray(json) ? 'a list' : `${shown(json)}`}, not a Kubernetes object`;
  const absent = ['apiVersion', 'kind'].filter((name) => !Object.hasOwn(json, name) || typeof json[name] !== 'string' || json[name] === '');
  return absent.length === 0 ? undefined : `it has no ${absent.join(' and no ')}, so it is no Kubernetes object`;
}
