import type { KubeObject } from '../inventory';

/** What a cluster is made of, by the name of its program. */
export type Component = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-proxy' | 'kube-scheduler' | 'kubelet';

/** A flag: what it was given, each time, and where the last one stands. */
export interface Flag {
  readonly values: string[];
  path: string;
}

/** How a component is started, wherever that is written. */
export interface CommandLine {
  readonly component: Component;
  readonly object: KubeObject;
  /** The path of the whole of it. */
  readonly path: string;
  readonly flags: ReadonlyMap<string, Flag>;
}

const LISTS = new Set(['authorization-mode', 'disable-admission-plugins', 'enable-admission-plugins', 'feature-gates', 'tls-cipher-suites']);

/** What a flag comes to: of lists all that was given, of others the last; undefined where it was not. */
export function valueOf({ flags }: CommandLine, name: string): string | undefined {
  const values = flags.get(name)?.values;
  return LISTS.has(name) ? values?.join(',') : values?.at(-1);
}

/** A flag given once more. */
export function give(flags: Map<string, Flag>, name: string, value: string, path: string): void {
  const flag = flags.get(name);
  if (!flag) flags.set(name, { values: [value], path });
  else {
    flag.values.push(value);
    flag.path = path;
  }
}
