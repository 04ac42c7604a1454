import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { portsOf } from './kplus-container';
import { recommendedLabels } from './labels';
import { podDisruptionBudget } from './pod-disruption-budget';
import { PodHardening, podSelectorConfig, subjectConfiguration } from './pod-hardening';
import type { ReplicatedOptions } from './pod-hardening-options';
import { VolumeClaim, volumeClaimFaults, volumeClaimTemplates, withClaimMounts } from './volume-claim';
import { Fault } from '../errors';
import { enforce } from '../gates';

/** What cdk8s-plus takes, the storage of each pod, and how the pods are hardened. */
export interface SecureStatefulSetProps extends kplus.StatefulSetProps, ReplicatedOptions {
  /**
   * Storage that each pod claims for itself.
   * @default - none
   */
  readonly volumeClaims?: VolumeClaim[];
}

/**
 * A StatefulSet, hardened as `SecureDeployment` is. It *is* a `kplus.StatefulSet`, and has the storage of its pods beside.
 *
 * Unless it is given a `service`, a headless one of its own name stands in front of it: clients of a StatefulSet `db` connect to `db`, and
 * its first pod is `db-0.db`.
 */
export class SecureStatefulSet extends kplus.StatefulSet {
  /** The account its pods run as, made for them alone unless one was given. */
  public readonly serviceAccount?: kplus.IServiceAccount;

  private readonly hardened?: PodHardening<SecureStatefulSetProps>;
  private readonly options: SecureStatefulSetProps;

  /** @throws if a prop is wrong, or if another workload of the namespace has the same name */
  constructor(scope: Construct, id: string, props: SecureStatefulSetProps) {
    const faults = [...volumeClaimFaults(props.volumeClaims ?? [], props), ...serviceFaults(props)];
    const hardened = new PodHardening(scope, id, props, { replicated: true, serves: true, longestName: 52 }, faults);
    super(scope, id, hardened.kplusProps);
    enforce(this);
    hardened.attachTo(this);
    this.options = props;
    this.hardened = hardened;
    this.serviceAccount = hardened.serviceAccount;
    if (!props.service) nameAfter(this, this.service);
    if ((props.replicas ?? 1) >= 2) this.limitDisruption();
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
  public _toKube(): kplus.k8s.StatefulSetSpec {
    const { spec } = kplus.k8s.KubeStatefulSet.manifest({ spec: super._toKube() });
    const claims = this.options.volumeClaims ?? [];
    return {
      revisionHistoryLimit: this.options.revisionHistoryLimit ?? 3,
      ...spec,
      template: this.hardened!.template(this, withClaimMounts(spec.template, claims)),
      ...claims.length > 0 && { volumeClaimTemplates: volumeClaimTemplates(this.name, claims) },
    };
  }

  private limitDisruption(): void {
    if (this.options.podDisruptionBudget === false || this.node.tryFindChild('PodDisruptionBudget')) return;
    podDisruptionBudget(this, this.hardened!.hardenSettings);
  }
}

/**
 * Names the headless Service after its workload; cdk8s-plus calls it by its construct, `db-service`. It reads both fields anew wherever the
 * name is used, and lets nobody give another.
 */
function nameAfter({ name }: kplus.StatefulSet, service: kplus.Service): void {
  Object.assign(ApiObject.of(service), { name });
  Object.assign(service.metadata, { name });
  Object.entries(recommendedLabels(name)).forEach(([key, value]) => service.metadata.addLabel(key, value));
}

/** cdk8s-plus makes the headless Service from the ports. */
function serviceFaults(props: SecureStatefulSetProps): Fault[] {
  if (props.service || props.containers?.some((container) => portsOf(container).length > 0)) return [];
  return [{ problem: 'no container has a port, so its headless Service would have none', remedy: 'give a container its `portNumber` or `ports`, or pass a `service`' }];
}
