import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PodHardening, podSelectorConfig, subjectConfiguration } from './pod-hardening';
import type { PodHardeningOptions } from './pod-hardening-options';
import { enforce } from '../gates';

/** What cdk8s-plus takes, and how the pods are hardened. */
export interface SecureCronJobProps extends kplus.CronJobProps, PodHardeningOptions {}

/**
 * A CronJob, hardened as `SecureDeployment` is. It *is* a `kplus.CronJob`.
 *
 * A run is tried 3 times more (`backoffLimit`), never beside the one before it (`ConcurrencyPolicy.FORBID`), and started up to 5 minutes
 * late (`startingDeadline`): with cdk8s-plus' 10 seconds a controller that restarts skips it.
 */
export class SecureCronJob extends kplus.CronJob {
  /** The account its pods run as, made for them alone unless one was given. */
  public readonly serviceAccount?: kplus.IServiceAccount;

  private readonly hardened?: PodHardening<SecureCronJobProps>;

  /** @throws if a prop is wrong, or if another workload of the namespace has the same name */
  constructor(scope: Construct, id: string, props: SecureCronJobProps) {
    const hardened = new PodHardening(scope, id, props, { replicated: false, serves: false, longestName: 52 });
    super(scope, id, { backoffLimit: 3, startingDeadline: Duration.minutes(5), ...hardened.kplusProps });
    enforce(this);
    hardened.attachTo(this);
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
  public _toKube(): kplus.k8s.CronJobSpec {
    const { spec } = kplus.k8s.KubeCronJob.manifest({ spec: super._toKube() });
    const template = this.hardened!.template(this, spec.jobTemplate.spec.template);
    return { ...spec, jobTemplate: { metadata: { labels: template.metadata?.labels }, spec: { ...spec.jobTemplate.spec, template } } };
  }
}
