import { celAnnotated, celAnnotation, celText } from './cel-text';
import type { ObjectControl } from './control';

/** What keeps a cloud's load balancer inside its network, by annotation. */
const INTERNAL: { readonly [annotation: string]: readonly string[] } = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': ['internal'],
  'service.beta.kubernetes.io/aws-load-balancer-internal': ['true', '0.0.0.0/0'],
  'service.beta.kubernetes.io/azure-load-balancer-internal': ['true'],
  'networking.gke.io/load-balancer-type': ['Internal'],
  'cloud.google.com/load-balancer-type': ['Internal'],
  'service.beta.kubernetes.io/openstack-internal-load-balancer': ['true'],
  'service.beta.kubernetes.io/oci-load-balancer-internal': ['true'],
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': ['intranet'],
  'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': ['private'],
};
const IS_INTERNAL = celAnnotated(INTERNAL);
const TYPE = "object.?spec.?type.orValue('ClusterIP')";

/** Where a Service may say who may come in, if not in its field: a list with commas. */
const RANGES = ['service.beta.kubernetes.io/load-balancer-source-ranges', 'service.beta.kubernetes.io/azure-allowed-ip-ranges'];
// Nobody owns more than a /8.
const NARROW = "all(r, !r.matches('/0*[0-7] *$'))";
const annotatedRanges = (key: string) => `(${celAnnotation(key)} != '' && ${celAnnotation(key)}.split(',').${NARROW})`;

/** Names that mean the node itself, the API server or a cloud's metadata; addresses, which no name is. */
const LOCAL_NAME = [
  '(^|[.])(localhost|localdomain)[.]?$', '^[0-9.]+$', '^0x[0-9a-f.x]+$',
  '^metadata([.](google[.]internal|goog|tencentyun[.]com|azure[.]com))?[.]?$', '^instance-data([.]ec2[.]internal)?[.]?$',
  '^kubernetes([.]default([.]svc([.].+)?)?)?[.]?$',
].join('|');

const TILLER = '(^|[^a-z])tiller';

/** How Services let the outside in. */
export const SERVICE: readonly ObjectControl[] = [
  {
    id: 'service/no-external-ips', title: 'Services claim no external addresses', severity: 'high', level: 'baseline', on: ['/Service'],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'], trivy: ['KSV-0108'] },
    // CVE-2020-8554: traffic of the whole cluster to such an address is taken.
    cel: 'object.?spec.?externalIPs.orValue([]).size() == 0',
    message: 'a Service must claim no external addresses, whose traffic it takes from every pod of the cluster',
    remediation: 'Leave `externalIPs` out; let a load balancer or an Ingress bring the traffic in.',
    snippet: 'spec:\n  type: ClusterIP',
    at: 'spec.externalIPs',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'null': null },
    denied: { 'an address': ['203.0.113.7'], 'one of the cluster': ['10.0.0.1'], 'several': ['203.0.113.7', '2001:db8::7'] },
  },
  {
    id: 'service/no-load-balancer', title: 'Services open no public load balancer', severity: 'medium', level: 'restricted', on: ['/Service'],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'], kubeLinter: ['exposed-services'], kubescape: ['C-0256'] },
    // A type that there is not is refused here.
    cel: `${TYPE} in ['', 'ClusterIP', 'NodePort', 'ExternalName'] || ${IS_INTERNAL}`,
    message: 'a load balancer must stay inside the network, unless an exemption says who asked for a public one',
    remediation: 'Publish HTTP through an Ingress or a Gateway; else make the load balancer internal by the annotation of its cloud.',
    snippet: 'metadata:\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-scheme: internal   # or that of another cloud',
    at: 'spec.type', also: ['service/no-node-port'],
    allowed: { 'nothing said': undefined, 'null': null, 'empty': '', 'ClusterIP': 'ClusterIP', 'NodePort, which another control refuses': 'NodePort', 'ExternalName': 'ExternalName' },
    denied: { 'LoadBalancer': 'LoadBalancer', 'lower case': 'loadbalancer' },
    objectsAllowed: Object.fromEntries(Object.entries(INTERNAL).flatMap(([key, values]) =>
      values.map((value) => [`internal: ${key}=${value}`, { metadata: { annotations: { [key]: value } }, spec: { type: 'LoadBalancer' } }]))),
    objectsDenied: {
      'said to be external': { metadata: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' } }, spec: { type: 'LoadBalancer' } },
      'said not to be internal': { metadata: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' } }, spec: { type: 'LoadBalancer' } },
      'other annotations': { metadata: { annotations: { 'example.com/load-balancer-type': 'Internal' } }, spec: { type: 'LoadBalancer' } },
    },
  },
  {
    id: 'service/no-node-port', title: 'Services open no ports on nodes', severity: 'medium', level: 'restricted', on: ['/Service'],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'], kubeLinter: ['exposed-services'], kubescape: ['C-0256'], kubeScore: ['service-type'] },
    cel: `${TYPE} != 'NodePort'`,
    message: 'a Service must open no port on every node, past the load balancer and its rules',
    remediation: 'Use `type: ClusterIP`, and an Ingress or a Gateway for what comes from outside.',
    snippet: 'spec:\n  type: ClusterIP',
    at: 'spec.type', also: ['service/no-load-balancer'],
    allowed: { 'nothing said': undefined, 'null': null, 'ClusterIP': 'ClusterIP', 'LoadBalancer, which another control refuses': 'LoadBalancer' },
    denied: { 'NodePort': 'NodePort' },
  },
  {
    id: 'service/load-balancer-source-ranges', title: 'Public load balancers say who may come in', severity: 'medium', level: 'strict', on: ['/Service'],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    cel: `${TYPE} != 'LoadBalancer' || ${IS_INTERNAL} || (object.?spec.?loadBalancerSourceRanges.orValue([]).size() > 0`
      + ` ? object.spec.loadBalancerSourceRanges.${NARROW} : ${RANGES.map(annotatedRanges).join(' || ')})`,
    message: 'a public load balancer must name the networks that may come in, none of them wider than a /8',
    remediation: 'List the networks in `loadBalancerSourceRanges`.',
    snippet: 'spec:\n  loadBalancerSourceRanges: [203.0.113.0/24]',
    base: { spec: { type: 'LoadBalancer' } }, at: 'spec.loadBalancerSourceRanges', also: ['service/no-load-balancer'],
    allowed: { 'networks': ['203.0.113.0/24', '2001:db8::/32'], 'as wide as one owns': ['10.0.0.0/8'] },
    denied: {
      'nothing said': undefined, 'null': null, 'an empty list': [], 'everybody': ['0.0.0.0/0'], 'everybody of IPv6': ['::/0'], 'everybody in two halves': ['0.0.0.0/1', '128.0.0.0/1'],
      'everybody after another': ['203.0.113.0/24', '0.0.0.0/0'], 'with blanks': ['0.0.0.0/0 '],
    },
    objectsAllowed: {
      'no load balancer': { spec: { type: 'ClusterIP' } },
      'an internal one': { metadata: { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } } },
      'by annotation': { metadata: { annotations: { [RANGES[0]]: '203.0.113.0/24, 198.51.100.0/24' } } },
      'by the annotation of Azure': { metadata: { annotations: { [RANGES[1]]: '203.0.113.0/24' } } },
    },
    objectsDenied: {
      'everybody, by the annotation of Azure': { metadata: { annotations: { [RANGES[1]]: '0.0.0.0/0, 203.0.113.0/24' } } },
      'everybody, by annotation': { metadata: { annotations: { [RANGES[0]]: '203.0.113.0/24,0.0.0.0/0' } } },
      'everybody, though an annotation is narrow': { metadata: { annotations: { [RANGES[0]]: '203.0.113.0/24' } }, spec: { loadBalancerSourceRanges: ['0.0.0.0/0'] } },
    },
  },
  {
    id: 'service/no-local-external-name', title: 'Services are no other name of the node, the API server or cloud metadata', severity: 'high', level: 'restricted', on: ['/Service'],
    frameworks: { owasp: ['K06'], nist: ['800-53 SC-7'] },
    // Who resolves it may be an Ingress controller, which then forwards requests from outside to itself or to the metadata service.
    cel: `${TYPE} != 'ExternalName' || !object.?spec.?externalName.orValue('').lowerAscii().matches(${celText(LOCAL_NAME)})`,
    message: 'externalName must be the name of another host, not of the node, the API server or a metadata service, nor an address',
    remediation: 'Name the host that is meant.',
    snippet: 'spec:\n  type: ExternalName\n  externalName: db.example.com',
    base: { spec: { type: 'ExternalName' } }, at: 'spec.externalName',
    allowed: {
      'nothing said': undefined, 'null': null, 'a host': 'db.example.com', 'with a final dot': 'db.example.com.', 'a host of that name': 'localhost.example.com', 'a name that ends alike': 'notlocalhost',
      'metadata of one\'s own': 'metadata.example.com', 'digits within': '10.example.com',
    },
    denied: {
      'localhost': 'localhost', 'with a final dot': 'localhost.', 'upper case': 'LOCALHOST', 'beneath localhost': 'a.localhost', 'localdomain': 'localhost.localdomain', 'loopback': '127.0.0.1',
      'an address': '169.254.169.254', 'an address as a number': '2130706433', 'a hexadecimal address': '0x7f000001', 'Google\'s metadata': 'metadata.google.internal', 'by its other name': 'metadata.goog', 'Tencent\'s': 'metadata.tencentyun.com', 'Azure\'s': 'metadata.azure.com', 'short': 'metadata',
      'the API server': 'kubernetes.default.svc.cluster.local', 'AWS\'s metadata': 'instance-data.ec2.internal',
    },
    objectsAllowed: { 'of another type, which ignores it': { spec: { type: 'ClusterIP', externalName: 'localhost' } } },
  },
  {
    id: 'service/no-external-name', title: 'Services lead to pods rather than to names outside', severity: 'low', level: 'strict', on: ['/Service'],
    frameworks: { nist: ['800-53 SC-7'], kubeLinter: ['externalname-service-redirect'] },
    cel: `${TYPE} != 'ExternalName'`,
    message: 'a Service must lead to pods; whoever answers to a name outside gets the traffic of all who trust the Service',
    remediation: 'Have clients use the name outside itself, and allow it in their network policy.',
    snippet: 'spec:\n  type: ClusterIP\n  selector: {app.kubernetes.io/instance: db}',
    base: { spec: { externalName: 'db.example.com' } }, at: 'spec.type', also: ['service/no-load-balancer', 'service/no-node-port', 'service/load-balancer-source-ranges'],
    allowed: { 'nothing said': undefined, 'null': null, 'ClusterIP': 'ClusterIP', 'another': 'LoadBalancer', 'a third': 'NodePort' },
    denied: { 'ExternalName': 'ExternalName' },
  },
  {
    id: 'service/no-tiller', title: 'Nothing of Helm 2 is reachable', severity: 'high', level: 'strict', on: ['/Service'],
    frameworks: { owasp: ['K06', 'K07'], checkov: ['CKV_K8S_44'] },
    cel: `!object.?metadata.?name.orValue('').lowerAscii().matches('${TILLER}')`
      + ` && object.?metadata.?labels.orValue({}).all(k, !object.metadata.labels[k].lowerAscii().matches('${TILLER}'))`
      + ` && object.?spec.?selector.orValue({}).all(k, !object.spec.selector[k].lowerAscii().matches('${TILLER}'))`,
    message: 'what leads to Tiller must be gone: whoever reaches it is an administrator of the cluster',
    remediation: 'Take Tiller out; Helm 3 has none.',
    at: ['metadata.name', 'metadata.labels', 'spec.selector'],
    allowed: { 'nothing said': undefined, 'another name': 'web', 'a word that ends alike': 'distiller', 'other labels': { app: 'web', tier: 'distiller' }, 'no labels': {} },
    denied: { 'its name': 'tiller-deploy', 'upper case': 'Tiller', 'within': 'helm-tiller', 'its labels': { app: 'helm', name: 'tiller' } },
  },
];
