import { alsoKnownAs, askedBy } from './frameworks';
import { YamlMap, yamlLines, YamlValue } from './yaml';
import { Control, fieldsOf, isObjectControl, isPodControl, Rows, stepsOf } from '../controls';

/** All that there is to know of a control, as Markdown: `explain` prints it, and docs/controls.md holds one for each. */
export function controlPage(control: Control, level: 1 | 3 = 1): string {
  const { id, title, message, remediation, snippet } = control;
  return [
    `${'#'.repeat(level)} ${id}`, `**${title}**: ${message}.`, factsOf(control),
    `Fix: ${remediation}`, ...snippet ? [fenced(snippet.trimEnd().split('\n'))] : [],
    ...example('Denied', control, 'denied'), ...example('Allowed', control, 'allowed'),
    ...askedBy(control) ? [`Asked for by ${askedBy(control)}.`] : [], ...alsoKnownAs(control) ? [`Also known as: ${alsoKnownAs(control)}.`] : [],
    howToExempt(control),
  ].join('\n\n') + '\n';
}

/** How bad it is, who asks, of what, since when. */
function factsOf(control: Control): string {
  const { severity, level, neverExempt } = control;
  const since = control.on === 'inventory' ? '1.0' : stepsOf(control)[0].since;
  return `Severity ${severity}; from profile ${level}; asked of ${subjectOf(control)}${since === '1.0' ? '' : `; since Kubernetes ${since}`}${neverExempt ? '; no exemption excuses it' : ''}.`;
}

/** What a control is asked of. */
export function subjectOf(control: Control): string {
  if (isPodControl(control)) return 'every pod and pod template';
  return isObjectControl(control) ? control.on.map((kind) => kind === '*' ? 'every object' : kind.replace(/^\//, '')).join(', ') : 'all objects together';
}

/** A row, as YAML, by its name. */
function example(heading: string, control: Control, verdict: 'allowed' | 'denied'): string[] {
  const rows: Rows[] = [control[verdict], ...control.on === 'inventory' ? [] : stepsOf(control).map((step) => step[verdict] ?? {})];
  const [row] = rows.flatMap((each) => Object.entries(each)).filter(([, value]) => isShowable(value) && (control.on !== 'inventory' || (value as readonly unknown[]).length > 0));
  if (!row) return [];
  const [name, value] = row;
  const lines = control.on === 'inventory'
    ? (value as readonly YamlMap[]).flatMap((manifest, i) => [...i === 0 ? [] : ['---'], ...yamlLines(manifest, '')])
    : yamlLines(nested(fieldsOf(control)[0], value as YamlValue), '');
  return [`${heading}, for example (${name}):`, fenced(lines)];
}

/** Whether YAML can be written of it as a map. */
function isShowable(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || Object.values(value).every((each) => each === undefined || isShowable(each));
}

function nested(at: string, value: YamlValue): YamlMap {
  const [name, ...rest] = at.split('.');
  return { [name]: rest.length === 0 ? value : nested(rest.join('.'), value) };
}

function howToExempt({ id, neverExempt }: Control): string {
  if (neverExempt) return 'Nothing can be exempt from it.';
  return `To exempt an object for a year at most: \`Exemption.grant(construct, { control: '${id}', reason, owner, expires })\`, or an entry with \`control: ${id}\` in the file given as \`--exemptions\`.`;
}

function fenced(lines: readonly string[]): string {
  return ['```yaml', ...lines, '```'].join('\n');
}
