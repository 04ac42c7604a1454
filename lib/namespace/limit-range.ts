import { Amounts, amounts, codeFor, givenAmounts, perResource, propName, Resource, RESOURCES, SomeAmounts } from './amounts';
import type { LimitsProps } from './namespace-limits';
import { ContainerDefaults, ContainerJson, containersOf, limitOf, requestOf, written } from './pod-demand';
import type { PodsOfWorkload } from './workload-objects';
import { Fault } from '../errors';
import { Quantity } from '../quantity';

/** One item of a LimitRange; without `cpu` in `default` and `max` where CPU is not limited. */
export interface ContainerLimits extends ContainerDefaults {
  readonly min: SomeAmounts;
  readonly max: SomeAmounts;
}

const CONSTANTS: { readonly [list in keyof ContainerLimits]: Amounts } = {
  min: amounts('1m', '4Mi', '1Mi'),
  defaultRequest: amounts('100m', '128Mi', '64Mi'),
  default: amounts('500m', '512Mi', '1Gi'),
  max: amounts('4', '8Gi', '8Gi'),
};

/** The prop that gives each list of the item. */
const PROPS = { min: 'min', defaultRequest: 'defaultRequest', default: 'defaultLimit', max: 'max' } as const;

type Item = keyof ContainerLimits;
const ITEMS: Item[] = ['min', 'defaultRequest', 'default', 'max'];

/** A namespace's LimitRange: what was given, and what follows from the workloads. */
export class LimitRange {
  private readonly given: ContainerLimits;

  /** @param faults takes what is wrong with the props */
  constructor(props: LimitsProps, private readonly cpuLimits: boolean, faults: Fault[]) {
    this.given = Object.fromEntries(ITEMS.map((item) => [item, givenAmounts(`limits.${PROPS[item]}`, props[PROPS[item]], faults)])) as unknown as ContainerLimits;
    for (const resource of RESOURCES) faults.push(...orderFaults(resource, this.given));
    if (cpuLimits) return;
    for (const item of (['default', 'max'] as const).filter((each) => this.given[each].cpu)) {
      faults.push({ problem: `limits.${PROPS[item]}.cpu is given although cpuLimits is false`, remedy: 'leave one of them out' });
    }
  }

  /** The item that refuses none of these pods, as far as nothing was given that does. */
  public for(pods: readonly PodsOfWorkload[]): ContainerLimits {
    const containers = pods.flatMap(({ spec }) => containersOf(spec));
    const perList = (item: Item) => perResource((resource) => this.amount(item, resource, containers));
    return { min: perList('min'), defaultRequest: perList('defaultRequest'), default: perList('default'), max: perList('max') };
  }

  /** What a limit that was given would refuse. */
  public faults(pods: readonly PodsOfWorkload[]): Fault[] {
    const limits = this.for(pods);
    return pods.flatMap(({ workload, spec }) => containersOf(spec).flatMap((container) => RESOURCES.flatMap((resource) => {
      const text = `container ${JSON.stringify(container.name ?? '')} of ${workload}`;
      const [request, limit] = [requestOf(container, resource, limits), limitOf(container, resource, limits)];
      const faults: Fault[] = [];
      const refuseIf = (refused: boolean | undefined, item: Item, what: string, amount: Quantity) => {
        if (!refused) return;
        const prop = `limits.${PROPS[item]}.${propName(resource)}`;
        faults.push({ problem: `${prop} is ${limits[item][resource]}, and ${text} has the ${what} ${amount}`, remedy: `give ${prop} ${codeFor(resource, amount)}, or change the container` });
      };
      refuseIf(request && limits.min[resource]?.isMoreThan(request), 'min', 'request', request!);
      refuseIf(limit && limits.max[resource] && limit.isMoreThan(limits.max[resource]), 'max', 'limit', limit!);
      refuseIf(request && !written(container, 'limits', resource) && limit && request.isMoreThan(limit), 'default', 'request', request!);
      return faults;
    })));
  }

  private amount(item: Item, resource: Resource, containers: ContainerJson[]): Quantity | undefined {
    if (resource === 'cpu' && !this.cpuLimits && (item === 'default' || item === 'max')) return undefined;
    const given = this.given[item][resource];
    if (given) return given;
    const constant = this.constant(item, resource);
    const others = (list: Item) => this.amount(list, resource, containers);
    switch (item) {
      case 'max': return this.largest(constant, others('default'), ...containers.map((container) => written(container, 'limits', resource)));
      case 'default': return this.largest(constant, ...containers.filter((container) => !written(container, 'limits', resource)).map((container) => written(container, 'requests', resource)));
      case 'min': return containers.map((container) => written(container, 'requests', resource) ?? written(container, 'limits', resource))
        .reduce<Quantity>((least, amount) => (amount ? Quantity.min(least, amount) : least), constant);
      case 'defaultRequest': return constant;
    }
  }

  /** The constant, moved where a list that was given leaves it no room: Kubernetes wants min, defaultRequest, default, max in this order. */
  private constant(item: Item, resource: Resource): Quantity {
    const at = ITEMS.indexOf(item);
    const above = ITEMS.slice(at + 1).flatMap((list) => this.given[list][resource] ?? []);
    const below = ITEMS.slice(0, at).flatMap((list) => this.given[list][resource] ?? []);
    const capped = above.reduce(Quantity.min, CONSTANTS[item][resource]);
    return below.reduce(Quantity.max, capped);
  }

  private largest(first: Quantity, ...others: Array<Quantity | undefined>): Quantity {
    return others.reduce<Quantity>((largest, other) => (other ? Quantity.max(largest, other) : largest), first);
  }
}

function orderFaults(resource: Resource, given: ContainerLimits): Fault[] {
  const written = ITEMS.flatMap((item) => (given[item][resource] ? [{ prop: `limits.${PROPS[item]}.${propName(resource)}`, amount: given[item][resource] }] : []));
  return written.slice(1).flatMap((upper, i) => (written[i].amount.isMoreThan(upper.amount)
    ? [{ problem: `${written[i].prop} ${written[i].amount} is more than ${upper.prop} ${upper.amount}`, remedy: 'give amounts that rise from min to defaultRequest, defaultLimit and max' }]
    : []));
}
