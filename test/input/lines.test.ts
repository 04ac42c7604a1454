import { readSource } from '../../lib/input';

/** Each path in these texts stands in a comment on the line that is its own. */
const PATH = /# (\S+)$/;

const TEXTS: { readonly [shows: string]: string } = {
  'maps and lists, however they are indented': `
apiVersion: v1 # apiVersion
metadata: # metadata
    labels: # metadata.labels
        app: web # metadata.labels.app
spec: # spec
  containers: # spec.containers
  - name: a # spec.containers[0]
    image: x # spec.containers[0].image
    securityContext: # spec.containers[0].securityContext
      privileged: true # spec.containers[0].securityContext.privileged

  # a comment
  -   name: b # spec.containers[1]
      args: # spec.containers[1].args
        - x # spec.containers[1].args[0]
        - y # spec.containers[1].args[1]
      env:
      - # spec.containers[1].env[0]
        name: c # spec.containers[1].env[0].name
`,
  'keys in quotes, and keys with dots': `
metadata:
  annotations: # metadata.annotations
    "container.apparmor.security.beta.kubernetes.io/web": unconfined # metadata.annotations.container.apparmor.security.beta.kubernetes.io/web
    a.b/c: 1 # metadata.annotations["a.b/c"]
    'a': 2 # metadata.annotations.a
    a.b: 3 # metadata.annotations.a.b
    "d[0]": 4 # metadata.annotations["d[0]"]
    d: [5] # metadata.annotations.d
    "e\\"f": 6 # metadata.annotations["e\\"f"]
`,
  'scalars over several lines': `
a: | # a
  one
  two
b: > # b
  three

c: "four # not.a.path
  five"
d: plain
  six
e: 7 # e
`,
  'flow style': `
a: {b: 1, c: [ # a.b
  x, # a.c[0]
  {d: y, # a.c[1].d
   "e": z}, # a.c[1].e
  ], f: 2} # a.f
`,
  'aliases and merge keys: where the value is written': `
a: &a # a
  x: 1 # d[0].x
  w: # b.w
    z: 2 # c.w.z
b: *a # b
c:
  <<: *a
  x: 3 # c.x
d: # d
- *a # d[0]
e:
  <<: [{v: 4}, # e.v
       *a]
`,
  'the keys of an item that is a list': `
- - a # [0][0]
  - b # [0][1]
-
  - c: 1 # [1][0].c
- ? d # [2].d
  : e
`,
};

describe('the line of a field is that on which it is written', () => {
  test.each(Object.entries(TEXTS))('%s', (_, text) => {
    for (const lines of [text, text.replaceAll('\n', '\r\n'), `a: 1\n---\n${text}`, `a: 1\n---\n${text}---\nb: 2\n`, text.replaceAll('\n', '\r')]) {
      const { documents, unreadable } = readSource(Buffer.from(lines));
      expect(unreadable).toEqual([]);
      const document = documents[lines.startsWith('a: 1') ? 1 : 0];
      const expected = lines.split(/\r\n|\n|\r/).flatMap((line, i) => (PATH.test(line) && !line.includes('not.a.path') ? [[PATH.exec(line)![1], i + 1]] : []));
      expect(expected.length).toBeGreaterThan(2);
      expect(expected.map(([path]) => [path, document.lineOf(path as string)])).toEqual(expected);
    }
  });

  test('of one that is not there, it is that of the nearest around it', () => {
    const { documents: [{ lineOf }] } = readSource(Buffer.from('# a comment\n\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: x\n'));
    const asked = ['', 'metadata.name', 'spec.hostNetwork', 'spec.containers[0].securityContext.privileged', 'spec.containers[7].image', 'spec.containers.image', 'kind.x', '["', '[', '..', 'spec[0]', 'spec["\\u"]'];
    expect(asked.map((path) => [path, lineOf(path)])).toEqual([
      ['', 3], ['metadata.name', 3], ['spec.hostNetwork', 4], ['spec.containers[0].securityContext.privileged', 6], ['spec.containers[7].image', 5],
      ['spec.containers.image', 5], ['kind.x', 3], ['["', 3], ['[', 3], ['..', 3], ['spec[0]', 4], ['spec["\\u"]', 4],
    ]);
  });

  test('of a document, it is its first that says something', () => {
    const { documents } = readSource(Buffer.from('a: 1\n---\n# b\n\nc: 1\n--- {d: 1}\n---\n{"e": 1}\n{"f":\n1}\n--- # g\n\n  - h\n'));
    expect(documents.map(({ json, lineOf }) => [json, lineOf('')])).toEqual([[{ a: 1 }, 1], [{ c: 1 }, 5], [{ d: 1 }, 6], [{ e: 1 }, 8], [{ f: 1 }, 9], [['h'], 13]]);
  });

  test('in JSON, too, on however many lines', () => {
    const { documents } = readSource(Buffer.from('{\n\t"kind": "List",\n\t"items": [\n\t\t{"a.b": {\n\t\t\t"\\/x": [1,\n\t\t\t2]}},\n\t\t{"c": "\\ud83d\\ude00"}\n\t]\n}\n{"d": 1}'));
    expect(['kind', 'items', 'items[0].a.b', 'items[0]["a.b"]["/x"]', 'items[0].a.b./x[1]', 'items[1].c', 'items[1].d'].map((path) => documents[0].lineOf(path))).toEqual([2, 3, 4, 5, 6, 7, 7]);
    expect(documents[1].lineOf('d')).toBe(10);
  });

  test('a fault is named by the line on which it is', () => {
    const { unreadable } = readSource(Buffer.from('a: 1\n---\nb:\n  c: 1\n  d: 2\n  c: 3\n---\n\n{"e": 1,\n\n "e": 2}\n---\nf: "\n\n---\n# g\nh: [1,\n2\n'));
    expect(unreadable.map(({ line, problem }) => `${line}: ${problem}`)).toEqual([
      '6: the key "c" is given twice in one map, of which Kubernetes silently keeps the last; write it once',
      '11: the key "e" is given twice in one map, of which Kubernetes silently keeps the last; write it once',
      '13: it is no valid YAML: a quote is not closed',
      '18: it is no valid YAML: a "," or "]" is missing',
    ]);
  });
});
