import { prose } from './place';

const ENTITIES: { readonly [char: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Any text within an element or a quoted attribute. */
export function htmlText(text: string): string {
  return prose(text).replace(/[&<>"']/g, (char) => ENTITIES[char]);
}

export function htmlCode(text: string): string {
  return `<code>${htmlText(text)}</code>`;
}

/** A text of ours, in which backticks stand around code. */
export function htmlSentence(text: string): string {
  return text.split(/(`[^`]*`)/).map((part) => /^`.+`$/.test(part) ? htmlCode(part.slice(1, -1)) : htmlText(part)).join('');
}

/** Lines of YAML of ours, as they are. */
export function htmlYaml(yaml: string): string {
  return `<pre>${yaml.trimEnd().split('\n').map(htmlText).join('\n')}</pre>`;
}
