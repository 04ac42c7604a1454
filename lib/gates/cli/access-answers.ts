import { UsageError } from './command';
import { reachedByOf } from './reached-by';
import { Fault, printable } from '../../errors';
import type { Inventory } from '../../inventory';
import {
  Access, accessDiff, blastRadii, BoundSubject, chainReport, escalationOf, identityOf, refText, requestNamed, requestText, rightsOf,
  subjectKey, subjectNamed, subjectRef, whoCan, WrittenRequest,
} from '../../proofs/access';
import { blastText, chainsMermaid, chainText, diffText, grantsMermaid, rightsText, whoCanText } from '../../report/access';

export const FORMATS = ['text', 'json', 'mermaid'] as const;

/** What is asked of the command. */
export interface Asked {
  readonly mode: 'who-can' | 'as' | 'can' | 'paths' | 'diff' | 'questions' | 'workloads';
  /** What the mode is given. */
  readonly text: string;
  readonly subject?: string;
  readonly groups: readonly string[];
  /** Empty for every one. */
  readonly namespace: string;
  readonly version: string;
  readonly format: (typeof FORMATS)[number];
}

/** What comes of a question, in each format that it has. */
export interface Answer {
  readonly text: () => string;
  readonly json?: () => unknown;
  readonly mermaid?: () => string;
  /** @default 0 */
  readonly status?: number;
}

/** Answers what is asked; `old` is read only where it is compared. @throws UsageError for a subject or a request that cannot be meant */
export function answerOf(asked: Asked, access: Access, inventory: Inventory, old: () => Access): Answer {
  switch (asked.mode) {
    case 'who-can': return everybody(requestOf(asked, inventory), access);
    case 'as': return table(subjectOf(asked, access), asked, access);
    case 'can': return may(subjectOf(asked, access), requestOf(asked, inventory), asked, access);
    case 'paths': return paths(asked.subject === undefined ? undefined : subjectOf(asked, access), access, inventory);
    case 'diff': return changes(access, old());
    default: return workloads(access, inventory);
  }
}

function everybody(written: WrittenRequest, access: Access): Answer {
  const allowed = whoCan(access, written);
  return {
    text: () => whoCanText(allowed),
    json: () => allowed,
    mermaid: () => grantsMermaid(allowed.map(({ subject, namespace, role }) => ({ subject, namespace, role, says: requestText(written.request) }))),
  };
}

function table(subject: BoundSubject, { groups, namespace }: Asked, access: Access): Answer {
  const identity = identityOf(subject, groups);
  const rights = rightsOf(access, identity, namespace || undefined);
  const masters = identity.groups.includes('system:masters');
  return {
    text: () => masters ? `${refText(subjectRef(subject))} may do everything: group system:masters bypasses RBAC\n` : rightsText(rights),
    json: () => ({ subject: subjectRef(subject), groups: identity.groups, ...masters && { everything: true }, rights }),
    mermaid: () => grantsMermaid(rights.map(({ namespace: where, role, verbs, resources }) => ({ subject: subjectRef(subject), namespace: where, role, says: `${verbs.join(', ')} ${resources.join(', ')}` }))),
  };
}

function may(subject: BoundSubject, { request, namespaced }: WrittenRequest, { groups }: Asked, access: Access): Answer {
  const identity = identityOf(subject, groups);
  const { allowed, reason } = access.decide(identity, request);
  const where = namespaced === false || 'url' in request ? '' : request.namespace === '' ? ' in every namespace' : ` in ${request.namespace}`;
  return {
    text: () => `${allowed ? 'yes' : 'no'}: ${printable(`${refText(subjectRef(subject))} ${allowed ? 'may' : 'may not'} ${requestText(request)}${where}; ${reason}`)}\n`,
    json: () => ({ allowed, reason }),
    status: allowed ? 0 : 1,
  };
}

function paths(subject: BoundSubject | undefined, access: Access, inventory: Inventory): Answer {
  const { chains, world } = escalationOf(inventory, access);
  const asked = chains.filter(({ start }) => subject === undefined || subjectKey(start) === subjectKey(subject)).map((chain) => chainReport(chain, world));
  return {
    text: () => asked.length === 0 ? 'Nobody comes to cluster-admin or into a node by more than he was given.\n' : asked.map(chainText).join('\n'),
    json: () => asked,
    mermaid: () => chainsMermaid(asked),
    status: asked.length > 0 ? 1 : 0,
  };
}

function changes(access: Access, old: Access): Answer {
  const found = accessDiff(old, access);
  return {
    text: () => diffText(found),
    json: () => found,
    status: found.length > 0 ? 1 : 0,
    mermaid: () => grantsMermaid(found.map(({ change, subject, namespace, role, verbs, resource }) => ({ subject, namespace, role, says: `${change} ${verbs.join(', ')} ${resource}` }))),
  };
}

function workloads(access: Access, inventory: Inventory): Answer {
  const radii = blastRadii(inventory, access, reachedByOf(inventory));
  return { text: () => radii.map((radius) => `${blastText(radius)}\n`).join(''), json: () => radii };
}

function subjectOf({ subject }: Asked, access: Access): BoundSubject {
  return usable('--as', subjectNamed(subject!, access));
}

function requestOf({ mode, text, namespace }: Asked, inventory: Inventory): WrittenRequest {
  return usable(`--${mode}`, requestNamed(text, namespace, inventory));
}

function usable<T extends object>(option: string, read: T | Fault): T {
  if ('problem' in read) throw new UsageError(`${option}: ${read.problem}; ${read.remedy}`);
  return read;
}
