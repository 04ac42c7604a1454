import { answersOf, askedOf, passes } from './asked';
import { containerOf, name, placeOf, prose } from './place';
import type { ReportOptions } from './report-options';
import { unreadableText } from './tally';
import { yamlDocument, YamlValue } from './yaml';
import { Assessment, Finding, GrantedExemption, isUnjudged, JudgedObject } from '../assessment';
import { clusterScopedKinds } from '../inventory';
import { dnsLabelFaults } from '../names';

/** Of this many results `kubectl apply` can note down in an annotation what it applied: 256 KiB at most. */
const RESULTS_OF_ONE = 200;

type Answers = 'pass' | 'fail' | 'warn' | 'error' | 'skip';
interface Result {
  readonly result: Answers;
  readonly yaml: YamlValue;
}

/**
 * Reports of openreports.io/v1alpha1, as manifests: a ClusterReport for what stands outside of namespaces, a Report for each namespace.
 * What is exempted is skipped, what is known from a baseline a warning, what could not be judged an error; what passes is counted.
 */
export function* openreports(assessment: Assessment, { today, toolVersion }: ReportOptions): Iterable<string> {
  const asked = askedOf(assessment);
  const seconds = today === undefined ? NaN : Math.floor(Date.parse(today) / 1000);
  const timestamp = Number.isNaN(seconds) ? undefined : { seconds, nanos: 0 };
  for (const { scope, objects } of byNamespace(assessment.objects)) {
    const passed = objects.flatMap((judged) => answersOf(judged, asked)).filter(passes).length;
    const results = objects.flatMap((judged) => resultsOf(judged, timestamp));
    for (let start = 0; start === 0 || start < results.length; start += RESULTS_OF_ONE) {
      const part = start / RESULTS_OF_ONE + 1;
      const shown = results.slice(start, start + RESULTS_OF_ONE);
      yield yamlDocument({
        apiVersion: 'openreports.io/v1alpha1',
        ...scope.cluster ? { kind: 'ClusterReport' } : { kind: 'Report' },
        metadata: {
          name: `cdk8s-hardened-${assessment.profile}${part === 1 ? '' : `-${part}`}`, ...scope.namespace === undefined ? {} : { namespace: scope.namespace },
          labels: { 'app.kubernetes.io/managed-by': 'cdk8s-hardened', ...labelled(toolVersion) },
          ...assessment.unreadable > 0 ? { annotations: { 'cdk8s-hardened/unreadable': unreadableText(assessment.unreadable) } } : {},
        },
        source: 'cdk8s-hardened',
        summary: { pass: part === 1 ? passed : 0, ...counts(shown) },
        results: shown.map(({ yaml }) => yaml),
      });
    }
  }
}

interface Scope {
  readonly cluster: boolean;
  /** Absent where manifests leave it to whoever applies them. */
  readonly namespace?: string;
}

/** The objects of the cluster first, then those of each namespace by its name. What is no namespace's name stands with the cluster's. */
function byNamespace(objects: readonly JudgedObject[]): { scope: Scope; objects: readonly JudgedObject[] }[] {
  const clusterScoped = clusterScopedKinds(objects.map(({ object }) => object.json));
  const groups = new Map<string, { scope: Scope; objects: JudgedObject[] }>();
  for (const judged of objects) {
    const { group, kind, apiVersion, namespace } = judged.object;
    const cluster = clusterScoped(group, kind) || apiVersion === '' || (namespace !== undefined && dnsLabelFaults('namespace', namespace).length > 0);
    const key = cluster ? '' : `/${namespace ?? ''}`;
    const others = groups.get(key);
    if (others) others.objects.push(judged);
    else groups.set(key, { scope: cluster ? { cluster } : { cluster, namespace }, objects: [judged] });
  }
  if (groups.size === 0) return [{ scope: { cluster: true }, objects: [] }];
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, group]) => group);
}

function resultsOf({ violations, exempted, known }: JudgedObject, timestamp: YamlValue | undefined): Result[] {
  const violated = (finding: Finding) => isUnjudged(finding) ? 'error' : 'fail';
  return [
    ...violations.map((finding) => resultOf(finding, violated(finding), timestamp)),
    ...exempted.map(({ finding, exemption }) => resultOf(finding, 'skip', timestamp, exemption)),
    ...known.map((finding) => resultOf(finding, 'warn', timestamp)),
  ];
}

function resultOf(finding: Finding, result: Answers, timestamp: YamlValue | undefined, exemption?: GrantedExemption): Result {
  const { control, severity, object, path, message, remediation } = finding;
  const { apiVersion, kind, namespace, name: own } = object;
  const subject = containerOf(finding);
  const reference = Object.fromEntries(Object.entries({ apiVersion, kind, namespace, name: own }).filter(([, value]) => value).map(([key, value]) => [key, name(value!)]));
  return {
    result,
    yaml: {
      policy: control, category: control.split('/')[0], severity, result, scored: result === 'fail' || result === 'error', timestamp,
      ...Object.keys(reference).length > 0 ? { resources: [reference] } : {},
      message: `${subject}${subject === '' ? '' : ': '}${prose(message)}`,
      properties: { path: prose(path), place: placeOf(object, path), remediation: prose(remediation), ...exemption && grantedOf(exemption) },
    },
  };
}

function grantedOf({ reason, owner, expires, ticket }: GrantedExemption) {
  return { reason: prose(reason), owner: name(owner), expires: name(expires), ticket: ticket === undefined ? undefined : name(ticket) };
}

function counts(results: readonly Result[]): { readonly [answer: string]: number } {
  return Object.fromEntries((['fail', 'warn', 'error', 'skip'] as const).map((answer) => [answer, results.filter(({ result }) => result === answer).length]));
}

/** The version as a label, where it can be one. */
function labelled(version: string): { readonly [label: string]: string } {
  return /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(version) ? { 'app.kubernetes.io/version': version } : {};
}
