import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { assess } from '../../../lib/assessment';
import { CATALOG, controlsAt, isPodControl, Level } from '../../../lib/controls';
import { inventoryOf } from '../../../lib/inventory';

/**
 * Kubernetes' own corpus for Pod Security: for each level and release the pods that its admission plugin must admit and refuse, the
 * check that must refuse them in the file's name.
 */
const MODULE = 'k8s.io/pod-security-admission@v0.37.2';
/** What Kubernetes' own plugin checks, and that it can be read at all. */
const POD_SECURITY = CATALOG.filter(({ id, frameworks }) => frameworks.pss !== undefined || id === 'object/well-formed');
const corpus = fetched();

const describeWithCorpus = corpus === undefined ? describe.skip : describe;
const corpusFolders = corpus === undefined ? [] : (['baseline', 'restricted'] as const)
  .flatMap((level) => fs.readdirSync(path.join(corpus, level)).map((version): [Level, string] => [level, version.slice(1)]));

describeWithCorpus(`every pod of ${MODULE} is judged as Kubernetes judges it`, () => {
  test('the corpus is whole', () => {
    const count = corpusFolders.flatMap(([level, version]) => ['pass', 'fail'].map((verdict) => podsIn(level, version, verdict).length)).reduce((a, b) => a + b);
    expect([corpusFolders.length, count]).toEqual([76, 4537]);
  });

  test.each(corpusFolders)('%s %s', (level, version) => {
    const pss = new Map(controlsAt(level, version, POD_SECURITY).filter(isPodControl).map(({ id, frameworks }) => [id, frameworks.pss!]));
    const named = (verdict: string) => podsIn(level, version, verdict).map(({ file, pod }) => {
      const findings = assess(inventoryOf([{ json: pod, where: file }]), { level, kubernetesVersion: version, catalog: POD_SECURITY });
      return [file, [...new Set(findings.map(({ control }) => pss.get(control) ?? control))].join(' ')];
    });
    expect(named('pass').filter(([, checks]) => checks !== '')).toEqual([]);
    const alone = named('fail').map(([file, checks]) => [file, checks.split(' ').filter((check) => check !== RIGHTLY_BESIDE[file]).join(' ')]);
    expect(alone.filter(([file, checks]) => checks !== expectedCheck(file, [...pss.keys()]))).toEqual([]);
  });
});

/** Fixtures that fail a second check by their nature, at the levels that have it. */
const RIGHTLY_BESIDE: { readonly [file: string]: string } = {
  'privileged0.yaml': 'allowPrivilegeEscalation', // a privileged container may escalate, and says so
  'privileged1.yaml': 'allowPrivilegeEscalation',
  'windowshostprocess0.yaml': 'hostNamespaces', // a host process needs the host's network
  'windowshostprocess1.yaml': 'hostNamespaces',
  'allowprivilegeescalation3.yaml': 'capabilities_restricted', // lacks the whole security context
};

/** The file's check, or the stricter form of it that is asked at this level in this release. */
function expectedCheck(file: string, asked: readonly string[]): string {
  const check = file.replace(/\d+\.yaml$/, '');
  const control = CATALOG.filter(isPodControl).find(({ frameworks }) => frameworks.pss?.toLowerCase() === check);
  const stricter = CATALOG.filter(isPodControl).find(({ id, replaces }) => replaces === control?.id && asked.includes(id));
  return stricter?.frameworks.pss ?? control?.frameworks.pss ?? check;
}

function podsIn(level: string, version: string, verdict: string): { file: string; pod: unknown }[] {
  const folder = path.join(corpus!, level, `v${version}`, verdict);
  return fs.readdirSync(folder).map((file) => ({ file, pod: parse(fs.readFileSync(path.join(folder, file), 'utf8')) }));
}

/** The corpus as the go tool fetches and verifies it; undefined, with a word, where there is no go, or no way to the module. */
function fetched(): string | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pod-security.'));
  try {
    const said = execFileSync('go', ['mod', 'download', '-json', MODULE], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 50_000 });
    return path.join(JSON.parse(said).Dir, 'test/testdata');
  } catch (error) {
    process.stderr.write(`skipped: the Pod Security corpus needs the go tool and its module proxy (${String((error as Error).message).split('\n')[0]})\n`);
    return undefined;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
