import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { HardenedNamespaceProps } from './hardened-namespace-props';
import { LimitRange } from './limit-range';
import { labelsFaults, meshFaults, nameFaults } from './namespace-faults';
import { objectName } from './object-name';
import { PodSecurityLevel, podSecurityLabels } from './pod-security';
import { ResourceQuota } from './resource-quota';
import { PodsBeneath, PodsOfWorkload } from './workload-objects';
import { Fault, faultAt, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { DefaultDenyNetwork } from '../network';
import { Platform } from '../platform';

/** What a HardenedNamespace is known by: every Chart claims to be an instance of every other kind of Chart. */
const HARDENED_NAMESPACE = Symbol.for('cdk8s-hardened.HardenedNamespace');

/** The namespaces of each tree by name; by its root. */
const TREES = new WeakMap<IConstruct, Map<string, HardenedNamespace>>();

/**
 * A namespace, and the scope of what lives in it: whatever is built beneath it, of any library, gets its namespace and labels.
 * It brings the Namespace with its Pod Security labels, a ResourceQuota and a LimitRange that its workloads fit into, a `default`
 * ServiceAccount without a token, and a network that denies all but DNS and the flows one names.
 */
export class HardenedNamespace extends Chart {
  /** The nearest HardenedNamespace that a construct is or stands beneath; undefined where there is none. */
  public static around(scope: IConstruct): HardenedNamespace | undefined {
    return scope.node.scopes.reverse().find((place): place is HardenedNamespace => place instanceof HardenedNamespace);
  }

  /** @internal */
  public static [Symbol.hasInstance](candidate: unknown): candidate is HardenedNamespace {
    return typeof candidate === 'object' && candidate !== null && HARDENED_NAMESPACE in candidate;
  }

  /** The namespace's name. */
  public readonly namespaceName: string;

  /** Who answers for what runs here. */
  public readonly owner: string;

  /** Whether containers beneath it have CPU limits. */
  public readonly cpuLimits: boolean;

  /** Denies all but DNS; its `allow` opens the flows that are needed. */
  public readonly network: DefaultDenyNetwork;

  private readonly limitRange: LimitRange;
  private readonly quota: ResourceQuota;
  private readonly pods: PodsBeneath;
  private verdict?: { readonly pods: readonly PodsOfWorkload[]; readonly faults: readonly Fault[] };
  /** The names given to objects without one, and to which. */
  private readonly givenNames = new Map<string, ApiObject>();

  /**
   * @throws if the name, the owner, a label or an amount is not valid, if another HardenedNamespace of the tree has the name or is
   * around it, or if the Platform's mesh needs pods that Pod Security refuses
   */
  constructor(scope: Construct, id: string, props: HardenedNamespaceProps) {
    const name = props.namespaceName ?? id;
    super(scope, id, { namespace: name, labels: { ...props.labels, 'owner': props.owner, 'app.kubernetes.io/part-of': name, 'app.kubernetes.io/managed-by': 'cdk8s' } });
    enforce(this);
    const platform = Platform.of(this);
    const faults = [...nameFaults(name), ...this.placeFaults(name), ...labelsFaults(props), ...meshFaults(platform)];
    this.namespaceName = name;
    this.owner = props.owner;
    this.cpuLimits = props.cpuLimits ?? true;
    this.limitRange = new LimitRange(props.limits ?? {}, this.cpuLimits, faults);
    this.quota = new ResourceQuota(props.quota ?? {}, this.cpuLimits, faults);
    refuse(pathOf(this), faults);
    this.pods = new PodsBeneath(this, name, this.quota.daemonSetNodes);
    Object.defineProperty(this, HARDENED_NAMESPACE, { value: true });
    namespacesAround(this).set(name, this);
    this.buildObjects(podSecurityLabels(props.podSecurity ?? PodSecurityLevel.RESTRICTED, platform.kubernetesVersion));
    this.network = new DefaultDenyNetwork(this, 'Network');
    this.node.addValidation({ validate: () => this.synthFaults() });
  }

  /**
   * The name of an object that has none: its path below the namespace, joined by "-". At most 63 characters, for a CronJob or a
   * StatefulSet 52; a name that must be cut ends in a hash of the whole path.
   * @throws if another object of its kind has that name, as of `Web` beside `web`
   */
  public override generateObjectName(apiObject: ApiObject): string {
    const name = objectName(apiObject, this, this.namespaceName);
    const key = `${apiObject.apiGroup}/${apiObject.kind}/${name}`;
    const other = this.givenNames.get(key);
    if (other && other.node.path !== apiObject.node.path) {
      throw faultAt(apiObject, `its name would be ${shown(name)}, as is that of the ${other.kind} ${shown(pathOf(other))}`, 'give it another id, or the name in its metadata');
    }
    this.givenNames.set(key, apiObject);
    return name;
  }

  private placeFaults(name: string): Fault[] {
    const around = HardenedNamespace.around(this.node.scope!);
    const other = namespacesAround(this).get(name);
    return [
      ...other ? [{ problem: `namespace ${shown(name)} is built already, by ${shown(pathOf(other))}`, remedy: 'build what belongs to it beneath that one' }] : [],
      ...around ? [{ problem: `it stands within the namespace ${shown(around.namespaceName)}, and namespaces do not nest`, remedy: 'build it in the scope around that one' }] : [],
    ];
  }

  private buildObjects(podSecurity: { [key: string]: string }): void {
    const name = this.namespaceName;
    const labels = { 'app': name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
    // The chart gives every object its namespace; one of a Namespace the API server refuses.
    new ApiObject(this, 'Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, ...podSecurity } } })
      .addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    new ApiObject(this, 'ResourceQuota', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, labels }, spec: this.quota.spec() });
    new ApiObject(this, 'LimitRange', { apiVersion: 'v1', kind: 'LimitRange', metadata: { name, labels }, spec: Lazy.any({ produce: () => this.limitRangeSpec() }) });
    new kplus.ServiceAccount(this, 'DefaultServiceAccount', { metadata: { name: 'default', labels }, automountToken: false });
  }

  private limitRangeSpec(): object {
    const limits = Object.entries(this.limitRange.for(this.pods.now())).map(([list, amounts]) =>
      [list, Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [resource, String(amount)]))]);
    return { limits: [{ type: 'Container', ...Object.fromEntries(limits) }] };
  }

  /**
   * What can be known only of the whole namespace. cdk8s validates the whole app again for each chart it writes, so a verdict is
   * kept while the pods are the same.
   */
  private synthFaults(): string[] {
    const pods = this.pods.now();
    if (this.verdict?.pods !== pods) {
      this.verdict = { pods, faults: [...this.limitRange.faults(pods), ...this.quota.faults(pods, this.limitRange.for(pods))] };
    }
    return [...this.strayChartFaults(), ...this.verdict.faults].map(({ problem, remedy }) => `${problem}; ${remedy}`);
  }

  /** A chart beneath without a namespace of its own: its objects would be put wherever the user's kubectl happens to point. */
  private strayChartFaults(): Fault[] {
    const charts = this.node.findAll().filter((each): each is Chart => Chart.isChart(each) && each !== this && each.namespace === undefined);
    return charts.map((chart) => ({
      problem: `the chart ${shown(pathOf(chart))} beneath it has no namespace, so its objects would not live in ${shown(this.namespaceName)}`,
      remedy: `build a Construct instead, or give the chart namespace: ${shown(this.namespaceName)}`,
    }));
  }
}

function namespacesAround(scope: IConstruct): Map<string, HardenedNamespace> {
  const namespaces = TREES.get(scope.node.root) ?? new Map<string, HardenedNamespace>();
  TREES.set(scope.node.root, namespaces);
  return namespaces;
}
