import type { LabelExpression, LabelSelector } from 'cdk8s-plus-28';
import { Fault, shown } from '../errors';
import { labelKeyFaults, labelValueFaults } from '../names';

/** A label selector as manifests write it. */
export interface SelectorRule {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: ReadonlyArray<{ readonly key: string; readonly operator: string; readonly values?: string[] }>;
}

/** Selects one namespace: Kubernetes itself labels each with its name. */
export function namespaceNamed(name: string): SelectorRule {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

/**
 * What a cdk8s-plus selector says. Its own rendering drops labels whose values are all empty, so that `role: ''` would select
 * every pod; that is why its fields are read.
 */
export function selectorRule(selector: LabelSelector | undefined): SelectorRule {
  const { labels = {}, expressions = [] } = (selector ?? {}) as unknown as { labels?: { [key: string]: string }; expressions?: LabelExpression[] };
  return {
    ...Object.keys(labels).length > 0 ? { matchLabels: { ...labels } } : {},
    ...expressions.length > 0 ? { matchExpressions: expressions.map(({ key, operator, values }) => ({ key, operator, ...values ? { values } : {} })) } : {},
  };
}

export function isEveryOne(selector: SelectorRule): boolean {
  return !selector.matchLabels && !selector.matchExpressions;
}

export function labelsFaults(labels: { readonly [key: string]: string }): Fault[] {
  return Object.entries(labels).flatMap(([key, value]) => [...labelKeyFaults('label', key), ...labelValueFaults(`the value of label ${shown(key)},`, value)]);
}
