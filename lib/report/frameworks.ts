import type { Frameworks } from '../controls';

const NAMES: readonly (readonly [key: keyof Frameworks, name: string])[] = [
  ['pss', 'Pod Security'], ['cis', 'CIS'], ['nsa', 'NSA/CISA'], ['owasp', 'OWASP'], ['nist', 'NIST SP'],
];

/** Who asks for a control, as a reader knows them: `Pod Security, CIS 5.2.10, OWASP K01`. */
export function askedBy(frameworks: Frameworks): string {
  return NAMES.flatMap(([key, name]) => {
    const ids = frameworks[key];
    if (ids === undefined || ids.length === 0) return [];
    return [`${name} ${typeof ids === 'string' ? ids : ids.join(', ')}`];
  }).join('; ');
}
