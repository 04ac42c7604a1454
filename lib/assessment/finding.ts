import { Level, SEVERITIES, Severity } from '../controls';
import type { ContainerList, KubeObject } from '../inventory';
import { printable } from '../errors';

export { printable };

/** The container a finding is about. */
export interface ContainerRef {
  readonly list: ContainerList;
  readonly index: number;
  /** Empty where it has none. */
  readonly name: string;
}

/** A control that fails, and where. */
export interface Finding {
  readonly control: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly object: KubeObject;
  /** The field's whole path in its object, such as `spec.template.spec.containers[1].securityContext`; empty for the object itself. */
  readonly path: string;
  readonly container?: ContainerRef;
  /** What is wrong, with the value given, and what must be so; lower case, no final period. */
  readonly message: string;
  /** What to write; a whole sentence. */
  readonly remediation: string;
}

/** Whether it stands for an expression that could not be judged, which assess() words so. */
export function isUnjudged({ message }: Finding): boolean {
  return message.startsWith('it could not be judged');
}

/** Findings in an order that only their content decides: by place, worst first. */
export function sorted(findings: readonly Finding[]): Finding[] {
  const keys = new Map(findings.map((finding): [Finding, (string | number)[]] => [finding, [
    finding.object.where, finding.object.kind, finding.object.namespace ?? '', finding.object.name ?? '',
    SEVERITIES.indexOf(finding.severity), finding.control, ...pathKey(finding.path), finding.message,
  ]]));
  return [...findings].sort((a, b) => compared(keys.get(a)!, keys.get(b)!));
}

/** `containers[10]` comes after `containers[9]`. */
function pathKey(path: string): (string | number)[] {
  return path.split(/[[\]]/).map((part) => /^\d+$/.test(part) ? Number(part) : part);
}

function compared(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  if (at === -1) return a.length - b.length;
  if (at >= b.length) return 1;
  return a[at] < b[at] || (typeof a[at] === 'number' && typeof b[at] === 'string') ? -1 : 1;
}

/**
 * A finding on one line: where, how bad, which control, which object and container, what is wrong, what to write. Control
 * characters from a manifest do not reach the terminal.
 */
export function findingLine({ control, severity, object, container, message, remediation }: Finding): string {
  const name = [object.namespace, object.name].filter((part) => part).join('/');
  const subject = [object.kind, name, container && `${container.list}[${container.index}] ${JSON.stringify(container.name)}`].filter((part) => part).join(' ');
  return printable(`${object.where}: ${severity} ${control} ${subject}: ${message}; ${fragment(remediation)}`);
}

/** A sentence as a part of a longer one: `Set x.` becomes `set x`. */
function fragment(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
