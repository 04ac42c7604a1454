import { celTexts } from './cel-text';
import type { ObjectControl } from './control';

const POLICIES = ['extensions/NetworkPolicy', 'networking.k8s.io/NetworkPolicy'];
const SEGMENTS = { nsa: ['Network policies'], owasp: ['K05'], nist: ['800-190 4.3.3', '800-53 AC-4', '800-53 SC-7'] };

const rulesOf = (direction: string) => `object.?spec.?${direction}.orValue([])`;
const portsOf = 'r.?ports.orValue([])';
/** Rules of a direction that the policy's types leave out count for nothing. */
const unlessOf = (type: string) => `(object.?spec.?policyTypes.orValue([]).size() > 0 && !('${type}' in object.spec.policyTypes))`;
const everyIngressPeer = (cel: string) => `(${unlessOf('Ingress')} || ${rulesOf('ingress')}.all(r, r.?from.orValue([]).all(p, ${cel})))`;
const everyEgressPeer = (cel: string) => `(${unlessOf('Egress')} || ${rulesOf('egress')}.all(r, r.?to.orValue([]).all(p, ${cel})))`;
const EMPTY = (selector: string) => `${selector}.?matchLabels.orValue({}).size() == 0 && ${selector}.?matchExpressions.orValue([]).size() == 0`;

/** Where clouds hand out the credentials of a node to whoever asks from it or from a pod on it. */
export const METADATA = ['169.254.169.254', '169.254.169.252', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254'];
/** HTTP, and what the metadata server of GKE listens on. */
export const METADATA_PORTS = [80, 988];
const contains = (cidr: string, address: string) => `isCIDR(${cidr}) && cidr(${cidr}).containsIP(${address})`;
// A named port is a pod's, and matches no address.
const METADATA_PORT_OPEN = `(${portsOf}.size() == 0 || ${portsOf}.exists(p, p.?protocol.orValue('TCP') == 'TCP' && (!has(p.port) || type(p.port) == int && ([${METADATA_PORTS.join(', ')}].exists(n, `
  + 'n == dyn(p.port) || n > dyn(p.port) && n <= p.?endPort.orValue(0))))))';

/** What one NetworkPolicy must not open. */
export const NETWORK_RULE: readonly ObjectControl[] = [
  {
    id: 'network/no-open-ingress', title: 'Ingress rules say from whom', severity: 'high', level: 'restricted', on: POLICIES,
    frameworks: { ...SEGMENTS, trivy: ['KSV-0038'] },
    cel: `${unlessOf('Ingress')} || ${rulesOf('ingress')}.all(r, r.?from.orValue([]).size() > 0)`,
    message: 'a rule without peers in "from" lets in everybody, from inside the cluster and out of it',
    remediation: 'Name the peers in `from`; to let nobody in, leave the rule out.',
    snippet: 'ingress:\n- from:\n  - podSelector: {matchLabels: {app: web}}\n  ports: [{port: 8080}]',
    at: 'spec.ingress',
    allowed: { 'nothing said': undefined, 'no rules': [], 'pods': [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }], 'pods of the namespace': [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }] },
    denied: { 'an empty rule': [{}], 'no peers': [{ from: [] }], 'ports alone': [{ ports: [{ port: 8080 }] }], 'among others': [{ from: [{ podSelector: {} }] }, { from: null }] },
    objectsAllowed: { 'in a policy of egress alone': { spec: { policyTypes: ['Egress'], ingress: [{}] } } },
    objectsDenied: { 'in a policy without types': { spec: { policyTypes: null, ingress: [{}] } } },
  },
  {
    id: 'network/no-open-egress', title: 'Egress rules say to whom', severity: 'high', level: 'restricted', on: POLICIES,
    frameworks: { ...SEGMENTS, owasp: ['K05', 'K08'], nist: ['800-190 4.4.2', '800-53 AC-4', '800-53 SC-7'], trivy: ['KSV-0038'] },
    cel: `${unlessOf('Egress')} || ${rulesOf('egress')}.all(r, r.?to.orValue([]).size() > 0)`,
    message: 'a rule without peers in "to" lets out to everybody: other namespaces, the internet, metadata services of the cloud',
    remediation: 'Name the peers in `to`; to let nothing out, leave the rule out.',
    snippet: 'egress:\n- to:\n  - podSelector: {matchLabels: {app: database}}\n  ports: [{port: 5432}]',
    at: 'spec.egress',
    allowed: { 'nothing said': undefined, 'no rules': [], 'pods': [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }], 'pods of the namespace': [{ to: [{ podSelector: {} }], ports: [{ port: 5432 }] }] },
    denied: { 'an empty rule': [{}], 'no peers': [{ to: [] }], 'ports alone': [{ ports: [{ port: 443 }] }], 'among others': [{ to: [{ podSelector: {} }] }, { to: null }] },
    objectsAllowed: { 'in a policy of ingress alone': { spec: { policyTypes: ['Ingress'], egress: [{}] } } },
    objectsDenied: { 'in a policy without types': { spec: { policyTypes: null, egress: [{}] } } },
  },
  {
    id: 'network/no-any-address', title: 'Rules name no network that is every address', severity: 'high', level: 'restricted', on: POLICIES,
    frameworks: { ...SEGMENTS, trivy: ['KSV-0038'] },
    // Two halves are a whole.
    cel: [everyIngressPeer, everyEgressPeer].map((everyPeer) => everyPeer("!(p.?ipBlock.?cidr.orValue('').endsWith('/0') || p.?ipBlock.?cidr.orValue('').endsWith('/1')) || p.?ipBlock.?except.orValue([]).size() > 0")).join(' && '),
    message: 'an ipBlock must not be every address, those of the cluster and of metadata services included',
    remediation: 'Name the networks; for the internet, except the private and link-local ones.',
    snippet: 'ipBlock:\n  cidr: 0.0.0.0/0\n  except: [10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]',
    at: ['spec.egress', 'spec.ingress'], also: ['network/no-metadata-access'],
    allowed: {
      'nothing said': undefined, 'a network': [block({ cidr: '203.0.113.0/24' })], 'one address': [block({ cidr: '203.0.113.10/32' })],
      'the internet': [block({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] })],
    },
    denied: {
      'of IPv4': [block({ cidr: '0.0.0.0/0' })], 'of IPv6': [block({ cidr: '::/0' })], 'written at length': [block({ cidr: '0:0:0:0:0:0:0:0/0' })], 'with bits set beyond the prefix': [block({ cidr: '10.0.0.0/0' })],
      'nothing excepted': [block({ cidr: '0.0.0.0/0', except: [] })], 'among others': [block({ cidr: '203.0.113.0/24' }), block({ cidr: '::/0' })], 'half of them': [block({ cidr: '128.0.0.0/1' })],
    },
  },
  {
    id: 'network/no-every-namespace', title: 'Rules name no peers in every namespace', severity: 'medium', level: 'restricted', on: POLICIES,
    frameworks: SEGMENTS,
    cel: [everyIngressPeer, everyEgressPeer].map((everyPeer) => everyPeer(`!has(p.namespaceSelector) || !(${EMPTY('p.namespaceSelector')}) || has(p.podSelector) && !(${EMPTY('p.podSelector')})`)).join(' && '),
    message: 'an empty namespaceSelector without a podSelector is every pod of the cluster, of whatever team',
    remediation: 'Select namespaces by a label, such as kubernetes.io/metadata.name, and pods within them.',
    snippet: 'namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}\npodSelector: {matchLabels: {app: web}}',
    at: ['spec.egress', 'spec.ingress'],
    allowed: {
      'nothing said': undefined, 'one namespace': [both({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })], 'some namespaces': [both({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } })],
      'its own namespace': [both({ podSelector: {} })], 'some pods anywhere': [both({ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } })],
    },
    denied: { 'every namespace': [both({ namespaceSelector: {} })], 'every pod of every namespace': [both({ namespaceSelector: {}, podSelector: {} })], 'among others': [both({ podSelector: {} }), both({ namespaceSelector: { matchLabels: {} } })] },
  },
  {
    id: 'network/no-metadata-access', title: 'Rules do not open the metadata services of clouds', severity: 'high', level: 'restricted', on: POLICIES,
    frameworks: { ...SEGMENTS, nsa: ['Network policies', 'Protecting sensitive cloud infrastructure'], owasp: ['K05', 'K08'] },
    cel: `${unlessOf('Egress')} || ${rulesOf('egress')}.all(r, !${METADATA_PORT_OPEN} || r.?to.orValue([]).all(p, !has(p.ipBlock) || ${celTexts(METADATA)}.all(a, `
      + `!(${contains("p.ipBlock.?cidr.orValue('')", 'a')}) || p.ipBlock.?except.orValue([]).exists(e, ${contains('e', 'a')}))))`,
    message: `an ipBlock must not open ${METADATA[0]} and its like on port 80, which hand out the credentials of the node`,
    remediation: 'Except the address, and give the workload a cloud identity of its own.',
    snippet: 'ipBlock:\n  cidr: 0.0.0.0/0\n  except: [10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]',
    at: 'spec.egress', also: ['network/no-any-address'],
    allowed: {
      'nothing said': undefined, 'another network': [block({ cidr: '203.0.113.0/24' })], 'excepted': [block({ cidr: '169.254.0.0/16', except: ['169.254.169.254/32', '169.254.169.252/32', '169.254.170.2/32'] })],
      'on a port of its own, such as DNS': [{ ...block({ cidr: '169.254.169.254/32' }), ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }], 'on a named port': [{ ...block({ cidr: '169.254.169.254/32' }), ports: [{ port: 'http' }] }],
      'the network beside it': [block({ cidr: '169.254.168.0/24' })], 'node-local DNS': [block({ cidr: '169.254.20.10/32' })], 'over UDP': [{ ...block({ cidr: '169.254.169.254/32' }), ports: [{ port: 80, protocol: 'UDP' }] }],
      'the range of ports before': [{ ...block({ cidr: '169.254.169.254/32' }), ports: [{ port: 1, endPort: 79 }] }],
    },
    denied: {
      'the address': [block({ cidr: '169.254.169.254/32' })], 'its network': [block({ cidr: '169.254.0.0/16' })], 'everything': [block({ cidr: '0.0.0.0/0' })], 'everything but another': [block({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] })],
      'of IPv6': [block({ cidr: 'fd00::/8' })], 'on its port': [{ ...block({ cidr: '169.254.169.254/32' }), ports: [{ port: 80 }] }], 'in a range of ports': [{ ...block({ cidr: '169.254.0.0/16' }), ports: [{ port: 1, endPort: 1024 }] }],
      'every port of a protocol': [{ ...block({ cidr: '169.254.0.0/16' }), ports: [{ protocol: 'TCP' }] }], 'of another cloud': [block({ cidr: '100.64.0.0/10' })], 'among others': [block({ cidr: '203.0.113.0/24' }), block({ cidr: '169.254.0.0/16' })],
    },
    objectsAllowed: { 'in a policy of ingress alone': { spec: { policyTypes: ['Ingress'], egress: [block({ cidr: '169.254.0.0/16' })] } } },
  },
];

/** A rule of either direction with one peer. */
function both(peer: object) {
  return { from: [peer], to: [peer] };
}

function block(ipBlock: object) {
  return both({ ipBlock });
}
