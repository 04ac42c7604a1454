import { CASES, jsonOf, TYPED_OBJECT } from './table';
import { CelError, compiled } from '../../../lib/assessment/cel';
import { typeName } from '../../../lib/assessment/cel/value';

/** What we say to an expression, in the words of the table. */
function said(cel: string): string {
  try {
    const value = compiled(cel)({ object: TYPED_OBJECT, params: new Map(), locals: [] });
    return `${typeName(value)} ${JSON.stringify(jsonOf(value))}`;
  } catch (error) {
    // Anything else is a fault of ours.
    expect(error).toBeInstanceOf(CelError);
    return 'error';
  }
}

test('the table is a large one, without repetitions', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(500);
  expect(new Set(CASES.map(({ cel }) => cel)).size).toBe(CASES.length);
});

test.each(CASES.map(({ cel, answer }) => [cel, answer]))('%s  =>  %s', (cel, answer) => {
  expect(said(cel)).toBe(answer);
});

test.each([
  ['no CEL', 'object.(', 'Expected IDENTIFIER, got LPAREN'],
  ['a name that there is not', 'subject.x', "undeclared reference to 'subject'"],
  ['a function that there is not', 'object.s.reverse2()', "undeclared reference to 'reverse2'"],
  ['a macro without a name', '[1].all(1, true)', 'argument must be a simple name'],
  ['what is no field', 'has(object)', 'invalid argument to has() macro'],
  ['a number that is too large', '9223372036854775808', 'integer overflow'],
  ['a field that is not there', 'object.z', 'no such key: z'],
  ['a variable that nobody gave', 'variables.z', 'no such key: z'],
  ['an overload that there is not', 'object.n < object.s', 'no such overload: _<_(int, string)'],
])('the error says what is wrong: %s', (_name, cel, message) => {
  let said;
  try {
    compiled(cel)({ object: TYPED_OBJECT, locals: [] });
  } catch (error) {
    said = (error as CelError).message;
  }
  expect(said).toBe(message);
});

test('an expression that was compiled gives each object its own answer', () => {
  const code = compiled('object.all(x, x > 1) ? object.map(x, x * 2) : []');
  expect([[2n, 3n], [1n], [5n]].map((object) => code({ object, locals: [] }))).toEqual([[4n, 6n], [], [10n]]);
});

test('names that macros declare hide others, and end with them', () => {
  const run = (cel: string) => compiled(cel)({ object: TYPED_OBJECT, params: new Map([['registries', ['a/']]]), locals: [] });
  expect(run('[1, 2].map(object, object + 1)')).toEqual([2n, 3n]);
  expect(run('[[1], [2]].map(x, x.map(x, x + 1)) == [[2], [3]]')).toBe(true);
  expect(run('[1].exists(x, [2].exists(y, x < y) && x == 1)')).toBe(true);
  expect(run('[1].map(optional, optional)')).toEqual([1n]);
  expect(run('[1].all(x, true) && object.n == 1 && params.registries[0] == "a/"')).toBe(true);
  expect(() => run('[1].all(x, true) && x == 1')).toThrow();
});

test('a huge exponent ends at once', () => {
  for (const amount of ['1e999999999', '1e-999999999', '1E2147483647']) expect(compiled(`isQuantity('${amount}')`)({ locals: [] })).toBe(true);
});
