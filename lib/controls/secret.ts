import type { ObjectControl } from './control';
import { secretName, secretPair, secretValue } from './secret-likeness';
import { credentialKey, secretLine } from './secret-lines';

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const DATA = 'object.?data.orValue({})';
const BINARY = 'object.?binaryData.orValue({})';
const ANNOTATIONS = 'object.?metadata.?annotations.orValue({})';
/** The value's place in a vault, in place of the value. */
const EXTERNAL = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: shop-db}\nspec:\n  secretStoreRef: {name: vault, kind: SecretStore}\n  target: {name: shop-db}\n'
  + '  data:\n    - secretKey: password\n      remoteRef: {key: shop/db, property: password}';
const RANDOM = 'kQ9x2LmP0zR7vTn4WbYc8DsE';

/** What must not happen to secrets on their way into a cluster. */
export const SECRET: readonly ObjectControl[] = [
  {
    id: 'secret/no-plain-values', title: 'Manifests hold no secret values', severity: 'high', level: 'restricted', on: ['/Secret'],
    frameworks: { cis: ['5.4.2'], nsa: ['Secrets'], owasp: ['K03'], nist: ['800-53 IA-5', '800-53 SC-28'] },
    // Base64 hides nothing. A Secret without values, as for the token controller or an operator to fill, says nothing.
    cel: "object.?data.orValue({}).all(k, object.data[k] == '') && object.?stringData.orValue({}).all(k, object.stringData[k] == '')",
    message: 'a Secret in a manifest must hold no values, which anyone who reads the manifest knows',
    remediation: 'Let the cluster fetch the value: an ExternalSecret, a SealedSecret or a CSI secret store volume.',
    snippet: EXTERNAL,
    at: ['data', 'stringData'], hides: 'whole',
    allowed: { 'nothing said': undefined, 'no keys': {}, 'null': null, 'a key without a value': { password: '' } },
    denied: {
      'a value': { password: 'aHVudGVyMg==' }, 'a blank': { password: ' ' }, 'one among empty ones': { user: '', password: 'aHVudGVyMg==' }, 'a registry\'s password': { '.dockerconfigjson': 'eyJhdXRocyI6e319' },
      'a private key': { 'tls.crt': '', 'tls.key': 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t' },
    },
    objectsDenied: {
      'of a registry': { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'eyJhdXRocyI6e319' } }, 'of TLS': { type: 'kubernetes.io/tls', data: { 'tls.crt': 'LS0t', 'tls.key': 'LS0t' } },
      'for SSH': { type: 'kubernetes.io/ssh-auth', stringData: { 'ssh-privatekey': 'x' } }, 'immutable': { immutable: true, data: { a: 'eA==' } },
    },
  },
  {
    id: 'secret/no-token-secrets', title: 'No Secret asks for a token that never expires', severity: 'medium', level: 'restricted', on: ['/Secret'],
    frameworks: { nsa: ['Authentication', 'Protecting Pod service account tokens'], owasp: ['K09'], nist: ['800-53 IA-5'] },
    cel: "object.?type.orValue('Opaque') != 'kubernetes.io/service-account-token'",
    message: 'a token must expire; the token controller fills such a Secret with one that does not, for all who read it',
    remediation: 'Mount a projected `serviceAccountToken` volume, or use the TokenRequest API (`kubectl create token`).',
    at: 'type',
    allowed: { 'nothing said': undefined, 'null': null, 'Opaque': 'Opaque', 'TLS': 'kubernetes.io/tls', 'a type of one\'s own': 'example.com/service-account-token' },
    denied: { 'a token of an account': 'kubernetes.io/service-account-token' },
  },
  {
    id: 'secret/no-applied-values', title: 'Secrets repeat no values in annotations', severity: 'high', level: 'restricted', on: ['/Secret'],
    frameworks: { nsa: ['Secrets'], owasp: ['K03'], nist: ['800-53 IA-5'] },
    cel: `!object.?metadata.?annotations[?'${APPLIED}'].orValue('').matches('"(data|stringData)"[ ]*:[ ]*[{][ ]*"')`,
    message: 'the annotation must be gone: `kubectl apply` copies values into it, where lists and watches of metadata show them',
    remediation: 'Take the annotation out, change the values, and use `kubectl apply --server-side`, which writes none.',
    at: 'metadata.annotations', hides: 'each',
    allowed: { 'nothing said': undefined, 'none': {}, 'another': { note: '"data":{"password":"eA=="}' }, 'one without values': { [APPLIED]: '{"kind":"Secret","metadata":{"name":"a"},"data":{}}' } },
    denied: { 'values': { [APPLIED]: '{"data":{"user":"eA=="},"kind":"Secret"}' }, 'values as texts': { [APPLIED]: '{"kind":"Secret","stringData":{"password":"hunter2"}}' }, 'with blanks': { [APPLIED]: '{"data": { "user": "eA==" }}' } },
  },
  {
    id: 'secret/no-config-map-values', title: 'ConfigMaps hold nothing that looks like a secret', severity: 'high', level: 'restricted', on: ['/ConfigMap'],
    frameworks: { nsa: ['Secrets'], owasp: ['K03'], nist: ['800-53 IA-5', '800-53 SC-28'], trivy: ['KSV-0109'], kubeLinter: ['configmap-with-credentials'], kubescape: ['C-0012'] },
    cel: `${DATA}.all(k, !(${secretPair('k', 'object.data[k]')} || ${secretLine('object.data[k]')}))`,
    message: 'what is secret must not stand in a ConfigMap, which is neither encrypted nor guarded as Secrets are',
    remediation: 'Move the value to where the cluster fetches it from, and mount it as a file.',
    snippet: EXTERNAL,
    at: 'data', hides: 'each',
    allowed: {
      'nothing said': undefined, 'none': {}, 'settings': { LOG_LEVEL: 'info', PASSWORD_FILE: '/run/secrets/password', TOKEN_TTL: '3600s' }, 'a variable': { PASSWORD: '$(DB_PASSWORD)' }, 'an empty one': { password: '' },
      'a file': { 'app.yaml': 'db:\n  host: db\n  passwordFile: /run/secrets/db\n  password: ${DB_PASSWORD}\n' }, 'a file in JSON': { 'app.json': '{\n  "password": "",\n  "apiKey": "{{ .Env.API_KEY }}"\n}' }, 'a schema': { 'schema.yaml': 'properties:\n  password:\n    type: string\n' },
      'a certificate': { 'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' }, 'a name of a Secret': { 'app.yaml': 'secret: shop-db\ntoken: shop-token\n' },
    },
    denied: {
      'by its name': { DB_PASSWORD: 'hunter2' }, 'among others': { LOG_LEVEL: 'info', apiKey: 'abcd1234' }, 'a private key': { 'server.pem': '-----BEGIN RSA PRIVATE KEY-----\nMIIE' }, 'a password in a URL': { DATABASE: 'postgres://shop:hunter2@db/shop' },
      'a known token': { X: 'AKIAIOSFODNN7EXAMPLE' }, 'by its randomness': { SETTING: RANDOM }, 'in a file of YAML': { 'app.yaml': 'db:\n  password: hunter2\n' }, 'in a file of JSON': { 'app.json': '{"user": "shop", "password": "hunter2"}' }, 'in a file of INI': { 'app.ini': '[db]\napi_key = abcd1234\n' },
      'in properties': { 'app.properties': 'spring.datasource.password=hunter2\nserver.port=8080' },
    },
    objectsDenied: { 'immutable': { immutable: true, data: { password: 'hunter2' } } },
  },
  {
    id: 'secret/no-config-map-files', title: 'Files in ConfigMaps are no keys', severity: 'high', level: 'restricted', on: ['/ConfigMap'],
    frameworks: { nsa: ['Secrets'], owasp: ['K03'], nist: ['800-53 IA-5', '800-53 SC-28'], kubeLinter: ['configmap-with-credentials'] },
    cel: `${BINARY}.all(k, object.binaryData[k] == '' || !(${secretName('k')} || object.binaryData[k].startsWith('LS0tLS1CRUdJTi') && ${secretValue('object.binaryData[k]')}))`,
    message: 'what is secret must not stand in a ConfigMap, which is neither encrypted nor guarded as Secrets are',
    remediation: 'Move the file to where the cluster fetches it from, and mount it.',
    snippet: EXTERNAL,
    at: 'binaryData', hides: 'each',
    allowed: { 'nothing said': undefined, 'none': {}, 'an image': { 'logo.png': 'iVBORw0KGgoAAAANSUhEUgAA' }, 'an empty one': { private_key: '' }, 'a certificate': { 'ca.crt': 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t' }, 'about one': { 'password.length': 'MTI=' } },
    denied: { 'by its name': { private_key: 'q83vEjRW' }, 'a private key': { 'server.pem': 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t' }, 'among others': { 'logo.png': 'iVBORw0KGgo=', 'ssh.pem': 'LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0K' } },
  },
  {
    id: 'secret/no-annotation-values', title: 'Annotations hold nothing that looks like a secret', severity: 'high', level: 'restricted', on: ['*'],
    frameworks: { nsa: ['Secrets'], owasp: ['K03'], nist: ['800-53 IA-5'] },
    cel: `${ANNOTATIONS}.all(k, !(${credentialKey('k')} && object.metadata.annotations[k].matches('^[^$/<{%]{4,}$') || ${secretValue('object.metadata.annotations[k]')}))`,
    message: 'what is secret must not stand in an annotation, which whoever may see the object reads',
    remediation: 'Name the Secret that holds the value instead.',
    at: 'metadata.annotations', hides: 'each',
    allowed: {
      'nothing said': undefined, 'none': {}, 'a name of a Secret': { 'nginx.ingress.kubernetes.io/auth-secret': 'basic-auth', 'nginx.ingress.kubernetes.io/auth-tls-secret': 'shop/ca' }, 'a path in Vault': { 'vault.hashicorp.com/agent-inject-secret-db-creds': 'database/creds/shop' },
      'a hash': { 'checksum/secret': '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' }, 'a variable': { 'example.com/password': '$(PASSWORD)' }, 'a role': { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/shop' },
    },
    denied: { 'by its name': { 'example.com/db-password': 'hunter2' }, 'a known token': { note: `ghp_${'a1B2'.repeat(9)}` }, 'a password in a URL': { source: 'https://shop:hunter2@git.example.com/a.git' }, 'by its randomness': { 'example.com/x': RANDOM }, 'among others': { a: 'b', 'example.com/apiKey': 'abcd' } },
  },
];
