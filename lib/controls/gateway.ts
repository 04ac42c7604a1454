import type { ObjectControl } from './control';

const GROUP = 'gateway.networking.k8s.io';
const LISTENERS = 'object.?spec.?listeners.orValue([])';
const PROTOCOL = "l.?protocol.orValue('').upperAscii()";
const listener = (fields: object) => ({ name: 'a', ...fields });
const HTTPS = { name: 'https', protocol: 'HTTPS', port: 443, hostname: 'shop.example.com' };
const from = (namespaces: object) => [{ ...HTTPS, allowedRoutes: { namespaces } }];
const secret = (fields: object = {}) => ({ group: '', kind: 'Secret', ...fields });

/** What Gateways let in, and what routes and grants make of it. */
export const GATEWAY: readonly ObjectControl[] = [
  {
    id: 'gateway/tls', title: 'Gateways speak TLS, and HTTP only to lead there', severity: 'medium', level: 'restricted', on: [`${GROUP}/Gateway`],
    frameworks: { nsa: ['Encryption'], nist: ['800-53 SC-8'] },
    cel: `${LISTENERS}.all(l, ${PROTOCOL} != 'HTTP' || (l.?port.orValue(0) == 80 && ${LISTENERS}.exists(s, s.?protocol.orValue('') in ['HTTPS', 'TLS'])))`,
    message: 'a listener must speak HTTPS or TLS; HTTP may stand on port 80 beside one that does, to redirect',
    remediation: 'Use `protocol: HTTPS` with `tls.certificateRefs`, and a route with a RequestRedirect filter on port 80.',
    snippet: 'spec:\n  listeners:\n    - name: https\n      protocol: HTTPS\n      port: 443\n      hostname: shop.example.com\n      tls:\n        certificateRefs: [{name: shop-tls}]',
    at: 'spec.listeners',
    allowed: {
      'nothing said': undefined, 'none': [], 'HTTPS': [HTTPS], 'TLS that is passed through': [listener({ protocol: 'TLS', port: 443, hostname: 'shop.example.com', tls: { mode: 'Passthrough' } })], 'HTTP beside HTTPS': [HTTPS, listener({ protocol: 'HTTP', port: 80 })], 'HTTP beside TLS': [listener({ name: 'tls', protocol: 'TLS', port: 443 }), listener({ protocol: 'HTTP', port: 80 })],
      'TCP': [listener({ protocol: 'TCP', port: 5432 })],
    },
    denied: {
      'HTTP': [listener({ protocol: 'HTTP', port: 80 })], 'no port': [HTTPS, listener({ protocol: 'HTTP' })], 'lower case': [listener({ protocol: 'http', port: 80 })], 'on another port': [HTTPS, listener({ protocol: 'HTTP', port: 8080 })],
      'on another port, beside one that may': [HTTPS, listener({ name: 'b', protocol: 'HTTP', port: 80 }), listener({ protocol: 'HTTP', port: 8080 })],
    },
  },
  {
    id: 'gateway/no-wildcard-hostname', title: 'Gateways name their hosts', severity: 'low', level: 'strict', on: [`${GROUP}/Gateway`],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    // HTTP only leads to HTTPS, for whatever host.
    cel: `${LISTENERS}.all(l, !(${PROTOCOL} in ['HTTPS', 'TLS']) || (l.?hostname.orValue('') != '' && !l.hostname.startsWith('*')))`,
    message: 'a listener must name one host; with a wildcard, or none, routes may take the traffic of hosts that others have',
    remediation: 'Write one listener for each host.',
    snippet: 'spec:\n  listeners:\n    - name: https\n      protocol: HTTPS\n      port: 443\n      hostname: shop.example.com\n      tls:\n        certificateRefs: [{name: shop-tls}]',
    at: 'spec.listeners',
    allowed: { 'nothing said': undefined, 'none': [], 'a host': [HTTPS], 'HTTP of any host': [HTTPS, listener({ protocol: 'HTTP', port: 80 })], 'TCP, which has none': [listener({ protocol: 'TCP', port: 5432 })] },
    denied: { 'no host': [{ ...HTTPS, hostname: undefined }], 'an empty one': [{ ...HTTPS, hostname: '' }], 'a wildcard': [{ ...HTTPS, hostname: '*.example.com' }], 'after another': [HTTPS, { ...HTTPS, name: 'b', protocol: 'TLS', hostname: '*.example.org' }] },
  },
  {
    id: 'gateway/no-routes-from-everywhere', title: 'Gateways say whose routes they take', severity: 'medium', level: 'strict', on: [`${GROUP}/Gateway`],
    frameworks: { nist: ['800-53 AC-3', '800-53 SC-7'] },
    cel: `${LISTENERS}.all(l, l.?allowedRoutes.?namespaces.?from.orValue('Same') in ['Same', 'None'] || (l.allowedRoutes.namespaces.from == 'Selector'`
      + ' && (l.allowedRoutes.namespaces.?selector.?matchLabels.orValue({}).size() > 0 || l.allowedRoutes.namespaces.?selector.?matchExpressions.orValue([]).size() > 0)))',
    message: 'a listener must take routes only from its own namespace or from those that a selector names; any other may take its hosts',
    remediation: 'Set `allowedRoutes.namespaces` to `from: Selector`, with labels that only the namespaces of its users have.',
    snippet: 'spec:\n  listeners:\n    - name: https\n      protocol: HTTPS\n      port: 443\n      hostname: shop.example.com\n      allowedRoutes:\n        namespaces:\n          from: Selector\n          selector:\n            matchLabels: {kubernetes.io/metadata.name: shop}',
    at: 'spec.listeners',
    allowed: {
      'nothing said': undefined, 'none': [], 'its own namespace': from({ from: 'Same' }), 'no namespace': from({ from: 'None' }), 'no choice, which is its own': from({}), 'by labels': from({ from: 'Selector', selector: { matchLabels: { edge: 'shop' } } }),
      'by expressions': from({ from: 'Selector', selector: { matchExpressions: [{ key: 'edge', operator: 'Exists' }] } }),
    },
    denied: { 'all': from({ from: 'All' }), 'lower case': from({ from: 'same' }), 'by an empty selector': from({ from: 'Selector', selector: {} }), 'by no selector': from({ from: 'Selector' }), 'after another': [HTTPS, ...from({ from: 'All' })] },
  },
  {
    id: 'gateway/route-hostnames', title: 'Routes name their hosts', severity: 'low', level: 'strict', on: [`${GROUP}/HTTPRoute`, `${GROUP}/GRPCRoute`, `${GROUP}/TLSRoute`],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    cel: "object.?spec.?hostnames.orValue([]).size() > 0 && object.spec.hostnames.all(h, h != '' && !h.startsWith('*'))",
    message: 'a route must name its hosts; without, it is of every host of the Gateway',
    remediation: 'List the hosts in `hostnames`.',
    snippet: 'spec:\n  hostnames: [shop.example.com]',
    at: 'spec.hostnames',
    allowed: { 'a host': ['shop.example.com'], 'two': ['shop.example.com', 'api.example.com'] },
    denied: { 'nothing said': undefined, 'null': null, 'none': [], 'an empty one': [''], 'a wildcard': ['*.example.com'], 'after another': ['shop.example.com', '*.example.com'] },
  },
  {
    id: 'gateway/no-broad-grants', title: 'Grants to other namespaces name what they give', severity: 'medium', level: 'strict', on: [`${GROUP}/ReferenceGrant`],
    frameworks: { nist: ['800-53 AC-6'] },
    cel: "object.?spec.?to.orValue([]).all(t, t.?name.orValue('') != '')",
    message: 'a grant must name the object; without, it gives every one of the kind in its namespace, those to come too',
    remediation: 'Add the `name` of the Secret or Service that is meant.',
    snippet: 'spec:\n  to:\n    - group: ""\n      kind: Secret\n      name: shop-tls',
    at: 'spec.to',
    allowed: { 'nothing said': undefined, 'none': [], 'one Secret': [secret({ name: 'tls' })] },
    denied: { 'every Secret': [secret()], 'an empty name': [secret({ name: '' })], 'every Service': [{ group: '', kind: 'Service' }], 'after another': [secret({ name: 'tls' }), secret()] },
  },
];
