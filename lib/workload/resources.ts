import { Quantity } from '../quantity';
import type { HardenSettings } from './harden-settings';
import type { Quantities, Resources } from './pod-template';

/** What a container that says nothing asks for, and what it gets at most. */
const DEFAULTS: { readonly [resource: string]: { readonly request: string; readonly limit: string } } = {
  'cpu': { request: '100m', limit: '1' },
  'memory': { request: '256Mi', limit: '512Mi' },
  'ephemeral-storage': { request: '256Mi', limit: '1Gi' },
};

/**
 * Requests and limits of a container, completed: what is absent gets the default, bent so that no request is above its limit.
 * What is written stays, and so does any resource not named here.
 */
export function completedResources(written: Resources | undefined, settings: Pick<HardenSettings, 'cpuLimit' | 'writable' | 'writableSizeLimit'>): Resources {
  const requests: { [resource: string]: string | number | undefined } = { ...written?.requests };
  const limits: { [resource: string]: string | number | undefined } = { ...written?.limits };
  for (const [resource, standard] of Object.entries(DEFAULTS)) {
    const request = Quantity.parse(requests[resource]);
    const limit = Quantity.parse(limits[resource]);
    requests[resource] ??= limit ? Quantity.min(Quantity.of(standard.request), limit).toString() : standard.request;
    if (resource === 'cpu' && !settings.cpuLimit) continue;
    const usual = resource === 'ephemeral-storage' ? roomFor(settings, standard.limit) : Quantity.of(standard.limit);
    limits[resource] ??= (request ? Quantity.max(usual, request) : usual).toString();
  }
  return { ...written, requests: sorted(requests), limits: sorted(limits) };
}

/** The kubelet counts emptyDirs as ephemeral storage, so the limit leaves room for all that was made writable. */
function roomFor({ writable, writableSizeLimit }: Pick<HardenSettings, 'writable' | 'writableSizeLimit'>, standard: string): Quantity {
  const each = Quantity.parse(writableSizeLimit) ?? Quantity.ZERO;
  return Quantity.max(Quantity.of(standard), each.times(writable.length));
}

function sorted(quantities: Quantities): Quantities {
  return Object.fromEntries(Object.entries(quantities).filter(([, amount]) => amount !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
}
