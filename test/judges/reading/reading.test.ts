import * as fc from 'fast-check';
import * as fs from 'fs';
import * as path from 'path';
import { Answer, kubectlReader } from './kubectl';
import { readSource } from '../../../lib/input';
import { hostileNotation } from '../../arbitraries/hostile-notation';
import { mutatedManifest } from '../../arbitraries/manifest-text';
import { ANSWERS, SCALARS } from '../../input/kubectl/answers';
import { TEXTS } from '../../input/kubectl/texts';

/** kubectl's own decoder reads what we read. It judges the tables of test/input/kubectl, too; UPDATE_GOLDEN=1 rewrites them. */
const kubectl = kubectlReader();
const judge = kubectl ? test : test.skip;

const TABLES = path.join(__dirname, '../../input/kubectl');
const texts = Object.entries(TEXTS);
/** The same texts in every run, unless another seed is asked for. */
const SEED = Number(process.env.SEED ?? 20_261_125);

beforeAll(() => process.stderr.write(`texts at random: SEED=${SEED}\n`));

judge('the table of texts says what kubectl makes of them', () => {
  const answers = kubectl!(texts.map(([, { text }]) => text));
  const table = Object.fromEntries(texts.map(([shows], i) => [shows, answers[i]]));
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(path.join(TABLES, 'documents.json'), asTable(Object.entries(table)));
  else expect(ANSWERS).toEqual(JSON.parse(JSON.stringify(table)));
});

judge('the table of scalars says what kubectl makes of them', () => {
  const scalars = Object.keys(SCALARS);
  const values = kubectl!(scalars.map((scalar) => `v: ${scalar}\n`)).map((answer) => only(answer, ({ v }) => JSON.stringify(v)));
  const keys = kubectl!(scalars.map((scalar) => `? ${scalar}\n: v\n`)).map((answer) => only(answer, (document) => Object.keys(document)[0]));
  const table = Object.fromEntries(scalars.map((scalar, i) => [scalar, [values[i], keys[i]]]));
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(path.join(TABLES, 'scalars.json'), asTable(Object.entries(table)));
  else expect(SCALARS).toEqual(table);
});

judge('of 30,000 manifests that were changed at random we read every document as kubectl does, or refuse it', () => {
  const manifests = fc.sample(mutatedManifest(), { seed: SEED, numRuns: 30_000 });
  const answers = kubectl!(manifests);
  const differing = manifests.filter((text, i) => {
    const { documents, unreadable } = readSource(Buffer.from(text));
    const ours = documents.map(({ json }) => canonical(json));
    return unreadable.length === 0 && answers[i].refused === undefined && !isWithin(answers[i].documents.map(canonical), ours);
  });
  expect(differing).toEqual([]);
  // So that a judge that looks at nothing fails.
  expect(answers.filter(({ documents }) => documents.length > 0).length).toBeGreaterThan(3000);
});

judge('kubectl reads every notation that the fuzz program writes, as what it was given', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { 'a.b/c': 'd e' } }, spec: { hostNetwork: true, containers: [{ args: ['-c', 'true', '0'], env: [], securityContext: { privileged: true, runAsUser: 65534 } }, { command: null, resources: {} }] } };
  const texts = fc.sample(hostileNotation(pod), { seed: SEED, numRuns: 5000 });
  expect(kubectl!(texts).flatMap(({ documents }, i) => (documents.map(canonical).join() === canonical(pod) ? [] : [texts[i].toString()]))).toEqual([]);
});

judge('a document makes too much of aliases where kubectl says so', () => {
  const laughs = (levels: number, each: number) => `a0: &a0 {x: 1}\n${Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(each).fill(`*a${i}`).join(', ')}]\n`).join('')}`;
  const lists = (items: number, aliases: number) => `a: &a [${Array(items).fill('x').join(', ')}]\nb: [${Array(aliases).fill('[*a, q, *a]').join(', ')}]\n`;
  const merges = (keys: number, aliases: number) => `a: &a\n  <<: {${Array.from({ length: keys }, (_, i) => `k${i}: 1`).join(', ')}}\nb:\n${'- <<: [*a, {p: 1}]\n  z: *a\n'.repeat(aliases)}`;
  const counts = [1, 2, 5, 10, 50, 90, 97, 98, 99, 100, 101, 102, 150, 200, 500, 1000, 3000];
  const texts = [
    ...Array.from({ length: 12 }, (_, levels) => [1, 2, 3, 5, 9, 10, 50].map((each) => laughs(levels, each))).flat(),
    ...[1, 5, 20, 99, 500, 5000].flatMap((size) => counts.filter((count) => count * size < 1e6).flatMap((count) => [lists(size, count), merges(size, count)])),
  ];
  const refusals = kubectl!(texts).map(({ refused }) => refused !== undefined);
  expect(texts.map((text) => readSource(Buffer.from(text)).unreadable.length > 0)).toEqual(refusals);
  expect([true, false].map((each) => refusals.filter((refused) => refused === each).length > 50)).toEqual([true, true]);
});

/** We go on where kubectl stops, and so may have more. */
function isWithin(few: readonly string[], many: readonly string[]): boolean {
  let at = 0;
  for (const each of many) if (each === few[at]) at++;
  return at === few.length;
}

/** JSON with sorted keys, and without negative zeros. */
function canonical(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) => value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value);
}

function only(answer: Answer, asked: (document: { readonly [key: string]: unknown }) => string): string | null {
  return answer.refused === undefined ? asked(answer.documents[0] as { readonly [key: string]: unknown }) : null;
}

function asTable(entries: readonly [string, unknown][]): string {
  return `{\n${entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}\n`;
}
