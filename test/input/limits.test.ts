import { Allowance, readSource } from '../../lib/input';

const read = (text: string | Buffer, allowance?: Allowance) => {
  const { documents, unreadable } = readSource(Buffer.from(text), allowance);
  return { documents: documents.map(({ json }) => json), unreadable: unreadable.map(({ line, problem }) => `${line}: ${problem}`) };
};
const seconds = (run: () => void) => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};
const RATIO = 'aliases make far more of this document than is written in it, which Kubernetes refuses; write out what they stand for';
const TOO_DEEP = 'it is nested deeper than 500 levels';

/** Each anchor holds ten aliases of the one before. */
const laughs = (levels: number, item = (name: string) => name) => `a0: &a0 {x: 1}\n${Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(item(`*a${i}`)).join(', ')}]\n`).join('')}`;

const list = (items: number, aliases: number) => `a: &a [${Array(items).fill('x').join(', ')}]\nb: [${Array(aliases).fill('*a').join(', ')}]\n`;

describe('expansion is bounded', () => {
  test('aliases of aliases of aliases', () => {
    expect(read(laughs(30)).unreadable).toEqual([`4: ${RATIO}`]);
  });

  test('merge keys of merge keys of merge keys', () => {
    const merges = `a0: &a0 {x: 1}\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1}\n${Array(10).fill(0).map((__, key) => `  k${i}${key}: {<<: *a${i}}\n`).join('')}`).join('')}`;
    expect(read(merges).unreadable).toEqual([expect.stringContaining(RATIO)]);
  });

  test('what go-yaml lets pass, passes', () => {
    expect(read(laughs(2)).unreadable).toEqual([]);
    expect(read(list(1000, 100)).unreadable).toEqual([]);
    expect(read(list(1000, 200)).unreadable).toEqual([`2: ${RATIO}`]);
  });

  test('documents that pass alone share one allowance, over all files', () => {
    const allowance = new Allowance();
    const { documents, unreadable } = read(Array(10).fill(list(20_000, 15)).join('---\n'), allowance);
    expect([documents.length, unreadable.length]).toEqual([3, 7]);
    expect(unreadable[0]).toBe('11: with this alias, aliases stand for more than a million values in what is read; write out what they stand for');
    expect(read(list(20_000, 15), allowance).documents).toEqual([]);
    expect(read(list(20_000, 15)).documents).toHaveLength(1);
  });

  test('what aliases share is shared, not copied', () => {
    const [{ a1, a0 }] = read(laughs(1)).documents as [{ a0: unknown; a1: unknown[] }];
    expect(a1.every((each) => each === a0)).toBe(true);
  });
});

describe('nesting is bounded', () => {
  const DEEP = 100_000;
  test.each([
    ['brackets', '['.repeat(DEEP)],
    ['brackets that are closed', '['.repeat(DEEP) + ']'.repeat(DEEP)],
    ['braces', '{a: '.repeat(DEEP)],
    ['braces of JSON', `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
    ['brackets of JSON', `{"a":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    ['dashes', '- '.repeat(DEEP)],
    ['question marks', '? '.repeat(DEEP)],
    ['lines', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['lists in lines', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}-\n`).join('')],
  ])('of %s', (_, text) => {
    expect(read(text).unreadable).toEqual([expect.stringContaining(TOO_DEEP)]);
  });

  test('500 levels are read, in every style', () => {
    const nested = (open: string, close: string) => open.repeat(500) + close.repeat(500);
    for (const text of [nested('[', ']'), `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`, '- '.repeat(500), Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')]) {
      expect(read(text).unreadable).toEqual([]);
    }
  });

  test('a line within deep nesting is found', () => {
    const depth = 400;
    const text = `${Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}${' '.repeat(depth)}b: 1\n`;
    const { documents: [{ lineOf }] } = readSource(Buffer.from(text));
    expect(lineOf(`${'a.'.repeat(depth)}b`)).toBe(depth + 1);
  });
});

describe('size is no matter', () => {
  test('100,000 documents', () => {
    const text = Array.from({ length: 100_000 }, (_, i) => `kind: A\nname: a${i}\n---\n`).join('');
    expect(seconds(() => expect(read(text).documents).toHaveLength(100_000))).toBeLessThan(5);
  });

  test('100,000 documents that are not valid', () => {
    const text = Array.from({ length: 100_000 }, () => 'a: [\n---\n').join('');
    expect(seconds(() => expect(read(text).unreadable).toHaveLength(100_000))).toBeLessThan(10);
  });

  test('100,000 values of JSON, one after the other', () => {
    const text = Array.from({ length: 100_000 }, (_, i) => `{"a":${i}}`).join('\n');
    expect(seconds(() => expect(read(text).documents).toHaveLength(100_000))).toBeLessThan(5);
  });

  const MB = 2 ** 20;
  test.each<[string, string]>([
    ['a block scalar of 50 MB', `a: |\n${'  some text, and more of it\n'.repeat(50 * MB / 28)}`],
    ['text in quotes of 50 MB', `a: "${'x'.repeat(50 * MB)}"\n`],
    ['text of JSON of 50 MB', `{"a": "${'x\\n'.repeat(50 * MB / 3)}"}\n`],
    ['a comment of 50 MB', `# ${'x'.repeat(50 * MB)}\na: 1\n`],
    ['5 million empty lines', `${'\n'.repeat(5e6)}a: 1\n`],
    ['a million lines of comments', `${'# x\n'.repeat(1e6)}a: 1\n`],
    ['10 MB of spaces', `a: 1\n${' '.repeat(10 * MB)}\n`],
    ['a number of a million digits', `a: ${'9'.repeat(1e6)}\n`],
    ['a number of a million digits in base 16', `a: 0x${'f'.repeat(1e6)}\n`],
    ['a number of a million underscores', `a: 0x${'_'.repeat(1e6)}1\n`],
    ['a tag of a million characters', `a: !${'x'.repeat(1e6)} b\n`],
    ['an anchor of a million characters', `a: &${'x'.repeat(1e6)} b\n`],
    ['a list of a million items', `a:\n${'- x\n'.repeat(1e6)}`],
    ['a list of a million items in a line', `a: [${'x, '.repeat(1e6)}]\n`],
    ['a map of 200,000 keys', Array.from({ length: 200_000 }, (_, i) => `k${i}: 1\n`).join('')],
    ['a map of 200,000 keys in a line', `a: {${Array.from({ length: 200_000 }, (_, i) => `k${i}: 1`).join(', ')}}\n`],
    ['a million anchors', Array.from({ length: 200_000 }, (_, i) => `- &a${i} x\n`).join('')],
    ['a word over a million lines', `a: x\n${' x\n'.repeat(1e6)}`],
    ['a million quotes that double', `a: '${'\'\''.repeat(1e6)}'\n`],
  ])('%s', (_, text) => {
    expect(seconds(() => expect(read(text)).toEqual({ documents: [expect.anything()], unreadable: [] }))).toBeLessThan(10);
  });

  test.each<[string, string]>([
    ['a quote that is not closed for 20 MB', `{"a": "${'x'.repeat(20 * MB)}`],
    ['a million quotes that are not closed', Array(100_000).fill('a: "\n---\n').join('')],
    ['a key of 20 MB', `${'x'.repeat(20 * MB)}: 1\n`],
    ['a million escapes of JSON that end nowhere', `{"a": "${'\\n'.repeat(1e6)}`],
  ])('%s', (_, text) => {
    expect(seconds(() => expect(read(text).unreadable.length).toBeGreaterThan(0))).toBeLessThan(10);
  });
});

describe('encodings', () => {
  const POD = 'kind: Pod\nname: é😀\n';
  const expected = { documents: [{ kind: 'Pod', name: 'é😀' }], unreadable: [] };
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

  test('UTF-8 and UTF-16, with a byte order mark', () => {
    expect(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(POD)]))).toEqual(expected);
    expect(read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(POD, 'utf16le')]))).toEqual(expected);
    expect(read(Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(POD)]))).toEqual(expected);
  });

  test('UTF-16 without one is full of NULs, and refused', () => {
    expect(read(Buffer.from(POD, 'utf16le'))).toEqual({ documents: [], unreadable: ['2: it is not valid UTF-8; save it as UTF-8'] });
    expect(read(Buffer.from('kind: Pod\n', 'utf16le'))).toEqual({ documents: [], unreadable: ['1: it holds the character U+0000, which YAML does not allow here; take it away'] });
  });

  test('half a character of UTF-16', () => {
    const half = Buffer.from('a: 1\nb: \ud83d\n', 'utf16le');
    expect(read(Buffer.concat([Buffer.from([0xff, 0xfe]), half])).unreadable).toEqual(['2: it is not valid UTF-16LE; save it as UTF-8']);
    expect(read(Buffer.concat([Buffer.from([0xfe, 0xff]), half.swap16()])).unreadable).toEqual(['2: it is not valid UTF-16BE; save it as UTF-8']);
  });

  test('what is not valid UTF-8 costs its document, and no other its line', () => {
    const bytes = Buffer.concat([Buffer.from('a: é\n---\n# b\nc: '), Buffer.from([0xc3, 0x28]), Buffer.from('\n---\nd: [\n---\ne: é\n')]);
    expect(read(bytes)).toEqual({
      documents: [{ a: 'é' }, { e: 'é' }],
      unreadable: ['4: it is not valid UTF-8; save it as UTF-8', '6: it is no valid YAML: a value is missing'],
    });
    expect(readSource(bytes).documents[1].lineOf('e')).toBe(8);
  });

  test.each([['an overlong form', [0xc0, 0xaf]], ['half of a pair', [0xed, 0xa0, 0x80]], ['a character that is cut', [0xe2, 0x82]], ['beyond Unicode', [0xf5, 0x80, 0x80, 0x80]]])('%s is not valid', (_, bytes) => {
    expect(read(Buffer.concat([Buffer.from('a: "'), Buffer.from(bytes), Buffer.from('"\n')]))).toEqual({ documents: [], unreadable: ['1: it is not valid UTF-8; save it as UTF-8'] });
  });

  test('a part of a larger buffer is read as itself', () => {
    const whole = Buffer.from('b: 2\na: 1\nc: 3\n');
    expect(readSource(new Uint8Array(whole.buffer, whole.byteOffset + 5, 5)).documents[0].json).toEqual({ a: 1 });
  });

  test('only the file decides what is in it: nothing at all is no fault', () => {
    expect(read('')).toEqual({ documents: [], unreadable: [] });
    expect(read(Buffer.from([0xef, 0xbb, 0xbf]))).toEqual({ documents: [], unreadable: [] });
    expect(read(Buffer.from([0xff, 0xfe]))).toEqual({ documents: [], unreadable: [] });
  });
});
