import { json } from './json';
import { junit } from './junit';
import type { ReportOptions } from './report-options';
import { sarif } from './sarif';
import { text } from './text';
import type { Assessment } from '../assessment';

/** Each format, as the pieces of its text: for input without end in sight, which is better written a piece at a time. */
export const PIECES = { text, json, sarif, junit } satisfies { readonly [name: string]: (assessment: Assessment, options: ReportOptions) => Iterable<string> };

/** The name of a format, as `--format` has it. */
export type Format = keyof typeof PIECES;

/** Every format by its name: what was judged, as one text that ends in a line break. */
export const FORMATS = Object.fromEntries(Object.entries(PIECES).map(([name, pieces]) => [
  name, (assessment: Assessment, options: ReportOptions) => [...pieces(assessment, options)].join(''),
])) as { readonly [name in Format]: (assessment: Assessment, options: ReportOptions) => string };
