import { compiled } from '../../../lib/assessment/cel';
import { Node, parsed } from '../../../lib/assessment/cel/parse';
import { translated } from '../../../lib/assessment/cel/re2';
import { CATALOG, POD_VARIABLES, stepsOf } from '../../../lib/controls';

const EXPRESSIONS = [...CATALOG.flatMap((control) => control.on === 'inventory' ? [] : stepsOf(control).map(({ cel }) => cel)), ...POD_VARIABLES.map(([, cel]) => cel)];

/** The patterns that an expression searches by. */
function patternsIn({ op, args }: Node): unknown[] {
  const inner = (Array.isArray(args) ? args.flat(2) : [args]).filter((each): each is Node => typeof each === 'object' && each !== null && 'op' in each);
  const [name, , [pattern]] = op === 'rcall' ? args as [string, Node, Node[]] : ['', undefined, []];
  return [...['matches', 'find', 'findAll'].includes(name) ? [pattern.op === 'value' ? pattern.args : 'no literal'] : [], ...inner.flatMap(patternsIn)];
}

/** Whether a group that may repeat without end has within it what may: what JavaScript then tries grows beyond all bounds. */
function hasNestedRepetition(source: string): boolean {
  const groups: boolean[] = [false];
  const tokens = source.match(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:!<][!=]?|[()]|[*+]\??|\{\d+,\}|[^]/g) ?? [];
  return tokens.some((token, i) => {
    if (token.startsWith('(')) groups.push(false);
    const repeats = /^(?:[*+]\??|\{\d+,\})$/.test(tokens[i + 1] ?? '');
    if (token !== ')') {
      if (/^(?:[*+]\??|\{\d+,\})$/.test(token)) groups[groups.length - 1] = true;
      return false;
    }
    const within = groups.pop()!;
    groups[groups.length - 1] ||= within;
    return within && repeats;
  });
}

test('the law sees what it is for', () => {
  expect(['(a+)+', '(?:a*)*', '((a|b*)c)+', '(?:a{2,})+', '([^b]*c)*'].map(hasNestedRepetition)).toEqual([true, true, true, true, true]);
  expect(['(ab)+', 'a+b*', '(?:a{2})+', '[(a+)]+', '\\(a+\\)+', '(a+)b'].map(hasNestedRepetition)).toEqual([false, false, false, false, false, false]);
  expect(patternsIn(parsed("object.a.all(x, x.matches('^a$')) || object.b.find(object.c) == ''"))).toEqual(['^a$', 'no literal']);
});

test('the catalog searches by patterns that are written out, are RE2\'s, and nest no repetitions', () => {
  const patterns = [...new Set(EXPRESSIONS.flatMap((cel) => patternsIn(parsed(cel))))] as string[];
  expect(patterns.filter((pattern) => pattern === 'no literal' || hasNestedRepetition(translated(pattern).source))).toEqual([]);
  for (const pattern of patterns) expect(new RegExp(translated(pattern).source, translated(pattern).flags)).toBeInstanceOf(RegExp);
});

test('every expression of the catalog compiles', () => {
  for (const cel of EXPRESSIONS) expect(compiled(cel)).toBeInstanceOf(Function);
});

test.each([
  ['a look-ahead', 'a(?=b)', 'look-around, or flags within it, which are not supported'], ['a look-behind', '(?<!a)b', 'look-around, or flags within it, which are not supported'],
  ['a reference', '(a)\\1', '\\1'], ['a possessive quantifier', 'a++', 'a quantifier of nothing'], ['half a group', '(a', 'a missing )'], ['the other half', 'a)', 'an unmatched )'],
  ['half a class', '[a', 'a missing ]'], ['a class that there is not', '[[:vowel:]]', 'the class vowel'], ['nothing repeated', '*', 'a quantifier of nothing'],
  ['a trailing backslash', 'a\\', 'a trailing \\'], ['an escape that there is not', '\\y', '\\y'], ['too many', 'a{1001}', 'a count above 1000'],
])('a pattern that RE2 refuses, or that cannot be said here, errs: %s', (_name, pattern, what) => {
  const run = () => compiled('object.matches(params)')({ object: 'x', params: pattern, locals: [] });
  expect(run).toThrow(expect.objectContaining({ message: `Illegal regex: ${what} in ${JSON.stringify(pattern)}` }));
});

test.each<[pattern: string, text: string, matches: boolean]>([
  ['^a.c$', 'a\u2028c', true], ['^a.c$', 'a\nc', false], ['(?s)^a.c$', 'a\nc', true], ['(?m)^b$', 'a\nb\nc', true], ['^b$', 'a\nb\nc', false], ['(?im)^B$', 'a\nb', true],
  ['a$', 'a\n', false], ['\\Aa\\z', 'a', true], ['\\Qa.b\\E', 'axb', false], ['\\Qa.b\\E', 'a.b', true], ['^[]a]+$', ']a', true], ['^[^]a]$', 'b', true], ['^[a\\]]$', ']', true],
  ['^\\x41\\x{1F600}$', 'A😀', true], ['^\\p{Greek}+$', 'αβγ', true], ['^\\PL$', '1', true], ['^[[:^alpha:]]$', '1', false], ['^a{2,3}?$', 'aaa', true], ['^x{,2}$', 'x{,2}', true],
  ['^\\d+\\s\\w$', '12 z', true], ['^\\S$', '\u00a0', true], ['^[\\d\\-]+$', '1-2', true], ['(?i)straße', 'STRAßE', true], ['^(?P<year>\\d{4})$', '2026', true], ['^\\011$', '\t', true],
])('%s of %j: %s', (pattern, text, matches) => {
  let said: unknown;
  try {
    said = compiled(`object.matches(r"${pattern}")`)({ object: text, locals: [] });
  } catch {
    said = false; // what cannot be said here denies
  }
  expect(said).toBe(matches);
});
