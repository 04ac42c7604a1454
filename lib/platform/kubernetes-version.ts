import { Fault, shown } from '../errors';

/** The newest minor release this library knows the rules of. */
export const NEWEST_MINOR = 37;

/**
 * Assumed where no Platform says otherwise: old enough that clusters in support have it. Fixed, so that an upgrade of this
 * library never moves it silently.
 */
export const DEFAULT_KUBERNETES_VERSION = '1.34';

const VERSION = /^1\.(0|[1-9]\d?)$/;

/** The minor number of a version such as `1.31`. */
export function minorOf(version: string): number {
  return Number(version.slice(2));
}

/** Whether a cluster of this version has what came with `since`, both such as `1.31`. */
export function atLeast(version: string, since: string): boolean {
  return minorOf(version) >= minorOf(since);
}

export function kubernetesVersionFaults(version: string): Fault[] {
  if (typeof version === 'string' && VERSION.test(version) && minorOf(version) <= NEWEST_MINOR) return [];
  return [{ problem: `kubernetesVersion ${shown(version)} is no release this library knows`, remedy: `give the minor release as "1.N", up to "1.${NEWEST_MINOR}", such as "${DEFAULT_KUBERNETES_VERSION}"` }];
}
