import { createHash } from 'crypto';
import { jsonText } from './json-text';
import { markdownSentence, markdownYaml } from './markdown-text';
import { containerOf, lineOf, locateAll, name, prose, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { Rule, rulesOf, tagsOf } from './rules';
import { tallyOf, unreadableText } from './tally';
import { uriOf } from './uri';
import type { Assessment, Finding, GrantedExemption } from '../assessment';
import { SEVERITIES, Severity } from '../controls';

/** GitHub refuses a run with more. */
const MOST_RESULTS = 25_000;

/** GitHub's ranges: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium. */
const SECURITY_SEVERITY: { readonly [severity in Severity]: string } = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };
const LEVEL: { readonly [severity in Severity]: string } = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/**
 * SARIF 2.1.0, as GitHub's code scanning takes it: the violations, worst first. What is exempted or known raises no alert, since
 * GitHub reads no suppressions; the exemptions stand in the properties of the run.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function* sarif(assessment: Assessment, { toolVersion, root }: ReportOptions): Iterable<string> {
  const rules = rulesOf(assessment);
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const { violations, exempted, known, notKubernetes, unreadable } = tallyOf(assessment);
  const driver = { name: 'cdk8s-hardened', informationUri: 'https://github.com/cdk8s-hardened/cdk8s-hardened', semanticVersion: toolVersion, rules: rules.map(ruleJson) };
  yield '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [\n    {\n';
  yield `      "tool": ${jsonText({ driver }, { by: 6 })},\n`;
  yield `      "invocations": ${jsonText([{ executionSuccessful: unreadable === 0, toolExecutionNotifications: notifications(violations, unreadable) }], { by: 6 })},\n`;
  yield '      "columnKind": "utf16CodeUnits",\n      "results": [';
  let separator = '\n';
  const seen = new Map<string, number>();
  for (const finding of worst(assessment, MOST_RESULTS)) {
    yield `${separator}        ${jsonText(resultJson(finding, { index: indexes.get(finding.control)!, root, seen }), { by: 8 })}`;
    separator = ',\n';
  }
  const { profile, kubernetesVersion, exemptions } = assessment;
  yield `${violations > 0 ? '\n      ' : ''}],\n      "properties": ${jsonText({ profile, kubernetesVersion, exempted, known, notKubernetes, unreadable, exemptions: exemptions.map(grantedJson) }, { by: 6 })}\n    }\n  ]\n}\n`;
}

function* worst({ objects }: Assessment, most: number): Iterable<Finding> {
  locateAll(objects);
  let left = most;
  for (const severity of SEVERITIES) {
    for (const finding of objects.flatMap(({ violations }) => violations.filter((each) => each.severity === severity))) if (left-- > 0) yield finding;
  }
}

function notifications(violations: number, unreadable: number) {
  const left = violations - MOST_RESULTS;
  return [
    ...unreadable > 0 ? [{ level: 'error', message: { text: unreadableText(unreadable) } }] : [],
    ...left > 0 ? [{ level: 'warning', message: { text: `${left} of ${violations} violations are left out, the least severe ones, since consumers take ${MOST_RESULTS} results` } }] : [],
  ];
}

function ruleJson({ id, title, severity, rule, why, fix, control }: Rule) {
  const help = [rule, fix, ...why ? [why] : []];
  const yaml = control?.snippet ? [markdownYaml(control.snippet)] : [];
  const markdown = [...help.map(markdownSentence), ...control?.neverExempt ? ['No exemption excuses this.'] : []];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: help.join(' ').slice(0, 1024) },
    defaultConfiguration: { level: LEVEL[severity] },
    help: { text: help.join(' '), markdown: [...markdown.slice(0, 2), ...yaml, ...markdown.slice(2)].join('\n\n') },
    properties: { tags: tagsOf(control), precision: 'very-high', 'security-severity': SECURITY_SEVERITY[severity] },
  };
}

interface Context {
  readonly index: number;
  readonly root?: string;
  /** How often each fingerprint was given. */
  readonly seen: Map<string, number>;
}

function resultJson(finding: Finding, { index, root, seen }: Context) {
  const { control, severity, object, path, message, remediation } = finding;
  const uri = uriOf(object.manifest.where, root);
  // What stands in no file, such as a construct, has no line, and GitHub wants one.
  const line = lineOf(object, path) ?? 1;
  const subject = [titleOf(object), containerOf(finding)].filter((part) => part).join(' ');
  return {
    ruleId: control, ruleIndex: index, level: LEVEL[severity],
    message: { text: unlinked(`${subject}: ${prose(message)}. ${prose(remediation)}`) },
    locations: [{
      physicalLocation: { artifactLocation: { uri }, region: { startLine: line, endLine: line } },
      logicalLocations: [{ fullyQualifiedName: [titleOf(object), name(path)].filter((part) => part).join(' '), kind: 'resource' }],
    }],
    partialFingerprints: { primaryLocationLineHash: fingerprint(finding, uri, seen) },
    properties: { path: prose(path) },
  };
}

function grantedJson({ control, reason, owner, expires, ticket, where }: GrantedExemption) {
  return { control: name(control), reason: prose(reason), owner: name(owner), expires: name(expires), ticket: ticket === undefined ? undefined : name(ticket), where: name(where) };
}

/** The same whatever moves in the file: which control fails for which field of which container of which object. */
function fingerprint({ control, object, path, container }: Finding, uri: string, seen: Map<string, number>): string {
  const field = container ? path.replace(`${container.list}[${container.index}]`, `${container.list}[${JSON.stringify(container.name)}]`) : path;
  const hash = createHash('sha256').update(JSON.stringify([uri, object.kind, object.namespace, object.name, control, field])).digest('hex').slice(0, 32);
  const times = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, times);
  return `${hash}:${times}`;
}

/** SARIF's messages know links, `[text](where)`; a manifest makes none. */
function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}
