import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { Allowance, readSource } from '../../lib/input';
import { readBlockDocument } from '../../lib/input/block-reader';
import { Parser } from '../../lib/input/parser';
import type { Places } from '../../lib/input/places';
import { hostileNotation } from '../arbitraries/hostile-notation';
import { mutatedManifest } from '../arbitraries/manifest-text';

const read = (text: string | Buffer) => readSource(Buffer.from(text));

/** Manifests in the style that nearly all are written in. */
const PLAIN = [
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-1\n  annotations:\n    a.b/c: "1"\n    \'d\': e # f\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: a\n          image: "x:1"\n          args: ["-c", \'x\', y, 1.5]\n          ports:\n          - containerPort: 8080\n          securityContext: {}\n        # g\n        - name: b\n\n          image: y\n',
  'a:\n- b\n- c: d\n  e: f\n-\n  - x\n- - y\n  - z\n# c\nd:\n  - e\n\n  -   f: 1\n      g: 2\nh: []\ni: {}\nj:\nk: ""\nl: [a, "b", \'c\', 1, [x, y], {k: v, "q": [1]}]\nm: {a: 1, b: {c: d}}\n',
  'a: |\n  text\n   more\n\n  end\nb: >-\n  fold\n  ed\n\n  x\nc: |2\n   x\nl:\n- |\n  x\n- k: |+\n    y\n\n  z: 1\ne: 1 # c\nf: "x" # y\n"g": h\n\'i\': j\n',
];

test('whatever it is given, it ends, and reads documents or names faults on a line of the file', () => {
  const bytes = fc.oneof(mutatedManifest().map((text) => Buffer.from(text)), fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)), fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)));
  fc.assert(fc.property(bytes, (given) => {
    const { documents, unreadable } = readSource(given);
    const lines = given.toString().split(/\r\n|\n|\r/).length;
    for (const { json, lineOf } of documents) {
      JSON.stringify(json);
      const line = lineOf('');
      expect(line >= 1 && line <= lines).toBe(true);
      expect(lineOf('spec.containers[0].securityContext')).toBeGreaterThanOrEqual(line);
    }
    for (const { line, problem } of unreadable) {
      expect(line >= 1 && line <= lines).toBe(true);
      expect(problem).toMatch(/^[^\n]+[^.\n]$/);
    }
  }), { numRuns: 1500 });
});

test('the way of plain block style and the whole grammar read the same, at the same places', () => {
  let quick = 0;
  fc.assert(fc.property(mutatedManifest(PLAIN), (given) => {
    const text = `${given.replace(/^(?:---|\.\.\.).*$/gm, '')}\n`;
    fc.pre(!/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text));
    const places: Places = new Map();
    const document = readBlockDocument(text, 0, text.length, places);
    if (!document) return;
    quick++;
    const slowPlaces: Places = new Map();
    const parser = new Parser(text, new Allowance(), slowPlaces);
    const slow = parser.document() ?? { json: null, at: document.at };
    expect(parser.document()).toBeUndefined();
    expect(slow).toEqual(document);
    expect(placed(slow.json, slowPlaces)).toEqual(placed(document.json, places));
  }), { numRuns: 4000 });
  expect(quick).toBeGreaterThan(400);
});

function placed(json: unknown, places: Places): unknown {
  if (typeof json !== 'object' || json === null) return null;
  return [[...places.get(json) ?? []], ...Object.values(json).map((value) => placed(value, places))];
}

/** JSON as Kubernetes has it: no numbers that are changed on their way. */
const json = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }), { minKeys: 1 });

test('JSON is read as JSON, in whatever way it is printed', () => {
  fc.assert(fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
    const { documents, unreadable } = read(JSON.stringify(value, undefined, space));
    expect(unreadable).toEqual([]);
    expect(JSON.stringify(documents[0].json)).toBe(JSON.stringify(value));
  }), { numRuns: 1000 });
});

test('what another program writes with everything in quotes is read as it was meant', () => {
  const options = fc.record({ indent: fc.constantFrom(2, 4), indentSeq: fc.boolean(), collectionStyle: fc.constantFrom('any' as const, 'flow' as const) });
  // Writers know only the line breaks of YAML 1.2.
  const ours = json.map((value) => JSON.parse(JSON.stringify(value).replace(/[\u0085\u2028\u2029\ufeff]/g, '_')) as unknown);
  fc.assert(fc.property(ours, options, (value, written) => {
    const text = stringify(value, { ...written, lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' });
    const { documents, unreadable } = read(text);
    expect([text, unreadable]).toEqual([text, []]);
    expect(JSON.stringify(documents[0].json)).toBe(JSON.stringify(value));
  }), { numRuns: 1000 });
});

test('a pod in any notation that kubectl reads is the pod', () => {
  const pod = {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { 'a.b/c': 'd e', '__proto__x': 'y' } },
    spec: { hostNetwork: true, containers: [{ name: 'a', args: ['-c', 'true', '0'], env: [], securityContext: { privileged: true, runAsUser: 0 } }, { name: 'b', resources: {}, command: null }] },
  };
  fc.assert(fc.property(hostileNotation(pod), (bytes) => {
    const { documents, unreadable } = readSource(bytes);
    expect(unreadable).toEqual([]);
    expect(documents.map((document) => document.json)).toEqual([pod]);
  }), { numRuns: 1000 });
});
