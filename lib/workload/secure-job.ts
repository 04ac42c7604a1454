import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PodHardening, podSelectorConfig, subjectConfiguration } from './pod-hardening';
import type { PodHardeningOptions } from './pod-hardening-options';
import { enforce } from '../gates';

/** What cdk8s-plus takes, and how the pods are hardened. */
export interface SecureJobProps extends kplus.JobProps, PodHardeningOptions {}

/**
 * A Job, hardened as `SecureDeployment` is. It *is* a `kplus.Job`.
 *
 * It ends, so it has no probes and no replicas to spread. By default it is tried 3 times more (`backoffLimit`) and deleted a day after
 * it finished (`ttlAfterFinished`); a GitOps controller that puts it back then runs it again, unless it is one of its hooks.
 */
export class SecureJob extends kplus.Job {
  /** The account its pods run as, made for them alone unless one was given. */
  public readonly serviceAccount?: kplus.IServiceAccount;

  private readonly hardened?: PodHardening<SecureJobProps>;

  /** @throws if a prop is wrong, or if another workload of the namespace has the same name */
  constructor(scope: Construct, id: string, props: SecureJobProps = {}) {
    const hardened = new PodHardening(scope, id, props, { replicated: false, serves: false, longestName: 63 });
    super(scope, id, { backoffLimit: 3, ttlAfterFinished: Duration.days(1), ...hardened.kplusProps });
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
  public _toKube(): kplus.k8s.JobSpec {
    const { spec } = kplus.k8s.KubeJob.manifest({ spec: super._toKube() });
    return { ...spec, template: this.hardened!.template(this, spec.template) };
  }
}
