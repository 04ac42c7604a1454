import { ApiObject, ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import { RolePlace } from './dangerous-grants';
import { byText, PolicyRule, policyRules } from './grants';
import { RoleFault, unexcused } from './role-fault';
import type { Rule } from './rule';
import { Subject, SubjectEntry } from './subject';
import { pathOf, refuse } from '../errors';
import { Exemption, ExemptionProps } from '../exemption';

const API_GROUP = 'rbac.authorization.k8s.io';

/** By these labels scanners and dashboards know an object. */
const NAME_LABELS = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/instance'];

/** A rule about paths as a ClusterRole holds it. */
interface UrlRule {
  readonly nonResourceURLs: string[];
  readonly verbs: string[];
}

/** Grants what is exempt, before anything is judged. */
export function exempted(scope: Construct, exemptions: readonly ExemptionProps[] = []): void {
  for (const exemption of exemptions) Exemption.grant(scope, exemption);
}

/** The rules of a role and what is wrong with them. */
export function rulesOf(rules: readonly Rule[], place: RolePlace): { rules: (PolicyRule | UrlRule)[]; faults: RoleFault[] } {
  const verdicts = rules.map((rule) => rule._judge(place));
  const urls = [...new Set(verdicts.flatMap((verdict) => verdict.urls.map(({ url }) => url)))].sort();
  return {
    rules: [...policyRules(verdicts.flatMap(({ grants }) => grants)), ...urls.length > 0 ? [{ nonResourceURLs: urls, verbs: ['get'] }] : []],
    faults: [...rules.length > 0 ? [] : [{ problem: 'no rule is given', remedy: 'give at least one, such as Rule.read("pods")' }], ...verdicts.flatMap(({ faults }) => faults)],
  };
}

/** The subjects of a binding, none twice, and what is wrong with them. */
export function subjectsOf(subjects: readonly Subject[], namespace: string | undefined): { subjects: SubjectEntry[]; faults: RoleFault[] } {
  const verdicts = subjects.map((subject) => subject._judge({ namespace }));
  return {
    subjects: inOrder(verdicts.flatMap(({ entry }) => entry ?? [])),
    faults: [...subjects.length > 0 ? [] : [{ problem: 'no subject is given', remedy: 'give at least one, such as Subject.group("developers")' }], ...verdicts.flatMap(({ faults }) => faults)],
  };
}

function inOrder(subjects: readonly SubjectEntry[]): SubjectEntry[] {
  const distinct = new Map(subjects.map((subject) => [JSON.stringify([subject.kind, subject.namespace, subject.name]), subject]));
  return [...distinct].sort(byText(([key]) => key)).map(([, subject]) => subject);
}

/** Throws what is wrong and not exempt. */
export function refuseFaults(scope: Construct, faults: readonly RoleFault[]): void {
  refuse(pathOf(scope), unexcused(scope, faults));
}

/** A binding of a role to subjects. */
export function bindingObject(scope: Construct, id: string, kind: 'RoleBinding' | 'ClusterRoleBinding', metadata: { readonly name: string; readonly namespace?: string }, role: ApiObject, subjects: unknown): ApiObject {
  const binding = new ApiObject(scope, id, {
    apiVersion: `${API_GROUP}/v1`, kind, metadata, roleRef: { apiGroup: API_GROUP, kind: role.kind, name: role.name }, subjects,
  });
  named(binding.metadata, role.name);
  return binding;
}

/** Gives an object the labels by which it is known. */
export function named(metadata: ApiObjectMetadataDefinition, name: string): void {
  for (const key of NAME_LABELS) metadata.addLabel(key, name);
}
