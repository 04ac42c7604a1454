import { RBAC_GROUP } from './rbac-object';
import type { Manifest } from '../../inventory';

/** An object that an API server creates by itself, in few words. */
export interface BootstrapObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The first and last minor release in which it is so. */
  readonly from?: number;
  readonly to?: number;
  /** Labels that are "true". */
  readonly labels?: string;
  /** The label, being "true", of the roles it aggregates. */
  readonly aggregates?: string;
  /** Verbs, groups, resources and names of objects, or verbs and paths. */
  readonly rules?: readonly (readonly string[])[];
  readonly roleRef?: string;
  readonly subjects?: readonly string[];
}

/** What a release brings, and the release that it is of: the nearest one that is known. */
export interface Bootstrap {
  readonly kubernetesVersion: string;
  readonly manifests: readonly Manifest[];
}

/** Kubernetes' own label on what an API server creates by itself. */
export const BOOTSTRAPPING = 'kubernetes.io/bootstrapping';

/** The roles and bindings that an API server of a release creates by itself. They are read only when they are asked for. */
export function bootstrapOf(kubernetesVersion: string): Bootstrap {
  const { BOOTSTRAP_OBJECTS, NEWEST, OLDEST } = require('./bootstrap-roles') as typeof import('./bootstrap-roles');
  const minor = Math.min(Math.max(Number(kubernetesVersion.split('.')[1]), OLDEST), NEWEST);
  const objects = BOOTSTRAP_OBJECTS.filter(({ from = OLDEST, to = NEWEST }) => from <= minor && minor <= to);
  return { kubernetesVersion: `1.${minor}`, manifests: objects.map((object) => ({ json: manifestOf(object), where: `Kubernetes 1.${minor}` })) };
}

function manifestOf({ kind, namespace, name, labels, aggregates, rules, roleRef, subjects }: BootstrapObject): unknown {
  return {
    apiVersion: `${RBAC_GROUP}/v1`, kind,
    metadata: { name, ...namespace !== undefined && { namespace }, labels: { [BOOTSTRAPPING]: 'rbac-defaults', ...labels !== undefined && Object.fromEntries(labels.split(' ').map((label) => [label, 'true'])) } },
    ...aggregates !== undefined && { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregates]: 'true' } }] } },
    ...rules && { rules: rules.map(ruleOf) },
    ...roleRef !== undefined && { roleRef: { kind: roleRef.split(' ')[0], name: roleRef.split(' ')[1] } },
    ...subjects && { subjects: subjects.map((subject) => Object.fromEntries(subject.split(' ').map((word, i) => [['kind', 'name', 'namespace'][i], word]))) },
  };
}

function ruleOf(rule: readonly string[]): unknown {
  const [verbs, ...rest] = rule.map((words) => words.split(' '));
  const [apiGroups, resources, resourceNames] = rest;
  return rest.length === 1 ? { verbs, nonResourceURLs: rest[0] } : { verbs, apiGroups, resources, ...resourceNames && { resourceNames } };
}
