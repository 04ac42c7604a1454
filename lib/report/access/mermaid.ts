import { GOALS, needsText } from './chains';
import { printable } from '../../errors';
import { ChainReport, refText, Source, SubjectRef } from '../../proofs/access';

/** All chains as one picture in Mermaid's language. */
export function chainsMermaid(chains: readonly ChainReport[]): string {
  const ids = new Map<string, string>();
  const id = (label: string) => ids.get(label) ?? ids.set(label, `n${ids.size}`).get(label)!;
  const edges = new Set<string>();
  for (const { subject, goal, steps } of chains) {
    let from = refText(subject);
    steps.forEach(({ rights, becomes, effect }, i) => {
      const to = i === steps.length - 1 ? GOALS[goal] : becomes ? refText(becomes) : printable(effect);
      edges.add(`  ${id(from)} -->|${label(needsText(rights))}| ${id(to)}`);
      from = to;
    });
  }
  return ['flowchart LR', ...[...ids].map(([text, key]) => `  ${key}[${label(text)}]`), ...edges].map((line) => `${line}\n`).join('');
}

/** Subjects, the bindings that name them, and the roles these refer to. */
export function grantsMermaid(edges: readonly { readonly subject: SubjectRef; readonly namespace: string; readonly role?: Source; readonly says: string }[]): string {
  const ids = new Map<string, string>();
  const id = (text: string) => ids.get(text) ?? ids.set(text, `n${ids.size}`).get(text)!;
  const lines = new Set(edges.map(({ subject, namespace, role, says }) => `  ${id(refText(subject))} -->|${label(`${says}${namespace === '' ? ' everywhere' : ` in ${namespace}`}`)}| ${id(role ? refText(role) : 'everything')}`));
  return ['flowchart LR', ...[...ids].map(([text, key]) => `  ${key}[${label(text)}]`), ...lines].map((line) => `${line}\n`).join('');
}

/** A text in quotes, as Mermaid reads them: nothing in it is markup. */
function label(text: string): string {
  return `"${printable(text).replace(/[&<>"#`\\]/g, (char) => `#${char.charCodeAt(0)};`)}"`;
}
