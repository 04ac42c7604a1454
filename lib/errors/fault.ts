import type { IConstruct } from 'constructs';

/**
 * One thing that is wrong with what the user wrote. Every message of this library has one shape, on one line:
 * `<construct path or file:line>: <what is wrong, with the value given>; <what is allowed, or what to write>`.
 */
export interface Fault {
  /** What is wrong, with the value given; lower case, no final period. */
  readonly problem: string;
  /** What is allowed, or what to write instead. */
  readonly remedy: string;
}

/** Where a construct stands, as its user knows it. The root of a tree has the empty path. */
export function pathOf(scope: IConstruct, id?: string): string {
  return [scope.node.path, id].filter((part) => part).join('/') || '(root)';
}

/** Throws all faults as one error, a line each; returns when there is none. */
export function refuse(where: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new Error(faults.map((fault) => `${where}: ${fault.problem}; ${fault.remedy}`).join('\n'));
}

/** For a single fault: `throw faultAt(this, 'port 80 …', 'listen on 1024 or higher')`. */
export function faultAt(where: IConstruct | string, problem: string, remedy: string): Error {
  return new Error(`${typeof where === 'string' ? where : pathOf(where)}: ${problem}; ${remedy}`);
}

/** A value as it stands in a message: quoted, on one line, at most 120 characters, control characters escaped. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** A part of a message as a sentence: `set x` becomes `Set x.` */
export function sentence(fragment: string): string {
  return `${fragment.charAt(0).toUpperCase()}${fragment.slice(1)}${/[.?!]$/.test(fragment) ? '' : '.'}`;
}
