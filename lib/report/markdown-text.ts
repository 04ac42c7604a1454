import { prose } from './place';

/** Opens an element, an entity, emphasis, a link, a cell, or ends what one of them opened. */
const SYNTAX = String.raw`[&<>${'`'}*~|\\[\]]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<=www)\.`;
const IN_CODE = new RegExp(`${SYNTAX}|@`, 'gi');
/** In a sentence also mentions, references, emoji, formulas, and what GitLab knows beside. */
const IN_TEXT = new RegExp(String.raw`${SYNTAX}|[@#$]|!(?=\d)|:(?=\S)|\{(?=[+-])|(?<=^\s*)[-+=](?=\s)|(?<=^\s*\d+)[.)](?=\s)`, 'gi');
/** GitHub and GitLab look for mentions in what has been rendered; a comment there keeps a name from its sign. */
const MENTIONS = '@#!$~&';

/** A text from a manifest in Markdown, also within a table: what it holds is shown, and means nothing. No entity is syntax. */
export function markdownText(text: string): string {
  return prose(text).replace(IN_TEXT, (char) => `&#${char.charCodeAt(0)};${MENTIONS.includes(char) ? '<!-- -->' : ''}`);
}

/** The same as code, where nothing is a mention; an HTML element, since a span of backticks cannot hold everything. */
export function markdownCode(text: string): string {
  return `<code>${prose(text).replace(IN_CODE, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}

/** A text of ours, in which backticks stand around code. */
export function markdownSentence(text: string): string {
  return text.split(/(`[^`]*`)/).map((part) => /^`.+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)).join('');
}

/** A block of YAML; no line of it can end the block. */
export function markdownYaml(yaml: string): string {
  const longest = Math.max(2, ...[...yaml.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${yaml.trimEnd()}\n${fence}`;
}
