import { printable } from '../errors';

/** What YAML can be written of. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined;
}

/** A document of YAML, in the order in which it was given; what is undefined is left out. */
export function yamlDocument(value: YamlMap): string {
  return `---\n${yamlLines(value, '').join('\n')}\n`;
}

/** The lines of a map, each after an indent. */
export function yamlLines(map: YamlMap, indent: string): string[] {
  const lines: string[] = [];
  addMap(map, indent, indent, lines);
  return lines;
}

/** The first line may begin otherwise, with the dash of a list. */
function addMap(map: YamlMap, first: string, indent: string, lines: string[]): void {
  let start = first;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    addValue(value, `${start}${yamlScalar(key)}:`, { list: indent, map: `${indent}  ` }, lines);
    start = indent;
  }
}

function addValue(value: YamlValue, start: string, indents: { readonly list: string; readonly map: string }, lines: string[]): void {
  if (typeof value !== 'object') lines.push(`${start} ${yamlScalar(value)}`);
  else if (isEmpty(value)) lines.push(`${start} ${Array.isArray(value) ? '[]' : '{}'}`);
  else {
    lines.push(start);
    if (isList(value)) for (const item of value) addItem(item, indents.list, lines);
    else addMap(value as YamlMap, indents.map, indents.map, lines);
  }
}

function addItem(item: YamlValue, indent: string, lines: string[]): void {
  if (typeof item === 'object' && !isList(item) && !isEmpty(item)) addMap(item, `${indent}- `, `${indent}  `, lines);
  else addValue(item, `${indent}-`, { list: `${indent}  `, map: `${indent}  ` }, lines);
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.values(value).every((each) => each === undefined);
}

/** Words that some reader of YAML takes for no text. */
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/** A value on one line: as it is where every reader takes it for a text, else quoted. */
export function yamlScalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  if (/^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./(-][A-Za-z0-9_./()-]*)*$/.test(value) && !RESERVED.test(value)) return value;
  return `"${printable(value.replace(/["\\]/g, '\\$&'), yamlEscape)}"`;
}

/** A half of a pair has no escape that YAML knows; it stands as its number. */
function yamlEscape(char: string): string {
  if (char === '\n') return '\\n';
  const code = char.codePointAt(0)!;
  const hex = code.toString(16).padStart(4, '0');
  if (code >= 0xd800 && code <= 0xdfff) return `\\\\u${hex}`;
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex}`;
}
