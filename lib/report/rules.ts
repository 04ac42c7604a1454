import { askedBy } from './frameworks';
import type { Assessment } from '../assessment';
import { Control, Frameworks, Severity } from '../controls';

/** A control as reports tell of it; also what is no control of the catalog, such as that an exemption has expired. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What must be so; a sentence. */
  readonly rule: string;
  /** Who asks for it; a sentence, or empty. */
  readonly why: string;
  readonly fix: string;
  readonly control?: Control;
}

/** What was asked, in the order of the catalog, and then whatever else was found. */
export function rulesOf({ controls, objects }: Assessment): Rule[] {
  const rules = new Map(controls.map((control): [string, Rule] => [control.id, ruleOf(control)]));
  for (const { violations, exempted, known } of objects) {
    for (const { control: id, severity, remediation } of [...violations, ...exempted.map(({ finding }) => finding), ...known]) {
      if (!rules.has(id)) rules.set(id, { id, title: id, severity, rule: `${id}.`, why: '', fix: remediation });
    }
  }
  return [...rules.values()];
}

function ruleOf(control: Control): Rule {
  const { id, title, severity, remediation, message } = control;
  const asked = askedBy(control);
  return { id, title, severity, rule: `${title}: ${message}.`, why: asked ? `Asked for by ${asked}.` : '', fix: remediation, control };
}

/** At most 20, as GitHub wants: the profile, and the ids of frameworks, such as `cis/5.2.10`. */
export function tagsOf(control: Control | undefined): string[] {
  const keys: readonly (keyof Frameworks)[] = ['pss', 'cis', 'owasp', 'nsa', 'nist', 'console'];
  const ids = keys.flatMap((key) => [control?.frameworks[key] ?? []].flat().map((id) => `${key}/${id}`));
  return ['security', 'kubernetes', ...control ? [control.level] : [], ...ids].slice(0, 20);
}
