import { subjectOf } from './control-page';
import { Control, projectable } from '../controls';

/** The catalog in each format. */
export const CATALOG_FORMATS = { text, json, markdown } as const satisfies { readonly [name: string]: (controls: readonly Control[]) => string };
export type CatalogFormat = keyof typeof CATALOG_FORMATS;

/** A line for each: how bad, from which profile, its id and title. */
function text(controls: readonly Control[]): string {
  const width = Math.max(...controls.map(({ id }) => id.length));
  const lines = controls.map(({ id, title, severity, level }) => `${severity.padEnd(8)}  ${level.padEnd(10)}  ${id.padEnd(width)}  ${title}\n`);
  return `${lines.join('')}${controls.length} controls\n`;
}

function json(controls: readonly Control[]): string {
  const entries = controls.map((control) => {
    const { id, title, severity, level, frameworks, message, remediation, snippet, neverExempt = false } = control;
    const facts = { id, title, severity, level, frameworks, projectable: projectable(control), subject: subjectOf(control), message, remediation };
    return { ...facts, ...snippet ? { snippet } : {}, neverExempt };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function markdown(controls: readonly Control[]): string {
  const rows = controls.map(({ id, title, severity, level }) => `| [\`${id}\`](#${anchor(id)}) | ${title.replace(/\|/g, '\\|')} | ${severity} | ${level} |`);
  return ['| control | what it asks | severity | from profile |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** As GitHub makes one of a heading. */
export function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z0-9 _-]/g, '').replace(/ /g, '-');
}
