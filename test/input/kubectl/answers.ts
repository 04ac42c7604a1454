import * as fs from 'fs';
import * as path from 'path';
import type { Answer } from '../../judges/reading/kubectl';

/** What kubectl makes of the texts beside this, by what they show. */
export const ANSWERS: { readonly [shows: string]: Answer } = load('documents.json');

/** Scalars without quotes: what kubectl makes of each as a value, in JSON, and as a key; null for what it refuses. */
export const SCALARS: { readonly [scalar: string]: readonly [value: string | null, key: string | null] } = load('scalars.json');

function load<T>(name: string): T {
  return JSON.parse(fs.readFileSync(path.join(__dirname, name), 'utf8')) as T;
}
