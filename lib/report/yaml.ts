import { printable } from '../errors';

/** What YAML can be written of. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/** A document of YAML, in the order in which it was given; what is undefined is left out. */
export function yamlDocument(value: { readonly [key: string]: YamlValue | undefined }): string {
  return `---\n${yamlLines(value, '').join('\n')}\n`;
}

/** The lines of a map, or of a list, each after an indent. */
export function yamlLines(value: YamlValue, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item: YamlValue) => itemLines(item, indent));
  return Object.entries(value as { readonly [key: string]: YamlValue | undefined }).flatMap(([key, item]) => {
    if (item === undefined) return [];
    const start = `${indent}${yamlScalar(key)}:`;
    if (typeof item !== 'object') return [`${start} ${yamlScalar(item)}`];
    if (isEmpty(item)) return [`${start} ${Array.isArray(item) ? '[]' : '{}'}`];
    return [start, ...yamlLines(item, Array.isArray(item) ? indent : `${indent}  `)];
  });
}

function itemLines(item: YamlValue, indent: string): string[] {
  if (typeof item !== 'object') return [`${indent}- ${yamlScalar(item)}`];
  if (isEmpty(item)) return [`${indent}- ${Array.isArray(item) ? '[]' : '{}'}`];
  const [first, ...rest] = yamlLines(item, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
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
