import { html } from './html';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import { openreports } from './openreports';
import type { ReportOptions } from './report-options';
import { sarif } from './sarif';
import { text } from './text';
import type { Assessment } from '../assessment';

/** What was judged, as the pieces of a text. */
export type Report = (assessment: Assessment, options: ReportOptions) => Iterable<string>;

/** Each format, for input without end in sight, which is better written a piece at a time. */
export const PIECES = { text, json, sarif, junit, markdown, html, openreports } satisfies { readonly [name: string]: Report };

/** The name of a format, as `--format` has it. */
export type Format = keyof typeof PIECES;

/** Every format by its name: what was judged, as one text that ends in a line break. */
export const FORMATS = Object.fromEntries(Object.entries(PIECES).map(([name, pieces]) => [
  name, (assessment: Assessment, options: ReportOptions) => [...pieces(assessment, options)].join(''),
])) as { readonly [name in Format]: (assessment: Assessment, options: ReportOptions) => string };
