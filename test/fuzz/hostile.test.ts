import * as fc from 'fast-check';
import { broken, checked, Outcome } from './chain';
import { BESIDE, MANIFESTS, weakened, WEAKENINGS, WRAPPINGS } from './manifests';
import { hostileNotation } from '../arbitraries/hostile-notation';
import { mutatedManifest } from '../arbitraries/manifest-text';

/** The whole chain, from bytes to a report, on hostile input: it ends in time, with a report, and nothing is judged better than it is. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 100_000);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const BATCH = 500;
const FORMATS = ['json', 'text', 'sarif', 'junit', 'markdown', 'html', 'openreports'];

beforeAll(() => process.stderr.write(`hostile input: FUZZ_RUNS=${RUNS} SEED=${SEED}\n`));

/** Runs inputs, and collects what is wrong with what comes of them. */
function fuzz<T>(share: number, inputs: fc.Arbitrary<T>, bytesOf: (input: T) => Buffer, wrong: (input: T, outcome: Outcome) => string[] = () => []): void {
  const faults: string[] = [];
  const statuses = [0, 0, 0];
  let slowest = 0;
  for (let done = 0, batch = 0; done < RUNS * share; batch++) {
    for (const input of fc.sample(inputs, { seed: SEED + batch, numRuns: BATCH })) {
      const format = FORMATS[done++ % FORMATS.length];
      const bytes = bytesOf(input);
      const outcome = checked(bytes, format);
      statuses[outcome.status]++;
      slowest = Math.max(slowest, outcome.seconds);
      const all = [...broken(outcome, format), ...wrong(input, outcome)];
      if (all.length > 0) faults.push(`${all.join('; ')}\n--format ${format}, base64 ${bytes.toString('base64')}\n${JSON.stringify(bytes.toString()).slice(0, 1000)}\n${outcome.stderr.slice(0, 500)}`);
    }
  }
  process.stderr.write(`${expect.getState().currentTestName}: ${statuses.map((count, status) => `${count} × exit ${status}`).join(', ')}; at most ${slowest.toFixed(2)} s\n`);
  expect(faults.slice(0, 5)).toEqual([]);
}

test('manifests changed at random', () => {
  fuzz(0.48, fc.oneof(mutatedManifest(), mutatedManifest(MANIFESTS)), (text) => Buffer.from(text));
});

test('bytes at random', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)), fc.tuple(mutatedManifest(MANIFESTS), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })).map(([text, changes]) => {
    const buffer = Buffer.from(text);
    for (const [at, byte] of changes) buffer[at % buffer.length] = byte;
    return buffer;
  }));
  fuzz(0.1, bytes, (array) => Buffer.from(array));
});

test('any JSON in the place of any field', () => {
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>({}, [], null, '', 0, -1, 1e300, 2 ** 53 + 1, '\u001b[2J', '__proto__', { __proto__: null, constructor: 1 }, [[]], [null], { '': '' }, 'x'.repeat(5000)));
  const inputs = fc.tuple(fc.constantFrom(...Object.keys(WEAKENINGS)), fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 3 })).map(([what, changes]) => {
    const object = weakened(what);
    for (const [at, value] of changes) {
      const places = placesIn(object);
      const [holder, key] = places[at % places.length];
      holder[key] = structuredClone(value); // the same value twice could hold itself
    }
    return object;
  });
  fuzz(0.15, inputs, (object) => Buffer.from(JSON.stringify(object)));
});

test('a few characters, a great many times', () => {
  const bits = fc.constantFrom('[', '{', '{a: ', '- ', '? ', ': ', '*a, ', '&a [', '&a ', '!!str ', '!', '"', '\'', '\\', '|\n', '>\n ', '<<: ', '<<: *a\n', '---\n', '...\n', '{"a":', '[[],', '# ', '\ufeff', '\u2028', '\r', '\t', ' ', '\n', '0', '_', '- *a\n', 'a: *a\n', '{}', 'x ', '%', '-', '-\n', 'é');
  const inputs = fc.tuple(mutatedManifest(), fc.array(fc.tuple(bits, fc.constantFrom(1, 10, 100, 499, 501, 5000, 20_000)), { minLength: 1, maxLength: 3 }), mutatedManifest())
    .map(([before, repeated, after]) => `${before}b: &a {x: 1}\nc: ${repeated.map(([bit, times]) => bit.repeat(times)).join('')}${after}`);
  fuzz(0.02, inputs, (text) => Buffer.from(text));
});

const plain = new Map(Object.keys(WEAKENINGS).map((what) => [what, findings(checked(Buffer.from(JSON.stringify(weakened(what)) + BESIDE), 'json').stdout)]));

test('what is judged here is judged at all', () => {
  expect(plain.get('complies')).toEqual([]);
  for (const [what, found] of plain) if (what !== 'complies') expect([what, found.length > 0]).toEqual([what, true]);
});

test('a Deployment in every notation that kubectl reads has the findings that it has in the plainest', () => {
  const inputs = fc.tuple(fc.constantFrom(...Object.keys(WEAKENINGS)), fc.constantFrom(...WRAPPINGS))
    .chain(([what, wrap]) => hostileNotation(wrap(weakened(what))).map((bytes) => ({ what, bytes })));
  fuzz(0.2, inputs, ({ bytes }) => bytes, ({ what, bytes }, { stdout, status, stderr }) => {
    if (status === 2) return [`it is refused: ${stderr}`];
    const isUtf16 = bytes[0] >= 0xfe;
    const json = checked(isUtf16 ? bytes : Buffer.concat([bytes, Buffer.from(BESIDE)]), 'json');
    const found = findings(json.stdout);
    // Alone, without the objects beside it, it may have more.
    const expected = plain.get(what)!;
    const isRight = isUtf16 ? expected.every((each) => found.includes(each)) : JSON.stringify(found) === JSON.stringify(expected);
    return isRight && (status === 1 || what === 'complies') && stdout !== '' ? [] : [`${what}: found ${found.join(', ')}, not ${expected.join(', ')}`];
  });
});

test('a weakened Deployment with a key given twice, of which the second complies, is refused', () => {
  const inputs = fc.tuple(fc.constantFrom(...Object.keys(WEAKENINGS).filter((what) => what !== 'complies')), fc.nat(0xffff)).map(([what, at]) => {
    const text = JSON.stringify(weakened(what));
    const closings = [...text.matchAll(/"([^"\\]+)":(?:[^{}[\]"]|"[^"]*")+(?=\})/g)];
    const { index, 0: entries, 1: key } = closings[at % closings.length];
    return `${text.slice(0, index + entries.length)},"${key}":null${text.slice(index + entries.length)}`;
  });
  fuzz(0.05, inputs, (text) => Buffer.from(text), (_, { status }) => (status === 2 ? [] : [`the exit status is ${status}`]));
});

/** Control and path of each violation of the Deployment. */
function findings(report: string): string[] {
  const { objects } = JSON.parse(report) as { objects: { kind: string; violations: { control: string; path: string }[] }[] };
  return objects.filter(({ kind }) => kind === 'Deployment').flatMap(({ violations }) => violations.map(({ control, path }) => `${control} ${path}`));
}

function placesIn(object: unknown): [{ [key: string]: unknown }, string][] {
  if (typeof object !== 'object' || object === null) return [];
  return Object.entries(object).flatMap(([key, value]): [{ [key: string]: unknown }, string][] => [[object as { [key: string]: unknown }, key], ...placesIn(value)]);
}
