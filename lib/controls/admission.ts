import { celText } from './cel-text';
import type { ObjectControl } from './control';

const GROUP = 'admissionregistration.k8s.io';
const WEBHOOKS = [`${GROUP}/ValidatingWebhookConfiguration`, `${GROUP}/MutatingWebhookConfiguration`];
const ALL = 'object.?webhooks.orValue([])';
// What is not said was otherwise in v1beta1.
const IS_BETA = "object.?apiVersion.orValue('').endsWith('/v1beta1')";
const PODS = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
const EVERYTHING = [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }];
/** One webhook that complies, but for some fields. */
const webhook = (fields: object = {}) => [{
  name: 'a.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Fail', timeoutSeconds: 5, rules: PODS,
  clientConfig: { service: { namespace: 'shop', name: 'webhook' }, caBundle: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t' }, ...fields,
}];
const service = { namespace: 'shop', name: 'webhook' };
/** Who fills in the authority of a webhook that has none yet. */
const INJECTED = ['cert-manager.io/inject-ca-from', 'cert-manager.io/inject-ca-from-secret', 'cert-manager.io/inject-apiserver-ca', 'service.beta.openshift.io/inject-cabundle'];

/** Admission webhooks and policies: what they let pass, and what they hold up. */
export const ADMISSION: readonly ObjectControl[] = [
  {
    id: 'admission/webhooks-fail-closed', title: 'What a webhook cannot judge is refused', severity: 'medium', level: 'restricted', on: WEBHOOKS,
    frameworks: { owasp: ['K04'], nist: ['800-53 CM-5'], kubeLinter: ['webhook-failure-policy-ignore'] },
    cel: `${ALL}.all(w, w.?failurePolicy.orValue(${IS_BETA} ? 'Ignore' : 'Fail') == 'Fail')`,
    message: 'failurePolicy must be Fail; with Ignore whoever keeps the webhook from answering passes it',
    remediation: 'Set `failurePolicy: Fail`, run the webhook in several replicas, and leave its own namespace out by `namespaceSelector`.',
    snippet: 'webhooks:\n  - name: a.example.com\n    failurePolicy: Fail\n    namespaceSelector:\n      matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, webhook]}]',
    at: 'webhooks',
    allowed: { 'nothing said': undefined, 'none': [], 'Fail': webhook(), 'two': [...webhook(), ...webhook({ name: 'b.example.com' })] },
    denied: { 'Ignore': webhook({ failurePolicy: 'Ignore' }), 'lower case': webhook({ failurePolicy: 'fail' }), 'after another': [...webhook(), ...webhook({ name: 'b.example.com', failurePolicy: 'Ignore' })] },
    objectsDenied: { 'the default of v1beta1': { apiVersion: `${GROUP}/v1beta1`, webhooks: webhook({ failurePolicy: null }) } },
    objectsAllowed: { 'the default of v1': { apiVersion: `${GROUP}/v1`, webhooks: webhook({ failurePolicy: null }) } },
  },
  {
    id: 'admission/narrow-webhooks', title: 'No webhook holds up the whole cluster', severity: 'medium', level: 'strict', on: WEBHOOKS,
    frameworks: { nist: ['800-53 SC-5'] },
    cel: `${ALL}.all(w, w.?failurePolicy.orValue('Fail') == 'Ignore' || w.?namespaceSelector.orValue({}).size() > 0 || w.?objectSelector.orValue({}).size() > 0 || w.?matchConditions.orValue([]).size() > 0`
      + " || w.?rules.orValue([]).all(r, !('*' in r.?apiGroups.orValue([])) || !r.?resources.orValue([]).exists(s, s == '*' || s == '*/*')))",
    message: 'a webhook that is asked about everything must leave something out, kube-system at least; while it does not answer, nothing of the cluster can be changed',
    remediation: 'Name the groups and resources in `rules`, and leave kube-system out by `namespaceSelector`.',
    snippet: 'webhooks:\n  - name: a.example.com\n    namespaceSelector:\n      matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, webhook]}]\n    rules:\n      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}',
    at: 'webhooks', also: ['admission/webhooks-fail-closed'],
    allowed: {
      'nothing said': undefined, 'none': [], 'of pods': webhook(), 'everything of one group': webhook({ rules: [{ ...EVERYTHING[0], apiGroups: ['apps'] }] }), 'one kind of every group': webhook({ rules: [{ ...EVERYTHING[0], resources: ['pods'] }] }),
      'everything, of some namespaces': webhook({ rules: EVERYTHING, namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }] } }),
      'everything, of some objects': webhook({ rules: EVERYTHING, objectSelector: { matchLabels: { a: 'b' } } }), 'everything, on conditions': webhook({ rules: EVERYTHING, matchConditions: [{ name: 'a', expression: 'true' }] }), 'everything, if it answers': webhook({ rules: EVERYTHING, failurePolicy: 'Ignore' }),
    },
    denied: {
      'everything': webhook({ rules: EVERYTHING }), 'everything and pods': webhook({ rules: [{ ...EVERYTHING[0], resources: ['pods', '*/*'] }] }), 'without subresources': webhook({ rules: [{ ...EVERYTHING[0], resources: ['*'] }] }), 'after another rule': webhook({ rules: [...PODS, ...EVERYTHING] }), 'by an empty selector': webhook({ rules: EVERYTHING, namespaceSelector: {} }),
    },
  },
  {
    id: 'admission/webhook-side-effects', title: 'Webhooks change nothing on a dry run', severity: 'low', level: 'strict', on: WEBHOOKS,
    frameworks: { nist: ['800-53 CM-5'] },
    cel: `${ALL}.all(w, w.?sideEffects.orValue('Unknown') in ['None', 'NoneOnDryRun'])`,
    message: 'sideEffects must be None or NoneOnDryRun, without which a dry run is refused',
    remediation: 'Have the webhook change nothing but the object, and set `sideEffects: None`.',
    snippet: 'webhooks:\n  - name: a.example.com\n    sideEffects: None',
    at: 'webhooks',
    allowed: { 'nothing said': undefined, 'none': [], 'no side effects': webhook(), 'none on a dry run': webhook({ sideEffects: 'NoneOnDryRun' }) },
    denied: { 'absent': webhook({ sideEffects: undefined }), 'unknown': webhook({ sideEffects: 'Unknown' }), 'some': webhook({ sideEffects: 'Some' }), 'lower case': webhook({ sideEffects: 'none' }) },
  },
  {
    id: 'admission/webhook-timeout', title: 'Webhooks answer within ten seconds', severity: 'low', level: 'strict', on: WEBHOOKS,
    frameworks: { nist: ['800-53 SC-5'] },
    cel: `${ALL}.all(w, w.?timeoutSeconds.orValue(${IS_BETA} ? 30 : 10) <= 10)`,
    message: 'timeoutSeconds must be at most 10; each request waits that long for each webhook that does not answer',
    remediation: 'Set `timeoutSeconds` to what the webhook needs, 5 say.',
    snippet: 'webhooks:\n  - name: a.example.com\n    timeoutSeconds: 5',
    at: 'webhooks',
    allowed: { 'nothing said': undefined, 'none': [], 'five': webhook(), 'ten': webhook({ timeoutSeconds: 10 }) },
    denied: { 'eleven': webhook({ timeoutSeconds: 11 }), 'the most that there is': webhook({ timeoutSeconds: 30 }) },
    objectsAllowed: { 'the default of v1': { apiVersion: `${GROUP}/v1`, webhooks: webhook({ timeoutSeconds: null }) } },
    objectsDenied: { 'the default of v1beta1': { apiVersion: `${GROUP}/v1beta1`, webhooks: webhook({ timeoutSeconds: null }) } },
  },
  {
    id: 'admission/webhooks-in-cluster', title: 'Webhooks are asked inside the cluster', severity: 'medium', level: 'strict', on: WEBHOOKS,
    frameworks: { nist: ['800-53 SC-7', '800-53 AC-4'] },
    cel: `${ALL}.all(w, !w.?clientConfig.?url.hasValue())`,
    message: 'a webhook must be a Service of the cluster; a host outside is told every object, Secrets too, and decides on it',
    remediation: 'Name the webhook by `clientConfig.service`.',
    snippet: 'webhooks:\n  - name: a.example.com\n    clientConfig:\n      service: {namespace: webhook, name: webhook, path: /validate}',
    at: 'webhooks',
    allowed: { 'nothing said': undefined, 'none': [], 'a Service': webhook() },
    denied: { 'a host outside': webhook({ clientConfig: { url: 'https://webhook.example.com/' } }), 'without TLS': webhook({ clientConfig: { url: 'http://webhook.example.com/', caBundle: 'LS0t' } }), 'after another': [...webhook(), ...webhook({ name: 'b.example.com', clientConfig: { url: 'https://other.example.com' } })] },
  },
  {
    id: 'admission/verified-webhooks', title: 'Webhooks are known by their own authority', severity: 'low', level: 'strict', on: WEBHOOKS,
    frameworks: { nist: ['800-53 IA-9', '800-53 SC-8'] },
    cel: `${ALL}.all(w, !w.?clientConfig.?service.hasValue() || w.clientConfig.?caBundle.orValue('') != '') || [${INJECTED.map(celText).join(', ')}].exists(a, a in object.?metadata.?annotations.orValue({}))`,
    message: 'a webhook must have a caBundle, without which the API server trusts the authorities of its own machine',
    remediation: 'Set `caBundle`, or have cert-manager inject it by annotation.',
    snippet: 'metadata:\n  annotations:\n    cert-manager.io/inject-ca-from: shop/webhook',
    at: 'webhooks',
    allowed: { 'nothing said': undefined, 'none': [], 'an authority': webhook() },
    denied: { 'absent': webhook({ clientConfig: { service } }), 'empty': webhook({ clientConfig: { service, caBundle: '' } }), 'after another': [...webhook(), ...webhook({ name: 'b.example.com', clientConfig: { service } })] },
    objectsAllowed: Object.fromEntries(INJECTED.map((key) => [`injected by ${key}`, { metadata: { annotations: { [key]: 'shop/webhook' } }, webhooks: webhook({ clientConfig: { service } }) }])),
  },
  {
    id: 'admission/policies-fail-closed', title: 'What a policy cannot judge is refused', severity: 'medium', level: 'restricted', on: [`${GROUP}/ValidatingAdmissionPolicy`, `${GROUP}/MutatingAdmissionPolicy`],
    frameworks: { owasp: ['K04'], nist: ['800-53 CM-5'] },
    cel: "object.?spec.?failurePolicy.orValue('Fail') == 'Fail'",
    message: 'failurePolicy must be Fail; with Ignore an object on which an expression errs passes',
    remediation: 'Set `failurePolicy: Fail`, and write expressions that do not err.',
    snippet: 'spec:\n  failurePolicy: Fail',
    at: 'spec.failurePolicy',
    allowed: { 'nothing said': undefined, 'null': null, 'Fail': 'Fail' },
    denied: { 'Ignore': 'Ignore', 'lower case': 'fail' },
  },
  {
    id: 'admission/policies-deny', title: 'Policies deny', severity: 'low', level: 'strict', on: [`${GROUP}/ValidatingAdmissionPolicyBinding`],
    frameworks: { owasp: ['K04'], nist: ['800-53 CM-5'] },
    cel: "'Deny' in object.?spec.?validationActions.orValue([])",
    message: 'validationActions must contain Deny; with Warn and Audit alone everything passes',
    remediation: 'Add `Deny`, once what the policy finds is mended.',
    snippet: 'spec:\n  validationActions: [Deny]',
    at: 'spec.validationActions',
    allowed: { 'Deny': ['Deny'], 'and audit': ['Audit', 'Deny'] },
    denied: { 'nothing said': undefined, 'null': null, 'none': [], 'a warning': ['Warn'], 'a warning and audit': ['Warn', 'Audit'], 'lower case': ['deny'] },
  },
];
