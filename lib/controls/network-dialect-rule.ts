import type { ObjectControl } from './control';

const SEGMENTS = { nsa: ['Network policies'], owasp: ['K05'], nist: ['800-190 4.3.3', '800-53 AC-4', '800-53 SC-7'] };
const CILIUM = ['cilium.io/CiliumClusterwideNetworkPolicy', 'cilium.io/CiliumNetworkPolicy'];
const CALICO = ['crd.projectcalico.org/GlobalNetworkPolicy', 'crd.projectcalico.org/NetworkPolicy', 'projectcalico.org/GlobalNetworkPolicy', 'projectcalico.org/NetworkPolicy'];

/** Two halves are a whole. */
const whole = (cidr: string) => `(${cidr}.endsWith('/0') || ${cidr}.endsWith('/1'))`;
const wholeList = (cidrs: string) => `${cidrs}.orValue([]).exists(c, ${whole('c')})`;

const ciliumPeer = (rule: string, peer: string) => [
  `${rule}.?${peer}Entities.orValue([]).exists(e, e == 'all')`, wholeList(`${rule}.?${peer}CIDR`),
  `${rule}.?${peer}CIDRSet.orValue([]).exists(c, ${whole("c.?cidr.orValue('')")} && c.?except.orValue([]).size() == 0)`,
].join(' || ');
const ciliumAllowsAll = (spec: string) => `${spec}.?ingress.orValue([]).exists(r, ${ciliumPeer('r', 'from')}) || ${spec}.?egress.orValue([]).exists(r, ${ciliumPeer('r', 'to')})`;
const ciliumRule = (suffix: string, value: unknown) => ({ [`from${suffix}`]: value, [`to${suffix}`]: value });

/** Nothing that restricts whom a rule of Calico is about; ports and protocols do not. */
const calicoAnyone = (side: string) => [
  `${side}.?nets.orValue([]).size() == 0`, `${side}.?selector.orValue('') in ['', 'all()']`, `${side}.?namespaceSelector.orValue('') in ['', 'all()']`, `!${side}.?serviceAccounts.hasValue()`,
  `!${side}.?services.hasValue()`, `${side}.?domains.orValue([]).size() == 0`, `(${side}.?selector.orValue('') == '' || ${side}.?namespaceSelector.orValue('') != '' || object.?kind.orValue('') == 'GlobalNetworkPolicy')`,
].join(' && ');
const calicoAllowsAll = (direction: string, side: string) => `object.?spec.?${direction}.orValue([]).exists(r, r.?action.orValue('') == 'Allow' && (${calicoAnyone(`r.?${side}`)} || ${wholeList(`r.?${side}.?nets`)}))`;
const calico = (rule: object) => [{ action: 'Allow', ...rule }];
const sides = (side: object) => calico({ source: side, destination: side });

const EMPTY = (selector: string) => `${selector}.?matchLabels.orValue({}).size() == 0 && ${selector}.?matchExpressions.orValue([]).size() == 0`;
const clusterPeer = `has(p.namespaces) && ${EMPTY('p.namespaces')} || has(p.pods) && ${EMPTY('p.pods.?namespaceSelector')} && ${EMPTY('p.pods.?podSelector')} || ${wholeList('p.?networks')}`;
const clusterAccepts = (direction: string, side: string) => `object.?spec.?${direction}.orValue([]).exists(r, r.?action.orValue('') in ['Accept', 'Allow'] && r.?${side}.orValue([]).exists(p, ${clusterPeer}))`;
const accept = (peer: object) => [{ action: 'Accept', from: [peer], to: [peer] }];

/** What one policy of another dialect must not open. */
export const NETWORK_DIALECT_RULE: readonly ObjectControl[] = [
  {
    id: 'network/no-cilium-allow-all', title: 'Policies of Cilium do not allow everybody', severity: 'high', level: 'restricted', on: CILIUM,
    frameworks: SEGMENTS,
    cel: `!(${ciliumAllowsAll('object.?spec')})`,
    message: 'a rule must not allow the entity "all", nor a network that is every address',
    remediation: 'Name endpoints, networks or DNS names; for the internet the entity world, for ingress alone.',
    snippet: 'ingress:\n- fromEndpoints:\n  - matchLabels: {app: web}',
    at: ['spec.egress', 'spec.ingress'],
    allowed: {
      'nothing said': undefined, 'no rules': [], 'endpoints': [ciliumRule('Endpoints', [{ matchLabels: { app: 'web' } }])], 'another entity': [ciliumRule('Entities', ['kube-apiserver'])],
      'a network': [ciliumRule('CIDR', ['203.0.113.0/24'])], 'the internet': [ciliumRule('CIDRSet', [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16'] }])],
    },
    denied: {
      'the entity all': [ciliumRule('Entities', ['all'])], 'among others': [ciliumRule('Entities', ['cluster']), ciliumRule('Entities', ['host', 'all'])], 'every address': [ciliumRule('CIDR', ['0.0.0.0/0'])],
      'every address of IPv6': [ciliumRule('CIDRSet', [{ cidr: '::/0' }])],
    },
  },
  {
    id: 'network/no-cilium-allow-all-in-specs', title: 'Policies of Cilium do not allow everybody, in none of several specs', severity: 'high', level: 'restricted', on: CILIUM,
    frameworks: SEGMENTS,
    cel: `!object.?specs.orValue([]).exists(s, ${ciliumAllowsAll('s')})`,
    message: 'a rule must not allow the entity "all", nor a network that is every address',
    remediation: 'Name endpoints, networks or DNS names; for the internet the entity world, for ingress alone.',
    at: 'specs',
    allowed: { 'nothing said': undefined, 'endpoints': [{ ingress: [ciliumRule('Endpoints', [{}])] }] },
    denied: { 'the entity all': [{ ingress: [ciliumRule('Entities', ['all'])] }], 'in another': [{}, { egress: [ciliumRule('CIDR', ['0.0.0.0/0'])] }] },
  },
  {
    id: 'network/no-cilium-world-egress', title: 'Policies of Cilium do not let out to the whole world', severity: 'medium', level: 'restricted', on: CILIUM,
    frameworks: { ...SEGMENTS, owasp: ['K05', 'K08'] },
    cel: "!object.?spec.?egress.orValue([]).exists(r, r.?toEntities.orValue([]).exists(e, e == 'world') && !r.?toPorts.orValue([]).exists(p, p.?ports.orValue([]).size() > 0))",
    message: 'the entity "world" on every port is the whole of the internet, and metadata services of the cloud besides',
    remediation: 'Name the hosts with toFQDNs, or at least the ports.',
    snippet: 'egress:\n- toEntities: [world]\n  toPorts: [{ports: [{port: "443", protocol: TCP}]}]',
    at: 'spec.egress',
    allowed: { 'nothing said': undefined, 'on a port': [{ toEntities: ['world'], toPorts: [{ ports: [{ port: '443' }] }] }], 'the cluster': [{ toEntities: ['cluster'] }] },
    denied: { 'on every port': [{ toEntities: ['world'] }], 'on no port named': [{ toEntities: ['kube-apiserver', 'world'], toPorts: [{}] }] },
  },
  {
    id: 'network/no-calico-allow-all', title: 'Policies of Calico do not allow everybody', severity: 'high', level: 'restricted', on: CALICO,
    frameworks: SEGMENTS,
    cel: `!(${calicoAllowsAll('ingress', 'source')}) && !(${calicoAllowsAll('egress', 'destination')})`,
    message: 'a rule that allows must say from whom or to whom, and name no network that is every address',
    remediation: 'Give a selector, networks or accounts in `source` of ingress and in `destination` of egress.',
    snippet: "ingress:\n- action: Allow\n  source: {selector: app == 'web'}",
    at: ['spec.egress', 'spec.ingress'],
    allowed: {
      'nothing said': undefined, 'no rules': [], 'a denial': [{ action: 'Deny' }], 'pods': sides({ selector: "app == 'web'" }), 'a namespace': sides({ namespaceSelector: "team == 'shop'" }), 'a network': sides({ nets: ['203.0.113.0/24'] }),
      'accounts': sides({ serviceAccounts: { names: ['web'] } }),
    },
    denied: { 'everything': calico({}), 'ports alone': sides({ ports: [443] }), 'every namespace': sides({ namespaceSelector: 'all()' }), 'every address': sides({ nets: ['10.0.0.0/8', '0.0.0.0/0'] }), 'after a denial': [{ action: 'Deny' }, ...calico({ protocol: 'TCP' })] },
  },
  {
    id: 'network/no-cluster-wide-accept', title: 'Policies of the cluster do not accept everybody', severity: 'high', level: 'restricted',
    on: ['policy.networking.k8s.io/AdminNetworkPolicy', 'policy.networking.k8s.io/ClusterNetworkPolicy'],
    frameworks: SEGMENTS,
    cel: `object.?spec.?tier.orValue('Admin') != 'Admin' || !(${clusterAccepts('ingress', 'from')}) && !(${clusterAccepts('egress', 'to')})`,
    message: 'a rule of tier Admin must not accept every namespace or address, which no NetworkPolicy can deny any more',
    remediation: 'Let it pass with the action Pass, so that the NetworkPolicies of each namespace decide.',
    snippet: 'ingress:\n- action: Pass\n  from: [{namespaces: {}}]',
    at: ['spec.egress', 'spec.ingress'],
    allowed: {
      'nothing said': undefined, 'one namespace': accept({ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }), 'some pods anywhere': accept({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'prometheus' } } } }),
      'a denial': [{ action: 'Deny', from: [{ namespaces: {} }], to: [{ namespaces: {} }] }], 'left to others': [{ action: 'Pass', from: [{ namespaces: {} }], to: [{ namespaces: {} }] }], 'a network': accept({ networks: ['203.0.113.0/24'] }),
    },
    denied: {
      'every namespace': accept({ namespaces: {} }), 'every pod': accept({ pods: { namespaceSelector: {}, podSelector: {} } }), 'every address': accept({ networks: ['0.0.0.0/0'] }),
      'in the words of the version before': [{ action: 'Allow', from: [{ namespaces: {} }], to: [{ namespaces: {} }] }],
    },
    objectsAllowed: { 'of tier Baseline': { kind: 'ClusterNetworkPolicy', spec: { tier: 'Baseline', ingress: accept({ namespaces: {} }) } } },
  },
];
