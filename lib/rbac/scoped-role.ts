import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { bindingObject, exempted, named, refuseFaults, rulesOf, subjectsOf } from './role-objects';
import { Rule } from './rule';
import { Subject } from './subject';
import { faultAt, shown } from '../errors';
import { ExemptionProps } from '../exemption';
import { enforce } from '../gates/enforce';
import { dnsLabelFaults } from '../names';

/** What is granted, and to whom. */
export interface ScopedRoleProps {
  /** At least one. Their order does not matter. */
  readonly rules: Rule[];

  /** At least one. Their order does not matter. */
  readonly subjects: Subject[];

  /**
   * What of it is refused otherwise, and may be all the same: the same as `Exemption.grant` on this role, but known before its rules are
   * judged. An exemption of what the role stands in counts, too, if it was granted before.
   * @default - none
   */
  readonly exemptions?: ExemptionProps[];
}

/**
 * A Role and the RoleBinding that gives it to its subjects, in the namespace of the chart it stands in. It grants what its
 * rules name and nothing beyond that namespace.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class ScopedRole extends Construct {
  /** The `metadata.name` of the Role and of its first RoleBinding. */
  public readonly name: string;
  private readonly role: ApiObject;

  /**
   * @throws if there is no rule or no subject, if a rule has a wildcard, a name that does not exist, or gives rights beyond the
   * namespace or above its own, or if a subject is shared by identities that are not known; but for what is exempt
   */
  constructor(scope: Construct, id: string, props: ScopedRoleProps) {
    super(scope, id);
    enforce(this);
    exempted(this, props.exemptions);
    const { namespace } = Chart.of(this);
    const { rules, faults } = rulesOf(props.rules, { namespace });
    const { subjects, faults: ofSubjects } = subjectsOf(props.subjects, namespace);
    refuseFaults(this, [...faults, ...ofSubjects]);
    this.role = new ApiObject(this, 'Resource', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules });
    this.name = this.role.name;
    named(this.role.metadata, this.name);
    bindingObject(this, 'Binding', 'RoleBinding', { name: this.name }, this.role, subjects);
  }

  /**
   * Gives the same role to more subjects, by a RoleBinding of their own.
   * @param id what the binding is called after the role's name, such as `auditors`
   * @throws if there is no subject, or one is shared by identities that are not known; or if there is a binding of this id
   */
  public bind(id: string, ...subjects: Subject[]): void {
    const [fault] = dnsLabelFaults('the id of a binding', id);
    if (fault) throw faultAt(this, fault.problem, fault.remedy);
    if (this.node.tryFindChild(id)) throw faultAt(this, `there is a binding ${shown(id)} already`, 'give it all subjects, or another id');
    const judged = subjectsOf(subjects, Chart.of(this).namespace);
    refuseFaults(this, judged.faults);
    bindingObject(this, id, 'RoleBinding', { name: `${this.name}-${id}` }, this.role, judged.subjects);
  }
}
