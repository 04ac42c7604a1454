import { ANSWERS, SCALARS } from './kubectl/answers';
import { TEXTS } from './kubectl/texts';
import { readSource } from '../../lib/input';

/** What kubectl's own decoder makes of these texts was written down; test/judges/reading asks it again. */

test('every text has an answer of kubectl, and every answer its text', () => {
  expect(Object.keys(ANSWERS)).toEqual(Object.keys(TEXTS));
});

describe('we read what kubectl reads, and refuse what it refuses', () => {
  test.each(Object.entries(TEXTS))('%s', (shows, { text, refused, more, other }) => {
    const { documents, unreadable } = readSource(Buffer.from(text));
    const ours = documents.map(({ json }) => json);
    const theirs = ANSWERS[shows].documents.map(withoutNegativeZero);
    const isRefused = ANSWERS[shows].refused !== undefined;
    if (!other) expect(ours).toEqual(more || isRefused ? expect.arrayContaining(theirs) : refused === undefined ? theirs : expect.anything());
    if (!more) expect(unreadable.length > 0).toBe(refused !== undefined || isRefused);
    if (refused !== undefined) expect(unreadable.map(({ problem }) => problem)).toContain(refused);
    // What we refuse and kubectl does not, we do not read otherwise, either.
    if (refused !== undefined && !other) for (const each of ours) expect(theirs).toContainEqual(each);
  });
});

describe('scalars mean what they mean to kubectl', () => {
  const scalars = Object.entries(SCALARS);

  test('as values', () => {
    expect(scalars.filter(([scalar, [value]]) => read(`v: ${scalar}\n`, ({ v }) => v) !== normal(value))).toEqual([]);
  });

  test('as keys', () => {
    expect(scalars.filter(([scalar, [, key]]) => read(`? ${scalar}\n: v\n`, (json) => Object.keys(json)[0]) !== JSON.stringify(key))).toEqual([]);
  });

  test('in lists, within brackets and over several lines', () => {
    for (const [scalar, [value]] of scalars) {
      if (value === null || /^:|[,?]/.test(scalar)) continue;
      const expected = normal(value);
      expect([scalar, read(`- ${scalar}\n`, (json) => json[0])]).toEqual([scalar, expected]);
      expect([scalar, read(`[${scalar}]\n`, (json) => json[0])]).toEqual([scalar, expected]);
      expect([scalar, read(`a:\n\n  # b\n  ${scalar}   # c\n`, ({ a }) => a)]).toEqual([scalar, expected]);
    }
  });
});

function read(text: string, asked: (json: { readonly [key: string]: unknown }) => unknown): string {
  const { documents, unreadable } = readSource(Buffer.from(text));
  return unreadable.length > 0 ? 'null' : JSON.stringify(asked(documents[0].json as { readonly [key: string]: unknown }));
}

/** A value as kubectl writes it in JSON, as we do; null where it is refused, and where it is null. */
function normal(value: string | null): string {
  return JSON.stringify(value === null ? null : withoutNegativeZero(JSON.parse(value)));
}

function withoutNegativeZero(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json));
}
