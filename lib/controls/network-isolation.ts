import type { InventoryControl, Sighting } from './control';
import { NetworkIndex, networkIndexOf, NetworkPod } from './network-index';
import { DEFAULT_NAMESPACE, Direction, DIRECTIONS, isAddressPeer, isNamedPort, NamedPort, NamespacePolicy, NumberedPorts, Peer, Rule, Selector, selects } from '../proofs/reachability';
import { field, Inventory } from '../inventory';

const SEGMENTS = { nsa: ['Network policies'], owasp: ['K05'], nist: ['800-190 4.3.3', '800-53 AC-4', '800-53 SC-7'] };
const ISOLATION = {
  ...SEGMENTS, cis: ['5.3.2'], checkov: ['CKV2_K8S_6'], kubeLinter: ['non-isolated-pod'], kubescape: ['C-0030', 'C-0206', 'C-0260'], polaris: ['missingNetworkPolicy'], kubeScore: ['pod-networkpolicy'],
};

const WEB = { app: 'web' };
const pod = (labels: object = WEB, namespace = 'shop', spec: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace }, spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'a' }], ...spec } } },
});
const namespace = (name = 'shop') => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const policy = (spec: object, namespace = 'shop') => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a', namespace }, spec: { podSelector: {}, ...spec } });
const cilium = (spec: object) => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a', namespace: 'shop' }, spec: { endpointSelector: {}, ...spec } });
const calico = (spec: object) => ({ apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: 'a' }, spec });
const DNS_PORTS = [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }];
const KUBE_DNS = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
const egress = (...rules: object[]) => [pod(), policy({ policyTypes: ['Egress'], egress: rules })];

/**
 * What pods and policies come to together. What is not there may be in manifests of others, so only strict asks whether it is in these;
 * what a policy says is asked about by network-rule.ts.
 */
export const NETWORK_ISOLATION: readonly InventoryControl[] = [
  {
    id: 'network/ingress-isolation', title: 'A network policy decides who reaches each pod', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: ISOLATION,
    judge: (inventory) => unisolated(inventory, 'ingress'),
    message: 'a NetworkPolicy must select each pod for ingress; without one everybody reaches it',
    remediation: 'Deny all ingress in the namespace, and allow what is needed.',
    snippet: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]',
    allowed: {
      'nothing said': [], 'denied to the namespace': [pod(), policy({ policyTypes: ['Ingress'] })], 'without types': [pod(), policy({})], 'selected by its labels': [pod(), policy({ podSelector: { matchLabels: WEB }, ingress: [{}] })],
      'on its node\'s network': [pod(WEB, 'shop', { hostNetwork: true })], 'in no namespace, as default': [{ ...pod(), metadata: { name: 'web' } }, policy({}, 'default')], 'by Cilium': [pod(), cilium({ ingress: [{}] })],
      'by Calico, in every namespace': [pod(), calico({ selector: 'all()', types: ['Ingress'] })], 'by Calico, by its labels': [pod(), calico({ selector: "app == 'web' && has(app)", ingress: [] })],
    },
    denied: {
      'no policy': [pod()], 'a policy of another namespace': [pod(), policy({}, 'other')], 'a policy of egress alone': [pod(), policy({ policyTypes: ['Egress'] })], 'a policy of other pods': [pod(), policy({ podSelector: { matchLabels: { app: 'db' } } })],
      'a policy that is none': [pod(), policy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } })], 'Cilium, without rules': [pod(), cilium({})], 'Cilium, told not to': [pod(), cilium({ ingress: [{}], enableDefaultDeny: { ingress: false } })],
      'Calico, of other pods': [pod(), calico({ selector: "app == 'db'", types: ['Ingress'] })], 'labels in the workload alone': [{ ...pod({}), metadata: { name: 'web', namespace: 'shop', labels: WEB } }, policy({ podSelector: { matchLabels: WEB } })],
    },
  },
  {
    id: 'network/egress-isolation', title: 'A network policy decides whom each pod reaches', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: { ...ISOLATION, owasp: ['K05', 'K08'], nist: ['800-190 4.4.2', '800-53 AC-4', '800-53 SC-7'] },
    judge: (inventory) => unisolated(inventory, 'egress'),
    message: 'a NetworkPolicy must select each pod for egress; without one it reaches everybody, metadata services of the cloud included',
    remediation: 'Deny all egress in the namespace, and allow DNS and what is needed.',
    snippet: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]',
    allowed: {
      'nothing said': [], 'denied to the namespace': [pod(), policy({ policyTypes: ['Egress'] })], 'without types, with a rule': [pod(), policy({ egress: [{ to: [{ podSelector: {} }] }] })],
      'on its node\'s network': [pod(WEB, 'shop', { hostNetwork: true })], 'by Cilium': [pod(), cilium({ egressDeny: [{ toEntities: ['world'] }] })], 'by Calico': [pod(), calico({ egress: [{ action: 'Deny' }] })],
    },
    denied: {
      'no policy': [pod()], 'a policy of ingress alone': [pod(), policy({ policyTypes: ['Ingress'] })], 'without types and rules': [pod(), policy({})], 'without types, with no rule': [pod(), policy({ egress: [] })],
      'a policy of another namespace': [pod(), policy({ policyTypes: ['Egress'] }, 'other')], 'Cilium, of ingress alone': [pod(), cilium({ ingress: [{}] })],
    },
  },
  {
    id: 'network/default-deny', title: 'Namespaces deny what is not allowed', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: { ...SEGMENTS, cis: ['5.3.2'], kubescape: ['C-0206'] },
    judge: undenied,
    message: 'a NetworkPolicy with an empty podSelector must isolate every pod of the namespace in both directions, those to come included',
    remediation: 'Deny all in the namespace, and allow what is needed.',
    snippet: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]',
    allowed: {
      'nothing said': [], 'both at once': [namespace(), policy({ policyTypes: ['Ingress', 'Egress'] })],
      'each by a policy of its own': [namespace(), policy({ policyTypes: ['Ingress'] }), policy({ policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] })],
      'one of Kubernetes\' own': [namespace('kube-system')], 'pods whose namespace is not among the manifests': [pod()],
    },
    denied: {
      'no policy': [namespace()], 'one direction': [namespace(), policy({ policyTypes: ['Ingress'] })], 'its pods by label': [namespace(), pod(), policy({ podSelector: { matchLabels: WEB }, policyTypes: ['Ingress', 'Egress'] })],
      'another namespace\'s': [namespace(), policy({ policyTypes: ['Ingress', 'Egress'] }, 'other')],
    },
  },
  {
    id: 'network/dns-allowed', title: 'Pods whose egress is closed reach DNS', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: {},
    judge: dnsMissing,
    message: 'a pod whose egress is isolated must be allowed port 53, UDP and TCP, of the cluster\'s DNS, or it resolves no name',
    remediation: 'Allow it in the policy; where DNS is node-local, by its address.',
    snippet: 'egress:\n- to:\n  - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}\n    podSelector: {matchLabels: {k8s-app: kube-dns}}\n  ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]',
    allowed: {
      'nothing said': [], 'the pods of DNS': egress({ to: [KUBE_DNS], ports: DNS_PORTS }), 'by names of their ports': egress({ to: [KUBE_DNS], ports: [{ port: 'dns', protocol: 'UDP' }, { port: 'dns-tcp' }] }),
      'all of kube-system': egress({ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }] }), 'everything': egress({}), 'node-local DNS': egress({ to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: DNS_PORTS }),
      'DNS of OpenShift': egress({ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } } }], ports: [{ port: 5353, protocol: 'UDP' }, { port: 5353, protocol: 'TCP' }] }),
      'by two policies': [pod(), policy({ policyTypes: ['Egress'] }), policy({ podSelector: { matchLabels: WEB }, egress: [{ to: [KUBE_DNS], ports: DNS_PORTS }] })], 'its egress not isolated': [pod(), policy({ policyTypes: ['Ingress'] })],
      'a namespace by a label of its object': [...egress({ to: [{ namespaceSelector: { matchLabels: { dns: 'here' } } }], ports: DNS_PORTS }), { ...namespace(), metadata: { name: 'kube-system', labels: { dns: 'here' } } }],
    },
    denied: {
      'nothing allowed': egress(), 'another port': egress({ to: [KUBE_DNS], ports: [{ port: 443 }] }), 'UDP alone': egress({ to: [KUBE_DNS], ports: [{ port: 53, protocol: 'UDP' }] }), 'TCP alone': egress({ to: [KUBE_DNS], ports: [{ port: 53 }] }),
      'its own namespace': egress({ to: [{ podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: DNS_PORTS }), 'another namespace': egress({ to: [{ ...KUBE_DNS, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dns' } } }], ports: DNS_PORTS }),
    },
  },
  {
    id: 'network/policy-selects-pods', title: 'Network policies select pods', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { kubeLinter: ['dangling-networkpolicy'], kubeScore: ['networkpolicy-targets-pod'] },
    judge: (inventory) => selectingNobody(networkIndexOf(inventory)),
    message: 'a policy must select some pod of its namespace, or it protects nobody',
    remediation: 'Select by the labels of the pods that are meant; those of a pod template, not of its workload.',
    allowed: {
      'nothing said': [], 'a pod': [pod(), policy({ podSelector: { matchLabels: WEB } })], 'every pod, of which there is none': [policy({}), pod(WEB, 'other')], 'no pods to compare with': [policy({ podSelector: { matchLabels: WEB } })],
    },
    denied: {
      'another value': [pod(), policy({ podSelector: { matchLabels: { app: 'db' } } })], 'a label that no pod has': [pod(), policy({ podSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } })],
      'pods of another namespace': [pod(WEB, 'other'), policy({ podSelector: { matchLabels: WEB } })],
    },
  },
  {
    id: 'network/valid-policy', title: 'Network policies are ones that the API server takes', severity: 'high', level: 'baseline', on: 'inventory',
    frameworks: {},
    judge: (inventory) => networkIndexOf(inventory).policies.faults.map(({ object, path, problem, remedy }) => ({ object, path, problem: `${problem} (${remedy})` })),
    message: 'the API server refuses such a policy, and whoever relies on it is not protected',
    remediation: 'Write the field as the API reference has it.',
    allowed: {
      'nothing said': [], 'one without rules': [policy({})], 'a range of ports': [policy({ ingress: [{ ports: [{ port: 1, endPort: 2 }] }] })], 'an exception': [policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] })],
    },
    denied: {
      'an operator that there is not': [policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] } })], 'In without values': [policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } })],
      'Exists with values': [policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } })], 'an empty peer': [policy({ ingress: [{ from: [{}] }] })],
      'an ipBlock beside a selector': [policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] })], 'an exception outside of its network': [policy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }] })],
      'a network that is none': [policy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0' } }] }] })], 'endPort below port': [policy({ ingress: [{ ports: [{ port: 80, endPort: 79 }] }] })], 'endPort with a name': [policy({ ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] })],
      'a port that is none': [policy({ ingress: [{ ports: [{ port: 70000 }] }] })], 'a number in quotes': [policy({ ingress: [{ ports: [{ port: '80' }] }] })], 'a protocol that there is not': [policy({ ingress: [{ ports: [{ port: 80, protocol: 'HTTP' }] }] })], 'a type that there is not': [policy({ policyTypes: ['ingress'] })],
    },
  },
];

function unisolated(inventory: Inventory, direction: Direction): Sighting[] {
  return networkIndexOf(inventory).pods.filter(({ isolated }) => !isolated[direction])
    .map(({ object, namespace }) => ({ object, path: '', problem: `no policy of namespace ${namespace} selects its pods for ${direction}` }));
}

/** Kubernetes' own namespaces, which no application is to change. */
const OF_KUBERNETES = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

function undenied(inventory: Inventory): Sighting[] {
  const { policies } = networkIndexOf(inventory);
  const ofAll = policies.namespaced.filter(({ pods }) => pods.requirements.length === 0);
  const denying = (direction: Direction) => new Set(ofAll.filter(({ isolates }) => isolates[direction]).map(({ namespace }) => namespace));
  const denied = { ingress: denying('ingress'), egress: denying('egress') };
  return [...inventory.namespaces].flatMap(([name, object]): Sighting[] => {
    const open = DIRECTIONS.filter((direction) => !denied[direction].has(name));
    return open.length === 0 || OF_KUBERNETES.has(name) ? [] : [{ object, path: '', problem: `no policy of namespace ${name} denies ${open.join(' and ')} to all its pods` }];
  });
}

function selectingNobody({ policies, pods, selected }: NetworkIndex): Sighting[] {
  // Without pods there is nothing to compare with: they may be in other files.
  if (pods.length === 0) return [];
  return policies.namespaced.filter((policy) => policy.pods.requirements.length > 0 && selected(policy.namespace, policy.pods).length === 0)
    .map(({ object, namespace }) => ({ object, path: 'spec.podSelector', problem: `spec.podSelector selects no pod of namespace ${namespace}` }));
}

function dnsMissing(inventory: Inventory): Sighting[] {
  const allows = new Map<NamespacePolicy, Set<string>>();
  const allowedBy = (policy: NamespacePolicy) => {
    if (!allows.has(policy)) allows.set(policy, new Set(policy.rules.egress.flatMap((rule) => dnsProtocolsOf(rule, inventory))));
    return allows.get(policy)!;
  };
  const missing = ({ policies }: NetworkPod) => ['UDP', 'TCP'].filter((protocol) => !policies.egress.some((policy) => allowedBy(policy).has(protocol)));
  return networkIndexOf(inventory).pods.filter(({ policies }) => policies.egress.length > 0).flatMap((pod): Sighting[] => {
    const protocols = missing(pod);
    return protocols.length === 0 ? [] : [{ object: pod.object, path: '', problem: `no policy allows its pods DNS over ${protocols.join(' and ')}` }];
  });
}

/** Where clusters have their DNS: the namespace, the labels of its pods, and the port of the pod. */
const DNS = [
  { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns', 'app.kubernetes.io/name': 'coredns' }, port: 53 },
  { namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 },
];
const DNS_PORT_NAMES: { readonly [protocol: string]: string } = { UDP: 'dns', TCP: 'dns-tcp' };

function dnsProtocolsOf({ peers, ports }: Rule, inventory: Inventory): string[] {
  return ['UDP', 'TCP'].filter((protocol) => DNS.some(({ namespace, labels, port }) => {
    const open = (each: NumberedPorts | NamedPort) => isNamedPort(each) ? each.name === DNS_PORT_NAMES[protocol] : each.low <= port && port <= each.high;
    return (peers?.some((peer) => isDns(peer, namespace, labels, inventory)) ?? true) && (ports?.some((each) => each.protocol === protocol && open(each)) ?? true);
  }));
}

/** An address may be that of node-local DNS, or of a resolver outside. */
function isDns(peer: Peer, namespace: string, labels: object, inventory: Inventory): boolean {
  if (isAddressPeer(peer)) return true;
  const own = field(inventory.namespaces.get(namespace)?.json, 'metadata', 'labels') as { readonly [key: string]: string } | undefined;
  const ofNamespace = new Map([...Object.entries(own ?? {}), ['kubernetes.io/metadata.name', namespace]]);
  const here = typeof peer.namespaces === 'string' ? (peer.namespaces || DEFAULT_NAMESPACE) === namespace : selects(peer.namespaces, ofNamespace);
  return here && mayBe(peer.pods, new Map(Object.entries(labels)));
}

/** Whether pods with these labels, and perhaps others, are selected: of a label that is not known anything may be so. */
function mayBe({ requirements }: Selector, labels: ReadonlyMap<string, string>): boolean {
  return requirements.every((requirement) => !labels.has(requirement.key) || selects({ requirements: [requirement], key: '' }, labels));
}
