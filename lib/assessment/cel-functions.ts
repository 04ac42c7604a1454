import type { Environment } from './cel';
import { Quantity } from '../quantity';

/**
 * The functions of Kubernetes' CEL that the interpreter lacks and expressions need.
 * @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library
 */
export function registerKubernetesFunctions(environment: InstanceType<typeof Environment>): InstanceType<typeof Environment> {
  return environment
    .registerType('kubernetes.Quantity', Quantity)
    .registerFunction('isQuantity(string): bool', (text: string) => Quantity.parse(text) !== undefined)
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => Quantity.of(text))
    .registerFunction('kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool', (a: Quantity, b: Quantity) => a.isMoreThan(b));
}
