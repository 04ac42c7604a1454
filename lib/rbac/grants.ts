import { ResourceName, VERBS } from '../resources';

/** One verb on one resource; on every object of it, or on those named. */
export interface Grant extends ResourceName {
  readonly verb: string;
  readonly names: readonly string[];
}

/** A rule as a Role holds it. */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

/**
 * The shortest rules that say exactly this much, in a fixed order: what is granted on every object is not said again by name,
 * and only what has the same group, verbs and names shares a rule.
 */
export function policyRules(grants: readonly Grant[]): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  const byResource = groupBy(grants, ({ group, resource }) => `${group}/${resource}`);
  for (const ofResource of byResource) {
    const { group, resource } = ofResource[0];
    for (const { names, verbs } of namesAndVerbs(ofResource)) {
      const key = JSON.stringify([group, names, verbs]);
      const resources = [...rules.get(key)?.resources ?? [], resource].sort();
      rules.set(key, { apiGroups: [group], resources, ...names.length > 0 ? { resourceNames: names } : {}, verbs });
    }
  }
  return [...rules.values()].sort(byText(({ apiGroups, resources, resourceNames = [] }) => [apiGroups, resources, resourceNames].join('\n')));
}

/** What is granted on one resource: the verbs on every object of it, and the names that share the same further verbs. */
function namesAndVerbs(grants: readonly Grant[]): { names: string[]; verbs: string[] }[] {
  const onAll = inOrder(grants.filter(({ names }) => names.length === 0));
  const further = grants.flatMap((grant) => grant.names.map((name) => ({ name, verb: grant.verb }))).filter(({ verb }) => !onAll.includes(verb) && !onAll.includes('*'));
  const named = groupBy(further, ({ name }) => name).map((ofName) => ({ name: ofName[0].name, verbs: inOrder(ofName) }));
  const shared = groupBy(named, ({ verbs }) => verbs.join()).map((same) => ({ names: same.map(({ name }) => name).sort(), verbs: same[0].verbs }));
  return [...onAll.length > 0 ? [{ names: [], verbs: onAll }] : [], ...shared];
}

/** The API's own verbs in their order, then others; a star says it all. */
function inOrder(grants: readonly { verb: string }[]): string[] {
  const granted = new Set(grants.map(({ verb }) => verb));
  if (granted.has('*')) return ['*'];
  const others = [...granted].filter((verb) => !(VERBS as readonly string[]).includes(verb)).sort();
  return [...VERBS.filter((verb) => granted.has(verb)), ...others];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  return [...groups.values()];
}

/** Compares by code units, so that the order is the same on every machine. */
export function byText<T>(textOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [textOf(a), textOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
