import { printable } from '../../errors';
import type { KubeObject } from '../../inventory';

/** The line of a field of an object in its file; undefined where it comes from no file. Costly: see Manifest. */
export function lineOf({ manifest, within }: KubeObject, path = ''): number | undefined {
  return manifest.lineOf?.([within, path].filter((part) => part !== '').join('.'));
}

/** `k8s/shop.yaml:41`; what is built in has its release, and what is no file's its construct. */
export function placeOf(object: KubeObject, path = ''): string {
  const line = lineOf(object, path);
  return printable(line === undefined ? object.where : `${object.manifest.where}:${line}`);
}
