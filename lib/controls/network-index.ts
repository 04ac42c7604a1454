import { calicoSelectorOf, ciliumSelectorOf } from './network-dialect';
import { DEFAULT_NAMESPACE, DIRECTIONS, Direction, LabelIndex, NamespacePolicy, Policies, policiesOf, Selector } from '../proofs/reachability';
import { field, Inventory, isRecord, KubeObject, Labels, TypedMap } from '../inventory';

/** A pod that network policies can select: not on its node's network, which they do not reach. */
export interface NetworkPod {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly labels: Labels;
  /** The NetworkPolicies that select it, by direction; those of other dialects only isolate. */
  readonly policies: { readonly [direction in Direction]: NamespacePolicy[] };
  readonly isolated: { [direction in Direction]: boolean };
}

/** The pods and policies of an inventory, and who selects whom. */
export interface NetworkIndex {
  readonly policies: Policies;
  readonly pods: readonly NetworkPod[];
  /** The pods that a selector selects, in one namespace or in all. */
  selected(namespace: string | undefined, selector: Selector): readonly NetworkPod[];
}

const KNOWN = new WeakMap<Inventory, NetworkIndex>();

/** Read once, however many controls ask. */
export function networkIndexOf(inventory: Inventory): NetworkIndex {
  let index = KNOWN.get(inventory);
  if (!index) KNOWN.set(inventory, index = newIndex(inventory));
  return index;
}

function newIndex(inventory: Inventory): NetworkIndex {
  const policies = policiesOf(inventory);
  const pods = inventory.objects.flatMap(networkPod);
  const labelsOf = (pod: number) => pods[pod].labels;
  const everywhere = new LabelIndex(labelsOf);
  const namespaces = new Map<string, LabelIndex>();
  pods.forEach(({ namespace }, pod) => {
    everywhere.add(pod);
    let within = namespaces.get(namespace);
    if (!within) namespaces.set(namespace, within = new LabelIndex(labelsOf));
    within.add(pod);
  });
  const found = new Map<string, readonly NetworkPod[]>();
  const selected = (namespace: string | undefined, selector: Selector) => {
    const key = `${namespace ?? '*'} ${selector.key}`;
    let result = found.get(key);
    if (!result) found.set(key, result = ((namespace === undefined ? everywhere : namespaces.get(namespace))?.selected(selector) ?? []).map((pod) => pods[pod]));
    return result;
  };
  for (const policy of policies.namespaced) {
    for (const pod of selected(policy.namespace, policy.pods)) {
      for (const direction of DIRECTIONS.filter((each) => policy.isolates[each])) {
        pod.policies[direction].push(policy);
        pod.isolated[direction] = true;
      }
    }
  }
  for (const [kind, read] of DIALECTS) {
    for (const { namespace, selector, isolates } of inventory.ofKind(kind).flatMap(read)) {
      for (const pod of selected(namespace, selector)) {
        for (const direction of isolates) pod.isolated[direction] = true;
      }
    }
  }
  return { policies, pods, selected };
}

function networkPod(object: KubeObject): NetworkPod[] {
  const { pod } = object;
  if (!pod || object.kind === 'PodTemplate' || pod.spec.get('hostNetwork') === true) return [];
  const labels = (pod.metadata.get('labels') as TypedMap | undefined ?? new Map()) as Labels;
  return [{ object, namespace: object.namespace || DEFAULT_NAMESPACE, labels, policies: { ingress: [], egress: [] }, isolated: { ingress: false, egress: false } }];
}

/** What Cilium or Calico selects with its own kinds, and isolates. */
interface Isolation {
  /** Undefined for pods of all namespaces. */
  readonly namespace?: string;
  readonly selector: Selector;
  readonly isolates: readonly Direction[];
}

const DIALECTS: readonly (readonly [groupAndKind: string, read: (object: KubeObject) => Isolation[]])[] = [
  ['cilium.io/CiliumNetworkPolicy', (object) => ciliumIsolations(object, object.namespace || DEFAULT_NAMESPACE)],
  ['cilium.io/CiliumClusterwideNetworkPolicy', (object) => ciliumIsolations(object)],
  ...['projectcalico.org', 'crd.projectcalico.org'].flatMap((group): (readonly [string, (object: KubeObject) => Isolation[]])[] => [
    [`${group}/NetworkPolicy`, (object) => calicoIsolations(object, object.namespace || DEFAULT_NAMESPACE)],
    [`${group}/GlobalNetworkPolicy`, (object) => calicoIsolations(object)],
  ]),
];

/** Cilium isolates in a direction in which a policy has rules, allowing or denying ones. */
function ciliumIsolations({ json }: KubeObject, namespace?: string): Isolation[] {
  const listed = field(json, 'specs');
  return [field(json, 'spec'), ...Array.isArray(listed) ? listed : []].flatMap((spec): Isolation[] => {
    const selector = isRecord(spec) ? ciliumSelectorOf(field(spec, 'endpointSelector')) : undefined;
    if (!selector) return [];
    const has = (name: string) => Array.isArray(field(spec, name)) && (field(spec, name) as unknown[]).length > 0;
    const isolates = DIRECTIONS.filter((direction) => (has(direction) || has(`${direction}Deny`)) && field(spec, 'enableDefaultDeny', direction) !== false);
    return [{ namespace, selector, isolates }];
  });
}

/** Calico isolates by the types of a policy, which follow from its rules where they are not written. */
function calicoIsolations({ json }: KubeObject, namespace?: string): Isolation[] {
  const spec = field(json, 'spec');
  const selector = calicoSelectorOf(field(spec, 'selector'));
  // A selector of namespaces or accounts may leave any pod out.
  if (!selector || field(spec, 'namespaceSelector') !== undefined || field(spec, 'serviceAccountSelector') !== undefined) return [];
  const types = field(spec, 'types');
  const isolates = DIRECTIONS.filter((direction) => Array.isArray(types)
    ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
    : direction === 'ingress' ? field(spec, 'ingress') !== undefined || field(spec, 'egress') === undefined : field(spec, 'egress') !== undefined);
  return [{ namespace, selector, isolates }];
}
