import { ran } from './command-line';
import type { Command } from '../../../lib/gates/cli/command';
import { main } from '../../../lib/gates/cli/main';

const command = (run: Command['run'], options: Command['options'] = {}): Command => ({ name: 'greet', usage: 'NAME', summary: 'says hello', options, run });
const greet = (run: Command['run'], args: string[] = [], options: Command['options'] = {}) => ran(['greet', ...args], { commands: [command(run, options)] });

test('help and version are reports: on stdout, with 0', () => {
  for (const asked of ['--help', '-h', 'help']) expect(ran([asked])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('  check                       judges manifests') });
  expect(ran(['--version'])).toEqual({ status: 0, stderr: '', stdout: `${require('../../../package.json').version}\n` });
  expect(greet(() => 1, ['x', '--help'], { loud: { type: 'boolean', help: 'as loud as can be' }, name: { type: 'string', short: 'n' } })).toEqual({
    status: 0, stderr: '',
    stdout: 'usage: cdk8s-hardened greet NAME\n\nSays hello.\n\n  --loud                      as loud as can be\n  -n, --name VALUE\n  --help                      this\n',
  });
});

test.each<[string[], string]>([
  [[], 'no command is given; give one of check, connectivity, access'],
  [['chek'], 'there is no command "chek"; did you mean "check"?'],
  [['deploy'], 'there is no command "deploy"; give one of check, connectivity, access'],
  [['\u001b[2J'], 'there is no command "\\u001b[2J"; give one of check, connectivity, access'],
])('%j is no command', (args, message) => {
  const { status, stdout, stderr } = ran(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.replace(/give one of .*/, (list) => list.split(', ').slice(0, 3).join(', ')).trimEnd()).toBe(`cdk8s-hardened: ${message}`);
});

test('a fault of ours is one line, without a stack, and says whose it is', () => {
  expect(greet(() => { throw new Error('half\nway\u001b[31m'); })).toEqual({ status: 2, stdout: '', stderr: 'cdk8s-hardened greet: half\\u000away\\u001b[31m; this is a fault of cdk8s-hardened, please report it\n' });
});

test('what the system refuses is no fault of ours', () => {
  expect(greet(() => { throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }); }).stderr).toBe('cdk8s-hardened greet: ENOSPC: no space left on device, write\n');
});

test('with nowhere left to say it, the status says it', () => {
  const refuse = () => { throw new Error('gone'); };
  expect(main(['nothing'], { stdout: refuse, stderr: refuse, stdin: () => Buffer.alloc(0), env: {}, terminal: false })).toBe(2);
});

test('what stands behind -- is no option', () => {
  expect(greet(({ positionals }, io) => { io.stdout(positionals.join()); return 0; }, ['--', '--help', '-x']).stdout).toBe('--help,-x');
});

test('an option may be given several times where that is meant', () => {
  expect(greet(({ values }, io) => { io.stdout(JSON.stringify(values)); return 0; }, ['--name', 'a', '--name=b', '-n', 'c'], { name: { type: 'string', short: 'n', multiple: true } }).stdout).toBe('{"name":["a","b","c"]}');
});
