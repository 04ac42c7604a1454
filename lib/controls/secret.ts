import type { ObjectControl } from './control';

/** What must not happen to secrets on their way into a cluster. */
export const SECRET: readonly ObjectControl[] = [
  {
    id: 'secret/no-plain-values', title: 'Manifests hold no secret values', severity: 'high', level: 'restricted', on: ['/Secret'],
    frameworks: {},
    // Base64 hides nothing. A Secret without values, as for the token controller or an operator to fill, says nothing.
    cel: "object.?data.orValue({}).all(k, object.data[k] == '') && object.?stringData.orValue({}).all(k, object.stringData[k] == '')",
    message: 'a Secret in a manifest must hold no values, which anyone who reads the manifest knows',
    remediation: 'Let the cluster fetch the value: an ExternalSecret, a SealedSecret or a CSI secret store volume.',
    at: ['data', 'stringData'], hides: 'whole',
    allowed: { 'nothing said': undefined, 'no keys': {}, 'null': null, 'a key without a value': { password: '' } },
    denied: { 'a value': { password: 'aHVudGVyMg==' }, 'a blank': { password: ' ' }, 'one among empty ones': { user: '', password: 'aHVudGVyMg==' } },
  },
];
