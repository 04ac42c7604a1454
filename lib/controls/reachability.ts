import type { InventoryControl, Sighting } from './control';
import { METADATA, METADATA_PORTS } from './network-rule';
import { decidedPods, rangeWith, reachOf } from './reachable';
import { addressOf, Direction, PeerSet, PodFacts, PortSet, Reachability } from '../proofs/reachability';
import type { Inventory } from '../inventory';

const SEGMENTS = { nsa: ['Network policies'], owasp: ['K05'], nist: ['800-190 4.3.3', '800-53 AC-4', '800-53 SC-7'] };

const WEB = { app: 'web' };
const pod = (labels: object = WEB, spec: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'a' }], ...spec } } },
});
const policy = (spec: object, name = 'a') => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec: { podSelector: {}, ...spec } });
const egress = (...rules: object[]) => [pod(), policy({ policyTypes: ['Egress'], egress: rules })];
const ingress = (...rules: object[]) => [pod(), policy({ policyTypes: ['Ingress'], ingress: rules })];
const block = (cidr: string, ...except: string[]) => ({ to: [{ ipBlock: { cidr, ...except.length > 0 ? { except } : {} } }] });
const cluster = (spec: object) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: 'c' }, spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ...spec },
});
const cilium = (spec: object) => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a', namespace: 'shop' }, spec: { endpointSelector: {}, ...spec } });
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** Of every public network one address, far from the others. */
const PUBLIC = ['8.8.8.8', '198.18.0.1', '2600::1'];

/** What comes of all policies together, those of the cluster included. What is not among these manifests may isolate them, so only strict asks. */
export const REACHABILITY: readonly InventoryControl[] = [
  {
    id: 'reachability/no-metadata', title: 'Pods reach no metadata service of a cloud', severity: 'high', level: 'strict', on: 'inventory',
    frameworks: { ...SEGMENTS, nsa: ['Network policies', 'Protecting sensitive cloud infrastructure'], owasp: ['K05', 'K08'] },
    judge: (inventory) => sightings(inventory, 'egress', metadataReached),
    message: 'all policies together must leave the metadata services of clouds closed, which hand out the credentials of the node',
    remediation: 'Isolate the egress of the pod and except 169.254.0.0/16, or deny it to the whole cluster.',
    snippet: 'apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: no-metadata}\nspec:\n  tier: Admin\n  priority: 0\n  subject: {namespaces: {}}\n  egress:\n  - action: Deny\n    to: [{networks: [169.254.0.0/16, 100.100.100.200/32, fd00:ec2::/32, fd20:ce::/32]}]',
    allowed: {
      'nothing said': [], 'its egress closed': egress(), 'the internet alone': egress(block('0.0.0.0/0', ...PRIVATE)), 'every pod alone': egress({ to: [{ namespaceSelector: {} }] }), 'DNS of the cloud': egress({ ports: [{ port: 53, protocol: 'UDP' }] }),
      'denied to the cluster': [pod(), cluster({ egress: [{ action: 'Deny', to: [{ networks: ['169.254.0.0/16', '100.100.100.200/32', 'fd00::/8'] }] }] })],
      'on its node\'s network, which another control is about': [pod(WEB, { hostNetwork: true })], 'closed by Cilium': [pod(), cilium({ egress: [{ toEntities: ['cluster'] }] })],
    },
    denied: {
      'no policy': [pod()], 'a policy of ingress alone': ingress(), 'every address': egress({}), 'its network': egress(block('169.254.0.0/16')), 'by two policies': [...egress(), policy({ policyTypes: ['Egress'], egress: [block('0.0.0.0/0', '10.0.0.0/8')] }, 'b')],
      'one of several': egress(block('100.64.0.0/10')), 'of IPv6': egress(block('fd00::/8')), 'denied, after it was accepted': [pod(), cluster({ egress: [{ action: 'Accept', to: [{ networks: ['0.0.0.0/0'] }] }, { action: 'Deny', to: [{ networks: ['169.254.0.0/16'] }] }] })],
      'denied to another namespace': [pod(), cluster({ subject: { namespaces: { matchLabels: { team: 'red' } } }, egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }] }] })],
    },
  },
  {
    id: 'reachability/no-unasked-internet', title: 'Pods reach the internet only where a rule names addresses', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: SEGMENTS,
    judge: (inventory) => sightings(inventory, 'egress', internetReached),
    message: 'no pod must reach the internet without a rule that names addresses of it',
    remediation: 'Isolate the egress of the pod; where it needs the internet, allow the networks by an ipBlock and the ports.',
    snippet: 'egress:\n- to:\n  - ipBlock:\n      cidr: 0.0.0.0/0\n      except: [10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]\n  ports: [{port: 443}]',
    allowed: {
      'nothing said': [], 'its egress closed': egress(), 'asked for': egress(block('0.0.0.0/0', ...PRIVATE)), 'every pod alone': egress({ to: [{ namespaceSelector: {} }] }), 'no addresses, but a port name': egress({ ports: [{ port: 'http' }] }),
      'denied to the cluster': [pod(), cluster({ egress: [{ action: 'Pass', to: [{ namespaces: {} }] }, { action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }] }] })], 'on its node\'s network': [pod(WEB, { hostNetwork: true })],
    },
    denied: {
      'no policy': [pod()], 'every address': egress({}), 'every address on some ports': egress({ ports: [{ port: 443 }] }), 'among others': [...egress(block('203.0.113.0/24')), policy({ egress: [{ ports: [{ protocol: 'UDP' }] }] }, 'b')],
      'denied by IPv4 alone': [pod(), cluster({ egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }] })], 'accepted for the cluster': [...egress(), cluster({ egress: [{ action: 'Accept', to: [{ networks: ['0.0.0.0/0'] }] }] })],
    },
  },
  {
    id: 'reachability/no-every-namespace', title: 'Pods are not reachable from every namespace', severity: 'medium', level: 'strict', on: 'inventory',
    frameworks: SEGMENTS,
    judge: (inventory) => sightings(inventory, 'ingress', reachableByAnyone),
    message: 'all policies together must not let in whatever pod of whatever namespace',
    remediation: 'Isolate the ingress of the pod, and allow the pods that call it by their labels and their namespace.',
    snippet: 'ingress:\n- from:\n  - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}\n    podSelector: {matchLabels: {app: web}}\n  ports: [{port: 8080}]',
    allowed: {
      'nothing said': [], 'its ingress closed': ingress(), 'its own namespace': ingress({ from: [{ podSelector: {} }] }), 'some pods of any namespace': ingress({ from: [{ namespaceSelector: {}, podSelector: { matchLabels: WEB } }] }),
      'some namespaces': ingress({ from: [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }] }), 'every address, and so no pod': ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
      'denied to the cluster': [pod(), cluster({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] })], 'a port that it has no name for': ingress({ ports: [{ port: 'http' }] }), 'closed by Cilium': [pod(), cilium({ ingress: [{}] })],
    },
    denied: {
      'no policy': [pod()], 'a policy of egress alone': egress(), 'everybody': ingress({}), 'everybody on one port': ingress({ ports: [{ port: 80 }] }), 'every namespace': ingress({ from: [{ namespaceSelector: {} }] }),
      'by two policies': [...ingress(), policy({ ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }] }, 'b')], 'accepted for the cluster': [...ingress(), cluster({ ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] })],
    },
  },
];


/** What is wrong with a class of pods; undefined where nothing is. */
type Judge = (reach: Reachability) => (pod: number) => string | undefined;

function sightings(inventory: Inventory, direction: Direction, judge: Judge): Sighting[] {
  const reach = reachOf(inventory);
  const judged = judge(reach);
  const podsOf = decidedPods(inventory, reach, direction);
  return reach.classes.flatMap((_, i) => {
    const pods = podsOf(i);
    const problem = pods.length === 0 ? undefined : judged(i);
    return problem === undefined ? [] : pods.map(({ object }: PodFacts): Sighting => ({ object, path: object.pod?.path ?? '', problem }));
  });
}

/** A rule that names a metadata service and nothing else means it; whether it may is another control's. */
function metadataReached(reach: Reachability): (pod: number) => string | undefined {
  const open = reach.ports.of(...METADATA_PORTS.map((port) => ({ protocol: 'TCP' as const, low: port, high: port })));
  const services = METADATA.map((address) => ({ address, range: rangeWith(reach, addressOf(address)!) }));
  const single = (range: number) => reach.sides.egress.ranges[range].low === reach.sides.egress.ranges[range].high;
  return (i) => {
    const reached = services.find(({ range }) => {
      const counts = (set: PeerSet) => !single(range) || reach.sides.egress.sets[set].length > 1;
      return reach.ports.intersection(reach.toAddresses(i, range, counts), open) !== reach.ports.none;
    });
    return reached && `the pod reaches ${reached.address}, a metadata service`;
  };
}

function internetReached(reach: Reachability): (pod: number) => string | undefined {
  const ranges = PUBLIC.map((address) => rangeWith(reach, addressOf(address)!));
  return (i) => problemOf(reach, 'the pod reaches the internet on', ranges.map((range) => reach.toAddresses(i, range, () => false)));
}

function reachableByAnyone(reach: Reachability): (pod: number) => string | undefined {
  return (i) => problemOf(reach, 'any pod of any namespace reaches the pod on', [reach.fromAnyone(i)]);
}

function problemOf({ ports }: Reachability, text: string, sets: readonly PortSet[]): string | undefined {
  const all = sets.reduce((a, b) => ports.union(a, b), ports.none);
  return all === ports.none ? undefined : `${text} ${all === ports.all ? 'every port' : ports.textOf(all)}`;
}
