import * as fs from 'fs';
import type { Notice } from './read-paths';
import { Baseline, baselineFrom, ExemptionFile, exemptionsOf } from '../../assessment';
import { readSource } from '../../input';

/** What a file holds, or why it cannot be used. */
export type Read<T> = { readonly content: T } | { readonly notices: readonly Notice[] };

/** Reads a file of exemptions, whose documents may be several. */
export function readExemptions(file: string, today: string): Read<ExemptionFile> {
  const bytes = bytesOf(file);
  if ('notices' in bytes) return bytes;
  const { documents, unreadable } = readSource(bytes.content);
  if (unreadable.length > 0) return { notices: unreadable.map((notice) => ({ file, ...notice })) };
  const files = documents.map(({ json, lineOf }) => exemptionsOf({ json, where: file, lineOf }, today) ?? lineOf(''));
  const strange = files.filter((each): each is number => typeof each === 'number');
  if (strange.length > 0) return { notices: strange.map((line) => ({ file, line, problem: 'it holds no list of exemptions; write them beneath "exemptions:"' })) };
  const read = files as ExemptionFile[];
  return { content: { exemptions: read.flatMap(({ exemptions }) => exemptions), invalid: read.flatMap(({ invalid }) => invalid) } };
}

/** Reads a file of findings that are known; undefined where there is none yet. */
export function readBaseline(file: string): Read<Baseline | undefined> {
  if (!fs.existsSync(file)) return { content: undefined };
  const bytes = bytesOf(file);
  if ('notices' in bytes) return bytes;
  const baseline = baselineFrom(bytes.content.toString());
  return baseline ? { content: baseline } : { notices: [{ file, problem: 'it is no baseline; record a new one with --update-baseline' }] };
}

function bytesOf(file: string): Read<Buffer> {
  try {
    if (!fs.statSync(file).isFile()) return { notices: [{ file, problem: 'it is no file' }] };
    return { content: fs.readFileSync(file) };
  } catch (error) {
    return { notices: [{ file, problem: fileProblem(error, 'read') }] };
  }
}

/** Why a file cannot be read or written. */
export function fileProblem(error: unknown, what: 'read' | 'written'): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': case 'ENOTDIR': return what === 'read' ? 'there is no such file' : 'it cannot be written, since its folder is not there; make the folder first';
    case 'EISDIR': return 'it is a folder; give a file';
    case 'EACCES': case 'EPERM': case 'EROFS': return `it may not be ${what}`;
    case 'ENOSPC': return 'it cannot be written, since the disk is full';
    default: return `it cannot be ${what}: ${message}`;
  }
}
