import { field, KubeObject } from '../inventory';

/** What requests are for. */
export interface Logged {
  readonly group: string;
  /** With its subresource, such as `pods/exec`. */
  readonly resource: string;
  /** @default - all of them */
  readonly verbs?: readonly string[];
}

/** A rule of an audit policy. */
export interface AuditRule {
  readonly path: string;
  readonly level: string;
  /** Whether it is about every request there is. */
  readonly everything: boolean;
  /** Whether some request for it meets the rule. */
  readonly mayMeet: (logged: Logged) => boolean;
  /** Whether every request for it does. */
  readonly meets: (logged: Logged) => boolean;
}

/**
 * The rules of an audit policy, of which the first that a request meets decides.
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-PolicyRule
 */
export function auditRulesOf({ json }: KubeObject): readonly AuditRule[] {
  return listOf(field(json, 'rules')).map((rule, i): AuditRule => {
    const [users, userGroups, verbs, namespaces, urls, resources] = ['users', 'userGroups', 'verbs', 'namespaces', 'nonResourceURLs', 'resources'].map((name) => listOf(field(rule, name)));
    const ofAnyone = users.length === 0 && userGroups.length === 0 && namespaces.length === 0;
    // A rule about URLs alone is about no resource.
    const aboutResources = urls.length === 0 || resources.length > 0 || namespaces.length > 0;
    const names = ({ group, resource }: Logged, whole: boolean) => aboutResources && (resources.length === 0 || resources.some((entry) => isAbout(entry, group, resource, whole)));
    return {
      path: `rules[${i}]`,
      level: String(field(rule, 'level') ?? ''),
      everything: ofAnyone && verbs.length === 0 && urls.length === 0 && resources.length === 0,
      mayMeet: (logged) => names(logged, false) && (verbs.length === 0 || logged.verbs === undefined || logged.verbs.some((verb) => verbs.includes(verb))),
      meets: (logged) => ofAnyone && names(logged, true) && (verbs.length === 0 || (logged.verbs?.every((verb) => verbs.includes(verb)) ?? false)),
    };
  });
}

/** Whether an entry of a rule's resources is about a resource; a star stands for a resource's every subresource, or for a subresource of every resource. */
function isAbout(entry: unknown, group: string, resource: string, whole: boolean): boolean {
  if ((field(entry, 'group') ?? '') !== group) return false;
  if (whole && listOf(field(entry, 'resourceNames')).length > 0) return false;
  const listed = listOf(field(entry, 'resources'));
  const [name, subresource] = resource.split('/');
  return listed.length === 0 || listed.some((each) => each === '*' || each === resource || (subresource !== undefined && (each === `${name}/*` || each === `*/${subresource}`)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
