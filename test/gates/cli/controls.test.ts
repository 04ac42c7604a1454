import { parseAllDocuments } from 'yaml';
import { ran } from './command-line';
import { CATALOG, Control, projectable } from '../../../lib/controls';

const listed = (format: string) => ran(['controls', '--format', format]);
const explained = (id: string) => ran(['explain', id]);
const headings = (text: string) => [...text.matchAll(/^# (.*)$/gm)].map(([, id]) => id);

describe('controls', () => {
  test('as JSON is what scripts depend on', () => {
    const entries = JSON.parse(listed('json').stdout);
    expect(entries.map(({ id }: Control) => id)).toEqual(CATALOG.map(({ id }) => id));
    for (const { title, severity, level, frameworks, projectable: can } of entries) {
      expect([typeof title, typeof severity, typeof level, typeof frameworks]).toEqual(['string', 'string', 'string', 'object']);
      expect(can === true || (typeof can === 'string' && can.length > 10)).toBe(true);
    }
  });

  test('says of each whether an admission policy can ask it', () => {
    const of = (on: Control['on']) => projectable({ ...CATALOG[0], on } as Control);
    expect([of('pod'), of(['/Secret']), of(['*']), of(['apps/Deployment', 'kubelet.config.k8s.io/KubeletConfiguration'])]).toEqual([true, true, true, true]);
    expect(of('inventory')).toMatch(/more than one object/);
    expect(of(['kubelet.config.k8s.io/KubeletConfiguration'])).toMatch(/no API server serves/);
    expect(of(['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding'])).toMatch(/no admission policy about admission policies/);
  });

  test('as text is a line each, and how many', () => {
    const lines = listed('text').stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(CATALOG.length + 1);
    expect(lines.at(-1)).toBe(`${CATALOG.length} controls`);
    expect(lines.find((line) => line.includes(' pod/no-privileged '))).toMatch(/^critical {2}baseline {4}pod\/no-privileged +Containers are not privileged$/);
    expect(ran(['controls']).stdout).toBe(listed('text').stdout);
  });

  test('as Markdown is a table', () => {
    expect(listed('markdown').stdout).toContain('| [`pod/no-privileged`](#podno-privileged) | Containers are not privileged | critical | baseline |\n');
  });

  test('takes nothing else', () => {
    expect(ran(['controls', 'pod'])).toEqual({ status: 2, stdout: '', stderr: 'cdk8s-hardened controls: it takes no "pod"; "cdk8s-hardened explain ID" tells of one control\n' });
    expect(listed('yaml').stderr).toBe('cdk8s-hardened controls: --format "yaml" is none; give one of text, json, markdown\n');
  });
});

describe('explain', () => {
  test.each([
    ['its id', 'pod/no-privileged'], ['its id, however written', 'POD/No-Privileged'], ['its id without the family', 'no-privileged'], ['Pod Security\'s id', 'privileged'], ['checkov\'s', 'CKV_K8S_16'],
    ['trivy\'s', 'KSV-0017'], ['trivy\'s of old', 'KSV017'], ['trivy\'s of the database', 'AVD-KSV-0017'], ['kubescape\'s', 'C-0057'], ['kube-linter\'s', 'privileged-container'],
    ['kube-score\'s', 'container-security-context-privileged'], ['the benchmark\'s', '5.2.2'], ['the benchmark\'s, named', 'CIS-5.2.2'], ['a console\'s', 'runAsPrivileged'],
  ])('finds a control by %s', (_whose, id) => {
    expect(explained(id)).toMatchObject({ status: 0, stderr: '' });
    expect(headings(explained(id).stdout)).toEqual(['pod/no-privileged']);
  });

  test('says what, why, how to mend it, what is good and bad, who asks, and how to exempt', () => {
    expect(explained('pod/no-host-ports').stdout).toMatch(new RegExp([
      '^# pod/no-host-ports', '\\*\\*Containers open no ports on the node\\*\\*: .*\\.', 'Severity high; from profile baseline; asked of every pod and pod template\\.', 'Fix: .*\\.', '```yaml\\n[^]*```',
      'Denied, for example \\(.*\\):', '```yaml\\nports:\\n[^]*hostPort: [^]*```', 'Allowed, for example \\(.*\\):', '```yaml\\n[^]*```', 'Asked for by Pod Security baseline;[^]*', 'Also known as: [^]*',
      'To exempt an object for a year at most: `Exemption\\.grant\\(construct, \\{ control: \'pod/no-host-ports\', reason, owner, expires \\}\\)`, or an entry with `control: pod/no-host-ports` in the file given as `--exemptions`\\.\\n$',
    ].join('\\n\\n')));
  });

  test('tells of what is said about exemptions too', () => {
    expect(explained('exemption/used').stdout).toContain('Nothing can be exempt from it.');
  });

  test('lists ours where many answer to one id', () => {
    const { stdout } = explained('K01');
    expect(headings(stdout)).toEqual([]);
    expect(stdout).toContain('pod/no-privileged  Containers are not privileged\n');
  });

  test.each<[string[], string]>([
    [[], 'no ID is given; give a control\'s, such as "pod/no-privileged", or a counterpart\'s, such as "CKV_K8S_16"'],
    [['a', 'b'], 'it takes one ID, not 2; give one'],
    [['pod/no-priviledged'], 'there is no control "pod/no-priviledged", and none that answers to it; did you mean "pod/no-privileged"?'],
    [['nothing at all'], 'there is no control "nothing at all", and none that answers to it; "cdk8s-hardened controls" lists them'],
    [['__proto__'], 'there is no control "__proto__", and none that answers to it; "cdk8s-hardened controls" lists them'],
  ])('refuses %j', (args, message) => expect(ran(['explain', ...args])).toEqual({ status: 2, stdout: '', stderr: `cdk8s-hardened explain: ${message}\n` }));

  test.each(CATALOG.map(({ id }) => [id]))('the page of %s is whole, and its YAML can be read', (id) => {
    const { stdout } = explained(id);
    const blocks = [...stdout.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, yaml]) => yaml);
    expect(blocks.length).toBeGreaterThan(0);
    for (const yaml of blocks) expect(parseAllDocuments(yaml).flatMap(({ errors }) => errors)).toEqual([]);
    expect(stdout).not.toMatch(/undefined|\[object|NaN|\n\n\n/);
  });
});
