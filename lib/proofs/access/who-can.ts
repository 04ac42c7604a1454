import { Access, Grant } from './access';
import { PolicyRule } from './rbac-object';
import { lookupOf, Request, ResourceRequest } from './rule-index';
import { bindingSource, ruleSource, Source, SubjectRef, subjectRef } from './source';
import type { WrittenRequest } from './request-text';

/** Somebody who may, and where; empty for everywhere. */
export interface Allowed {
  readonly subject: SubjectRef;
  readonly namespace: string;
  readonly binding?: Source;
  readonly role?: Source;
}

/**
 * Everybody whom bindings let do something: in one namespace, or in any where none is asked for. In order: who may it everywhere
 * first, then by namespace and subject; of several bindings that let the same subject the first one.
 */
export function whoCan(access: Access, { request, namespaced }: WrittenRequest): Allowed[] {
  const lookup = lookupOf(request);
  const anywhere = namespaced !== false && !('url' in request) && request.namespace === '';
  const found = new Map<string, { readonly grant: Grant; readonly rule: PolicyRule }>();
  for (const binding of access.bindings) {
    if (binding.kind === 'RoleBinding' && !anywhere && ('url' in request || request.namespace !== binding.namespace)) continue;
    const role = access.role(binding.roleRef.kind, binding.roleRef.kind === 'Role' ? binding.namespace : '', binding.roleRef.name);
    const rule = role?.index().allowing(lookup);
    if (!role || !rule) continue;
    for (const subject of binding.subjects) {
      const key = [binding.namespace, subject.kind, subject.namespace, subject.name].join('\n');
      if (!found.has(key)) found.set(key, { grant: { binding, subject, role }, rule });
    }
  }
  const masters: Allowed = { subject: { kind: 'Group', name: 'system:masters' }, namespace: '' };
  const known = found.has('\nGroup\n\nsystem:masters');
  return [
    ...known ? [] : [masters],
    ...[...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { grant: { binding, subject, role }, rule }]) =>
      ({ subject: subjectRef(subject), namespace: binding.namespace, binding: bindingSource(binding), role: ruleSource(role!, rule) })),
  ];
}

/** A request as people write it, `get secrets`. */
export function requestText(request: Request): string {
  if ('url' in request) return `${request.verb} ${request.url}`;
  const { verb, name } = request;
  return [verb, resourceText(request), ...name === '' ? [] : [JSON.stringify(name)]].join(' ');
}

export function resourceText({ group, resource, subresource }: Pick<ResourceRequest, 'group' | 'resource' | 'subresource'>): string {
  return `${group === '' || (group === '*' && resource === '*') ? resource : `${resource}.${group}`}${subresource === '' ? '' : `/${subresource}`}`;
}
