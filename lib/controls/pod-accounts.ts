import type { PodControl } from './control';

const tokens = (rule: string) => `variables.volumes.all(v, v.?projected.?sources.orValue([]).all(s, !has(s.serviceAccountToken) || ${rule}))`;
const volume = (...sources: readonly object[]) => [{ name: 'token', projected: { sources } }];
const token = (options: object) => volume({ serviceAccountToken: { path: 'token', ...options } });
/** What the API server's ServiceAccount admission adds to a pod. */
const INJECTED = { name: 'kube-api-access-x2m4k', projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }, { configMap: { name: 'kube-root-ca.crt' } }] } };

/** As whom pods act, and what tokens they hold. */
export const POD_ACCOUNTS: readonly PodControl[] = [
  {
    id: 'pod/no-token-automount', title: 'Pods get no token for the Kubernetes API unasked', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: {
      cis: ['5.1.6'], nsa: ['Protecting Pod service account tokens'], owasp: ['K01', 'K08'], nist: ['800-190 4.3.2', '800-53 AC-6'], checkov: ['CKV_K8S_38'], trivy: ['KSV-0036'],
      kubeLinter: ['automount-service-account-token'], kubescape: ['C-0034', 'C-0190', 'C-0261'], polaris: ['automountServiceAccountToken'],
    },
    cel: '!variables.podSpec.?automountServiceAccountToken.orValue(true)',
    message: 'automountServiceAccountToken must be false on the pod, whose word counts before its account\'s',
    remediation: 'Set `automountServiceAccountToken: false`; a pod that calls the API mounts a projected token.',
    snippet: 'automountServiceAccountToken: false',
    of: 'pod', at: 'automountServiceAccountToken',
    allowed: { 'false': false },
    denied: { 'nothing said': undefined, 'null': null, 'true': true },
  },
  {
    id: 'pod/own-service-account', title: 'Pods have an account of their own', severity: 'low', level: 'strict', on: 'pod',
    frameworks: {
      cis: ['5.1.5'], nsa: ['Protecting Pod service account tokens'], owasp: ['K02'], nist: ['800-53 AC-2', '800-53 AC-6'], checkov: ['CKV_K8S_41'], kubeLinter: ['default-service-account'], kubescape: ['C-0189'],
    },
    // The field's former name counts where the new one is empty, and the API server fills in both.
    cel: "!([variables.podSpec.?serviceAccountName.orValue('')].map(n, n == '' ? variables.podSpec.?serviceAccount.orValue('') : n)[0] in ['', 'default'])",
    message: 'serviceAccountName must name an account other than "default"',
    remediation: 'Create a ServiceAccount for this workload and name it in `serviceAccountName`, so that a grant to it is a grant to nobody else.',
    snippet: 'serviceAccountName: web',
    of: 'pod', at: 'serviceAccountName',
    allowed: { 'one of its own': 'web', 'one whose name begins alike': 'default-web' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'the default': 'default' },
    podsAllowed: { 'by the former name': { spec: { serviceAccountName: null, serviceAccount: 'web' } } },
    podsDenied: { 'the default by the former name': { spec: { serviceAccountName: null, serviceAccount: 'default' } }, 'another by the former name, which does not count': { spec: { serviceAccountName: 'default', serviceAccount: 'web' } } },
  },
  {
    id: 'pod/short-lived-tokens', title: 'Projected tokens are valid for an hour at most', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nsa: ['Protecting Pod service account tokens'], owasp: ['K09'], nist: ['800-53 IA-5'], kubeLinter: ['projected-token-long-expiration'] },
    // What the API server injects itself is valid for 3607 seconds.
    cel: tokens("s.serviceAccountToken.?expirationSeconds.orValue(3600) <= 3600 || (s.serviceAccountToken.?expirationSeconds.orValue(0) == 3607 && v.?name.orValue('').startsWith('kube-api-access-'))"),
    message: 'a projected token must be valid for 3600 seconds at most',
    remediation: 'Set `expirationSeconds: 3600` or less; the kubelet renews the token in time.',
    snippet: 'volumes:\n- name: token\n  projected:\n    sources:\n    - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}',
    of: 'pod', at: 'volumes',
    allowed: {
      'nothing said': undefined, 'an hour': token({ audience: 'vault', expirationSeconds: 3600 }), 'ten minutes': token({ audience: 'vault', expirationSeconds: 600 }), 'nothing, which is an hour': token({ audience: 'vault' }), 'what the API server injects': [INJECTED],
    },
    denied: {
      'a second more': token({ audience: 'vault', expirationSeconds: 3601 }), 'a day': token({ audience: 'vault', expirationSeconds: 86400 }), 'a second one': volume({ configMap: { name: 'a' } }, { serviceAccountToken: { path: 't', audience: 'x', expirationSeconds: 7200 } }),
      'as long as what is injected': token({ audience: 'vault', expirationSeconds: 3607 }), 'longer, under the name of what is injected': [{ ...token({ audience: 'x', expirationSeconds: 86400 })[0], name: 'kube-api-access-x2m4k' }],
    },
  },
  {
    id: 'pod/token-audience', title: 'Projected tokens say whom they are for', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nsa: ['Protecting Pod service account tokens'], owasp: ['K09'], nist: ['800-53 IA-5', '800-53 IA-9'] },
    // A token without an audience is for the API server, which is right where its CA is mounted beside it.
    cel: tokens("s.serviceAccountToken.?audience.orValue('') != '' || v.projected.sources.exists(o, o.?configMap.?name.orValue('') == 'kube-root-ca.crt')"),
    message: 'a projected token must have an audience; without one it is for the Kubernetes API, whoever it is sent to',
    remediation: 'Set `audience` to what the receiver expects; a token for the Kubernetes API stands beside the ConfigMap kube-root-ca.crt.',
    snippet: 'volumes:\n- name: token\n  projected:\n    sources:\n    - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}',
    of: 'pod', at: 'volumes',
    allowed: {
      'nothing said': undefined, 'an audience': token({ audience: 'vault' }), 'no token': volume({ configMap: { name: 'a' } }), 'none, beside the CA of the API server': volume({ serviceAccountToken: { path: 'token' } }, { configMap: { name: 'kube-root-ca.crt' } }), 'what the API server injects': [INJECTED],
    },
    denied: { 'no audience': token({}), 'an empty one': token({ audience: '' }), 'none, beside another ConfigMap': volume({ serviceAccountToken: { path: 'token' } }, { configMap: { name: 'ca' } }), 'none, the CA in another volume': [...token({}), { name: 'ca', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } }] },
  },
];
