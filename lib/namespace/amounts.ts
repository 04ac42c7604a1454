import type { ResourceAmounts } from './namespace-limits';
import { Fault, shown } from '../errors';
import { Quantity } from '../quantity';

export const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** Of these three speak quotas, limit ranges and containers alike. */
export type Resource = typeof RESOURCES[number];

export type Amounts = { readonly [resource in Resource]: Quantity };

/** Where an amount can be missing: not given, or left out on purpose. */
export type SomeAmounts = { readonly [resource in Resource]?: Quantity };

/** For each resource what `produce` says; those it says nothing of are left out. */
export function perResource<T>(produce: (resource: Resource) => T | undefined): { [resource in Resource]?: T } {
  return Object.fromEntries(RESOURCES.map((resource) => [resource, produce(resource)] as const).filter(([, value]) => value !== undefined));
}

export function amounts(cpu: string, memory: string, ephemeralStorage: string): Amounts {
  return { 'cpu': Quantity.of(cpu), 'memory': Quantity.of(memory), 'ephemeral-storage': Quantity.of(ephemeralStorage) };
}

/** The amounts that a prop gives; what is not a positive amount goes to `faults`. */
export function givenAmounts(prop: string, given: ResourceAmounts | undefined, faults: Fault[]): SomeAmounts {
  const written = { 'cpu': given?.cpu?.amount, 'memory': given?.memory?.asString(), 'ephemeral-storage': given?.ephemeralStorage?.asString() };
  return perResource((resource) => {
    if (written[resource] === undefined) return undefined;
    const quantity = Quantity.parse(written[resource]);
    if (quantity?.isPositive()) return quantity;
    faults.push({ problem: `${prop}.${propName(resource)} ${shown(written[resource])} is no positive amount`, remedy: `give one, such as ${codeFor(resource, amounts('1', '1Gi', '1Gi')[resource])}` });
    return undefined;
  });
}

export function propName(resource: Resource): string {
  return resource === 'ephemeral-storage' ? 'ephemeralStorage' : resource;
}

/** The expression that a user writes for at least this amount. */
export function codeFor(resource: Resource, quantity: Quantity): string {
  if (resource !== 'cpu') return `Size.mebibytes(${quantity.inUnitsOf('Mi')})`;
  const millis = quantity.inUnitsOf('m');
  return millis % 1000n === 0n ? `Cpu.units(${millis / 1000n})` : `Cpu.millis(${millis})`;
}
