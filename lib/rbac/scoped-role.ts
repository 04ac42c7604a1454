import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { byText, policyRules } from './grants';
import { Rule } from './rule';
import { Subject, SubjectEntry } from './subject';
import { pathOf, refuse } from '../errors';
import { enforce } from '../gates/enforce';

/** By these labels scanners and dashboards know an object. */
const NAME_LABELS = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/instance'];

/** What is granted, and to whom. */
export interface ScopedRoleProps {
  /** At least one. Their order does not matter. */
  readonly rules: Rule[];

  /** At least one. Their order does not matter. */
  readonly subjects: Subject[];
}

/**
 * A Role and the RoleBinding that gives it to its subjects, in the namespace of the chart it stands in. It grants what its
 * rules name and nothing beyond that namespace.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class ScopedRole extends Construct {
  /** The `metadata.name` of the Role and of the RoleBinding. */
  public readonly name: string;

  /**
   * @throws if there is no rule or no subject, if a rule has a wildcard, a name that does not exist, or gives rights beyond the
   * namespace or above its own, or if a subject is shared by identities that are not known
   */
  constructor(scope: Construct, id: string, props: ScopedRoleProps) {
    super(scope, id);
    enforce(this);
    const namespace = Chart.of(this).namespace;
    const rules = props.rules.map((rule) => rule._judge(namespace));
    const subjects = props.subjects.map((subject) => subject._judge({ namespace }));
    refuse(pathOf(this), [
      ...rules.length > 0 ? [] : [{ problem: 'no rule is given', remedy: 'give at least one, such as Rule.read("pods")' }],
      ...subjects.length > 0 ? [] : [{ problem: 'no subject is given', remedy: 'give at least one, such as Subject.group("developers")' }],
      ...[...rules, ...subjects].flatMap(({ faults }) => faults),
    ]);
    const role = new ApiObject(this, 'Resource', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      rules: policyRules(rules.flatMap(({ grants }) => grants)),
    });
    this.name = role.name;
    const binding = new ApiObject(this, 'Binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: role.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: inOrder(subjects.flatMap(({ entry }) => entry ?? [])),
    });
    for (const { metadata } of [role, binding]) {
      for (const key of NAME_LABELS) metadata.addLabel(key, role.name);
    }
  }
}

function inOrder(subjects: readonly SubjectEntry[]): SubjectEntry[] {
  const distinct = new Map(subjects.map((subject) => [JSON.stringify([subject.kind, subject.namespace, subject.name]), subject]));
  return [...distinct].sort(byText(([key]) => key)).map(([, subject]) => subject);
}
