/**
 * Writes lib/proofs/access/bootstrap-roles.ts: the roles and bindings that an API server creates by itself, of every release that is
 * known, from the fixtures of Kubernetes' own tests. Needs Go, which downloads Kubernetes' sources as a module; run it when a release
 * comes, after adding it here, and look at the diff.
 */
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const yaml = require('yaml');

/** The patch release of each minor whose fixtures are read. */
const RELEASES = ['1.29.6', '1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.2'];
const FIXTURES = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata';
const FILES = ['cluster-roles', 'cluster-role-bindings', 'controller-roles', 'controller-role-bindings', 'namespace-roles', 'namespace-role-bindings'];
const BOOTSTRAPPING = 'kubernetes.io/bootstrapping'; // every one of them has this label

const minors = RELEASES.map((release) => Number(release.split('.')[1]));
const variants = new Map(); // of each object, by its identity: what it says, and in which minors
RELEASES.forEach((release, i) => {
  for (const object of FILES.flatMap((file) => objectsOf(folderOf(release), file))) {
    const identity = [object.kind, object.namespace ?? '', object.name].join(' ');
    const said = JSON.stringify(object);
    const known = variants.get(identity) ?? [];
    variants.set(identity, known);
    const last = known.at(-1);
    if (last?.said === said && last.to === minors[i - 1]) last.to = minors[i];
    else known.push({ said, object, from: minors[i], to: minors[i] });
  }
});

const entries = [...variants].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, known]) => known.map(({ object, from, to }) => {
  const { kind, namespace, name, ...rest } = object;
  return { kind, ...namespace && { namespace }, name, ...from > minors[0] && { from }, ...to < minors.at(-1) && { to }, ...rest };
}));
fs.writeFileSync(path.join(__dirname, '../lib/proofs/access/bootstrap-roles.ts'), `import type { BootstrapObject } from './bootstrap';

/** The first and the last minor release of which this is known. */
export const OLDEST = ${minors[0]};
export const NEWEST = ${minors.at(-1)};

/**
 * What an API server creates by itself. Written by scripts/bootstrap-roles.js from the fixtures of Kubernetes' own tests
 * (${RELEASES.join(', ')}); do not edit.
 */
export const BOOTSTRAP_OBJECTS: readonly BootstrapObject[] = [
${entries.map((entry) => `  ${literal(entry)},`).join('\n')}
];
`);

function folderOf(release) {
  const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${release}`], { encoding: 'utf8', cwd: require('os').tmpdir() });
  return path.join(JSON.parse(answer).Dir, FIXTURES);
}

function objectsOf(folder, file) {
  return yaml.parse(fs.readFileSync(path.join(folder, `${file}.yaml`), 'utf8')).items.map((item) => {
    const { metadata: { name, namespace, labels: { [BOOTSTRAPPING]: _, ...labels } }, kind, aggregationRule, rules, roleRef, subjects } = item;
    return {
      kind, namespace, name,
      ...Object.keys(labels).length > 0 && { labels: Object.keys(labels).join(' ') },
      ...aggregationRule && { aggregates: aggregationRule.clusterRoleSelectors.map(({ matchLabels }) => Object.keys(matchLabels).join(' ')).join(' ') },
      ...rules && { rules: rules.map(ruleOf) },
      ...roleRef && { roleRef: `${roleRef.kind} ${roleRef.name}`, subjects: (subjects ?? []).map((subject) => [subject.kind, subject.name, subject.namespace].filter((part) => part).join(' ')) },
    };
  });
}

/** Verbs, groups, resources and names of objects; or verbs and paths. */
function ruleOf({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }) {
  const words = (list) => [...list].sort().join(' ');
  if (nonResourceURLs) return [words(verbs), words(nonResourceURLs)];
  // The core group is the empty text.
  return [words(verbs), [...apiGroups].sort().join(' '), words(resources), ...resourceNames ? [words(resourceNames)] : []];
}

function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object') return typeof value === 'string' ? `'${value}'` : String(value);
  return `{ ${Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => `${key}: ${literal(item)}`).join(', ')} }`;
}
