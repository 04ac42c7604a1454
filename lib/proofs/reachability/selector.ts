import { joined, Reader } from './reader';
import { shown } from '../../errors';
import { field, isRecord, Labels } from '../../inventory';
import { labelKeyFaults, labelValueFaults } from '../../names';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** What a label must be. */
export interface Requirement {
  readonly key: string;
  readonly operator: (typeof OPERATORS)[number];
  /** Of `In` and `NotIn`. */
  readonly values: ReadonlySet<string>;
}

/** A label selector, all of whose requirements must hold; one without any selects everything. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  /** The same for selectors that say the same in the same words, in whatever order. */
  readonly key: string;
}

export const EVERYTHING: Selector = { requirements: [], key: '[]' };

/** Reads a selector. What is wrong with it is taken down, and left out of it. */
export function readSelector(reader: Reader, value: unknown, path: string): Selector {
  return value === undefined ? EVERYTHING : reader.once('selector', value, () => read(reader, value, path));
}

function read(reader: Reader, value: unknown, path: string): Selector {
  const map = reader.map(value, path, ['matchLabels', 'matchExpressions']);
  if (!map) return EVERYTHING;
  const requirements = [
    ...readMatchLabels(reader, field(map, 'matchLabels'), joined(path, 'matchLabels')),
    ...reader.list(map, 'matchExpressions', path).flatMap((item, i) => readExpression(reader, item, `${joined(path, 'matchExpressions')}[${i}]`)),
  ];
  return requirements.length === 0 ? EVERYTHING : { requirements, key: keyOf(requirements) };
}

export function selects({ requirements }: Selector, labels: Labels): boolean {
  return requirements.every((requirement) => holds(requirement, labels));
}

/** `NotIn` and `DoesNotExist` hold where the label is not there at all. */
function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In': return value !== undefined && values.has(value);
    case 'NotIn': return value === undefined || !values.has(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
  }
}

function readMatchLabels(reader: Reader, value: unknown, path: string): Requirement[] {
  if (value === undefined) return [];
  if (!isRecord(value)) return reader.fault(path, `is ${shown(value)}`, 'it must be a map of labels') ?? [];
  return Object.entries(value).map(([key, text]): Requirement => {
    checkKey(reader, key, path);
    checkValue(reader, text, `${path}[${JSON.stringify(key)}]`);
    return { key, operator: 'In', values: new Set([String(text)]) };
  });
}

function readExpression(reader: Reader, value: unknown, path: string): Requirement[] {
  const map = reader.map(value, path, ['key', 'operator', 'values']);
  if (!map) return [];
  const key = field(map, 'key');
  if (typeof key !== 'string') reader.fault(`${path}.key`, key === undefined ? 'is absent' : `is ${shown(key)}`, 'give the label\'s key');
  else checkKey(reader, key, `${path}.key`);
  const operator = reader.word(map, 'operator', path, OPERATORS);
  const values = reader.texts(map, 'values', path);
  values.forEach((each, i) => checkValue(reader, each, `${path}.values[${i}]`));
  const wantsValues = operator === 'In' || operator === 'NotIn';
  const listed = field(map, 'values');
  const count = Array.isArray(listed) ? listed.length : listed === undefined ? 0 : undefined;
  if (wantsValues && count === 0) reader.fault(path, `has operator ${operator} without values`, `give at least one value, or write ${operator === 'In' ? 'Exists' : 'DoesNotExist'}`);
  if (operator && !wantsValues && count) reader.fault(path, `has operator ${operator} with values`, `take the values away, or write ${operator === 'Exists' ? 'In' : 'NotIn'}`);
  return typeof key === 'string' && operator ? [{ key, operator, values: new Set(values) }] : [];
}

function checkKey(reader: Reader, key: string, path: string): void {
  for (const { problem, remedy } of labelKeyFaults('the label key', key)) reader.fault(path, `has a fault: ${problem}`, remedy);
}

function checkValue(reader: Reader, value: unknown, path: string): void {
  if (typeof value !== 'string') {
    reader.fault(path, `is ${shown(value)}`, 'a label\'s value must be a text; quote it');
    return;
  }
  for (const { problem, remedy } of labelValueFaults('the label value', value)) reader.fault(path, `has a fault: ${problem}`, remedy);
}

function keyOf(requirements: readonly Requirement[]): string {
  return `[${requirements.map(({ key, operator, values }) => JSON.stringify([key, operator, ...[...values].sort()])).sort()}]`;
}
