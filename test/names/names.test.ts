import { dnsLabelFaults, dnsSubdomainFaults, holdsTerraformToken, labelKeyFaults, labelValueFaults } from '../../lib/names';

type Check = (what: string, value: string) => object[];

test.each<[Check, string[], string[]]>([
  [dnsLabelFaults, ['a', 'web-1', '0', 'x'.repeat(63)], ['', 'Web', '-a', 'a-', 'a.b', 'a_b', 'x'.repeat(64), 'a\n', '${TfToken[TOKEN.1]}']],
  [dnsSubdomainFaults, ['a', 'a.b-c.d', 'x'.repeat(253)], ['', 'a..b', '.a', 'a.', 'A', 'a.-b', 'x'.repeat(254), '#{TfToken[TOKEN.1]}']],
  [labelValueFaults, ['', 'a', 'A_b.c-1', 'x'.repeat(63)], ['-a', 'a-', 'a b', 'x'.repeat(64), 'ä', 'a\n']],
  [labelKeyFaults, ['app', 'app.kubernetes.io/name', 'A_b'], ['', '/a', 'a/', 'a/b/c', 'UPPER.io/a', 'x'.repeat(64)]],
])('%p draws the line where the API server does', (check, valid, invalid) => {
  expect(valid.filter((value) => check('name', value).length > 0)).toEqual([]);
  expect(invalid.filter((value) => check('name', value).length === 0)).toEqual([]);
});

test('a Terraform token is found wherever it stands', () => {
  expect(['${TfToken[TOKEN.0]}', ['a', '#{TfToken[TOKEN.0]}'], { a: { b: 'arn:${TfToken[TOKEN.0]}' } }, { '${TfToken[TOKEN.3]}': 1 }, -1.8881545897087503e289].map(holdsTerraformToken)).not.toContain(false);
  expect(['$${aws:PrincipalTag/x}', '${HOME}', 'TfToken', -5, null, undefined, {}, []].map(holdsTerraformToken)).not.toContain(true);
});
