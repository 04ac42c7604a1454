import { Access, Identity, subjectKey } from './access';
import { accountOf, accountUser, BoundSubject } from './rbac-object';
import { Fault, shown } from '../../errors';

/** The forms in which a subject is written. */
export const SUBJECT_FORMS = 'system:serviceaccount:NAMESPACE:NAME, user:NAME or group:NAME';

/**
 * Reads who is meant. A text without a form is a user, or a group where bindings know it as nothing else; where they know both, it must
 * be said which.
 */
export function subjectNamed(text: string, { subjects }: Access): BoundSubject | Fault {
  const [form, rest] = text.includes(':') ? [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)] : ['', text];
  if (text.trim() === '' || rest === '') return { problem: `the subject ${shown(text)} is empty`, remedy: `write ${SUBJECT_FORMS}` };
  if (form === 'user') return userOrAccount(rest);
  if (form === 'group') return group(rest);
  if (text.startsWith('system:serviceaccount:')) {
    return accountOf(text) ? userOrAccount(text) : { problem: `the subject ${shown(text)} is no account`, remedy: 'write system:serviceaccount:NAMESPACE:NAME' };
  }
  const known = [userOrAccount(text), group(text)].filter((subject) => subjects.has(subjectKey(subject)));
  if (known.length === 2) return { problem: `the subject ${shown(text)} is bound as a user and as a group`, remedy: `write user:${text} or group:${text}` };
  return known[0] ?? (isGroupOfKubernetes(text) ? group(text) : userOrAccount(text));
}

function group(name: string): BoundSubject {
  return { kind: 'Group', name, namespace: '' };
}

function userOrAccount(user: string): BoundSubject {
  const account = accountOf(user);
  return account ? { kind: 'ServiceAccount', ...account } : { kind: 'User', name: user, namespace: '' };
}

function isGroupOfKubernetes(name: string): boolean {
  return ['system:masters', 'system:authenticated', 'system:unauthenticated', 'system:serviceaccounts', 'system:nodes', 'system:monitoring', 'system:bootstrappers'].includes(name)
    || name.startsWith('system:serviceaccounts:') || name.startsWith('system:bootstrappers:');
}

/** Who a subject is once the API server knows it: the groups that it is in by itself are added. */
export function identityOf(subject: BoundSubject, further: readonly string[] = []): Identity {
  const groups = (own: readonly string[]) => [...new Set([...own, ...further])];
  switch (subject.kind) {
    case 'ServiceAccount': return { user: accountUser(subject.namespace, subject.name), groups: groups(['system:serviceaccounts', `system:serviceaccounts:${subject.namespace}`, 'system:authenticated']) };
    case 'Group': return { user: '', groups: groups(subject.name === 'system:unauthenticated' ? [subject.name] : [subject.name, 'system:authenticated']) };
    default: return { user: subject.name, groups: groups([subject.name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated']) };
  }
}
