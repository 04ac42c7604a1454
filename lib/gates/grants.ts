import type { IConstruct } from 'constructs';
import type { Exemption, ExemptionTerms } from '../assessment';
import type { Rendered } from './rendered';
import { pathOf } from '../errors';

/** What a construct's exemptions are known by; shared by all copies of this library. */
const EXEMPTIONS = Symbol.for('cdk8s-hardened.Exemptions');

interface Exempted extends IConstruct {
  [EXEMPTIONS]?: ExemptionTerms[];
}

/** Writes an exemption down at the construct that it is for. */
export function markExempt(scope: IConstruct, terms: ExemptionTerms): void {
  const exempted = scope as Exempted;
  if (!exempted[EXEMPTIONS]) Object.defineProperty(exempted, EXEMPTIONS, { value: [] });
  exempted[EXEMPTIONS]!.push(terms);
}

/** The exemptions that stand directly at a construct. */
export function exemptionsAt(scope: IConstruct): readonly ExemptionTerms[] {
  return (scope as Exempted)[EXEMPTIONS] ?? [];
}

/** Every exemption of some constructs, each covering what is rendered beneath its own. */
export function exemptionsIn(constructs: readonly IConstruct[]): Exemption[] {
  return constructs.flatMap((scope) => exemptionsAt(scope).map((terms): Exemption => {
    const where = pathOf(scope, 'Exemption');
    return {
      ...terms, where,
      manifest: { json: { kind: 'Exemption', metadata: { name: terms.control } }, where },
      covers: ({ manifest }) => (manifest as Rendered).source.node.scopes.includes(scope),
    };
  }));
}
