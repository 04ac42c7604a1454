import { jsonText } from './json-text';
import { lineOf } from './place';
import { tallyOf } from './tally';
import type { Assessment, ExemptedFinding, Finding, GrantedExemption, JudgedObject } from '../assessment';
import type { Control } from '../controls';

/**
 * For programs: every object and every finding, in the shape that DESIGN.md promises, an object at a time. What is absent is null, so
 * that every key is always there.
 */
export function* json(assessment: Assessment): Iterable<string> {
  const titles = new Map(assessment.controls.map((control) => [control.id, control]));
  yield '{\n  "objects": [';
  let separator = '\n';
  for (const judged of assessment.objects) {
    yield `${separator}    ${jsonText(judgedJson(judged, titles), { by: 4 })}`;
    separator = ',\n';
  }
  yield `${assessment.objects.length > 0 ? '\n  ' : ''}],\n`;
  yield `  "exemptions": ${jsonText(assessment.exemptions.map(exemptionJson), { by: 2 })},\n`;
  const { profile, kubernetesVersion = null } = assessment;
  yield `  "summary": ${jsonText({ profile, kubernetesVersion, ...tallyOf(assessment) }, { by: 2 })}\n}\n`;
}

function judgedJson({ object, violations, exempted, known }: JudgedObject, controls: ReadonlyMap<string, Control>) {
  const { manifest, apiVersion, kind, namespace = null, name = null } = object;
  return {
    file: manifest.where, line: lineOf(object) ?? null, apiVersion, kind, namespace, name, allowed: violations.length === 0,
    violations: violations.map((finding) => findingJson(finding, controls)),
    exempted: exempted.map((each) => exemptedJson(each, controls)),
    known: known.map((finding) => findingJson(finding, controls)),
  };
}

function findingJson({ control, severity, path, message, object, container = undefined, remediation }: Finding, controls: ReadonlyMap<string, Control>) {
  const { title, snippet } = controls.get(control) ?? {};
  return {
    control, severity, path, message, line: lineOf(object, path) ?? null,
    container: container ? { list: container.list, index: container.index, name: container.name } : null,
    title: title ?? null, remediation, snippet: snippet ?? null,
  };
}

function exemptedJson({ finding, exemption }: ExemptedFinding, controls: ReadonlyMap<string, Control>) {
  const { reason, owner, expires, ticket, where } = exemptionJson(exemption);
  return { ...findingJson(finding, controls), reason, owner, expires, ticket, where };
}

function exemptionJson({ control, reason, owner, expires, ticket = undefined, where }: GrantedExemption) {
  return { control, reason, owner, expires, ticket: ticket ?? null, where };
}
