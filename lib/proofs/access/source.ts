import type { Grant } from './access';
import { lineOf } from './place';
import { Binding, BoundSubject, PolicyRule, Role } from './rbac-object';
import { printable } from '../../errors';
import type { KubeObject } from '../../inventory';

/** An object that an answer rests on. */
export interface Source {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The file, or the release of Kubernetes that brings it. */
  readonly file: string;
  readonly line?: number;
  /** The ClusterRole that it is aggregated from; file and line are of that one. */
  readonly from?: string;
}

/** A subject as JSON has it. */
export interface SubjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function subjectRef({ kind, namespace, name }: BoundSubject): SubjectRef {
  return { kind, ...namespace !== '' && { namespace }, name };
}

export function bindingSource({ kind, namespace, name, object }: Binding): Source {
  return source({ kind, namespace, name }, object, '');
}

/** The role, at the line of the rule. */
export function ruleSource({ role }: NonNullable<Grant['role']>, rule: PolicyRule): Source {
  const found = source(role, rule.object, rule.path);
  return rule.object.name === role.name ? found : { ...found, from: rule.object.name };
}

function source({ kind, namespace, name }: Pick<Role | Binding, 'kind' | 'namespace' | 'name'>, object: KubeObject, path: string): Source {
  const line = lineOf(object, path);
  return { kind, ...namespace !== '' && { namespace }, name, file: object.manifest.where, ...line !== undefined && { line } };
}

/** `RoleBinding shop/web (k8s/shop.yaml:41)`. */
export function sourceText({ file, line, from, ...named }: Source): string {
  return printable(`${refText(named)} (${from === undefined ? '' : `from ${from}, `}${line === undefined ? file : `${file}:${line}`})`);
}

/** `ServiceAccount shop/web`. */
export function refText({ kind, namespace, name }: SubjectRef): string {
  return printable(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
}
