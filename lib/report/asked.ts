import type { Assessment, Finding, JudgedObject } from '../assessment';
import { Control, isPodControl } from '../controls';
import type { KubeObject } from '../inventory';

/** What a control says of an object. */
export interface Answer {
  readonly control: string;
  readonly violations: readonly Finding[];
  readonly exempted: JudgedObject['exempted'];
  readonly known: readonly Finding[];
}

/** Whether nothing was found. */
export function passes({ violations, exempted, known }: Answer): boolean {
  return violations.length + exempted.length + known.length === 0;
}

/** What each control that is about an object says of it, in the catalog's order; with nothing found it passes. */
export function answersOf({ object, violations, exempted, known }: JudgedObject, asked: (object: KubeObject) => readonly string[]): Answer[] {
  const answers = new Map<string, { control: string; violations: Finding[]; exempted: JudgedObject['exempted'][number][]; known: Finding[] }>();
  const answerOf = (control: string) => {
    const answer = answers.get(control) ?? { control, violations: [], exempted: [], known: [] };
    answers.set(control, answer);
    return answer;
  };
  asked(object).forEach(answerOf);
  for (const finding of violations) answerOf(finding.control).violations.push(finding);
  for (const each of exempted) answerOf(each.finding.control).exempted.push(each);
  for (const finding of known) answerOf(finding.control).known.push(finding);
  return [...answers.values()];
}

/**
 * Which controls are about an object, by its kind. One over the whole inventory chooses its objects itself: it is about those
 * that it finds something of.
 */
export function askedOf({ controls }: Assessment): (object: KubeObject) => readonly string[] {
  const memo = new Map<string, readonly string[]>();
  return (object) => {
    const kind = `${object.group}/${object.kind}`;
    const key = `${object.pod ? 'pod' : ''} ${kind}`;
    let ids = memo.get(key);
    if (!ids) memo.set(key, ids = controls.filter((control) => isAbout(control, kind, object.pod !== undefined)).map(({ id }) => id));
    return ids;
  };
}

function isAbout(control: Control, kind: string, hasPod: boolean): boolean {
  if (isPodControl(control)) return hasPod;
  return control.on !== 'inventory' && (control.on.includes(kind) || control.on.includes('*'));
}

/** The controls over the whole inventory that found nothing. */
export function passedAcross({ controls, objects }: Assessment): Answer[] {
  const found = new Set(objects.flatMap(({ violations, exempted, known }) => [...violations, ...exempted.map(({ finding }) => finding), ...known].map(({ control }) => control)));
  return controls.filter(({ on, id }) => on === 'inventory' && !found.has(id)).map(({ id }) => ({ control: id, violations: [], exempted: [], known: [] }));
}
