import { Amounts, amounts, codeFor, givenAmounts, propName, Resource, RESOURCES } from './amounts';
import type { QuotaProps } from './namespace-limits';
import { ContainerDefaults, podDemand } from './pod-demand';
import type { PodsOfWorkload } from './workload-objects';
import { Fault, shown } from '../errors';
import { Quantity } from '../quantity';

type List = 'requests' | 'limits';

const CONSTANTS: { readonly [list in List]: Amounts } = {
  requests: amounts('16', '32Gi', '64Gi'),
  limits: amounts('32', '64Gi', '128Gi'),
};

/** A namespace's ResourceQuota: what it grants, and whether the workloads fit. */
export class ResourceQuota {
  public readonly daemonSetNodes: number;
  private readonly pods: number;
  private readonly granted: { readonly [list in List]: Amounts };

  /** @param faults takes what is wrong with the props */
  constructor(props: QuotaProps, private readonly cpuLimits: boolean, faults: Fault[]) {
    this.granted = {
      requests: { ...CONSTANTS.requests, ...givenAmounts('quota.requests', props.requests, faults) },
      limits: { ...CONSTANTS.limits, ...givenAmounts('quota.limits', props.limits, faults) },
    };
    this.pods = count('quota.pods', props.pods ?? 100, faults);
    this.daemonSetNodes = count('quota.daemonSetNodes', props.daemonSetNodes ?? 10, faults);
    if (!cpuLimits && props.limits?.cpu) faults.push({ problem: 'quota.limits.cpu is given although cpuLimits is false', remedy: 'leave one of them out' });
  }

  public spec(): object {
    return { hard: { ...Object.fromEntries(this.fields().map(([list, resource]) => [`${list}.${resource}`, String(this.granted[list][resource])])), pods: String(this.pods) } };
  }

  /** What the workloads need and the quota does not grant. */
  public faults(workloads: readonly PodsOfWorkload[], defaults: ContainerDefaults): Fault[] {
    const demands = workloads.map(({ workload, spec, count: pods }) => ({ workload, pods, each: podDemand(spec, defaults) }));
    const pods = demands.map(({ workload, pods: number }) => ({ workload, amount: Quantity.of(String(number)) }));
    return [
      ...this.fields().flatMap(([list, resource]) => shortage(
        `quota.${list}.${propName(resource)}`, this.granted[list][resource],
        demands.map(({ workload, pods: number, each }) => ({ workload, amount: each[list][resource].times(number) })),
        (need) => `quota: { ${list}: { ${propName(resource)}: ${codeFor(resource, need)} } }`,
      )),
      ...shortage('quota.pods', Quantity.of(String(this.pods)), pods, (need) => `quota: { pods: ${need.inUnitsOf('')} }`),
    ];
  }

  private fields(): Array<[List, Resource]> {
    const all = (['requests', 'limits'] as const).flatMap((list) => RESOURCES.map((resource): [List, Resource] => [list, resource]));
    return all.filter(([list, resource]) => this.cpuLimits || list !== 'limits' || resource !== 'cpu');
  }
}

interface Share {
  readonly workload: string;
  readonly amount: Quantity;
}

function shortage(field: string, granted: Quantity, shares: Share[], code: (need: Quantity) => string): Fault[] {
  const need = shares.reduce((sum, { amount }) => sum.plus(amount), Quantity.ZERO);
  if (!need.isMoreThan(granted)) return [];
  const largest = shares.filter(({ amount }) => amount.isPositive()).sort((a, b) => (b.amount.isMoreThan(a.amount) ? 1 : -1)).slice(0, 3);
  return [{
    problem: `${field} is ${granted}, and the workloads need up to ${need} at once, most of it ${largest.map(({ workload, amount }) => `${workload} (${amount})`).join(', ')}`,
    remedy: `write ${code(need)} or more, or ask for less`,
  }];
}

function count(prop: string, value: number, faults: Fault[]): number {
  if (!Number.isSafeInteger(value) || value < 1) faults.push({ problem: `${prop} ${shown(value)} is not valid`, remedy: 'give a whole number from 1' });
  return value;
}
