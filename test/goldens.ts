import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';

const ROOT = path.join(__dirname, '..');

/** Where what the constructs write is held; other YAML beside tests is their input. */
const FOLDERS = ['examples', ...['identity', 'namespace', 'network', 'rbac', 'workload'].map((room) => `test/${room}`)];

/** A manifest as a construct writes it, held in a file that was reviewed. */
export interface GoldenManifest {
  /** The file, from the root of the project. */
  readonly file: string;
  readonly object: any;
}

/** Every golden manifest of the examples and of the tests, in the order of their files. */
export function goldenManifests(): GoldenManifest[] {
  return FOLDERS.flatMap((folder) => fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && (folder !== 'examples' || file.includes('/golden/'))).sort()
    .flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(ROOT, folder, file), 'utf8'))
      .map((document) => ({ file: path.join(folder, file), object: document.toJS() }))));
}
