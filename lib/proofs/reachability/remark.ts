import { printable } from '../../errors';
import type { KubeObject } from '../../inventory';

/** Something to be said of an object of the input, and where in it. */
export interface Remark {
  readonly object: KubeObject;
  /** The field's whole path in its object; empty for the object itself. */
  readonly path: string;
  /** What is wrong, or is so, with the value given; lower case, no final period. */
  readonly problem: string;
  /** What is allowed, what to write instead, or what follows. */
  readonly remedy: string;
}

/** What remarks are about that do not mean that anything is wrong. */
export type Topic = 'unknown-field' | 'host-network' | 'address-of-pod' | 'unmodelled-peer' | 'priority' | 'unmodelled-policy' | 'unmodelled-workload' | 'several';

/** What the proof takes for granted, or leaves out: the answer holds as far as this does. */
export interface Caveat extends Remark {
  readonly topic: Topic;
}

/** Where a remark points: `k8s/shop.yaml:41`, or the path of a construct. */
export function placeOf({ object: { manifest, within }, path }: Remark): string {
  const line = manifest.lineOf?.([within, path].filter((part) => part).join('.'));
  return line === undefined ? [manifest.where, within].filter((part) => part).join(' ') : `${manifest.where}:${line}`;
}

/** A remark on one line. */
export function remarkLine(remark: Remark): string {
  const { object: { kind, namespace, name }, problem, remedy } = remark;
  return printable(`${placeOf(remark)}: ${kind} ${[namespace, name].filter((part) => part).join('/')}: ${problem}; ${remedy}`);
}
