import type { ReportOptions } from './report-options';
import type { Assessment } from '../assessment';

/** What was judged, as the pieces of a text. */
export type Report = (assessment: Assessment, options: ReportOptions) => Iterable<string>;

/**
 * Each format, for input without end in sight, which is better written a piece at a time. What one needs is loaded when it is asked for:
 * one report has one format.
 */
export const PIECES = {
  text: (assessment, options) => (require('./text') as typeof import('./text')).text(assessment, options),
  json: (assessment) => (require('./json') as typeof import('./json')).json(assessment),
  sarif: (assessment, options) => (require('./sarif') as typeof import('./sarif')).sarif(assessment, options),
  junit: (assessment, options) => (require('./junit') as typeof import('./junit')).junit(assessment, options),
  markdown: (assessment, options) => (require('./markdown') as typeof import('./markdown')).markdown(assessment, options),
  html: (assessment, options) => (require('./html') as typeof import('./html')).html(assessment, options),
  openreports: (assessment, options) => (require('./openreports') as typeof import('./openreports')).openreports(assessment, options),
} satisfies { readonly [name: string]: Report };

/** The name of a format, as `--format` has it. */
export type Format = keyof typeof PIECES;

/** Every format by its name: what was judged, as one text that ends in a line break. */
export const FORMATS = Object.fromEntries(Object.entries(PIECES as { readonly [name: string]: Report }).map(([name, pieces]) => [
  name, (assessment: Assessment, options: ReportOptions) => [...pieces(assessment, options)].join(''),
])) as { readonly [name in Format]: (assessment: Assessment, options: ReportOptions) => string };
