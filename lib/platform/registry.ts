import { Fault, shown } from '../errors';

/** Without the "/" at its end `ghcr.io/acme` would allow `ghcr.io/acme-evil/…` too. */
export function registryFaults(registry: string): Fault[] {
  if (/^[a-z0-9.-]+(:\d+)?\/([a-z0-9._-]+\/)*$/.test(registry) && /[.:]|^localhost/.test(registry.split('/')[0])) return [];
  return [{ problem: `registry ${shown(registry)} is not valid`, remedy: 'give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"' }];
}
