import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PodHardening, podSelectorConfig, subjectConfiguration } from './pod-hardening';
import type { PodHardeningOptions } from './pod-hardening-options';
import { Fault } from '../errors';
import { enforce } from '../gates';
import { NodeCapacity, Platform } from '../platform';

/** What cdk8s-plus takes, and how the pods are hardened. */
export interface SecureDaemonSetProps extends kplus.DaemonSetProps, PodHardeningOptions {
  /**
   * How many nodes may be without their pod while an update rolls out.
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxUnavailable?: kplus.PercentOrAbsolute;

  /**
   * How many old revisions are kept to roll back to.
   * @default 3
   */
  readonly revisionHistoryLimit?: number;
}

/**
 * A DaemonSet, hardened as `SecureDeployment` is. It *is* a `kplus.DaemonSet`.
 *
 * It has no replicas, so nothing is spread, and drains pass its pods by, so it has no PodDisruptionBudget. What daemons often need of the
 * node (host paths, the host's network) can be said, and then needs an exemption.
 */
export class SecureDaemonSet extends kplus.DaemonSet {
  /** The account its pods run as, made for them alone unless one was given. */
  public readonly serviceAccount?: kplus.IServiceAccount;

  private readonly hardened?: PodHardening<SecureDaemonSetProps>;
  private readonly options: SecureDaemonSetProps;

  /** @throws if a prop is wrong, or if another workload of the namespace has the same name */
  constructor(scope: Construct, id: string, props: SecureDaemonSetProps = {}) {
    const hardened = new PodHardening(scope, id, props, { replicated: false, serves: true, longestName: 63 }, fargateFaults(scope));
    super(scope, id, hardened.kplusProps);
    enforce(this);
    hardened.attachTo(this);
    this.options = props;
    this.hardened = hardened;
    this.serviceAccount = hardened.serviceAccount;
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

  /** Its pods, by the one label that its own selector asks for. */
  public toPodSelectorConfig(): kplus.PodSelectorConfig {
    return podSelectorConfig(this);
  }

  /** Its ServiceAccount, with the namespace. */
  public toSubjectConfiguration(): kplus.SubjectConfiguration {
    return subjectConfiguration(this);
  }

  /** @internal */
  public _toKube(): kplus.k8s.DaemonSetSpec {
    const { spec } = kplus.k8s.KubeDaemonSet.manifest({ spec: super._toKube() });
    const { maxUnavailable, revisionHistoryLimit } = this.options;
    return {
      revisionHistoryLimit: revisionHistoryLimit ?? 3,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: maxUnavailable?.value ?? 1 } },
      ...spec,
      template: this.hardened!.template(this, spec.template),
    };
  }
}

function fargateFaults(scope: Construct): Fault[] {
  if (Platform.of(scope).nodes.capacity !== NodeCapacity.FARGATE) return [];
  return [{ problem: 'EKS on Fargate runs no DaemonSets, and its pods would wait for ever', remedy: 'run it as a sidecar of the workloads that need it' }];
}
