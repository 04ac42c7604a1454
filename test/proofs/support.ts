import { inventoryOf } from '../../lib/inventory';
import { Reachability, reachabilityOf, ReachabilityOptions, writeLines } from '../../lib/proofs/reachability';

export type Json = { readonly [key: string]: unknown };

/** Who reaches whom by some manifests. */
export function reach(manifests: readonly unknown[], options?: ReachabilityOptions): Reachability {
  return reachabilityOf(inventoryOf(manifests.map((json, i) => ({ json, where: `object[${i}]` }))), options);
}

/** The lines of `connectivity`. */
export function lines(manifests: readonly unknown[], options?: ReachabilityOptions): string[] {
  let text = '';
  writeLines(reach(manifests, options), (part) => text += part);
  return text.split('\n').slice(0, -1);
}

/** A workload by its address, `namespace/name`, with its pods' labels and named ports. */
export function workload(address: string, labels: Json = {}, ports: readonly Json[] = [], kind = 'Deployment'): Json {
  const [namespace, name] = address.split('/');
  const pod = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'app', ports }] } };
  const metadata = { name, namespace };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec: pod.spec };
  if (kind === 'CronJob') return { apiVersion: 'batch/v1', kind, metadata, spec: { jobTemplate: { spec: { template: pod } } } };
  return { apiVersion: kind === 'Job' ? 'batch/v1' : kind === 'ReplicationController' ? 'v1' : 'apps/v1', kind, metadata, spec: { template: pod } };
}

export function policy(address: string, spec: Json): Json {
  const [namespace, name] = address.split('/');
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function namespace(name: string, labels: Json = {}): Json {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
