import { celAnnotated, celAnnotation, celText, celTexts } from './cel-text';
import type { ObjectControl } from './control';

const INGRESS = ['networking.k8s.io/Ingress', 'extensions/Ingress'];
const NGINX = 'nginx.ingress.kubernetes.io/';
const rule = (host: string | undefined) => ({ ...host === undefined ? {} : { host }, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } });
const at = (path: string) => [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix' }, { path, pathType: 'ImplementationSpecific' }] } }];

/** Where controllers of clouds take certificates from, if not from `tls`. */
const CERTIFICATE = ['alb.ingress.kubernetes.io/certificate-arn', 'networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert'];
const TLS_ANNOTATED = `(${CERTIFICATE.map((key) => `${celAnnotation(key)} != ''`).join(' || ')} || ${celAnnotated({
  'route.openshift.io/termination': ['edge', 'passthrough', 'reencrypt'], 'traefik.ingress.kubernetes.io/router.tls': ['true'],
})})`;
const HOST = "r.?host.orValue('')";
// One without hosts is of every host; `*.example.com` is of names of one more part.
const COVERS = `t.?hosts.orValue([]).size() == 0 || t.hosts.exists(h, h == ${HOST} || (h.startsWith('*.') && ${HOST}.contains('.') && ${HOST}.substring(${HOST}.indexOf('.')) == h.substring(1)))`;

/** Annotations that say not to lead from HTTP to HTTPS. */
const NO_REDIRECT = {
  [`${NGINX}ssl-redirect`]: ['false'], 'ingress.kubernetes.io/ssl-redirect': ['false'], 'haproxy.org/ssl-redirect': ['false'], 'haproxy-ingress.github.io/ssl-redirect': ['false'],
  'nginx.org/redirect-to-https': ['false'], 'kubernetes.io/ingress.allow-http': ['true'],
};

/** Annotations that ingress-nginx writes into its configuration as they are, and what ends a value there. CVE-2025-1097, -1098, -24514, CVE-2023-5044. */
const WRITTEN_URLS = ['auth-url', 'auth-signin', 'mirror-target', 'mirror-host', 'permanent-redirect', 'temporal-redirect', 'proxy-redirect-from', 'proxy-redirect-to'].map((name) => NGINX + name);
const WRITTEN_NAMES = ['auth-tls-match-cn', 'auth-proxy-set-headers'].map((name) => NGINX + name);
const ENDS_URL = celText('[\\r\\n{};"`<>|^\\\\]');
const ENDS_NAME = celText('[\\r\\n{};"`#|]');
/** The same of paths, which may be regular expressions; \\x27 is a single quote. CVE-2021-25745, -25748, CVE-2022-4886. */
const ENDS_PATH = celText('[ \\t\\r\\n\\f{};#"`\\x27]');

/** What an Ingress lets in, and how. */
export const INGRESSES: readonly ObjectControl[] = [
  {
    id: 'ingress/no-snippets', title: 'Ingresses bring no configuration of their own', severity: 'high', level: 'baseline', on: INGRESS,
    frameworks: { owasp: ['K06', 'K07'], nist: ['800-53 CM-6'], checkov: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154'] },
    // CVE-2021-25742: it runs in the controller, which reads every Secret of the cluster.
    cel: "object.?metadata.?annotations.orValue({}).all(k, !k.contains('snippet'))",
    message: 'an Ingress must bring no configuration, which runs in the controller with the controller\'s rights',
    remediation: 'Use the annotation made for the purpose, or put the configuration into the controller\'s own ConfigMap.',
    snippet: `metadata:\n  annotations:\n    ${NGINX}custom-headers: shop/headers   # a ConfigMap; or the controller's own`,
    at: 'metadata.annotations',
    allowed: { 'nothing said': undefined, 'none': {}, 'another annotation': { [`${NGINX}proxy-body-size`]: '8m' }, 'the word in a value': { note: 'no snippets here' } },
    denied: Object.fromEntries(['configuration-snippet', 'server-snippet', 'auth-snippet', 'modsecurity-snippet', 'stream-snippet'].map((name) => [name, { [NGINX + name]: 'return 200;' }]).concat([
      ['of NGINX Inc.', { 'nginx.org/server-snippets': 'return 200;' }], ['of HAProxy', { 'haproxy.org/backend-config-snippet': 'http-send-name-header x' }], ['with a prefix of one\'s own', { 'ingress.example.com/configuration-snippet': '' }],
    ])),
  },
  {
    id: 'ingress/no-injected-annotations', title: 'No annotation of an Ingress ends the directive it is written into', severity: 'high', level: 'baseline', on: INGRESS,
    frameworks: { owasp: ['K06', 'K07'], nist: ['800-53 SI-2'], trivy: ['KCV-0093'] },
    cel: `object.?metadata.?annotations.orValue({}).all(k, !(k in ${celTexts(WRITTEN_URLS)} && object.metadata.annotations[k].matches(${ENDS_URL})) && !(k in ${celTexts(WRITTEN_NAMES)} && object.metadata.annotations[k].matches(${ENDS_NAME})))`,
    message: 'the value must hold no line breaks, braces, quotes or ";", with which it would go on as the controller\'s own configuration',
    remediation: 'Write a plain URL or name; encode what a URL must hold.',
    snippet: `metadata:\n  annotations:\n    ${NGINX}auth-url: https://auth.example.com/verify`,
    at: 'metadata.annotations',
    allowed: {
      'nothing said': undefined, 'a URL': { [`${NGINX}auth-url`]: 'https://auth.example.com/verify?a=b&c=d' }, 'a fragment': { [`${NGINX}auth-signin`]: 'https://auth.example.com/#/login' }, 'variables of nginx': { [`${NGINX}auth-signin`]: 'https://$host/oauth2/start?rd=$escaped_request_uri' },
      'a name': { [`${NGINX}auth-tls-match-cn`]: 'CN=web\\.example\\.com' }, 'braces elsewhere': { note: '{"a": 1}' },
    },
    denied: {
      'a line break': { [`${NGINX}auth-url`]: 'https://example.com/\nload_module x' }, 'the end of a directive': { [`${NGINX}auth-url`]: 'http://example.com/#;load_module x;' }, 'the end of a block': { [`${NGINX}auth-tls-match-cn`]: 'CN=abc #(\n){}\n }}\nssl_engine x;' },
      ...Object.fromEntries([...WRITTEN_URLS, ...WRITTEN_NAMES].map((key) => [`in ${key}`, { [key]: 'a;b' }])),
      'in a mirror': { [`${NGINX}mirror-target`]: 'https://example.com" x' }, 'a comment in a name': { [`${NGINX}auth-tls-match-cn`]: 'CN=abc #' }, 'in a redirect': { [`${NGINX}permanent-redirect`]: 'https://example.com;}' },
    },
  },
  {
    id: 'ingress/no-injected-paths', title: 'No path of an Ingress ends the block it is written into', severity: 'high', level: 'baseline', on: INGRESS,
    frameworks: { owasp: ['K06', 'K07'], nist: ['800-53 SI-2'] },
    cel: `object.?spec.?rules.orValue([]).all(r, r.?http.?paths.orValue([]).all(p, !p.?path.orValue('').matches(${ENDS_PATH})))`,
    message: 'a path must hold no white space, braces, quotes, "#" or ";", with which it would go on as the controller\'s own configuration',
    remediation: 'Write the path as it stands in a URL, percent-encoded where it must be.',
    snippet: 'spec:\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /shop\n            pathType: Prefix\n            backend: {service: {name: web, port: {number: 80}}}',
    at: 'spec.rules',
    allowed: { 'nothing said': undefined, 'none': [], 'a path': at('/shop/v1.0/%7Ename'), 'a regular expression': at('/shop(/|$)(.*)'), 'a class of one': at('/[a-z0-9_.-]+\\.css$') },
    denied: { 'a block': at('/x/{alias /run/secrets/;}#'), 'a line break': at('/x\nlocation'), 'a directive': at('/x;y'), 'a blank': at('/x y'), 'a quote': at('/x"') },
  },
  {
    id: 'ingress/tls', title: 'Ingresses speak TLS for each of their hosts', severity: 'medium', level: 'restricted', on: INGRESS,
    frameworks: { nsa: ['Encryption'], nist: ['800-53 SC-8'], polaris: ['tlsSettingsMissing'] },
    cel: `${TLS_ANNOTATED} || (object.?spec.?tls.orValue([]).size() > 0 && object.?spec.?rules.orValue([]).all(r, ${HOST} == '' || object.spec.tls.exists(t, ${COVERS})))`,
    message: 'every host must have TLS',
    remediation: 'Add an item to `tls` that names the hosts and the Secret with their certificate, as cert-manager would fill it.',
    snippet: 'spec:\n  tls:\n    - hosts: [shop.example.com]\n      secretName: shop-tls',
    base: { spec: { rules: [rule('shop.example.com')] } }, at: 'spec.tls',
    allowed: {
      'the host': [{ hosts: ['shop.example.com'], secretName: 'tls' }], 'among others': [{ hosts: ['a.example.com', 'shop.example.com'] }], 'in a second item': [{ hosts: ['a.example.com'] }, { hosts: ['shop.example.com'] }],
      'all hosts': [{ secretName: 'tls' }], 'a wildcard': [{ hosts: ['*.example.com'] }],
    },
    denied: { 'nothing said': undefined, 'null': null, 'an empty list': [], 'another host': [{ hosts: ['a.example.com'] }], 'a wildcard of fewer parts': [{ hosts: ['*.com'] }], 'a wildcard of more parts': [{ hosts: ['*.shop.example.com'] }], 'a host that ends alike': [{ hosts: ['*.ample.com'] }] },
    objectsAllowed: {
      ...Object.fromEntries(CERTIFICATE.map((key) => [`by ${key}`, { metadata: { annotations: { [key]: 'x' } }, spec: { tls: null } }])),
      ...Object.fromEntries(['edge', 'passthrough', 'reencrypt'].map((value) => [`by OpenShift's annotation ${value}`, { metadata: { annotations: { 'route.openshift.io/termination': value } }, spec: { tls: null } }])),
      'by Traefik\'s annotation': { metadata: { annotations: { 'traefik.ingress.kubernetes.io/router.tls': 'true' } }, spec: { tls: null } },
      'every host, with some TLS': { spec: { rules: [rule(undefined)], tls: [{ hosts: ['a.example.com'] }] } },
      'several hosts': { spec: { rules: [rule('a.example.com'), rule('b.example.org')], tls: [{ hosts: ['*.example.com'] }, { hosts: ['b.example.org'] }] } },
    },
    objectsDenied: {
      'no rules and no TLS': { spec: { rules: null, tls: null } },
      'a host without, beside one with': { spec: { rules: [rule('shop.example.com'), rule('admin.example.com')], tls: [{ hosts: ['shop.example.com'] }] } },
      'an empty annotation': { metadata: { annotations: { [CERTIFICATE[0]]: '' } }, spec: { tls: null } },
    },
  },
  {
    id: 'ingress/https-redirect', title: 'Ingresses lead from HTTP to HTTPS', severity: 'medium', level: 'restricted', on: INGRESS,
    frameworks: { nsa: ['Encryption'], nist: ['800-53 SC-8'] },
    cel: `!${celAnnotated(NO_REDIRECT)}`,
    message: 'what comes without TLS must be led to HTTPS, or be refused',
    remediation: 'Leave the annotation out; controllers redirect where there is TLS.',
    snippet: `metadata:\n  annotations:\n    ${NGINX}force-ssl-redirect: "true"`,
    at: 'metadata.annotations',
    allowed: { 'nothing said': undefined, 'none': {}, 'redirecting': { [`${NGINX}ssl-redirect`]: 'true' }, 'no HTTP': { 'kubernetes.io/ingress.allow-http': 'false' }, 'another annotation': { 'example.com/ssl-redirect': 'false' } },
    denied: Object.fromEntries(Object.entries(NO_REDIRECT).map(([key, [value]]) => [key, { [key]: value }])),
  },
  {
    id: 'ingress/no-wildcard-host', title: 'Ingresses name their hosts', severity: 'medium', level: 'strict', on: INGRESS,
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    cel: `object.?spec.?rules.orValue([]).all(r, ${HOST} != '' && !${HOST}.startsWith('*'))`,
    message: 'each rule must name one host; a wildcard, or no host, takes the traffic of hosts that others have',
    remediation: 'Write one rule for each host.',
    snippet: 'spec:\n  rules:\n    - host: shop.example.com',
    base: { spec: { tls: [{ secretName: 'tls' }] } }, at: 'spec.rules',
    allowed: { 'nothing said': undefined, 'none': [], 'a host': [rule('shop.example.com')], 'two': [rule('shop.example.com'), rule('api.example.com')] },
    denied: { 'a wildcard': [rule('*.example.com')], 'no host': [rule(undefined)], 'an empty host': [rule('')], 'after another': [rule('shop.example.com'), rule('*.example.com')], 'everything': [rule('*')] },
  },
  {
    id: 'ingress/no-default-backend', title: 'Ingresses take only what their rules name', severity: 'low', level: 'strict', on: INGRESS,
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    cel: '!object.?spec.?defaultBackend.hasValue() && !object.?spec.?backend.hasValue()',
    message: 'there must be no default backend, which takes every request that no rule of the cluster takes',
    remediation: 'Write rules with hosts and paths; the controller has a default backend of its own.',
    snippet: 'spec:\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /shop\n            pathType: Prefix\n            backend: {service: {name: web, port: {number: 80}}}',
    at: ['spec.defaultBackend', 'spec.backend'],
    allowed: { 'nothing said': undefined, 'null': null },
    denied: { 'a Service': { service: { name: 'web', port: { number: 80 } } }, 'a resource': { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'a' } }, 'a Service, as the betas have it': { serviceName: 'web', servicePort: 80 } },
  },
  {
    id: 'ingress/class-by-field', title: 'Ingresses name their class in the field', severity: 'low', level: 'strict', on: ['networking.k8s.io/Ingress'],
    frameworks: {},
    cel: "!('kubernetes.io/ingress.class' in object.?metadata.?annotations.orValue({}))",
    message: 'the class must stand in spec.ingressClassName; controllers differ in whether they heed the annotation, deprecated since 1.18',
    remediation: 'Move the class to `ingressClassName`.',
    snippet: 'spec:\n  ingressClassName: nginx',
    at: 'metadata.annotations',
    allowed: { 'nothing said': undefined, 'none': {}, 'another': { 'example.com/ingress.class': 'nginx' } },
    denied: { 'the annotation': { 'kubernetes.io/ingress.class': 'nginx' }, 'empty': { 'kubernetes.io/ingress.class': '' } },
  },
  {
    id: 'ingress/verified-backends', title: 'Who is spoken to by TLS is verified', severity: 'low', level: 'strict', on: INGRESS,
    frameworks: { nist: ['800-53 SC-8'] },
    cel: `!${celAnnotated({ [`${NGINX}backend-protocol`]: ['HTTPS', 'GRPCS'] })} || ${celAnnotated({ [`${NGINX}proxy-ssl-verify`]: ['on'] })}`,
    message: 'a backend that is spoken to by TLS must be verified, which ingress-nginx does only if it is told',
    remediation: 'Add `nginx.ingress.kubernetes.io/proxy-ssl-verify: "on"`, and `proxy-ssl-secret` with the authority to trust.',
    snippet: `metadata:\n  annotations:\n    ${NGINX}proxy-ssl-verify: "on"\n    ${NGINX}proxy-ssl-secret: shop/backend-ca`,
    at: 'metadata.annotations',
    allowed: { 'nothing said': undefined, 'none': {}, 'HTTP': { [`${NGINX}backend-protocol`]: 'HTTP' }, 'verified': { [`${NGINX}backend-protocol`]: 'HTTPS', [`${NGINX}proxy-ssl-verify`]: 'on' } },
    denied: { 'HTTPS': { [`${NGINX}backend-protocol`]: 'HTTPS' }, 'gRPC': { [`${NGINX}backend-protocol`]: 'GRPCS' }, 'off': { [`${NGINX}backend-protocol`]: 'HTTPS', [`${NGINX}proxy-ssl-verify`]: 'off' } },
  },
];
