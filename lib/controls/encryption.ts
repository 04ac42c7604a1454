import type { ObjectControl } from './control';

const CONFIG = ['apiserver.config.k8s.io/EncryptionConfiguration'];
const AT_REST = { nsa: ['Encryption', 'Secrets'], owasp: ['K03', 'K07'], nist: ['800-53 SC-28'] };

const first = (cel: string) => `object.?resources.orValue([]).all(r, r.?providers.orValue([]).size() == 0 || ${cel})`;
const FIRST = 'r.providers[0]';
const KEYED = ['aescbc', 'aesgcm', 'secretbox'];
const kms = (more: object = {}) => ({ kms: { apiVersion: 'v2', name: 'kms', endpoint: 'unix:///run/kms.sock', timeout: '3s', ...more } });
const keyed = (name: string, secret = '') => ({ [name]: { keys: [{ name: 'key', ...secret === '' ? {} : { secret } }] } });
const entry = (resources: string[], ...providers: object[]) => ({ resources, providers });
const IDENTITY = { identity: {} };
const KMS_FIRST = 'resources:\n- resources: [secrets]\n  providers:\n  - kms: {apiVersion: v2, name: kms, endpoint: "unix:///run/kms.sock", timeout: 3s}\n  - identity: {}';

/**
 * How the API server encrypts what it stores: by the first provider that is written for a resource. Findings show no values, among which
 * keys may be.
 * @see https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
 */
export const ENCRYPTION: readonly ObjectControl[] = [
  {
    id: 'encryption/secrets', title: 'Secrets are among what is encrypted', severity: 'high', level: 'restricted', on: CONFIG,
    frameworks: { ...AT_REST, cis: ['1.2.28'], kubescape: ['C-0142'] },
    cel: "object.?resources.orValue([]).exists(r, r.?resources.orValue([]).exists(x, x in ['secrets', 'secrets.', '*.', '*.*']))",
    message: 'resources must name secrets, or "*." for the core group',
    remediation: 'Add an entry for secrets, with a provider that encrypts.',
    snippet: KMS_FIRST,
    at: 'resources', hides: 'each',
    allowed: { 'secrets': [entry(['secrets'], kms(), IDENTITY)], 'among others': [entry(['configmaps', 'secrets'], kms())], 'in a later entry': [entry(['configmaps'], kms()), entry(['secrets'], kms())], 'the core group': [entry(['*.'], kms())], 'everything': [entry(['*.*'], kms())] },
    denied: { 'nothing said': undefined, 'none': [], 'others': [entry(['configmaps'], kms())], 'of another group': [entry(['secrets.example.com', '*.apps'], kms())], 'near its name': [entry(['secret'], kms())] },
  },
  {
    id: 'encryption/no-identity-first', title: 'What is named is encrypted', severity: 'high', level: 'restricted', on: CONFIG,
    frameworks: { ...AT_REST, cis: ['1.2.28'], kubescape: ['C-0142'] },
    cel: first(`!${FIRST}.?identity.hasValue()`),
    message: 'the first provider must not be identity, which stores everything as it is',
    remediation: 'Put a provider that encrypts first; identity may stand last, to read what was stored before.',
    snippet: KMS_FIRST,
    at: 'resources', hides: 'each', also: ['encryption/secrets'],
    allowed: { 'nothing said': undefined, 'last': [entry(['secrets'], kms(), IDENTITY)], 'not at all': [entry(['secrets'], kms())] },
    denied: { 'first': [entry(['secrets'], IDENTITY, kms())], 'alone': [entry(['secrets'], IDENTITY)], 'in a later entry': [entry(['secrets'], kms()), entry(['configmaps'], IDENTITY)] },
  },
  {
    id: 'encryption/strong-provider', title: 'Secrets are encrypted by kms or secretbox', severity: 'medium', level: 'strict', on: CONFIG,
    frameworks: { ...AT_REST, nist: ['800-53 SC-12', '800-53 SC-13', '800-53 SC-28'] },
    cel: first(`(${['kms', 'secretbox', 'identity'].map((name) => `${FIRST}.?${name}.hasValue()`).join(' || ')})`),
    message: 'the first provider should be kms, or secretbox without one: aescbc is open to padding oracles, aesgcm breaks unless its key is changed often',
    remediation: 'Put kms first, and rewrite what is stored.',
    snippet: KMS_FIRST,
    at: 'resources', hides: 'each',
    allowed: { 'nothing said': undefined, 'kms': [entry(['secrets'], kms())], 'secretbox': [entry(['secrets'], keyed('secretbox'))], 'an older one, to read': [entry(['secrets'], kms(), keyed('aescbc'))] },
    denied: { 'aescbc': [entry(['secrets'], keyed('aescbc'))], 'aesgcm': [entry(['secrets'], keyed('aesgcm'), IDENTITY)], 'aescbc in a later entry': [entry(['secrets'], kms()), entry(['configmaps'], keyed('aescbc'))] },
    base: { resources: [entry(['secrets'], kms())] }, also: ['encryption/secrets'],
  },
  {
    id: 'encryption/current-kms-version', title: 'KMS is spoken to in its second version', severity: 'low', level: 'strict', on: CONFIG,
    frameworks: AT_REST,
    cel: "object.?resources.orValue([]).all(r, r.?providers.orValue([]).all(p, !has(p.kms) || p.kms.?apiVersion.orValue('v1') == 'v2'))",
    message: 'kms.apiVersion should be v2; v1, which is also what holds without it, asks the KMS for each Secret, and is switched off from 1.29 on',
    remediation: 'Set `apiVersion: v2`, with a plugin that speaks it.',
    snippet: KMS_FIRST,
    at: 'resources', hides: 'each', also: ['encryption/secrets'],
    allowed: { 'nothing said': undefined, 'v2': [entry(['secrets'], kms())], 'no kms': [entry(['secrets'], keyed('secretbox'))] },
    denied: { 'v1': [entry(['secrets'], kms({ apiVersion: 'v1' }))], 'unsaid': [entry(['secrets'], kms({ apiVersion: null }))], 'one of two': [entry(['secrets'], kms(), kms({ apiVersion: 'v1', name: 'old' }))] },
  },
  {
    id: 'encryption/no-inline-keys', title: 'Manifests hold no encryption keys', severity: 'critical', level: 'restricted', on: CONFIG,
    frameworks: { ...AT_REST, nist: ['800-53 IA-5', '800-53 SC-12'] },
    cel: `object.?resources.orValue([]).all(r, r.?providers.orValue([]).all(p, [${KEYED.map((name) => `p.?${name}.?keys.orValue([])`).join(', ')}].all(keys, keys.all(k, k.?secret.orValue('') == ''))))`,
    message: 'keys[].secret must not stand in a manifest, which anyone who reads it then knows',
    remediation: 'Use kms, whose keys stay in the KMS; else write the file on the control plane alone, and change the key.',
    snippet: KMS_FIRST,
    at: 'resources', hides: 'each', also: ['encryption/secrets'],
    allowed: { 'nothing said': undefined, 'kms': [entry(['secrets'], kms())], 'to be filled in': [entry(['secrets'], keyed('secretbox'))] },
    denied: { 'secretbox': [entry(['secrets'], keyed('secretbox', 'YWJj'))], 'aescbc': [entry(['secrets'], keyed('aescbc', 'YWJj'))], 'after kms': [entry(['secrets'], kms(), keyed('aesgcm', 'YWJj'))], 'in a later entry': [entry(['secrets'], kms()), entry(['configmaps'], keyed('secretbox', 'YWJj'))] },
  },
];
