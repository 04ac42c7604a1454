import { Access, Identity } from './access';
import { HeldRule, heldRules, resourcesOf } from './rights';
import { BoundSubject, PolicyRule } from './rbac-object';
import type { Request } from './rule-index';
import { bindingSource, ruleSource, Source, SubjectRef, subjectRef } from './source';
import { identityOf } from './subject-text';

/** What one subject may in one of two states and not in the other, by one rule. */
export interface RightChange {
  readonly change: 'gains' | 'loses';
  readonly subject: SubjectRef;
  /** Empty for everywhere. */
  readonly namespace: string;
  readonly verbs: readonly string[];
  readonly resource: string;
  readonly names: readonly string[];
  /** Of the state that allows it. */
  readonly binding: Source;
  readonly role: Source;
}

/**
 * Who gains and who loses what between two states, in the order of the subjects. How it is written does not matter: what another role or binding
 * still allows is no change. Each subject that a binding names is looked at; what everybody has by a group stands with that group.
 */
export function accessDiff(before: Access, after: Access): RightChange[] {
  const subjects = new Map([...before.subjects, ...after.subjects].map(([key, { subject }]) => [key, subject]));
  return [...subjects].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, subject]) => [...changes('gains', subject, after, before), ...changes('loses', subject, before, after)]);
}

/** What a subject's own bindings give in one state that nothing gives in the other. */
function changes(change: RightChange['change'], subject: BoundSubject, here: Access, there: Access): RightChange[] {
  const whole = identityOf(subject);
  const own: Identity = subject.kind === 'Group' ? { user: '', groups: [subject.name] } : { user: whole.user, groups: [] };
  const seen = new Set<string>();
  return heldRules(here, own).flatMap(({ grant, rule }: HeldRule) => partsOf(rule).flatMap(({ resource, requests }) => {
    const { namespace } = grant.binding;
    const verbs = rule.verbs.filter((verb) => requests(verb, namespace).some((request) => !there.decide(whole, request).allowed));
    const key = JSON.stringify([namespace, resource, verbs, rule.names]);
    if (verbs.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ change, subject: subjectRef(subject), namespace, verbs, resource, names: rule.names, binding: bindingSource(grant.binding), role: ruleSource(grant.role!, rule) }];
  }));
}

/** A rule about one resource, or path. */
interface Part {
  readonly resource: string;
  /** The requests that stand for it: wildcards are asked literally, so that only a wildcard covers one. */
  requests(verb: string, namespace: string): Request[];
}

/** A name that no object has, so that only a rule without names allows it. */
const ANY_NAME = '\u0000';

function partsOf({ groups, resources, names, urls }: PolicyRule): Part[] {
  if (urls.length > 0) return urls.map((url) => ({ resource: url, requests: (verb) => [{ verb, url }] }));
  return groups.flatMap((group) => resources.map((whole) => {
    const [resource, ...subresource] = whole.split('/');
    return {
      resource: resourcesOf({ groups: [group], resources: [whole], urls: [] })[0],
      requests: (verb: string, namespace: string) => (names.length === 0 ? [ANY_NAME] : names).map((name) => ({ verb, group, resource, subresource: subresource.join('/'), name, namespace })),
    };
  }));
}
