import type { Of } from './assess';
import { CATALOG, Control, Level } from '../controls';

/** By which of the frameworks one may ask alone. */
export const FRAMEWORKS = ['pss-restricted', 'pss-baseline', 'cis', 'nsa', 'owasp'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** The profile that a framework is judged at: Pod Security's own level, or the one asked for. */
export function levelOf(framework: Framework | undefined, profile: Of<Level>): Of<Level> {
  if (framework === 'pss-baseline') return 'baseline';
  return framework === 'pss-restricted' ? 'restricted' : profile;
}

/**
 * The controls that a framework asks for. What has not Kubernetes' shape is asked of always: a field of a type that Kubernetes does
 * not read would look compliant.
 */
export function controlsOf(framework: Framework | undefined, catalog: readonly Control[] = CATALOG): readonly Control[] {
  return framework === undefined ? catalog : catalog.filter(({ id, frameworks }) => id === 'object/well-formed' || asks(framework, frameworks));
}

function asks(framework: Framework, { pss, cis, nsa, owasp }: Control['frameworks']): boolean {
  switch (framework) {
    case 'cis': return cis !== undefined && cis.length > 0;
    case 'nsa': return nsa !== undefined && nsa.length > 0;
    case 'owasp': return owasp !== undefined && owasp.length > 0;
    default: return pss !== undefined;
  }
}
