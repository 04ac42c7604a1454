/** A rule of a role, for rows: `grant('get list', '/secrets', 'apps/deployments')`, each resource behind its group, the core group being empty. */
export function grant(verbs: string, ...resources: string[]) {
  const [groups, names] = [0, 1].map((i) => [...new Set(resources.map((resource) => /^([^/]*)\/(.*)$/.exec(resource)![i + 1]))]);
  return { apiGroups: groups, resources: names, verbs: verbs.split(' ') };
}

/** A rule that is about objects of these names only. */
export function named(rule: object, ...resourceNames: string[]) {
  return { ...rule, resourceNames };
}

/** What no control of grants minds. */
export const HARMLESS = {
  'nothing said': undefined, 'no rules': [], 'a rule that says nothing': [{}], 'a rule without verbs': [grant('get', '/pods'), { apiGroups: ['', 'apps'], resources: ['secrets', 'pods/exec', 'deployments'] }],
  'reading what is harmless': [grant('get list watch', '/pods', '/configmaps', 'apps/deployments')], 'a URL': [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
};
