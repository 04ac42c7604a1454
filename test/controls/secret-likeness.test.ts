import { createHash } from 'crypto';
import { compiled } from '../../lib/assessment/cel';
import { secretAssignment, secretFlag, secretPair, secretValue } from '../../lib/controls/secret-likeness';

const program = (cel: string) => {
  const code = compiled(cel);
  return ({ n, v }: { n: string; v: string }) => code({ variables: new Map([['n', n], ['v', v]]), locals: [] });
};
const PAIR = program(secretPair('variables.n', 'variables.v'));
const VALUE = program(secretValue('variables.v'));
const COMMAND_LINE = program(`${secretAssignment('variables.v')} || ${secretFlag('variables.v')}`);

const RANDOM = 'kQ9x2LmP0zR7vTn4WbYc8DsE';

test.each([
  ['DB_PASSWORD', 'hunter2'], ['PASSWORD_DB', 'hunter2'], ['dbPassword', 'hunter2'], ['spring.datasource.password', 'hunter2'], ['MYSQL_PWD', 'root1'], ['DB_PASS', 'changeme'],
  ['API_KEY', 'abc12'], ['apiKey', 'abcd'], ['API_KEYS', 'abcd,efgh'], ['access-key', 'minio'], ['PRIVATE_KEY', 'abcd'], ['SECRET_KEY_BASE', 'abcdefgh'], ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY'],
  ['GITHUB_TOKEN', 'x1y2z3'], ['SESSION_SECRET', 'keyboard cat'], ['REDIS_PASSWORD', '12345'], ['CREDENTIALS', 'user:pass'],
])('by its name: %s, %s', (n, v) => expect(PAIR({ n, v })).toBe(true));

test.each([
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE'], ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`], ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'], ['one in base64', 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t'], ['a password in a URL', 'postgres://shop:hunter2@db/shop'],
  ['one without a user', 'redis://:hunter2@redis:6379'], ['a connection string', 'Server=db;Uid=shop;Pwd=hunter2;'], ['a query', 'jdbc:mysql://db/shop?user=shop&password=hunter2'],
  ['random letters and digits', RANDOM], ['random bytes in base64', 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ=='], ['a Slack hook', `https://hooks.slack.com/services/T0000/B0000/${'x'.repeat(24)}`],
])('by itself: %s', (_name, v) => expect(PAIR({ n: 'SETTING', v })).toBe(true));

test.each([
  ['PASSWORD_FILE', 'db-password'], ['passwordFile', 'x'], ['TOKEN_URL', 'auth.example.com'], ['SECRET_NAME', 'shop-db'], ['secretName', 'shop-db'], ['TOKEN_TTL', '3600s'], ['API_KEY_HEADER', 'X-Api-Key'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'], ['USE_TOKEN', 'true'], ['PASSWORD', ''], ['PASSWORD', '$(DB_PASSWORD)'], ['PASSWORD', '${DB_PASSWORD}'], ['PASSWORD', '$DB_PASSWORD'], ['PASSWORD', '{{ .Values.password }}'],
  ['PASSWORD', '<your password>'], ['PASSWORD', '/etc/secrets/password'], ['PASSWORD', '***'], ['TOKEN', 'https://issuer.example.com'], ['TOKEN', 'vault:kv/shop#token'], ['DB_SECRET', 'arn:aws:secretsmanager:eu-west-1:1:secret:x'],
  ['TOKENIZER', 'bert'], ['MAX_TOKENS', '4096'], ['COMPASS', 'north'], ['MONKEY', 'see'], ['KEY', 'id'], ['SORT_KEY', 'name'], ['KEYBOARD', 'qwerty'],
])('not by its name: %s, %s', (n, v) => expect(PAIR({ n, v })).toBe(false));

test.each([
  ['a hash', 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'], ['a UUID', '6F9619FF-8B86-D011-B42D-00CF4FC964FF'], ['a commit', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['a URL', 'https://example.com/a/b?c=d'], ['a URL with a variable for its password', 'postgres://shop:$(PASSWORD)@db/shop'], ['paths', '/usr/local/sbin:/usr/local/bin:/usr/bin'],
  ['a name of words', 'MyClassNameThatIsLong1and2'], ['an image', 'registry.example.com/Shop/web:1.4.2'], ['a time', '2026-11-25T10:00:00Z'], ['a certificate', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'],
  ['a public key', 'AAAAB3NzaC1yc2EAAAADAQABAAABgQC7'], ['an integrity hash', 'sha512-q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRW'], ['JVM flags', '-Xms512m -Xmx2G -XX:+UseG1GC -Dserver.port=8080'],
  ['a switch', 'usePassword=true'], ['a mail address', 'Shop <shop@example.com>'], ['a list', 'a,b,c'],
])('not by itself: %s', (_name, v) => expect(PAIR({ n: 'SETTING', v })).toBe(false));

test.each([
  ['--password=hunter2', true], ['--password hunter2', true], ['-u shop --api-key abcd1', true], ['export DB_PASSWORD=hunter2\nexec shop', true], ['sh -c PGPASSWORD=hunter2 psql', true],
  ['--token-file=/run/token', false], ['--password $(PASSWORD)', false], ['--password-file x', false], ['export PASSWORD=$OTHER', false], ['--use-token=true', false], ['--tls-secret name', false],
  ['a\nPASSWORD=true\nb', false], ['--token -v', false], ['--auth-token-issuer=x', false], ['--initial-cluster-token=etcd-1', false], ["MASTER_PASSWORD='',", false], ["MASTER_PASSWORD='hunter2',", true],
])('a command line: %s', (v, secret) => expect(COMMAND_LINE({ n: '', v })).toBe(secret));

test('of random values most are found; of hashes and UUIDs none', () => {
  const hashes = Array.from({ length: 1_000 }, (_, i) => createHash('sha256').update(String(i)));
  const found = (values: readonly string[]) => values.filter((v) => VALUE({ n: '', v })).length;
  const digests = hashes.map((hash) => hash.digest());
  expect(found(digests.map((digest) => digest.toString('base64')))).toBeGreaterThan(900);
  expect(found(digests.map((digest) => digest.subarray(0, 18).toString('base64url')))).toBeGreaterThan(800);
  expect(found(digests.map((digest) => digest.toString('hex')))).toBe(0);
  expect(found(digests.map((digest) => digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')))).toBe(0);
});
