import type { Identity } from './access';
import type { Request } from './rule-index';
import { shown } from '../../errors';
import { field, isRecord } from '../../inventory';

/** What a SubjectAccessReview asks. */
export interface Review {
  readonly identity: Identity;
  readonly request: Request;
}

/**
 * Reads the spec of a SubjectAccessReview, as strictly as the API server. User and groups are taken literally; `uid`, `extra`, the
 * version and selectors play no part.
 * @returns what is asked, or what is wrong with it
 */
export function reviewOf(spec: unknown): Review | string {
  if (!isRecord(spec)) return `it is ${shown(spec)}, not a map`;
  if (isRecord(field(spec, 'spec')) && field(spec, 'resourceAttributes') === undefined && field(spec, 'nonResourceAttributes') === undefined) return 'it is a whole SubjectAccessReview; give what stands in its spec';
  const problems: string[] = [];
  const text = (owner: string, name: string) => {
    const value = field(owner === '' ? spec : field(spec, owner), name) ?? '';
    if (typeof value !== 'string') problems.push(`${owner === '' ? '' : `${owner}.`}${name} is ${shown(value)}, not a text`);
    return value as string;
  };
  const identity: Identity = { user: text('', 'user'), groups: groupsOf(spec, problems) };
  if (identity.user === '' && identity.groups.length === 0) problems.push('it has neither user nor groups');
  const [ofResource, ofUrl] = ['resourceAttributes', 'nonResourceAttributes'].filter((name) => {
    const attributes = field(spec, name);
    if (attributes !== undefined && !isRecord(attributes)) problems.push(`${name} is ${shown(attributes)}, not a map`);
    return attributes !== undefined;
  });
  if (ofUrl !== undefined) problems.push('it has both resourceAttributes and nonResourceAttributes');
  if (ofResource === undefined) problems.push('it has neither resourceAttributes nor nonResourceAttributes');
  const request: Request = ofResource === 'nonResourceAttributes'
    ? { verb: text(ofResource, 'verb'), url: text(ofResource, 'path') }
    : {
      verb: text('resourceAttributes', 'verb'), group: text('resourceAttributes', 'group'), resource: text('resourceAttributes', 'resource'),
      subresource: text('resourceAttributes', 'subresource'), name: text('resourceAttributes', 'name'), namespace: text('resourceAttributes', 'namespace'),
    };
  return problems.length > 0 ? problems.join(', ') : { identity, request };
}

function groupsOf(spec: unknown, problems: string[]): readonly string[] {
  const groups = field(spec, 'groups') ?? [];
  if (!Array.isArray(groups)) problems.push(`groups is ${shown(groups)}, not a list`);
  else if (groups.some((group) => group !== null && typeof group !== 'string')) problems.push('groups holds what is no text');
  else return groups.map((group) => group ?? '');
  return [];
}
