import type { PolicyRule, Role } from './rbac-object';
import { field, isRecord, selectorOf } from '../../inventory';

/** The rules that a role gives to whom it is bound. */
export type RulesOf = (role: Role) => readonly PolicyRule[];

/**
 * Fills in aggregated ClusterRoles as their controller does: the union of the roles that they select, and what those select in
 * turn; what an aggregated role carries itself does not count. Roles that select the same share one list.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregated(roles: readonly Role[]): RulesOf {
  const clusterRoles = roles.filter(({ kind }) => kind === 'ClusterRole');
  const selected = selectedBy(clusterRoles);
  const known = new Map<string, readonly PolicyRule[]>();
  return (role) => {
    if (!role.aggregates) return role.rules;
    const key = keyOf(role.aggregates);
    let rules = known.get(key);
    if (!rules) known.set(key, rules = distinct(closure(role, selected)));
    return rules;
  };
}

/** The roles with rules of their own that a role reaches, in the order of their names. */
function closure(start: Role, selected: (role: Role) => readonly Role[]): Role[] {
  const seen = new Set<string>(); // by what they select: who selects the same reaches the same
  const plain = new Set<Role>();
  const stack = [start];
  for (let role = stack.pop(); role; role = stack.pop()) {
    const key = keyOf(role.aggregates!);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const other of selected(role)) {
      if (other.aggregates) stack.push(other);
      else plain.add(other);
    }
  }
  return [...plain].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Roles by what they select, each selector asked once; by a label that it wants where there is one. */
function selectedBy(clusterRoles: readonly Role[]): (role: Role) => readonly Role[] {
  const byLabel = new Map<string, Role[]>();
  for (const role of clusterRoles) {
    for (const [label, value] of role.labels) {
      const key = JSON.stringify([label, value]);
      const others = byLabel.get(key);
      if (others) others.push(role);
      else byLabel.set(key, [role]);
    }
  }
  const ofSelector = new Map<string, readonly Role[]>();
  const select = (selector: unknown) => {
    const key = JSON.stringify(selector);
    let found = ofSelector.get(key);
    if (!found) {
      const labels = field(selector, 'matchLabels');
      const wanted = isRecord(labels) ? Object.entries(labels)[0] : undefined;
      const candidates = wanted ? byLabel.get(JSON.stringify(wanted)) ?? [] : clusterRoles;
      const matches = selectorOf(selector);
      ofSelector.set(key, found = candidates.filter((role) => matches(role.labels)));
    }
    return found;
  };
  return (role) => role.aggregates!.flatMap(select);
}

function keyOf(aggregates: readonly unknown[]): string {
  return JSON.stringify(aggregates);
}

/** The rules of some roles, none twice. */
function distinct(roles: readonly Role[]): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const rule of roles.flatMap((role) => role.rules)) {
    const key = JSON.stringify([rule.verbs, rule.groups, rule.resources, rule.names, rule.urls]);
    if (!rules.has(key)) rules.set(key, rule);
  }
  return [...rules.values()];
}
