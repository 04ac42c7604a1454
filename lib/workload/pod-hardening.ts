import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { FaultContext, containersFaults } from './container-faults';
import { hardenPod } from './harden-pod';
import { ALWAYS_WRITABLE, HardenSettings, INSTANCE_LABEL } from './harden-settings';
import { containerProps, initContainerProps, portsOf, resourcesOf } from './kplus-container';
import { recommendedLabels, versionLabel } from './labels';
import { optionFaults } from './option-faults';
import type { PodHardeningOptions } from './pod-hardening-options';
import type { Container, PodTemplate, StringMap } from './pod-template';
import { quantityOf } from './size';
import { templateFaults } from './template-faults';
import { claimInstance, nameFaults } from './workload-name';
import { writtenFaults } from './written-faults';
import { isWindows, withoutLinuxFields } from './windows';
import { Fault, faultAt, pathOf, refuse } from '../errors';
import { HardenedNamespace } from '../namespace';
import { Peer } from '../network';
import { IPlatform, NetworkDialect, Platform } from '../platform';

/** What hardening must know of a kind of workload. */
export interface WorkloadTraits {
  /** Whether its pods are replicas of each other. */
  readonly replicated: boolean;
  /** Whether its containers serve until they are stopped. */
  readonly serves: boolean;
  /** The most characters its name can have: names of pods and labels are made from it. */
  readonly longestName: number;
}

/**
 * What the five workload constructs share. Each extends another class of cdk8s-plus, so they have one of these instead of a common
 * parent: built before `super()`, since that adds the containers already, and attached after it.
 */
export class PodHardening<P extends kplus.WorkloadProps & PodHardeningOptions> {
  /** The account the pods run as; set once attached. */
  public serviceAccount?: kplus.IServiceAccount;

  private readonly platform: IPlatform;
  private options: HardenSettings;
  private judged?: { readonly manifest: object; readonly faults: string[] };

  /**
   * @param more what the kind of workload has found wrong with its own props
   * @throws if a prop is wrong
   */
  constructor(scope: Construct, id: string, private readonly props: P, private readonly traits: WorkloadTraits, more: readonly Fault[] = []) {
    this.platform = Platform.of(scope);
    const home = HardenedNamespace.around(scope);
    const faults = [...optionFaults(props, this.context), ...restartFaults(props.restartPolicy, traits), ...more];
    if (props.cpuLimit === false && home?.cpuLimits) {
      faults.push({ problem: '`cpuLimit: false` has no effect here, since the namespace\'s LimitRange gives every container a cpu limit', remedy: 'say `cpuLimits: false` on the HardenedNamespace' });
    }
    if (props.apiAccess && home && !this.platform.apiServer && !this.platform.cni?.dialects.includes(NetworkDialect.CILIUM)) {
      faults.push({ problem: 'apiAccess needs the way to the API server, whose address is not stated', remedy: 'state `apiServer: { cidrs: [...] }` in the Platform' });
    }
    refuse(pathOf(scope, id), faults);
    this.options = this.settings(id, props.cpuLimit ?? home?.cpuLimits ?? true);
  }

  /** The facts and options by which the pods are hardened. */
  public get hardenSettings(): HardenSettings {
    return this.options;
  }

  /** The props for cdk8s-plus, without what it would do otherwise. */
  public get kplusProps(): P {
    const given = Object.fromEntries(Object.entries(this.props).filter(([, value]) => value !== undefined)) as P;
    return {
      ...given,
      select: false, // by our label, once the name is known
      spread: false, // cdk8s-plus would require what only should be preferred
      securityContext: { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...given.securityContext },
      ...given.containers && { containers: given.containers.map((container) => containerProps(container, this.options)) },
      ...given.initContainers && { initContainers: given.initContainers.map((container) => initContainerProps(container, this.options)) },
    };
  }

  /**
   * Makes a workload, just built, one of ours: its labels, selector and account.
   * @throws if its name or its labels cannot be, or are another's
   */
  public attachTo(workload: kplus.Workload): void {
    const { name, metadata } = workload;
    refuse(pathOf(workload), nameFaults(name, this.props, this.traits.longestName));
    claimInstance(workload, metadata.namespace, name);
    this.options = { ...this.options, name, labels: { ...Chart.of(workload).labels, ...recommendedLabels(name) } };
    for (const [key, value] of Object.entries(recommendedLabels(name))) {
      if (key === INSTANCE_LABEL || metadata.getLabel(key) === undefined) metadata.addLabel(key, value);
    }
    for (const [key, value] of Object.entries(this.options.labels)) {
      if (key === INSTANCE_LABEL || workload.podMetadata.getLabel(key) === undefined) workload.podMetadata.addLabel(key, value);
    }
    this.labelVersion(workload);
    if ((this.props.select ?? true) && this.traits.serves) workload.select(this.labelSelector());
    this.serviceAccount = this.props.serviceAccount ?? new kplus.ServiceAccount(workload, 'ServiceAccount', { metadata: { name, labels: recommendedLabels(name) } });
    this.refuseForeignAccount(workload);
    if (this.props.apiAccess) HardenedNamespace.around(workload)?.network.allow(workload, Peer.apiServer());
    refuseConnections(workload);
    const object = ApiObject.of(workload);
    emitWhole(object);
    workload.node.addValidation({ validate: () => this.finalFaults(workload, object) });
  }

  public container(props: kplus.ContainerProps): kplus.ContainerProps {
    return containerProps(props, this.options);
  }

  public initContainer(workload: kplus.Workload, props: kplus.ContainerProps): kplus.ContainerProps {
    const view = { ...props, name: props.name ?? `init-${workload.initContainers.length}`, ports: portsOf(props) };
    refuse(pathOf(workload), containersFaults([...workload.containers, ...workload.initContainers, view], this.context));
    return initContainerProps(props, this.options);
  }

  /** @throws if the workload cannot have this container as well */
  public admit(workload: kplus.Workload, container: kplus.Container): void {
    refuse(pathOf(workload), containersFaults([...workload.containers, ...workload.initContainers, container], this.context));
  }

  /** The label that the version is known by comes from the first container, which may be added late. */
  public labelVersion(workload: kplus.Workload): void {
    for (const [key, value] of Object.entries(versionLabel({ containers: workload.containers.slice(0, 1).map(({ image }) => ({ image })) }))) {
      if (workload.metadata.getLabel(key) === undefined) workload.metadata.addLabel(key, value);
    }
  }

  /** The template that cdk8s-plus wrote, hardened. */
  public template(workload: kplus.Workload, written: PodTemplate): PodTemplate {
    const { [kplus.Pod.ADDRESS_LABEL]: _, ...labels } = written.metadata?.labels ?? {};
    const sized = (containers: kplus.Container[]) => (container: Container, i: number) => ({ ...container, resources: resourcesOf(containers[i].resources) });
    const spec = {
      ...written.spec,
      containers: written.spec?.containers?.map(sized(workload.containers)),
      ...written.spec?.initContainers && { initContainers: written.spec.initContainers.map(sized(workload.initContainers)) },
    };
    const template = { metadata: { ...written.metadata, labels }, spec: isWindows(spec, this.options) ? withoutLinuxFields(spec) : spec };
    return hardenPod(template, this.options);
  }

  /** Selects the workload's pods, by one label. */
  public labelSelector(): kplus.LabelSelector {
    return instanceSelector(this.options.name);
  }

  private settings(name: string, cpuLimit: boolean): HardenSettings {
    const { props, platform, traits } = this;
    return {
      name,
      labels: {},
      kubernetesVersion: platform.kubernetesVersion,
      nodes: platform.nodes,
      runAsUser: props.runAsUser ?? 10_001,
      seccompLocalhostProfile: props.seccompLocalhostProfile,
      cpuLimit,
      writable: [...new Set([...ALWAYS_WRITABLE, ...props.writable ?? []])],
      writableSizeLimit: props.writableSizeLimit ? quantityOf(props.writableSizeLimit) : '256Mi',
      apiToken: props.apiAccess && { audience: props.apiAccess.audience ?? platform.apiServer?.audience, expirationSeconds: props.apiAccess.expiry?.toSeconds() ?? 3600 },
      serviceLinks: props.serviceLinks ?? false,
      priorityClassName: props.priorityClassName,
      spread: traits.replicated && (props.spread ?? true),
      serves: traits.serves,
    };
  }

  private get context(): FaultContext {
    return { nodes: this.platform.nodes, kubernetesVersion: this.platform.kubernetesVersion, registries: this.platform.registries };
  }

  private refuseForeignAccount(workload: kplus.Workload): void {
    const account = this.serviceAccount;
    if (!(account instanceof kplus.ServiceAccount) || account.metadata.namespace === workload.metadata.namespace) return;
    throw faultAt(workload, `its serviceAccount "${account.name}" is in the namespace "${account.metadata.namespace}", and pods run as accounts of their own namespace only`,
      'create the account beside the workload, or leave the prop out to have one made');
  }

  /** cdk8s asks again for each chart that it writes, and the gate has an object render the same JSON throughout a synth. */
  private finalFaults(workload: kplus.Workload, object: ApiObject): string[] {
    if (workload.containers.length === 0) return ['it has no container; give it `containers`, or call addContainer'];
    const manifest = object.toJson();
    if (this.judged?.manifest !== manifest) this.judged = { manifest, faults: this.faultsOf(workload, manifest) };
    return this.judged!.faults;
  }

  private faultsOf(workload: kplus.Workload, { spec }: ReturnType<ApiObject['toJson']>): string[] {
    const template: PodTemplate = spec?.template ?? spec?.jobTemplate?.spec?.template ?? {};
    const selector: StringMap = spec?.selector?.matchLabels ?? { [INSTANCE_LABEL]: this.options.name };
    return [
      ...containersFaults([...workload.containers, ...workload.initContainers], this.context),
      ...writtenFaults(template),
      ...templateFaults(template, selector, isWindows(template.spec ?? {}, this.options) ? [] : this.options.writable),
    ].map(({ problem, remedy }) => `${problem}; ${remedy}`);
  }
}

/** The API server takes a Job's pods only if they end, and all others' only if they are started again. */
function restartFaults(policy: kplus.RestartPolicy | undefined, { serves }: WorkloadTraits): Fault[] {
  if (policy === undefined || (policy === kplus.RestartPolicy.ALWAYS) === serves) return [];
  return [{ problem: `restartPolicy ${policy} is not for this kind of workload`, remedy: serves ? 'leave it out' : 'give ON_FAILURE or NEVER' }];
}

/** Selects the pods of the workload of this name. */
export function instanceSelector(name: string): kplus.LabelSelector {
  return kplus.LabelSelector.of({ labels: { [INSTANCE_LABEL]: name } });
}

/** How a workload's pods are found; asked by the base constructors already. */
export function podSelectorConfig(workload: kplus.Workload): kplus.PodSelectorConfig {
  const { namespace } = workload.metadata;
  return { labelSelector: instanceSelector(workload.name), namespaces: namespace ? { names: [namespace] } : undefined };
}

/**
 * cdk8s-plus opens every port where a peer declares none, takes each port for TCP, and isolates without DNS; `network.allow` does none of
 * that.
 */
function refuseConnections(workload: kplus.Workload): void {
  for (const method of ['allowTo', 'allowFrom', 'isolate'] as const) {
    workload.connections[method] = () => {
      throw faultAt(workload, `connections.${method} may open ports that nobody named, and writes policies that can clash`,
        'use network.allow(from, to) of the HardenedNamespace, or of a DefaultDenyNetwork in the chart');
    };
  }
}

/** The account that roles are bound to. cdk8s-plus leaves its namespace out, or takes `default` for it. */
export function subjectConfiguration(workload: kplus.Workload): kplus.SubjectConfiguration {
  return { kind: 'ServiceAccount', apiGroup: '', name: workload.serviceAccount!.name, namespace: workload.metadata.namespace };
}

/**
 * Emits an object as it is written. The classes that cdk8s-plus generated drop every field newer than Kubernetes 1.28, and plain
 * quantities, from what they resolved and patched; the base class does not.
 */
function emitWhole(object: ApiObject): void {
  object.toJson = () => ApiObject.prototype.toJson.call(object);
}
