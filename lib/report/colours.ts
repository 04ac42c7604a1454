import type { Severity } from '../controls';

type Paint = (text: string) => string;

/** What stands out, and how. */
export type Painter = { readonly [style in Severity | 'bold' | 'dim']: Paint };

const SGR: { readonly [style in keyof Painter]: string } = { critical: '1;97;41', high: '1;31', medium: '33', low: '36', bold: '1', dim: '2' };

/** Terminal colours, or none. */
export function paint(colour: boolean): Painter {
  return Object.fromEntries(Object.entries(SGR).map(([style, code]) => [style, (text: string) => colour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text])) as Painter;
}
