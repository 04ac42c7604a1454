import { markdownCode, markdownSentence, markdownText, markdownYaml } from '../../lib/report/markdown-text';

test.each([
  ['@octocat', '&#64;<!-- -->octocat'], ['#1', '&#35;<!-- -->1'], ['!2', '&#33;<!-- -->2'], ['$x$', '&#36;<!-- -->x&#36;<!-- -->'], ['a | b', 'a &#124; b'], [':tada:', '&#58;tada:'],
  ['https://a', 'https&#58;//a'], ['www.a.b', 'www&#46;a.b'], ['a_b _c_', 'a_b &#95;c&#95;'], ['- a', '&#45; a'], ['1. a', '1&#46; a'], ['securityContext.privileged is true', 'securityContext.privileged is true'],
])('the text %j is written %j', (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test('code needs no comments, since nothing is a mention in it', () => {
  expect(markdownCode('@a #1 `b` | c')).toBe('<code>&#64;a #1 &#96;b&#96; &#124; c</code>');
});

test('backticks in our own sentences are code', () => {
  expect(markdownSentence('Set `drop: [ALL]` on each.')).toBe('Set <code>drop: &#91;ALL&#93;</code> on each.');
});

test('a fence is longer than any in the block', () => {
  expect(markdownYaml('a: |\n  ````\n')).toBe('`````yaml\na: |\n  ````\n`````');
});
