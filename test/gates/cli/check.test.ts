import * as fs from 'fs';
import { ran, Scratch } from './command-line';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const EPOCH = { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 8, 30) / 1000) };

/** A Deployment that breaks one control of the profile baseline, or none. */
const deployment = (name: string, field = 'hostPID: true') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  template:
    spec:
      ${field}
      containers:
        - name: main
          image: registry.example.com/a:1
`;
const WEAK = scratch.write('weak.yaml', deployment('web'));
const CLEAN = scratch.write('clean.yaml', deployment('web', 'hostPID: false'));
const EXEMPTIONS = (rest = '') => `exemptions:
  - control: pod/no-host-namespaces
    kind: Deployment
    namespace: shop
    name: web
    reason: reads /proc of the host
    owner: team-shop
    expires: 2027-03-31
${rest}`;

const check = (...args: string[]) => ran(['check', '--profile', 'baseline', ...args], { env: EPOCH });
const json = (...args: string[]) => JSON.parse(check('--format', 'json', ...args).stdout);
const found = (...args: string[]) => json(...args).objects.map(({ file, name, violations }: { file: string; name: string; violations: { control: string }[] }) =>
  [file.replace(`${scratch.folder}/`, ''), name, violations.map(({ control }) => control)]);

describe('the exit status', () => {
  test.each<[string, string[], number]>([
    ['nothing is wrong', [CLEAN], 0],
    ['something is', [WEAK], 1],
    ['something is, and as bad as it must be', [WEAK, '--fail-on', 'critical'], 1],
    ['what is wrong is not bad enough', [scratch.write('high.yaml', deployment('a', 'volumes: [{name: a, hostPath: {path: /}}]')), '--fail-on', 'critical'], 0],
    ['it is just bad enough', [scratch.path('high.yaml'), '--fail-on', 'high'], 1],
    ['what is no object of Kubernetes stands beside', [CLEAN, scratch.write('values.yaml', 'replicas: 3\n')], 0],
    ['a file cannot be read', [CLEAN, scratch.write('broken.yaml', 'a: [')], 2],
    ['a file is not there', [WEAK, scratch.path('nowhere.yaml')], 2],
  ])('when %s', (_what, args, status) => expect(check(...args).status).toBe(status));

  test('what cannot be read does not keep the rest from being judged and reported', () => {
    const { status, stdout, stderr } = check('--format', 'json', scratch.path('nowhere.yaml'), scratch.write('mixed.yaml', `${deployment('one')}---\na: [\n---\n${deployment('two')}`));
    expect(status).toBe(2);
    expect(JSON.parse(stdout).objects.map(({ name, allowed }: { name: string; allowed: boolean }) => [name, allowed])).toEqual([['one', false], ['two', false]]);
    expect(stderr.split('\n').map((line) => line.replace(`${scratch.folder}/`, '').replace(/(:\d+).*/, '$1'))).toEqual(['nowhere.yaml: there is no such file or folder', 'mixed.yaml:12', '']);
  });

  test('--fail-on changes nothing of the report', () => {
    expect(check(WEAK, '--fail-on', 'critical').stdout).toBe(check(WEAK).stdout);
  });
});

describe('what is said where', () => {
  test('the report alone on stdout; what is no object once on stderr, with its line', () => {
    const { stdout, stderr } = check(CLEAN, scratch.write('two.yaml', 'x: 1\n---\n- y\n'), '--format', 'json');
    expect(JSON.parse(stdout).summary.notKubernetes).toBe(2);
    expect(stderr.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual([`${scratch.path('two.yaml')}:1`, `${scratch.path('two.yaml')}:3`, '']);
  });

  test('the same from run to run, and from stdin', () => {
    expect(check(WEAK)).toEqual(check(WEAK));
    const stdin = ran(['check', '--profile', 'baseline', '-'], { env: EPOCH, stdin: deployment('web') });
    expect(stdin.stdout).toContain('-:7: hostPID is true');
    expect(stdin.status).toBe(1);
  });

  test('colours only for a person at a terminal, who has not asked for none', () => {
    const escape = (given: object) => ran(['check', WEAK], { env: EPOCH, ...given }).stdout.includes('\u001b[');
    expect([escape({}), escape({ terminal: true }), escape({ terminal: true, env: { ...EPOCH, NO_COLOR: '1' } }), escape({ terminal: true, env: { ...EPOCH, TERM: 'dumb' } })]).toEqual([false, true, false, false]);
    expect(ran(['check', WEAK, '--output', scratch.path('plain.txt')], { env: EPOCH, terminal: true }).stdout).toBe('');
    expect(scratch.read('plain.txt')).not.toContain('\u001b[');
  });

  test('to a file instead of stdout', () => {
    const { status, stdout, stderr } = check(WEAK, '--format', 'sarif', '--output', scratch.path('out.sarif'));
    expect([status, stdout, stderr]).toEqual([1, '', '']);
    expect(JSON.parse(scratch.read('out.sarif')).runs[0].results).toHaveLength(1);
  });

  test.each([['a folder that is not there', 'no/such/out.json', 'it cannot be written, since its folder is not there; make the folder first'], ['a folder', '.', 'it is a folder; give a file']])('to %s cannot be', (_what, output, problem) => {
    expect(check(WEAK, '--output', scratch.path(output))).toEqual({ status: 2, stdout: '', stderr: `${scratch.path(output)}: ${problem}\n` });
  });

  test.each(['text', 'json', 'sarif', 'junit', 'markdown', 'html', 'openreports'])('in the format %s', (format) => {
    const { status, stdout, stderr } = check(WEAK, '--format', format);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('pod/no-host-namespaces');
    expect(stdout.endsWith('\n')).toBe(true);
  });
});

describe('what is asked', () => {
  test('the profile, restricted if none is named', () => {
    const controls = (...args: string[]) => new Set(JSON.parse(ran(['check', '--format', 'json', WEAK, ...args]).stdout).objects[0].violations.map(({ control }: { control: string }) => control));
    expect(controls('--profile', 'baseline')).toEqual(new Set(['pod/no-host-namespaces']));
    expect(controls()).toEqual(controls('--profile', 'restricted'));
    expect([...controls()]).toContain('pod/drop-all-capabilities');
  });

  test('a framework alone, at its own level', () => {
    expect(found(WEAK, '--framework', 'pss-baseline')).toEqual([['weak.yaml', 'web', ['pod/no-host-namespaces']]]);
    expect(json(WEAK, '--framework', 'pss-restricted').summary.profile).toBe('restricted');
    expect(json(WEAK, '--framework', 'pss-restricted').objects[0].violations.length).toBeGreaterThan(3);
  });

  test('the release', () => {
    const probed = scratch.write('probed.yaml', deployment('web', 'hostPID: false').replace('image:', 'livenessProbe: {httpGet: {port: 1, host: h}}\n          image:'));
    expect([found(probed, '--kubernetes', '1.33')[0][2], found(probed, '--kubernetes', '1.34')[0][2], found(probed, '--kubernetes', 'v1.34')[0][2], found(probed, '--kubernetes', 'latest')[0][2], found(probed)[0][2]])
      .toEqual([[], ...Array(4).fill(['pod/no-probe-hosts'])]);
  });
});

interface Violation {
  readonly line: number;
  readonly control: string;
  readonly message: string;
}
const lineControlMessage = ({ line, control, message }: Violation) => [line, control, message];

describe('exemptions', () => {
  const file = (text: string) => scratch.write('exemptions.yaml', text);

  test('excuse what they name, and are in the report', () => {
    const { objects, exemptions, summary } = json(WEAK, '--exemptions', file(EXEMPTIONS()));
    expect(objects).toHaveLength(1);
    const granted = { control: 'pod/no-host-namespaces', reason: 'reads /proc of the host', owner: 'team-shop', expires: '2027-03-31' };
    expect(objects[0]).toMatchObject({ allowed: true, violations: [], exempted: [granted] });
    expect(exemptions).toEqual([{ ...granted, ticket: null, where: `${scratch.path('exemptions.yaml')}:2` }]);
    expect(summary.exempted).toBe(1);
    expect(check(WEAK, '--exemptions', scratch.path('exemptions.yaml')).status).toBe(0);
  });

  test.each<[string, string, [number, string, string][]]>([
    ['one that excuses nothing', EXEMPTIONS('  - {control: pod/no-privileged, kind: Deployment, namespace: shop, name: web, reason: r, owner: o, expires: 2027-01-01}\n'), [[9, 'exemption/used', 'the exemption from pod/no-privileged excuses nothing']]],
    ['one that has expired', EXEMPTIONS().replace('2027-03-31', '2026-09-29'), [[2, 'exemption/not-expired', 'the exemption from pod/no-host-namespaces expired with "2026-09-29"']]],
    ['one for more than a year', EXEMPTIONS().replace('2027-03-31', '2027-10-01'), [[2, 'exemption/valid', 'expires "2027-10-01" is more than a year away']]],
    ['one without a reason', EXEMPTIONS().replace('    reason: reads /proc of the host\n', ''), [[2, 'exemption/valid', 'reason is missing']]],
    ['one of an unknown control', EXEMPTIONS().replace('pod/no-host-namespaces', 'pod/no-host-namespace'), [[2, 'exemption/valid', 'there is no control "pod/no-host-namespace"']]],
    ['one that is never granted', EXEMPTIONS().replace('pod/no-host-namespaces', 'object/well-formed'), [[2, 'exemption/valid', 'nothing can be exempt from object/well-formed']]],
    ['one with a key that there is not', EXEMPTIONS().replace('owner: team-shop', 'owner: team-shop\n    until: x'), [[2, 'exemption/valid', 'there is no key "until" in an exemption']]],
    ['two for the same', EXEMPTIONS(EXEMPTIONS().split('\n').slice(1).join('\n')), [[9, 'exemption/valid', 'it is for the same control and object as the one in line 2']]],
  ])('%s is a violation, in its line', (_what, text, expected) => {
    const { status, stdout } = check('--format', 'json', WEAK, '--exemptions', file(text));
    const [, ...others] = JSON.parse(stdout).objects;
    expect(status).toBe(1);
    expect(others.map((each: { kind: string; file: string }) => [each.kind, each.file])).toEqual(expected.map(() => ['Exemption', scratch.path('exemptions.yaml')]));
    expect(others.flatMap(({ violations }: { violations: Violation[] }) => violations.map(lineControlMessage))).toEqual(expected);
  });

  test('a day is what YAML takes for one, quoted or not', () => {
    expect(check(WEAK, '--exemptions', file(EXEMPTIONS().replace('2027-03-31', '"2027-03-31"'))).status).toBe(0);
  });

  test('an empty file grants nothing', () => {
    expect(check(WEAK, '--exemptions', file('# none yet\n')).status).toBe(1);
    expect(check(CLEAN, '--exemptions', file('exemptions: []\n')).status).toBe(0);
  });

  test.each([
    ['is not there', undefined, 'there is no such file'],
    ['cannot be read', 'exemptions: [\n', undefined],
    ['holds no list', 'exemption: []\n', 'it holds no list of exemptions; write them beneath "exemptions:"'],
  ])('a file that %s ends with 2, after the report', (_what, text, problem) => {
    const name = text === undefined ? scratch.path('none.yaml') : file(text);
    const { status, stdout, stderr } = check('--format', 'json', WEAK, '--exemptions', name);
    expect([status, JSON.parse(stdout).objects[0].allowed]).toEqual([2, false]);
    expect(stderr.startsWith(name)).toBe(true);
    if (problem) expect(stderr).toContain(problem);
  });
});

describe('a baseline', () => {
  test('is written where there is none, and then lets pass only what it holds', () => {
    const baseline = scratch.path('baseline.json');
    expect(check(WEAK, '--baseline', baseline)).toMatchObject({ status: 0, stderr: `${baseline}: 1 findings are recorded; from now on only others fail\n` });
    const recorded = fs.readFileSync(baseline, 'utf8');
    expect(check(WEAK, '--baseline', baseline)).toMatchObject({ status: 0, stderr: '' });
    const worse = scratch.write('worse.yaml', deployment('web', 'hostPID: true\n      hostIPC: true'));
    expect(check(worse, '--baseline', baseline).status).toBe(1);
    expect(found(worse, '--baseline', baseline)).toEqual([['worse.yaml', 'web', ['pod/no-host-namespaces']]]);
    expect(fs.readFileSync(baseline, 'utf8')).toBe(recorded);
    expect(check(worse, '--baseline', baseline, '--update-baseline').status).toBe(0);
    expect(check(worse, '--baseline', baseline).status).toBe(0);
  });

  test('does not hold what is wrong with an exemption', () => {
    const exemptions = scratch.write('unused.yaml', EXEMPTIONS());
    const baseline = scratch.path('unused.json');
    expect(check(CLEAN, '--exemptions', exemptions, '--baseline', baseline).status).toBe(1);
    expect(fs.readFileSync(baseline, 'utf8')).toBe('{}\n');
    expect(check(CLEAN, '--exemptions', exemptions, '--baseline', baseline).status).toBe(1);
  });

  test.each<[string, string, string]>([
    ['that is none', scratch.write('none.json', '[]'), 'it is no baseline; record a new one with --update-baseline'],
    ['that cannot be written', scratch.path('no/such.json'), 'it cannot be written, since its folder is not there; make the folder first'],
  ])('%s ends with 2, after the report', (_what, file, problem) => {
    const { status, stdout, stderr } = check(WEAK, '--baseline', file);
    expect([status, stderr]).toEqual([2, `${file}: ${problem}\n`]);
    expect(stdout).toContain('pod/no-host-namespaces');
  });
});

test.each<[string[], string]>([
  [[], 'no PATH is given; give a file, a folder, or "-" for stdin'],
  [[WEAK, '--profile', 'restrictd'], '--profile "restrictd" is none; did you mean "restricted"?'],
  [[WEAK, '--profile', 'all'], '--profile "all" is none; give one of baseline, restricted, strict'],
  [[WEAK, '--framework', 'soc2'], '--framework "soc2" is none; give one of pss-restricted, pss-baseline, cis, nsa, owasp'],
  [[WEAK, '--format', 'yaml'], '--format "yaml" is none; give one of text, json, sarif, junit, markdown, html, openreports'],
  [[WEAK, '--fail-on', 'severe'], '--fail-on "severe" is none; give one of critical, high, medium, low'],
  [[WEAK, '--kubernetes', '1.99'], '--kubernetes "1.99" is no release that is known; give the minor release as "1.N", up to "1.37", such as "1.34", or "latest"'],
  [[WEAK, '--registry', 'ghcr.io/acme'], '--registry: registry "ghcr.io/acme" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"'],
  [[WEAK, '--output='], '--output is empty; give a file'],
  [[WEAK, '--update-baseline'], '--update-baseline is for --baseline FILE; give that too'],
  [[WEAK, '--output'], '--output has no value; give it one, as "--output=FILE"'],
  [[WEAK, '--output', '--format', 'json'], '--output has no value; give it one, as "--output=FILE"'],
  [[WEAK, '--update-baseline=yes'], '--update-baseline takes no value; leave "yes" out'],
  [[WEAK, '--format', 'json', '--format', 'text'], '--format is given twice; give it once'],
  [[WEAK, '--exemption', 'x'], 'there is no option "--exemption"; did you mean "--exemptions"?'],
  [[WEAK, '-x'], 'there is no option "-x"; give one of --profile, --kubernetes, --framework, --registry, --exemptions, --baseline, --update-baseline, --format, --output, --fail-on, --help'],
])('arguments that cannot be used are refused: %j', (args, message) => {
  expect(ran(['check', ...args])).toEqual({ status: 2, stdout: '', stderr: `cdk8s-hardened check: ${message}\n` });
});

test('a clock that is none is refused', () => {
  expect(ran(['check', WEAK], { env: { SOURCE_DATE_EPOCH: 'now' } })).toEqual({
    status: 2, stdout: '', stderr: 'cdk8s-hardened check: SOURCE_DATE_EPOCH: it is "now"; give the seconds since 1970, as "date +%s" prints them, or leave it unset\n',
  });
});
