import type { ObjectControl } from './control';

const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';
const service = { namespace: 'shop', name: 'convert' };

/** What extends the API server itself. */
export const API: readonly ObjectControl[] = [
  {
    id: 'api/verified-aggregation', title: 'The API server verifies whom it hands requests to', severity: 'high', level: 'baseline', on: ['apiregistration.k8s.io/APIService'],
    frameworks: { nsa: ['Encryption'], owasp: ['K07'], nist: ['800-53 IA-9', '800-53 SC-8'] },
    cel: '!object.?spec.?insecureSkipTLSVerify.orValue(false)',
    message: 'insecureSkipTLSVerify must not be true; whoever answers in its place gets every request of the group, with the user\'s name',
    remediation: 'Set `caBundle`, or have cert-manager inject it, and leave `insecureSkipTLSVerify` out.',
    snippet: 'metadata:\n  annotations:\n    cert-manager.io/inject-ca-from: shop/api',
    at: 'spec.insecureSkipTLSVerify',
    allowed: { 'nothing said': undefined, 'null': null, 'false': false },
    denied: { 'true': true },
  },
  {
    id: 'api/no-unknown-fields', title: 'Custom resources keep no fields that nobody described', severity: 'medium', level: 'strict', on: [CRD],
    frameworks: { nist: ['800-53 CM-6'] },
    cel: "object.?spec.?preserveUnknownFields.orValue(object.?apiVersion.orValue('').endsWith('/v1beta1')) == false",
    message: 'preserveUnknownFields must be false; fields that no schema has are otherwise stored unread, and unvalidated',
    remediation: 'Describe the fields in a schema for each version, and set `preserveUnknownFields: false`.',
    snippet: 'spec:\n  preserveUnknownFields: false',
    base: { apiVersion: 'apiextensions.k8s.io/v1' }, at: 'spec.preserveUnknownFields',
    allowed: { 'false': false, 'nothing said': undefined, 'null': null },
    denied: { 'true': true },
    objectsDenied: { 'nothing said in v1beta1': { apiVersion: 'apiextensions.k8s.io/v1beta1', spec: { preserveUnknownFields: null } } },
  },
  {
    id: 'api/conversion-in-cluster', title: 'Custom resources are converted inside the cluster', severity: 'medium', level: 'strict', on: [CRD],
    frameworks: { nist: ['800-53 SC-7', '800-53 AC-4'] },
    cel: '!object.?spec.?conversion.?webhook.?clientConfig.?url.hasValue() && !object.?spec.?conversion.?webhookClientConfig.?url.hasValue()',
    message: 'a conversion webhook must be a Service of the cluster; a host outside reads and rewrites every object of the kind',
    remediation: 'Name the webhook by `clientConfig.service`.',
    snippet: 'spec:\n  conversion:\n    strategy: Webhook\n    webhook:\n      conversionReviewVersions: [v1]\n      clientConfig:\n        service: {namespace: shop, name: convert, path: /convert}',
    at: 'spec.conversion',
    allowed: { 'nothing said': undefined, 'null': null, 'none': { strategy: 'None' }, 'a Service': { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service, caBundle: 'LS0t' } } } },
    denied: { 'a host outside': { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://convert.example.com' } } }, 'in the shape of v1beta1': { strategy: 'Webhook', webhookClientConfig: { url: 'https://convert.example.com' } } },
  },
  {
    id: 'api/verified-conversion', title: 'Who converts custom resources is known by its own authority', severity: 'low', level: 'strict', on: [CRD],
    frameworks: { nist: ['800-53 IA-9', '800-53 SC-8'] },
    cel: "!object.?spec.?conversion.?webhook.?clientConfig.?service.hasValue() || object.spec.conversion.webhook.clientConfig.?caBundle.orValue('') != ''"
      + " || object.?metadata.?annotations.orValue({}).exists(k, k.startsWith('cert-manager.io/inject-') || k == 'service.beta.openshift.io/inject-cabundle')",
    message: 'a conversion webhook must have a caBundle, without which the API server trusts the authorities of its own machine',
    remediation: 'Set `caBundle`, or have cert-manager inject it by annotation.',
    snippet: 'metadata:\n  annotations:\n    cert-manager.io/inject-ca-from: shop/convert',
    at: 'spec.conversion',
    allowed: { 'nothing said': undefined, 'null': null, 'none': { strategy: 'None' }, 'an authority': { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service, caBundle: 'LS0t' } } } },
    denied: { 'absent': { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service } } }, 'empty': { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service, caBundle: '' } } } },
    objectsAllowed: {
      'injected by OpenShift': { metadata: { annotations: { 'service.beta.openshift.io/inject-cabundle': 'true' } }, spec: { conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service } } } } },
      'injected': { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'shop/convert' } }, spec: { conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: { service } } } } },
    },
  },
];
