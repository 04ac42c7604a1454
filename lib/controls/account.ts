import type { ObjectControl } from './control';

/** Whose tokens pods get. */
export const ACCOUNT: readonly ObjectControl[] = [
  {
    id: 'account/no-automount', title: 'Accounts give pods no token that they do not ask for', severity: 'medium', level: 'restricted', on: ['/ServiceAccount'],
    frameworks: { cis: ['5.1.5', '5.1.6'], nsa: ['Protecting Pod service account tokens'], nist: ['800-53 AC-6'], checkov: ['CKV_K8S_41'], kubescape: ['C-0034', 'C-0189', 'C-0190'] },
    cel: 'object.?automountServiceAccountToken.orValue(true) == false',
    message: 'automountServiceAccountToken must be false, so that a pod has a token only if it says so itself',
    remediation: 'Set `automountServiceAccountToken: false`; give pods that call the API a projected token that expires.',
    snippet: 'automountServiceAccountToken: false',
    at: 'automountServiceAccountToken',
    allowed: { 'false': false },
    denied: { 'nothing said': undefined, 'null': null, 'true': true },
    objectsAllowed: { 'default, locked': { metadata: { name: 'default' } } },
    objectsDenied: { 'default, as it comes': { metadata: { name: 'default' }, automountServiceAccountToken: null } },
  },
];
