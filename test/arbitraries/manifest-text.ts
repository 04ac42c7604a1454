import * as fc from 'fast-check';

/** Texts that use all there is of YAML and JSON. */
const BASES = [
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {a: b, "c": d}\nspec:\n  containers:\n  - name: a\n    image: x:1\n    args: ["-c", \'x\', y]\n    securityContext:\n      privileged: true\n  - name: b\n',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n    name: web\nspec:\n    replicas: 0o2\n    template:\n        spec:\n            hostNetwork: yes\n            containers:\n                - name: a\n                  image: "x:1"\n                  command: [\n                    sh,\n                    -c\n                  ]\n                  securityContext: {}\n',
  'a: &x\n  b: 1\n  c: [1, 2]\nd:\n  <<: *x\n  b: 2\ne: *x\nf:\n  b: 3\n  <<: [*x, {z: 1}]\n',
  'a: |\n  text\n   more\n\n  end\nb: >-\n  fold\n  ed\n\n  x\nc: |2\n   x\nd: |+\n  keep\n\ne: 1\n',
  'k: "a\\n\\u0041 b\n  c"\nl: \'it\'\'s\n  two\'\nm: plain\n  more\n  text\nn: x # comment\no: x#y\n',
  '- a\n- - b\n  - c\n- d: e\n  f: g\n-\n  - h\n- {i: j, k: [l, m]}\n- [a: b, c]\n',
  '? a\n: b\n? [x]\n: y\nz: 1\n',
  'a: !!str 5\nb: !!int "7"\nc: !foo bar\nd: !!map {a: 1}\ne: !!binary aGk=\nf: ! 12\ng: !<tag:yaml.org,2002:str> 1\n',
  '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "x\\u00e9\\/"}, 2.5, true, null]}}\n',
  '{"a": 1}\n{"b": 2}\n---\nc: 3\n',
  '# comment\n---\n# c\na: b\n...\n---\nc: d\n--- # x\ne: f\n',
  'a:\n- b\n- c\nd:\n  - e\n  -   f: 1\n      g: 2\nh: []\ni: {}\nj:\nk: ""\n',
  '"quoted key": 1\n\'single\': 2\n1: a\ntrue: b\n1.5: c\nnull: d\n',
  'x: {a: {b: c}, d: [e, {f: g}], "h":i, j: "k", l: }\ny: [a, , b]\nz: [a,]\n',
  'a: b\nd: [e\n  f, g\n ]\nh: {\n  i: j\n}\n',
  'a: &b c\n*b : d\ne: *b\nf: [*b, *b]\ng: &h [1]\n&i j: &k\n  l: m\n',
];

/** What makes a difference somewhere. */
const BITS = [
  ' ', '  ', '    ', '\n', '\n\n', '  \n', '\t', ':', ': ', ' :', '-', '- ', '--', '#', ' #', '?', '? ', ',', ', ', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '~', '\\', '<<: ', '*x', '&x ',
  '---\n', '...\n', '--- ', '---#', '\r\n', '\r', '\u0085', '\u2028', '\u2029', '\ufeff', '\u00a0', '\u0000', '\u0007', '\u007f', '0', '1', 'a', 'é', '😀', 'true', 'y', 'null', '.nan', '0x', '0o', '_',
  'a: b\n', '- a\n', 'y: ', '1: ', '!!str ', '!x ', '|\n', '>\n', '|-\n', '|1\n', '""', '\'\'', '\\x41', '\\/', '\\u2028', '=', '+', '?a', ':b', '{?a: b}', '[a:b]', '{a:b}', '"a":b', '"x"#y', '&a.b', '&a:b ', '*a:', '[]', '{}', '[a]', '{a: b}',
  '__proto__: ', 'constructor: ', '%YAML 1.1\n', '%TAG ! x\n', '.5', '-1', '/', '$', '=',
];

type Edit = (text: string) => string;

/** A text of YAML or JSON, changed in up to three places; most of them are wrong. */
export function mutatedManifest(bases: readonly string[] = BASES): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const at = (share: number, length: number) => Math.floor(share * (length + 1));
  const inLines = (text: string, share: number, edit: (lines: string[], line: number) => void) => {
    const lines = text.split('\n');
    edit(lines, Math.floor(share * lines.length));
    return lines.join('\n');
  };
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(place, fc.constantFrom(...BITS)).map(([share, bit]): Edit => (text) => cut(text, at(share, text.length), 0, bit)) },
    fc.tuple(place, fc.integer({ min: 1, max: 3 })).map(([share, count]): Edit => (text) => cut(text, at(share, text.length), count, '')),
    fc.tuple(place, fc.integer({ min: 0, max: 6 })).map(([share, indent]): Edit => (text) => inLines(text, share, (lines, line) => void (lines[line] = ' '.repeat(indent) + lines[line].trimStart()))),
    fc.tuple(place, place).map(([from, to]): Edit => (text) => inLines(text, to, (lines, line) => void lines.splice(line, 0, lines[Math.floor(from * lines.length)]))),
    fc.tuple(place, fc.constantFrom(...bases), place, fc.integer({ min: 1, max: 3 })).map(([share, other, from, count]): Edit => (text) => inLines(text, share, (lines, line) => {
      const others = other.split('\n');
      const first = Math.floor(from * others.length);
      lines.splice(line, 0, ...others.slice(first, first + count));
    })),
  );
  return fc.tuple(fc.constantFrom(...bases), fc.array(edit, { minLength: 0, maxLength: 3 })).map(([base, edits]) => edits.reduce((text, change) => change(text), base));
}

function cut(text: string, at: number, count: number, instead: string): string {
  return text.slice(0, at) + instead + text.slice(at + count);
}
