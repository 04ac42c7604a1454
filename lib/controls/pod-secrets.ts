import type { PodControl } from './control';
import { secretFlag, secretPair, random } from './secret-likeness';

const reference = (kind: string, name: string) => ({ name, valueFrom: { [kind]: { name: 'db', key: 'password' } } });
const FRAMEWORKS = { nsa: ['Secrets'], owasp: ['K03'], nist: ['800-190 4.1.4', '800-53 IA-5', '800-53 SC-28'] };

/** How pods come by their secrets. */
export const POD_SECRETS: readonly PodControl[] = [
  {
    id: 'pod/no-plain-secrets-in-env', title: 'Environment variables hold no plain secrets', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: { ...FRAMEWORKS, kubeLinter: ['env-var-secret'], kubescape: ['C-0012'], polaris: ['sensitiveContainerEnvVar'] },
    cel: `!variables.containers.exists(c, c.?env.orValue([]).exists(e, e.?value.orValue('') != '' && ${secretPair('e.?name.orValue(\'\')', 'e.?value.orValue(\'\')')}))`,
    message: 'an environment variable must not hold what looks like a secret, by its name or by itself',
    remediation: 'Mount the value from a Secret as a file, and change it: whoever could read this manifest knows it.',
    snippet: 'env:\n- {name: DB_PASSWORD_FILE, value: /run/secrets/db/password}',
    at: 'env', hides: true, also: ['pod/no-secret-env-vars'],
    allowed: {
      'nothing said': undefined, 'an empty list': [], 'a setting': [{ name: 'LOG_LEVEL', value: 'info' }], 'where a secret is': [{ name: 'DB_PASSWORD_FILE', value: '/run/secrets/db' }], 'no value': [{ name: 'DB_PASSWORD' }], 'an empty value': [{ name: 'DB_PASSWORD', value: '' }],
      'another variable': [{ name: 'DB_PASSWORD', value: '$(PASSWORD)' }], 'a reference, which another control is about': [reference('secretKeyRef', 'DB_PASSWORD')], 'a switch': [{ name: 'USE_PASSWORD', value: 'true' }], 'a URL': [{ name: 'API_URL', value: 'https://api.example.com/v1' }],
      'a hash': [{ name: 'CHECKSUM', value: 'a'.repeat(64) }],
    },
    denied: {
      'by its name': [{ name: 'DB_PASSWORD', value: 'hunter2' }], 'after others': [{ name: 'A', value: 'b' }, { name: 'apiKey', value: 'abcd' }], 'a token of AWS': [{ name: 'ID', value: 'AKIAIOSFODNN7EXAMPLE' }], 'a password in a URL': [{ name: 'DATABASE_URL', value: 'postgres://shop:hunter2@db/shop' }],
      'a private key': [{ name: 'PEM', value: '-----BEGIN PRIVATE KEY-----\nMIIE' }], 'random': [{ name: 'SETTING', value: 'kQ9x2LmP0zR7vTn4WbYc8DsE' }],
    },
  },
  {
    id: 'pod/no-plain-secrets-in-commands', title: 'Commands hold no plain secrets', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: { ...FRAMEWORKS, kubescape: ['C-0012'] },
    cel: `!variables.containers.exists(c, [c.?command.orValue([]), c.?args.orValue([])].exists(l, ${secretFlag('l.join(\' \')')} || l.exists(a, a.size() > 7 && (${secretPair('\'\'', 'a')} || ${random('a.split(\'=\')[a.split(\'=\').size() - 1]')}))))`,
    message: 'a command must not hold what looks like a secret, which every process list shows',
    remediation: 'Have the program read the secret from a file that is mounted from a Secret, and change it: whoever could read this manifest knows it.',
    snippet: 'command: [/app/server]\nargs: [--password-file=/run/secrets/db/password]',
    at: ['command', 'args'], hides: true,
    allowed: {
      'nothing said': undefined, 'flags': ['--port=8080', '--log-level=info'], 'a file': ['--password-file=/run/secrets/db'], 'a variable': ['--password=$(PASSWORD)'], 'a variable of the shell': ['sh', '-c', 'PASSWORD="$DB_PASSWORD" exec /app/server'], 'a switch': ['--use-token=true'], 'the name of one': ['--tls-secret', 'web-tls'],
    },
    denied: {
      'in a flag': ['--password=hunter2'], 'behind a flag': ['--password', 'hunter2'], 'in a script': ['sh', '-c', 'export DB_PASSWORD=hunter2\nexec /app/server'], 'in a URL': ['--dsn=postgres://shop:hunter2@db/shop'], 'random': ['--x=kQ9x2LmP0zR7vTn4WbYc8DsE'],
    },
  },
  {
    id: 'pod/no-secret-env-vars', title: 'Secrets reach containers as files, not as environment variables', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: { ...FRAMEWORKS, cis: ['5.4.1'], checkov: ['CKV_K8S_35'], kubeLinter: ['read-secret-from-env-var'], kubescape: ['C-0207'] },
    cel: 'variables.containers.all(c, c.?env.orValue([]).all(e, !e.?valueFrom.?secretKeyRef.hasValue()))',
    message: 'no environment variable may come from a Secret; logs, crash reports and child processes get the environment',
    remediation: 'Mount the Secret as a volume, readable by the container\'s user alone, and have the program read the file.',
    snippet: 'env:\n- {name: DB_PASSWORD_FILE, value: /run/secrets/db/password}',
    at: 'env',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'a value': [{ name: 'LOG_LEVEL', value: 'info' }], 'from a ConfigMap': [reference('configMapKeyRef', 'A')], 'from the pod': [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    denied: { 'from a Secret': [reference('secretKeyRef', 'A')], 'after another': [{ name: 'A', value: 'b' }, reference('secretKeyRef', 'B')], 'a reference that says nothing': [{ name: 'A', valueFrom: { secretKeyRef: {} } }] },
  },
  {
    id: 'pod/no-secret-env-from', title: 'Environments are not filled from whole Secrets', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: { ...FRAMEWORKS, cis: ['5.4.1'], checkov: ['CKV_K8S_35'], kubeLinter: ['read-secret-from-env-var'], kubescape: ['C-0207'] },
    cel: 'variables.containers.all(c, c.?envFrom.orValue([]).all(e, !e.?secretRef.hasValue()))',
    message: 'envFrom must not name a Secret; each of its keys, and each to come, would be in the environment',
    remediation: 'Mount the Secret as a volume, and have the program read the files it needs.',
    snippet: 'envFrom:\n- configMapRef: {name: settings}',
    at: 'envFrom',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'a ConfigMap': [{ configMapRef: { name: 'a' } }] },
    denied: { 'a Secret': [{ secretRef: { name: 'a' } }], 'after another': [{ configMapRef: { name: 'a' } }, { prefix: 'DB_', secretRef: { name: 'b' } }] },
  },
];
