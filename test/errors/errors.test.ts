import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { faultAt, nearest, pathOf, refuse, shown } from '../../lib/errors';

test('all faults are thrown at once, a line each', () => {
  expect(() => refuse('shop/web', [{ problem: 'a is wrong', remedy: 'write b' }, { problem: 'c is wrong', remedy: 'write d' }])).toThrow(new Error('shop/web: a is wrong; write b\nshop/web: c is wrong; write d'));
  expect(() => refuse('shop/web', [])).not.toThrow();
});

test('a place is named as its user knows it', () => {
  const chart = new Chart(new App(), 'shop');
  expect([pathOf(new Construct(chart, 'web')), pathOf(chart, 'web'), pathOf(new App())]).toEqual(['shop/web', 'shop/web', '(root)']);
  expect(faultAt(chart, 'a', 'b').message).toBe('shop: a; b');
});

test('a value in a message stays on one line and short', () => {
  expect([shown('a\n\u001b[31m'), shown(undefined), shown(3), shown('x'.repeat(200)).length]).toEqual(['"a\\n\\u001b[31m"', 'undefined', '3', 118]);
});

test('near names are offered, best first, and far ones not', () => {
  expect(nearest('deploymnet', ['deployments', 'daemonsets', 'pods'])).toEqual(['deployments']);
  expect(nearest('pod', ['pods', 'nodes'])).toEqual(['pods']);
  expect(nearest('xyz', ['pods', 'nodes'])).toEqual([]);
});
