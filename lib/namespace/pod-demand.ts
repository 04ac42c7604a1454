import { Amounts, perResource, Resource, SomeAmounts } from './amounts';
import { Quantity } from '../quantity';

/** The fields of a container that say what it uses. */
export interface ContainerJson {
  readonly name?: string;
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: { readonly [resource: string]: unknown }; readonly limits?: { readonly [resource: string]: unknown } };
}

/** The fields of a pod spec that say what it uses. */
export interface PodSpecJson {
  readonly containers?: ContainerJson[];
  readonly initContainers?: ContainerJson[];
  readonly overhead?: { readonly [resource: string]: unknown };
}

/** What a limit range gives containers that say nothing. */
export interface ContainerDefaults {
  readonly defaultRequest: SomeAmounts;
  /** Without `cpu` where CPU is not limited. */
  readonly default: SomeAmounts;
}

/** What a quota counts for one pod. */
export interface PodDemand {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

export function containersOf(spec: PodSpecJson): ContainerJson[] {
  return [...spec.initContainers ?? [], ...spec.containers ?? []];
}

/** What the container says; what Kubernetes would refuse counts as not said. */
export function written(container: ContainerJson, list: 'requests' | 'limits', resource: Resource): Quantity | undefined {
  return Quantity.parse(container.resources?.[list]?.[resource]);
}

/** A container's request as it is admitted: its own, else its limit, else the limit range's. */
export function requestOf(container: ContainerJson, resource: Resource, defaults: ContainerDefaults): Quantity | undefined {
  return written(container, 'requests', resource) ?? written(container, 'limits', resource) ?? defaults.defaultRequest[resource];
}

/** A container's limit as it is admitted: its own, else the limit range's. */
export function limitOf(container: ContainerJson, resource: Resource, defaults: ContainerDefaults): Quantity | undefined {
  return written(container, 'limits', resource) ?? defaults.default[resource];
}

/**
 * What a pod takes of a quota.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podDemand(spec: PodSpecJson, defaults: ContainerDefaults): PodDemand {
  const total = (of: typeof requestOf): Amounts => perResource((resource) => {
    const overhead = Quantity.parse(spec.overhead?.[resource]) ?? Quantity.ZERO;
    return peak(spec, (container) => of(container, resource, defaults) ?? Quantity.ZERO).plus(overhead);
  }) as Amounts;
  return { requests: total(requestOf), limits: total(limitOf) };
}

/**
 * The most that a pod's containers take at once. Init containers run one after the other, before the others; sidecars start in
 * their turn and stay.
 */
function peak({ initContainers = [], containers = [] }: PodSpecJson, amountOf: (container: ContainerJson) => Quantity): Quantity {
  let sidecars = Quantity.ZERO;
  let starting = Quantity.ZERO;
  for (const container of initContainers) {
    const amount = amountOf(container);
    if (container.restartPolicy === 'Always') sidecars = sidecars.plus(amount);
    else starting = Quantity.max(starting, sidecars.plus(amount));
  }
  return Quantity.max(starting, containers.map(amountOf).reduce((sum, amount) => sum.plus(amount), sidecars));
}

