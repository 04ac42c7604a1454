import { name } from './place';
import { yamlLines } from './yaml';
import type { Assessment, Finding, JudgedObject } from '../assessment';

/** How to exempt one finding: a sentence, and what to write. */
export interface HowToExempt {
  readonly sentence: string;
  readonly lines: readonly string[];
}

/** Shown with the first of some objects' violations that may be exempted at all; undefined where none may. */
export function howToExempt(objects: readonly JudgedObject[], { controls }: Assessment): HowToExempt | undefined {
  const never = new Set(controls.filter(({ neverExempt }) => neverExempt).map(({ id }) => id));
  for (const { violations } of objects) {
    const finding = violations.find(({ control }) => !never.has(control));
    if (finding) return exampleOf(finding);
  }
  return undefined;
}

function exampleOf({ control, object }: Finding): HowToExempt {
  const rest = { reason: 'why it may be so here', owner: 'who answers for it', expires: 'YYYY-MM-DD' };
  if (!object.manifest.lineOf) {
    return {
      sentence: 'To exempt one of these, say so at its construct, for a year at most:',
      lines: [`Exemption.grant(construct, { ${Object.entries({ control, ...rest }).map(([key, value]) => `${key}: '${value}'`).join(', ')} });`],
    };
  }
  const { kind, namespace, name: own = '' } = object;
  return {
    sentence: 'To exempt one of these, write it into a file and give that as --exemptions, for a year at most:',
    lines: yamlLines({ exemptions: [{ control, kind: name(kind), ...namespace ? { namespace: name(namespace) } : {}, name: name(own), ...rest }] }, ''),
  };
}
