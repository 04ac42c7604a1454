import * as fc from 'fast-check';
import { Quantity } from '../../lib/quantity';

describe('an amount reads as Kubernetes reads it, and is written as Kubernetes writes it', () => {
  test.each<[written: string | number, canonical: string]>([
    ['0', '0'], ['0Mi', '0'], [1, '1'], [0.5, '500m'], ['250m', '250m'], ['1500m', '1500m'], ['2000m', '2'], ['1.5', '1500m'], ['.5', '500m'], ['5.', '5'],
    ['+1', '1'], ['-1', '-1'], ['100u', '100u'], ['1n', '1n'], ['1.5n', '2n'], ['0.1n', '1n'], ['-0.1n', '-1n'],
    ['1k', '1k'], ['1000', '1k'], ['128M', '128M'], ['1G', '1G'], ['1T', '1T'], ['1P', '1P'], ['1E', '1E'],
    ['1e3', '1k'], ['1E3', '1k'], ['1e-3', '1m'], ['1.5e+2', '150'], ['1E-1', '100m'],
    ['1Ki', '1Ki'], ['1024Ki', '1Mi'], ['512Mi', '512Mi'], ['1.5Gi', '1536Mi'], ['0.5Ki', '512'], ['1Ti', '1Ti'], ['1Pi', '1Pi'], ['1Ei', '1Ei'], ['1.1Ki', '1126400m'],
  ])('%p is %p', (written, canonical) => {
    expect(String(Quantity.parse(written))).toBe(canonical);
  });
});

describe('what Kubernetes refuses is no amount', () => {
  test.each([['nothing', ''], ['a suffix alone', 'Mi'], ['a small k with i', '1ki'], ['a large K without i', '1K'], ['MB', '1MB'], ['a space', '1 Mi'], ['a comma', '1,5'], ['two points', '1.2.3'], ['an exponent and a suffix', '1e3Mi'],
    ['hexadecimal', '0x10'], ['infinity', Infinity], ['no number', NaN], ['an object', {}], ['absent', undefined], ['null', null], ['a point alone', '.'], ['milli written twice', '1mm']])('%s', (_, written) => {
    expect(Quantity.parse(written)).toBeUndefined();
  });
});

test('amounts compare by what they are, not by how they are written', () => {
  const ascending = ['-1', '0', '1n', '1m', '250m', '0.3', '1', '1000', '1Ki', '1M', '1Mi', '1.05M', '1G', '1Gi', '1E', '1Ei'];
  const sorted = [...ascending].reverse().sort((a, b) => (Quantity.of(a).isMoreThan(Quantity.of(b)) ? 1 : -1));
  expect(sorted).toEqual(ascending);
  expect(Quantity.of('1024Mi').equals(Quantity.of('1Gi'))).toBe(true);
  expect(Quantity.of('1G').equals(Quantity.of('1Gi'))).toBe(false);
});

test('a sum never rounds, and is binary as soon as one amount is', () => {
  expect(String(Quantity.of('0.1').plus(Quantity.of('0.2')))).toBe('300m');
  expect(String(Quantity.of('8Ei').plus(Quantity.of('1n')))).toBe('9223372036854775808000000001n');
  expect(String(Quantity.of('1024').plus(Quantity.of('1Ki')))).toBe('2Ki');
  expect(String(Quantity.of('250m').times(3))).toBe('750m');
});

test('the larger and the smaller of two', () => {
  expect(String(Quantity.max(Quantity.of('1G'), Quantity.of('1Gi')))).toBe('1Gi');
  expect(String(Quantity.min(Quantity.of('1G'), Quantity.of('1Gi')))).toBe('1G');
});

test('an amount is covered by whole units', () => {
  expect(Quantity.of('1.5Gi').inUnitsOf('Mi')).toBe(1536n);
  expect(Quantity.of('1100u').inUnitsOf('m')).toBe(2n);
  expect(Quantity.of('2').inUnitsOf('')).toBe(2n);
});

test('an amount of this library that is none is refused', () => {
  expect(() => Quantity.of('1MB')).toThrow(new Error('"1MB" is no quantity'));
});

test('what is written is read back as the same amount', () => {
  const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi');
  fc.assert(fc.property(fc.integer({ min: -1e6, max: 1e6 }), suffix, (amount, unit) => {
    const quantity = Quantity.of(`${amount}${unit}`);
    expect(Quantity.of(String(quantity)).equals(quantity)).toBe(true);
  }));
});
