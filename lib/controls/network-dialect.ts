import { Requirement, Selector } from '../proofs/reachability';
import { field, isRecord } from '../inventory';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** What an `endpointSelector` of Cilium says; its keys may tell where a label comes from, such as `k8s:app`. Undefined for what is none. */
export function ciliumSelectorOf(selector: unknown): Selector | undefined {
  if (!isRecord(selector)) return undefined;
  const labels = field(selector, 'matchLabels') ?? {};
  const expressions = field(selector, 'matchExpressions') ?? [];
  if (!isRecord(labels) || !Array.isArray(expressions)) return undefined;
  const requirements = [...Object.entries(labels).map(([key, value]) => requirement(bare(key), 'In', [String(value)])), ...expressions.map(ciliumRequirement)];
  return requirements.every((each) => each !== undefined) ? selectorOf(requirements as Requirement[]) : undefined;
}

/** One requirement of Calico's language. */
const TERM = /^(?:all\(\)|has\(\s*([^\s()]+)\s*\)|([^\s!=&|()]+)\s*(==|!=)\s*(?:'([^']*)'|"([^"]*)"))$/;

/**
 * What a selector of Calico says: requirements joined by `&&`. Undefined for what is said otherwise, of which nothing is assumed.
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export function calicoSelectorOf(selector: unknown): Selector | undefined {
  if (selector === undefined || selector === '') return selectorOf([]);
  if (typeof selector !== 'string') return undefined;
  const terms = selector.split('&&').map((term) => TERM.exec(term.trim()));
  if (terms.some((term) => term === null)) return undefined;
  return selectorOf(terms.flatMap((term): Requirement[] => {
    const [, existing, key, operator, single, double] = term!;
    if (existing !== undefined) return [requirement(existing, 'Exists', [])];
    return key === undefined ? [] : [requirement(key, operator === '==' ? 'In' : 'NotIn', [single ?? double])];
  }));
}

function ciliumRequirement(expression: unknown): Requirement | undefined {
  const [key, operator, values] = ['key', 'operator', 'values'].map((name) => field(expression, name));
  const known = OPERATORS.find((each) => each === operator);
  return known && typeof key === 'string' ? requirement(bare(key), known, Array.isArray(values) ? values.map(String) : []) : undefined;
}

function bare(key: string): string {
  return key.replace(/^(k8s|any)[:.]/, '');
}

function requirement(key: string, operator: Requirement['operator'], values: readonly string[]): Requirement {
  return { key, operator, values: new Set(values) };
}

function selectorOf(requirements: readonly Requirement[]): Selector {
  return { requirements, key: JSON.stringify(requirements.map(({ key, operator, values }) => [key, operator, ...[...values].sort()])) };
}
