import * as fs from 'fs';
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

test('a folder is read in the order of names, with the folders in it, and only files that are named for YAML and JSON', () => {
  write({ 'k8s/b.yaml': POD, 'k8s/a/z.yml': POD, 'k8s/a/B.json': JSON.stringify({ apiVersion: 'v1', kind: 'Pod' }), 'k8s/a/notes.txt': 'no', 'k8s/.hidden/c.yaml': POD });
  expect(read(['k8s'])).toEqual({ manifests: ['k8s/.hidden/c.yaml:1', 'k8s/a/B.json:1', 'k8s/a/z.yml:1', 'k8s/b.yaml:1'], notKubernetes: [], unreadable: [] });
});

test('a document that cannot be read does not stand in the way of those around it', () => {
  write({ 'all.yaml': `${POD}---\na: [\n---\n${POD}` });
  expect(read(['all.yaml'])).toEqual({
    manifests: ['all.yaml:1', 'all.yaml:8'],
    notKubernetes: [],
    unreadable: ['all.yaml:6: it is no valid YAML: a value is missing'],
  });
});
