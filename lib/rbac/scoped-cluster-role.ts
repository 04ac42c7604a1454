import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { bindingObject, exempted, named, refuseFaults, rulesOf, subjectsOf } from './role-objects';
import { Rule } from './rule';
import { Subject, SubjectEntry } from './subject';
import { faultAt, shown } from '../errors';
import { ExemptionProps } from '../exemption';
import { enforce } from '../gates/enforce';
import { dnsLabelFaults } from '../names';

/** What is granted, wherever it is bound. */
export interface ScopedClusterRoleProps {
  /** At least one. Their order does not matter. */
  readonly rules: Rule[];

  /**
   * Its `metadata.name`, which no other ClusterRole of the cluster may have.
   * @default - as the chart names its objects, behind the chart's namespace if it has one
   */
  readonly name?: string;

  /**
   * What of it is refused otherwise, and may be all the same: the same as `Exemption.grant` on this role, but known before its rules are
   * judged. An exemption of what the role stands in counts, too, if it was granted before.
   * @default - none
   */
  readonly exemptions?: ExemptionProps[];
}

/** Kubernetes' own, which are not for others to overwrite. */
const BUILT_IN = ['admin', 'cluster-admin', 'edit', 'view'];

/**
 * A ClusterRole, and the bindings that give it to subjects: in some namespaces, or in the whole cluster. By itself it grants nothing.
 * Its rules are judged as if they were granted everywhere, since any binding may refer to it.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export class ScopedClusterRole extends Construct {
  /** The `metadata.name` of the ClusterRole and of its bindings. */
  public readonly name: string;
  private readonly role: ApiObject;
  private readonly subjects = new Map<ApiObject, Subject[]>();
  private readonly bindings = new Map<string, ApiObject>();

  /**
   * @throws if there is no rule, if a rule has a wildcard, a name that does not exist, or gives rights above its own; but for what is
   * exempt; or if the name is one of Kubernetes' own
   */
  constructor(scope: Construct, id: string, props: ScopedClusterRoleProps) {
    super(scope, id);
    enforce(this);
    exempted(this, props.exemptions);
    const { rules, faults } = rulesOf(props.rules, { cluster: true });
    refuseFaults(this, [...nameFaults(props.name), ...faults]);
    this.name = props.name ?? nameOf(this);
    this.role = new ApiObject(this, 'Resource', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: this.name }, rules });
    named(this.role.metadata, this.name);
  }

  /**
   * Gives it to subjects in the namespace of the chart that a construct is or stands in; beside that namespace's other objects.
   * @throws if the chart has no namespace, or if a subject is shared by identities that are not known
   */
  public grantIn(place: Construct, ...subjects: Subject[]): void {
    const { namespace } = Chart.of(place);
    if (namespace === undefined) throw faultAt(this, 'it is granted in a chart that has no namespace', 'give the chart one, or write grantEverywhere');
    this.bind(place, namespace, subjects);
  }

  /**
   * Gives it to subjects in a namespace that is not in this app.
   * @throws if that is no namespace's name, or if a subject is shared by identities that are not known
   */
  public grantInNamespace(namespace: string, ...subjects: Subject[]): void {
    const [fault] = dnsLabelFaults('namespace', namespace);
    if (fault) throw faultAt(this, fault.problem, fault.remedy);
    this.bind(this, namespace, subjects);
  }

  /**
   * Gives it to subjects in every namespace, and what it grants of the cluster itself.
   * @throws if a subject is shared by identities that are not known
   */
  public grantEverywhere(...subjects: Subject[]): void {
    this.bind(this, undefined, subjects);
  }

  /** One binding for each namespace, whatever the order and number of calls. */
  private bind(scope: Construct, namespace: string | undefined, subjects: readonly Subject[]): void {
    refuseFaults(this, subjectsOf(subjects, namespace).faults);
    let binding = this.bindings.get(namespace ?? '');
    if (!binding) {
      const kind = namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
      const id = scope === this ? `Binding ${namespace ?? ''}`.trim() : `Binding of ${this.name}`;
      const entries = (): SubjectEntry[] => subjectsOf(this.subjects.get(binding!)!, namespace).subjects;
      binding = bindingObject(scope, id, kind, { name: this.name, ...namespace === undefined ? {} : { namespace } }, this.role, Lazy.any({ produce: entries }));
      this.bindings.set(namespace ?? '', binding);
      this.subjects.set(binding, []);
    }
    this.subjects.get(binding)!.push(...subjects);
  }
}

/** As the chart names objects, which for two namespaces may be alike. */
function nameOf(scope: Construct): string {
  const chart = Chart.of(scope);
  const own = chart.generateObjectName(scope as unknown as ApiObject); // it looks at nothing but where it stands
  return chart.namespace === undefined || own === chart.namespace || own.startsWith(`${chart.namespace}-`) ? own : `${chart.namespace}-${own}`;
}

function nameFaults(name: string | undefined) {
  if (name === undefined) return [];
  if (BUILT_IN.includes(name) || name.startsWith('system:')) return [{ problem: `name ${shown(name)} is of a ClusterRole of Kubernetes' own`, remedy: 'give another, or leave it out' }];
  return /^(?!\.\.?$)[^\s/%]+$/.test(name) ? [] : [{ problem: `name ${shown(name)} is not valid`, remedy: 'use no blank, "/" or "%"' }];
}
