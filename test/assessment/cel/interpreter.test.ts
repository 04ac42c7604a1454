import { Asked, ASKED_OF_OBJECTS, ASKED_OF_PODS } from './rows';
import { judge, objectFrame, podFrame } from '../../../lib/assessment/expression';
import { POD_VARIABLES } from '../../../lib/controls';
import { inventoryOf, TypedMap } from '../../../lib/inventory';
import { Json } from '../../controls/compliant-pod';

/**
 * The interpreter whose parser we use evaluates expressions too, slower, and by a way of its own: types first, then a tree. Where it
 * has the functions that an expression needs, both must say the same of it.
 */
const { Environment } = require('../../../build/cel') as typeof import('@marcbachmann/cel-js');
const ENVIRONMENT = new Environment({ enableOptionalTypes: true, limits: { maxAstNodes: 100_000, maxDepth: 250 } })
  .registerVariable('variables', 'dyn').registerVariable('object', 'dyn').registerVariable('params', 'dyn');
const PROGRAMS = new Map<string, (context: object) => unknown>();

function interpreted(cel: string, context: object): unknown {
  let program = PROGRAMS.get(cel);
  if (!program) PROGRAMS.set(cel, program = ENVIRONMENT.parse(cel));
  try {
    return program(context);
  } catch (error) {
    return (error as Error).message;
  }
}

const params = new Map([['registries', ['registry.example.com/']]]);
const isMissing = (said: unknown) => typeof said === 'string' && /found no matching overload/.test(said);
const verdict = (said: unknown) => typeof said === 'boolean' ? said : 'an error';

function podsSaid({ cel, about }: Asked): [string, unknown, unknown][] {
  return about.flatMap((pod): [string, unknown, unknown][] => {
    const [{ pod: read }] = inventoryOf([{ json: { apiVersion: 'v1', kind: 'Pod', ...pod }, where: 'row' }]).objects;
    if (!read) return [];
    const variables = new Map<string, unknown>([['podSpec', read.spec], ['podMetadata', read.metadata]]);
    for (const [name, definition] of POD_VARIABLES) variables.set(name, interpreted(definition, { variables }));
    return [[JSON.stringify(pod), judge(cel, podFrame(read.metadata, read.spec, params)), interpreted(cel, { variables, params })]];
  });
}

function objectsSaid({ cel, about }: Asked): [string, unknown, unknown][] {
  return about.map((json: Json): [string, unknown, unknown] => {
    const object: TypedMap = inventoryOf([{ json, where: 'row' }]).objects[0].typed();
    return [JSON.stringify(json), judge(cel, objectFrame(object, params)), interpreted(cel, { object, params })];
  });
}

let compared = 0;

test.each([...ASKED_OF_PODS.map((asked) => [asked.control, asked, podsSaid] as const), ...ASKED_OF_OBJECTS.map((asked) => [asked.control, asked, objectsSaid] as const)])('%s', (_control, asked, said) => {
  for (const [about, ours, theirs] of said(asked)) {
    if (isMissing(theirs)) continue;
    expect([about, verdict(ours)]).toEqual([about, verdict(theirs)]);
    compared++;
  }
});

afterAll(() => expect(compared).toBeGreaterThan(1_000));
