import { field, KubeObject } from '../inventory';

/** The letters of names that Kubernetes generates: no vowels, so that no words come out. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

/**
 * What is put behind the names of a kind. Each is exact about letters and lengths, so that no `web-frontend` is ever taken for a
 * `web` that was generated.
 */
const SUFFIXES: { readonly [kind: string]: RegExp } = {
  ReplicaSet: new RegExp(`-${RANDOM}{8,10}$`), // of a Deployment
  Pod: new RegExp(`-(${RANDOM}{8,10}|\\d{8,10})-${RANDOM}{5}$`), // of a ReplicaSet, or of a CronJob's Job
  Job: /-\d{8,10}$/, // of a CronJob, by the minute
  ConfigMap: /-[2456789bcdfghkmt]{10}$/, // by kustomize
  Secret: /-[2456789bcdfghkmt]{10}$/,
};
const CDK8S = /-c8[0-9a-f]{6}$/;

/** An object's name without what was generated behind it; empty where it has none. */
export function plainName({ kind, name, json }: KubeObject): string {
  const prefix = field(json, 'metadata', 'generateName');
  // What the API server makes of generateName: a Pod of a DaemonSet, say.
  const given = typeof prefix === 'string' && (name === undefined || name.startsWith(prefix)) ? prefix.replace(/-$/, '') : name ?? '';
  const hashed = Object.hasOwn(SUFFIXES, kind) ? given.replace(SUFFIXES[kind], '') : given;
  return hashed.replace(CDK8S, '') || given;
}
