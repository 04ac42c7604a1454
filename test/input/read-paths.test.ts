import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';
import { noticeLine, readPaths } from '../../lib/gates/cli/read-paths';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-paths-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

function write(files: { readonly [name: string]: string | Buffer }): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
}

/** What is read of paths in the folder, whose own name is left out. */
function read(paths: readonly string[], stdin = ''): { manifests: string[]; notKubernetes: string[]; unreadable: string[] } {
  const input = readPaths(paths.map((each) => (each === '-' ? each : path.join(folder, each))), { stdin: () => Buffer.from(stdin) });
  const shown = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    manifests: input.manifests.map(({ where, lineOf }) => shown(`${where}:${lineOf!('')}`)),
    notKubernetes: input.notKubernetes.map((notice) => shown(noticeLine(notice))),
    unreadable: input.unreadable.map((notice) => shown(noticeLine(notice))),
  };
}

const nothing = { manifests: [], notKubernetes: [], unreadable: [] };

describe('folders', () => {
  test('are read in the order of names, with the folders in them, and only files that are named for YAML and JSON', () => {
    write({
      'k8s/b.yaml': POD, 'k8s/a/z.yml': POD, 'k8s/a/B.json': JSON.stringify({ apiVersion: 'v1', kind: 'Pod' }), 'k8s/a.yaml': POD, 'k8s/É.yaml': POD, 'k8s/Z.yaml': POD,
      'k8s/a/notes.txt': 'no', 'k8s/a/x.YAML': 'no', 'k8s/a/yaml': 'no', 'k8s/a/.yaml.swp': 'no',
    });
    expect(read(['k8s'])).toEqual({ ...nothing, manifests: ['k8s/Z.yaml:1', 'k8s/a/B.json:1', 'k8s/a/z.yml:1', 'k8s/a.yaml:1', 'k8s/b.yaml:1', 'k8s/É.yaml:1'] });
  });

  test('that are hidden, and node_modules, are no exception, as for kubectl', () => {
    write({ '.github/a.yaml': POD, 'node_modules/b/c.yaml': POD, '.d.yaml': POD });
    expect(read(['.'])).toEqual({ ...nothing, manifests: ['.d.yaml:1', '.github/a.yaml:1', 'node_modules/b/c.yaml:1'] });
  });

  test('may be named like files', () => {
    write({ 'x.yaml/y.json/a.yml': POD });
    expect(read(['x.yaml'])).toEqual({ ...nothing, manifests: ['x.yaml/y.json/a.yml:1'] });
  });

  test('that hold no manifest are refused where they are given, and only there', () => {
    write({ 'k8s/empty/notes.txt': 'no', 'k8s/a.yaml': POD });
    fs.mkdirSync(path.join(folder, 'none'));
    const refused = (name: string) => `${name}: there is no *.yaml, *.yml or *.json in it; give a file or a folder that has manifests`;
    expect(read(['k8s', 'none'])).toEqual({ ...nothing, manifests: ['k8s/a.yaml:1'], unreadable: [refused('none')] });
    expect(read(['k8s/empty'])).toEqual({ ...nothing, unreadable: [refused('k8s/empty')] });
    expect(read(['k8s/a.yaml', 'k8s'])).toEqual({ ...nothing, manifests: ['k8s/a.yaml:1'] });
  });

  test('of 500 levels are read', () => {
    write({ [`${'d/'.repeat(500)}a.yaml`]: POD });
    expect(read(['d']).manifests).toHaveLength(1);
  });
});

describe('files', () => {
  test('that are given are read whatever their names', () => {
    write({ 'Manifest': POD, 'x.txt': POD, '-': POD, '--help': POD });
    expect(read(['Manifest', 'x.txt', './-', '--help']).manifests).toEqual(['Manifest:1', 'x.txt:1', './-:1', '--help:1'].map((name) => name.replace('./', '')));
  });

  test('that are given twice, or by two names, are read once', () => {
    write({ 'a.yaml': POD, 'k8s/b.yaml': POD });
    fs.symlinkSync('../a.yaml', path.join(folder, 'k8s/link.yaml'));
    expect(read(['a.yaml', 'a.yaml', 'k8s/../a.yaml', 'k8s', 'k8s/b.yaml', 'k8s/link.yaml', '.'])).toEqual({ ...nothing, manifests: ['a.yaml:1', 'k8s/b.yaml:1'] });
  });

  test('that are not there are named', () => {
    write({ 'a.yaml': POD });
    expect(read(['no.yaml', 'a.yaml', 'a.yaml/b', `${'n'.repeat(300)}.yaml`, ''])).toEqual({
      ...nothing, manifests: ['a.yaml:1'],
      unreadable: [
        'no.yaml: there is no such file or folder', 'a.yaml/b: there is no such file or folder',
        `${'n'.repeat(300)}.yaml: there is no such file or folder; names are not as long`,
      ].concat(read(['']).unreadable),
    });
    expect(readPaths([''], { stdin: () => Buffer.from('') }).unreadable).toEqual([{ file: '""', problem: 'there is no such file or folder' }]);
  });

  test('that are larger than any should be are refused before they are read', () => {
    write({ 'a.yaml': '' });
    fs.truncateSync(path.join(folder, 'a.yaml'), 2 ** 28 + 1);
    expect(read(['a.yaml'])).toEqual({ ...nothing, unreadable: ['a.yaml: it has 268435457 bytes, and at most 268435456 are read; take it apart'] });
  });

  test('that others may read, and this user not, are named, and folders like that', () => {
    write({ 'k8s/a.yaml': POD, 'k8s/b.yaml': POD, 'k8s/c/d.yaml': POD });
    fs.chmodSync(path.join(folder, 'k8s/a.yaml'), 0o000);
    fs.chmodSync(path.join(folder, 'k8s/c'), 0o000);
    fs.chmodSync(folder, 0o755);
    asNobody(() => expect(read(['k8s'])).toEqual({ ...nothing, manifests: ['k8s/b.yaml:1'], unreadable: ['k8s/a.yaml: it may not be read by this user', 'k8s/c: it may not be read by this user'] }));
    fs.chmodSync(path.join(folder, 'k8s/c'), 0o755);
  });

  test('with names that a terminal would obey are shown so that it does not', () => {
    write({ 'a\u001b[2J\n\u202e.yaml': 'a: [' });
    expect(read(['.']).unreadable).toEqual(['a\\u001b[2J\\u000a\\u202e.yaml:1: it is no valid YAML: a value is missing']);
  });
});

describe('links', () => {
  test('to files and folders are followed, each once, whatever they loop', () => {
    write({ 'k8s/a/b.yaml': POD, 'other/c.yaml': POD });
    fs.symlinkSync('..', path.join(folder, 'k8s/a/up'));
    fs.symlinkSync('../../other', path.join(folder, 'k8s/a/other'));
    fs.symlinkSync('../other/c.yaml', path.join(folder, 'k8s/z.yaml'));
    fs.symlinkSync('../other/c.yaml', path.join(folder, 'k8s/z.txt'));
    expect(read(['k8s'])).toEqual({ ...nothing, manifests: ['k8s/a/b.yaml:1', 'k8s/a/other/c.yaml:1'] });
  });

  test('to nothing and to themselves are named, if they are named for manifests', () => {
    write({ 'k8s/a.yaml': POD });
    for (const [name, target] of [['none.yaml', 'nowhere'], ['loop.yaml', 'loop.yaml'], ['one.yaml', 'two.yaml'], ['two.yaml', 'one.yaml'], ['none', 'nowhere'], ['loop', 'loop']]) fs.symlinkSync(target, path.join(folder, 'k8s', name));
    expect(read(['k8s'])).toEqual({
      ...nothing, manifests: ['k8s/a.yaml:1'],
      unreadable: [
        'k8s/loop.yaml: it is a link that leads back to itself', 'k8s/none.yaml: it is a link to nothing',
        'k8s/one.yaml: it is a link that leads back to itself', 'k8s/two.yaml: it is a link that leads back to itself',
      ],
    });
    expect(read(['k8s/none', 'k8s/loop']).unreadable).toEqual(['k8s/none: it is a link to nothing', 'k8s/loop: it is a link that leads back to itself']);
  });
});

describe('what is no file is refused, and not waited for', () => {
  const refused = (name: string) => `${name}: it is neither a file nor a folder; to judge what a program prints, give "-" and pipe it in`;

  test('a FIFO that nobody writes to', () => {
    write({ 'k8s/b.yaml': POD });
    execFileSync('mkfifo', [path.join(folder, 'k8s/a.yaml'), path.join(folder, 'k8s/c')]);
    expect(read(['k8s'])).toEqual({ ...nothing, manifests: ['k8s/b.yaml:1'], unreadable: [refused('k8s/a.yaml')] });
    expect(read(['k8s/c']).unreadable).toEqual([refused('k8s/c')]);
  });

  test('a socket', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(folder, 's.yaml'), resolve));
    expect(read(['.']).unreadable).toEqual([refused('s.yaml')]);
    await new Promise((resolve) => server.close(resolve));
  });

  test('a device that never ends', () => {
    const input = readPaths(['/dev/zero'], { stdin: () => Buffer.from('') });
    expect(input.unreadable.map(noticeLine)).toEqual([refused('/dev/zero')]);
  });
});

describe('stdin', () => {
  test('is "-", and read once, in its turn', () => {
    write({ 'a.yaml': POD, 'b.yaml': POD });
    expect(read(['a.yaml', '-', 'b.yaml', '-'], `${POD}---\n${POD}---\na: [\n---\nx: 1\n`)).toEqual({
      manifests: ['a.yaml:1', '-:1', '-:6', 'b.yaml:1'],
      notKubernetes: ['-:13: what has no apiVersion and no kind is no Kubernetes object'],
      unreadable: ['-:11: it is no valid YAML: a value is missing'],
    });
  });

  test('that cannot be read is named', () => {
    const input = readPaths(['-'], { stdin: () => {
      throw Object.assign(new Error('EAGAIN: resource temporarily unavailable, read'), { code: 'EAGAIN' });
    } });
    expect(input.unreadable.map(noticeLine)).toEqual(['-: it cannot be read: EAGAIN: resource temporarily unavailable, read']);
  });
});

describe('documents', () => {
  test('that cannot be read do not stand in the way of those around them', () => {
    write({ 'all.yaml': `${POD}---\na: [\n---\n${POD}---\nb: 1\nb: 2\n---\n${POD}` });
    expect(read(['all.yaml'])).toEqual({
      manifests: ['all.yaml:1', 'all.yaml:8', 'all.yaml:16'],
      notKubernetes: [],
      unreadable: ['all.yaml:6: it is no valid YAML: a value is missing', 'all.yaml:14: the key "b" is given twice in one map, of which Kubernetes silently keeps the last; write it once'],
    });
  });

  test('that cannot be read after one with directives, too', () => {
    write({ 'all.yaml': `%YAML 1.1\n---\n${POD}---\na: [\n---\n%YAML 1.1\n# c\n---\n${POD}` });
    expect(read(['all.yaml'])).toEqual({ ...nothing, manifests: ['all.yaml:3', 'all.yaml:13'], unreadable: ['all.yaml:8: it is no valid YAML: a value is missing'] });
  });

  test('that are no Kubernetes objects are named once each, and are no fault', () => {
    write({
      'patch.yaml': '# comment\n\n- op: replace\n  path: /spec\n', 'values.yaml': 'image:\n  tag: 1\n', 'text.yaml': 'just text\n', 'number.yaml': '1\n',
      'dashboard.json': '{"panels": [], "kind": 1}', 'package.json': '{"name": "x"}', 'chart.yaml': 'apiVersion: v2\nname: x\n', 'pipeline.yaml': 'kind: pipeline\nsteps: []\n',
      'empty-kind.yaml': 'apiVersion: v1\nkind: ""\n', 'list-kind.yaml': 'apiVersion: v1\nkind: [Pod]\n', 'proto.json': '{"__proto__": {"apiVersion": "v1", "kind": "Pod"}}',
    });
    expect(read(['.'])).toEqual({
      manifests: [],
      unreadable: [],
      notKubernetes: [
        'chart.yaml:1: what has no kind is no Kubernetes object', 'dashboard.json:1: what has no apiVersion and no kind is no Kubernetes object',
        'empty-kind.yaml:1: what has no kind is no Kubernetes object', 'list-kind.yaml:1: what has no kind is no Kubernetes object',
        'number.yaml:1: text without fields is no Kubernetes object', 'package.json:1: what has no apiVersion and no kind is no Kubernetes object',
        'patch.yaml:3: a list is no Kubernetes object', 'pipeline.yaml:1: what has no apiVersion is no Kubernetes object',
        'proto.json:1: what has no apiVersion and no kind is no Kubernetes object', 'text.yaml:1: text without fields is no Kubernetes object',
        'values.yaml:1: what has no apiVersion and no kind is no Kubernetes object',
      ],
    });
  });

  test('that hold nothing are passed over, as kubectl does', () => {
    write({ 'a.yaml': '', 'b.yaml': '# only\n---\n---\n# comments\n---\nnull\n---\n~\n', 'c.json': ' \n' });
    expect(read(['.'])).toEqual(nothing);
  });

  test('that only lack an apiVersion are judged all the same: the API server may take them', () => {
    write({ 'a.yaml': 'kind: Pod\nmetadata: {name: x}\nspec: {}\n---\nkind: List\nitems: []\n' });
    expect(read(['.'])).toEqual({ ...nothing, manifests: ['a.yaml:1', 'a.yaml:5'] });
  });

  test('of one identity are each read', () => {
    write({ 'a.yaml': `${POD}---\n${POD}`, 'b.yaml': POD });
    expect(read(['.']).manifests).toEqual(['a.yaml:1', 'a.yaml:6', 'b.yaml:1']);
  });

  test('of many files share one allowance for what aliases stand for', () => {
    const much = `a: &a [${Array(20_000).fill('x').join(', ')}]\nb: [${Array(15).fill('*a').join(', ')}]\n`;
    write(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.yaml`, much])));
    expect(read(['.']).unreadable).toHaveLength(7);
  });
});

/** Runs something as a user that owns nothing; as who runs the tests if that is no administrator. */
function asNobody(run: () => void): void {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid!(65534);
  try {
    run();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}
