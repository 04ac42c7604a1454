import { main } from '../../lib/gates/cli/main';

/** What came of one input. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of computing, not of waiting. */
  readonly seconds: number;
}

/** The whole chain, from bytes to a report. */
export function checked(bytes: Buffer, format: string): Outcome {
  let stdout = '';
  let stderr = '';
  const start = process.cpuUsage();
  const status = main(['check', '-', '--profile', 'restricted', '--format', format], {
    stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text), stdin: () => bytes, env: { SOURCE_DATE_EPOCH: '1700000000' }, terminal: false,
  });
  const { user, system } = process.cpuUsage(start);
  return { status, stdout, stderr, seconds: (user + system) / 1e6 };
}

/** What must hold whatever the input is. @returns what does not */
export function broken({ status, stdout, stderr, seconds }: Outcome, format: string): string[] {
  const printed = `${stdout}${stderr}`;
  return [
    ...![0, 1, 2].includes(status) ? [`the exit status is ${status}`] : [],
    ...stderr.includes('this is a fault of cdk8s-hardened') ? ['it says that it is at fault'] : [],
    ...stderr.includes('it cannot be read: ') ? ['an error of JavaScript is a reason'] : [],
    ...isTrace(printed) ? ['it prints a stack trace'] : [],
    ...format !== 'json' && /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(printed) ? ['it prints control characters'] : [],
    ...seconds > 1 ? [`it takes ${seconds} s`] : [],
    ...(status === 2) !== (stderr.length > 0 && /^-:\d+: (?!what has no |a list is no |text without )/m.test(stderr)) ? ['the exit status is not what stderr says'] : [],
    ...stdout === '' ? ['there is no report'] : [],
  ];
}

/** Of this program, not of a manifest that quotes one. */
function isTrace(text: string): boolean {
  return /\n\s+at \S+ \(\S+\.[jt]s:\d+:\d+\)|\n\s+at \S+\.[jt]s:\d+:\d+/.test(text) || text.includes('node:internal');
}
