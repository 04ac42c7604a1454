import { field, isRecord } from './manifest';

/** Labels as a selector sees them. */
export type Labels = ReadonlyMap<string, string>;

/**
 * What a `LabelSelector` selects; an empty one selects everything. What is no selector selects nothing, and so does one with an
 * operator that there is not: the API server refuses both.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selectorOf(selector: unknown): (labels: Labels) => boolean {
  if (!isRecord(selector)) return () => false;
  const wanted = Object.entries(field(selector, 'matchLabels') ?? {});
  const expressions = field(selector, 'matchExpressions') ?? [];
  const requirements = Array.isArray(expressions) ? expressions.map(requirementOf) : [() => false];
  return (labels) => wanted.every(([key, value]) => labels.get(key) === value) && requirements.every((holds) => holds(labels));
}

function requirementOf(expression: unknown): (labels: Labels) => boolean {
  const key = field(expression, 'key') as string;
  const listed = field(expression, 'values');
  const values = new Set<unknown>(Array.isArray(listed) ? listed : []);
  switch (field(expression, 'operator')) {
    case 'In': return (labels) => labels.has(key) && values.has(labels.get(key)!);
    case 'NotIn': return (labels) => !labels.has(key) || !values.has(labels.get(key)!);
    case 'Exists': return (labels) => labels.has(key);
    case 'DoesNotExist': return (labels) => !labels.has(key);
    default: return () => false;
  }
}
