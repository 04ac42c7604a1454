import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { podDisruptionBudget } from './pod-disruption-budget';
import { PodHardening, podSelectorConfig, subjectConfiguration } from './pod-hardening';
import type { ReplicatedOptions } from './pod-hardening-options';
import { enforce } from '../gates';

/** What cdk8s-plus takes, and how the pods are hardened. */
export interface SecureDeploymentProps extends kplus.DeploymentProps, ReplicatedOptions {}

/**
 * A Deployment whose pods pass Pod Security restricted and leave the scanners nothing to find. It *is* a `kplus.Deployment`: it takes
 * its props, and goes where one goes, to autoscalers, Services, roles and network policies.
 *
 * What the props do not say is filled in; what they say stays, to be judged when the app is synthesized.
 *
 * - Its pods run as a ServiceAccount of their own, without a token, as a user that is not root, on a read-only root with a writable
 *   `/tmp`, with requests and limits, and with probes that are derived from the first port where none are given.
 * - `spread` is on by default and only preferred, so that one node is enough.
 * - A rollout takes no pod away before its successor is ready (`maxUnavailable: 0`, `maxSurge: 25%`).
 * - With two replicas or more (two is the default), or an autoscaler, a PodDisruptionBudget holds the others while a node is drained.
 */
export class SecureDeployment extends kplus.Deployment {
  /** The account its pods run as, made for them alone unless one was given. */
  public readonly serviceAccount?: kplus.IServiceAccount;

  private readonly hardened?: PodHardening<SecureDeploymentProps>;
  private readonly options: SecureDeploymentProps;

  /** @throws if a prop is wrong, or if another workload of the namespace has the same name */
  constructor(scope: Construct, id: string, props: SecureDeploymentProps = {}) {
    const hardened = new PodHardening(scope, id, props, { replicated: true, serves: true, longestName: 63 });
    super(scope, id, { strategy: LOSSLESS, ...hardened.kplusProps });
    enforce(this);
    hardened.attachTo(this);
    this.options = props;
    this.hardened = hardened;
    this.serviceAccount = hardened.serviceAccount;
    if ((props.replicas ?? 2) >= 2) this.limitDisruption();
  }

  public addContainer(cont: kplus.ContainerProps): kplus.Container {
    return super.addContainer(this.hardened?.container(cont) ?? cont);
  }

  public attachContainer(cont: kplus.Container): void {
    this.hardened?.admit(this, cont);
    super.attachContainer(cont);
    this.hardened?.labelVersion(this);
  }

  public addInitContainer(cont: kplus.ContainerProps): kplus.Container {
    return super.addInitContainer(this.hardened?.initContainer(this, cont) ?? cont);
  }

  public markHasAutoscaler(): void {
    super.markHasAutoscaler();
    this.limitDisruption();
  }

  /** Its pods, by the one label that its own selector asks for. */
  public toPodSelectorConfig(): kplus.PodSelectorConfig {
    return podSelectorConfig(this);
  }

  /** Its ServiceAccount, with the namespace. */
  public toSubjectConfiguration(): kplus.SubjectConfiguration {
    return subjectConfiguration(this);
  }

  /** @internal */
  public _toKube(): kplus.k8s.DeploymentSpec {
    const { spec } = kplus.k8s.KubeDeployment.manifest({ spec: super._toKube() });
    return { revisionHistoryLimit: this.options.revisionHistoryLimit ?? 3, ...spec, template: this.hardened!.template(this, spec.template) };
  }

  private limitDisruption(): void {
    if (this.options.podDisruptionBudget === false || this.node.tryFindChild('PodDisruptionBudget')) return;
    podDisruptionBudget(this, this.hardened!.hardenSettings);
  }
}

const LOSSLESS = kplus.DeploymentStrategy.rollingUpdate({ maxSurge: kplus.PercentOrAbsolute.percent(25), maxUnavailable: kplus.PercentOrAbsolute.absolute(0) });
