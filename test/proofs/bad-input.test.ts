import { policy, reach, workload } from './support';

/** What is said of a policy with one part of it replaced, and that nothing else is left out. */
function refusals(spec: unknown, kind: object = {}): string[] {
  const good = policy('shop/good', { podSelector: {} });
  const { policies } = reach([workload('shop/web'), good, { ...policy('shop/bad', spec as never), ...kind }]);
  expect(policies.namespaced.map(({ object }) => object.name)).toContain('good');
  expect([...policies.namespaced, ...policies.tiers].some(({ object }) => object.name === 'bad' || object.kind !== 'NetworkPolicy')).toBe(policies.faults.length === 0);
  return policies.faults.map(({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`);
}

const ingress = (...rules: unknown[]) => ({ podSelector: {}, ingress: rules });
const from = (...peers: unknown[]) => ingress({ from: peers });
const ports = (...list: unknown[]) => ingress({ ports: list });
const expressions = (...list: unknown[]) => ({ podSelector: { matchExpressions: list } });
const KEY = 'letters, digits, "-", "_" and ".", at most 63';

describe('what the API server refuses is named by field and rule', () => {
  test.each<[string, unknown, string]>([
    ['an operator that there is not', expressions({ key: 'app', operator: 'Is', values: ['a'] }), 'spec.podSelector.matchExpressions[0].operator: spec.podSelector.matchExpressions[0].operator is "Is"; did you mean In?'],
    ['an operator in lower case', expressions({ key: 'app', operator: 'exists' }), 'spec.podSelector.matchExpressions[0].operator: spec.podSelector.matchExpressions[0].operator is "exists"; did you mean Exists?'],
    ['no operator', expressions({ key: 'app' }), 'spec.podSelector.matchExpressions[0].operator: spec.podSelector.matchExpressions[0].operator is absent; it must be one of In, NotIn, Exists, DoesNotExist'],
    ['no key', expressions({ operator: 'Exists' }), 'spec.podSelector.matchExpressions[0].key: spec.podSelector.matchExpressions[0].key is absent; give the label\'s key'],
    ['In without values', expressions({ key: 'app', operator: 'In' }), 'spec.podSelector.matchExpressions[0]: spec.podSelector.matchExpressions[0] has operator In without values; give at least one value, or write Exists'],
    ['NotIn with no values', expressions({ key: 'app', operator: 'NotIn', values: [] }), 'spec.podSelector.matchExpressions[0]: spec.podSelector.matchExpressions[0] has operator NotIn without values; give at least one value, or write DoesNotExist'],
    ['Exists with values', expressions({ key: 'app', operator: 'Exists', values: ['a'] }), 'spec.podSelector.matchExpressions[0]: spec.podSelector.matchExpressions[0] has operator Exists with values; take the values away, or write In'],
    ['values that are a text', expressions({ key: 'app', operator: 'In', values: 'a' }), 'spec.podSelector.matchExpressions[0].values: spec.podSelector.matchExpressions[0].values is "a"; it must be a list'],
    ['a value that is a number', expressions({ key: 'app', operator: 'In', values: [1] }), 'spec.podSelector.matchExpressions[0].values[0]: spec.podSelector.matchExpressions[0].values[0] is 1; it must be a text; quote it'],
    ['a label key that is none', { podSelector: { matchLabels: { 'a b': 'c' } } }, `spec.podSelector.matchLabels: spec.podSelector.matchLabels has a fault: the label key "a b" is not valid; use "name" or "prefix.example/name", the name of ${KEY}`],
    ['a label value that is none', { podSelector: { matchLabels: { app: 'a b' } } }, `spec.podSelector.matchLabels["app"]: spec.podSelector.matchLabels["app"] has a fault: the label value "a b" is not valid; use ${KEY}, starting and ending with a letter or digit`],
    ['a label value that is a boolean', { podSelector: { matchLabels: { app: true } } }, 'spec.podSelector.matchLabels["app"]: spec.podSelector.matchLabels["app"] is true; a label\'s value must be a text; quote it'],
    ['a selector that is a text', { podSelector: 'web' }, 'spec.podSelector: spec.podSelector is "web"; it must be a map'],
    ['an empty peer', from({}), 'spec.ingress[0].from[0]: spec.ingress[0].from[0] names no peer; give a podSelector, a namespaceSelector or an ipBlock; for every peer leave the whole list out'],
    ['a peer that is null', from({ podSelector: {} }, null), 'spec.ingress[0].from[1]: spec.ingress[0].from[1] names no peer; give a podSelector, a namespaceSelector or an ipBlock; for every peer leave the whole list out'],
    ['an ipBlock beside a selector', from({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }), 'spec.ingress[0].from[0]: spec.ingress[0].from[0] has an ipBlock beside a selector; an ipBlock stands alone; make two peers of it'],
    ['an except outside of the cidr', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }), 'spec.ingress[0].from[0].ipBlock.except[0]: spec.ingress[0].from[0].ipBlock.except[0] is "11.0.0.0/16", which is not a part of the cidr "10.0.0.0/8"; except only addresses within the cidr, and not all of them'],
    ['an except that is all of the cidr', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }), 'spec.ingress[0].from[0].ipBlock.except[0]: spec.ingress[0].from[0].ipBlock.except[0] is "10.0.0.0/8", which is not a part of the cidr "10.0.0.0/8"; except only addresses within the cidr, and not all of them'],
    ['an except of the other family', from({ ipBlock: { cidr: '0.0.0.0/0', except: ['fc00::/7'] } }), 'spec.ingress[0].from[0].ipBlock.except[0]: spec.ingress[0].from[0].ipBlock.except[0] is "fc00::/7", which is not a part of the cidr "0.0.0.0/0"; except only addresses within the cidr, and not all of them'],
    ['a cidr without a length', from({ ipBlock: { cidr: '10.0.0.1' } }), 'spec.ingress[0].from[0].ipBlock.cidr: spec.ingress[0].from[0].ipBlock.cidr is "10.0.0.1", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['a cidr with a length that is too large', from({ ipBlock: { cidr: '10.0.0.0/33' } }), 'spec.ingress[0].from[0].ipBlock.cidr: spec.ingress[0].from[0].ipBlock.cidr is "10.0.0.0/33", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['a cidr in octal', from({ ipBlock: { cidr: '010.0.0.0/8' } }), 'spec.ingress[0].from[0].ipBlock.cidr: spec.ingress[0].from[0].ipBlock.cidr is "010.0.0.0/8", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['IPv4 written as IPv6', from({ ipBlock: { cidr: '::ffff:10.0.0.0/104' } }), 'spec.ingress[0].from[0].ipBlock.cidr: spec.ingress[0].from[0].ipBlock.cidr is "::ffff:10.0.0.0/104", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['no cidr', from({ ipBlock: {} }), 'spec.ingress[0].from[0].ipBlock.cidr: spec.ingress[0].from[0].ipBlock.cidr is absent; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['an except that is no CIDR', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.2.3'] } }), 'spec.ingress[0].from[0].ipBlock.except[0]: spec.ingress[0].from[0].ipBlock.except[0] is "10.1.2.3", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['endPort below port', ports({ port: 80, endPort: 79 }), 'spec.ingress[0].ports[0].endPort: spec.ingress[0].ports[0].endPort is 79, below port 80; endPort must be at least port'],
    ['endPort beside a name', ports({ port: 'http', endPort: 90 }), 'spec.ingress[0].ports[0].endPort: spec.ingress[0].ports[0].endPort is 90 beside the named port "http"; a range starts with a number; take endPort away'],
    ['endPort without port', ports({ endPort: 90 }), 'spec.ingress[0].ports[0].endPort: spec.ingress[0].ports[0].endPort is 90 without a port; give the port at which the range starts'],
    ['port 0', ports({ port: 0 }), 'spec.ingress[0].ports[0].port: spec.ingress[0].ports[0].port is 0; it must be an integer from 1 to 65535'],
    ['port 70000', ports({ port: 70000 }), 'spec.ingress[0].ports[0].port: spec.ingress[0].ports[0].port is 70000; it must be an integer from 1 to 65535'],
    ['half a port', ports({ port: 80.5 }), 'spec.ingress[0].ports[0].port: spec.ingress[0].ports[0].port is 80.5; it must be an integer from 1 to 65535'],
    ['endPort 70000', ports({ port: 80, endPort: 70000 }), 'spec.ingress[0].ports[0].endPort: spec.ingress[0].ports[0].endPort is 70000; it must be an integer from 1 to 65535'],
    ['a number in quotes', ports({ port: '80' }), 'spec.ingress[0].ports[0].port: spec.ingress[0].ports[0].port is "80", which is no name of a port; for the port\'s number write 80 without quotes'],
    ['a name that is too long', ports({ port: 'a-name-of-17-char' }), 'spec.ingress[0].ports[0].port: spec.ingress[0].ports[0].port is "a-name-of-17-char", which is no name of a port; a port\'s name is of lower-case letters, digits and "-", at most 15, at least one of them a letter'],
    ['a protocol in lower case', ports({ protocol: 'tcp', port: 80 }), 'spec.ingress[0].ports[0].protocol: spec.ingress[0].ports[0].protocol is "tcp"; did you mean TCP?'],
    ['a protocol that there is not', ports({ protocol: 'ICMP' }), 'spec.ingress[0].ports[0].protocol: spec.ingress[0].ports[0].protocol is "ICMP"; it must be one of SCTP, TCP, UDP'],
    ['an empty protocol', ports({ protocol: '' }), 'spec.ingress[0].ports[0].protocol: spec.ingress[0].ports[0].protocol is ""; it must be one of SCTP, TCP, UDP'],
    ['a type that there is not', { podSelector: {}, policyTypes: ['Ingres'] }, 'spec.policyTypes[0]: spec.policyTypes[0] is "Ingres"; it must be Ingress or Egress'],
    ['three types', { podSelector: {}, policyTypes: ['Ingress', 'Egress', 'Egress'] }, 'spec.policyTypes: spec.policyTypes has 3 items; there are two types, Ingress and Egress'],
    ['rules that are a map', { podSelector: {}, ingress: {} }, 'spec.ingress: spec.ingress is {}; it must be a list'],
    ['a rule that is a text', ingress('all'), 'spec.ingress[0]: spec.ingress[0] is "all"; it must be a map'],
    ['a spec that is a list', [], 'spec: spec is []; it must be a map'],
  ])('%s', (_name, spec, expected) => expect(refusals(spec)).toEqual([expected]));

  const tier = (spec: object, kind = 'ClusterNetworkPolicy') => refusals({
    ...kind === 'ClusterNetworkPolicy' ? { tier: 'Admin' } : {}, ...kind === 'BaselineAdminNetworkPolicy' ? {} : { priority: 1 }, subject: { namespaces: {} }, ...spec,
  }, { apiVersion: `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`, kind, ...kind === 'BaselineAdminNetworkPolicy' ? { metadata: { name: 'default' } } : {} });
  const rule = (...parts: object[]) => ({ egress: [Object.assign({ action: 'Deny', to: [{ namespaces: {} }] }, ...parts)] });

  test.each<[string, object, string]>([
    ['a tier that there is not', { tier: 'Application' }, 'spec.tier: spec.tier is "Application"; it must be one of Admin, Baseline'],
    ['a priority above 1000', { priority: 1001 }, 'spec.priority: spec.priority is 1001; it must be an integer from 0 to 1000'],
    ['a subject that is nobody', { subject: {} }, 'spec.subject: spec.subject says nothing; give exactly one of namespaces, pods'],
    ['an action of the older API', rule({ action: 'Allow' }), 'spec.egress[0].action: spec.egress[0].action is "Allow"; it must be one of Accept, Deny, Pass'],
    ['no peers', rule({ to: [] }), 'spec.egress[0].to: spec.egress[0].to names no peer; give at least one; every pod is `namespaces: {}`'],
    ['two kinds of peer at once', rule({ to: [{ namespaces: {}, networks: ['10.0.0.0/8'] }] }), 'spec.egress[0].to[0]: spec.egress[0].to[0] has namespaces and networks; give exactly one of namespaces, pods, nodes, networks, domainNames'],
    ['a network that is no CIDR', rule({ to: [{ networks: ['10.0.0.0'] }] }), 'spec.egress[0].to[0].networks[0]: spec.egress[0].to[0].networks[0] is "10.0.0.0", which is no CIDR; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
    ['two protocols in one item', rule({ protocols: [{ tcp: { destinationPort: { number: 1 } }, udp: { destinationPort: { number: 1 } } }] }), 'spec.egress[0].protocols[0]: spec.egress[0].protocols[0] has tcp and udp; give exactly one of tcp, udp, sctp, destinationNamedPort'],
    ['a range that ends where it starts', rule({ protocols: [{ tcp: { destinationPort: { range: { start: 5, end: 5 } } } }] }), 'spec.egress[0].protocols[0].tcp.destinationPort.range.end: spec.egress[0].protocols[0].tcp.destinationPort.range.end is 5, and start is 5; end must be above start'],
    ['a port name towards addresses', rule({ to: [{ networks: ['10.0.0.0/8'] }], protocols: [{ destinationNamedPort: 'http' }] }), 'spec.egress[0]: spec.egress[0] has a named port and peers that are no pods; only pods have names for ports; make two rules of it'],
  ])('of a ClusterNetworkPolicy: %s', (_name, spec, expected) => expect(tier(spec)).toEqual([expected]));

  test.each<[string, object, string[]]>([
    ['AdminNetworkPolicy', rule({ action: 'Accept' }), ['spec.egress[0].action: spec.egress[0].action is "Accept"; it must be one of Allow, Deny, Pass']],
    ['BaselineAdminNetworkPolicy', rule({ action: 'Pass' }), ['spec.egress[0].action: spec.egress[0].action is "Pass"; it must be one of Allow, Deny']],
    ['BaselineAdminNetworkPolicy', rule({ action: 'Deny', ports: [{ portNumber: { port: 80 } }, { portRange: { start: 1, end: 9 } }, { namedPort: 'http' }] }), []],
  ])('of a %s, which came before', (kind, spec, expected) => expect(tier(spec, kind)).toEqual(expected));
});

test('every fault is named, and the policy with any is left out whole', () => {
  expect(refusals(ingress({ from: [{}], ports: [{ port: 0 }] }, { ports: [{ protocol: 'x' }] }))).toHaveLength(3);
});

test('what is absent, null or empty is the same to Kubernetes', () => {
  expect(refusals({ podSelector: null, policyTypes: null, ingress: [{ from: null, ports: null }], egress: null })).toEqual([]);
  expect(refusals(null)).toEqual([]);
  expect(refusals(undefined)).toEqual([]);
  expect(refusals(ingress(null))).toEqual([]);
  expect(refusals({ podSelector: { matchLabels: null, matchExpressions: null } })).toEqual([]);
  expect(refusals(ingress({ from: [{ ipBlock: null, podSelector: {} }], ports: [{ protocol: null, port: 80, endPort: null }] }))).toEqual([]);
});

test('a field that Kubernetes does not read is said, and counts for nothing', () => {
  const { policies } = reach([policy('shop/typo', { podSelector: {}, ingress: [{ form: [{ podSelector: {} }] }] })]);
  expect(policies.faults).toEqual([]);
  expect(policies.caveats.map(({ problem, remedy }) => `${problem}; ${remedy}`)).toEqual(['spec.ingress[0].form is no field that Kubernetes reads there, so it counts for nothing; write one of from, ports']);
});
