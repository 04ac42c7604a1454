import { Construct } from 'constructs';
import { dnsFaults, dnsHalves } from './dns';
import { Endpoint, endpointOf, namespaceAt, peersSeenFrom, PodSet } from './endpoint';
import { flowPorts } from './flow-ports';
import { addNetwork, deliver, Delivery, networkOf } from './networks';
import type { IPeer } from './peer';
import { expectedEnd, expectedFaults, namedFaults, portRange } from './expected';
import { networkPolicy, PodPolicy, selectedPodsName } from './pod-policy';
import type { Port } from './port';
import { Half, rulesOf } from './rules';
import { Fault, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { expectOfNetwork } from '../gates/expectations';
import { ClusterDns, DnsServer, IPlatform, Platform } from '../platform';

/** How a namespace's network is set up. */
export interface DefaultDenyNetworkProps {
  /**
   * Where the pods of the namespace send DNS queries.
   * @default - as the Platform says
   */
  readonly dns?: ClusterDns;
}

/** Where kubelet probes seem to come from in an ambient mesh; only the node itself can send from there. */
const AMBIENT_PROBES = '169.254.7.127/32';

/**
 * Denies the pods of a namespace all traffic, both ways, except DNS queries and the flows that `allow` names. A HardenedNamespace
 * has one; alone it stands in any chart with a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class DefaultDenyNetwork extends Construct {
  /** The namespace whose pods it isolates. */
  public readonly namespaceName: string;

  private readonly platform: IPlatform;
  private readonly dns: Half[];
  private readonly dnsServers: readonly DnsServer[];
  private readonly policies = new Map<string, PodPolicy>();
  private readonly named: Map<string, PodPolicy[]>;
  private readonly selected: PodPolicy[] = [];

  /**
   * @throws if its chart has no namespace, if that namespace has such a network already, or if the cluster's CNI does not enforce
   * NetworkPolicies
   */
  constructor(scope: Construct, id: string, props: DefaultDenyNetworkProps = {}) {
    super(scope, id);
    enforce(this);
    this.platform = Platform.of(this);
    const namespace = namespaceAt(this);
    const dns = props.dns ?? this.platform.dns;
    const other = namespace === undefined ? undefined : networkOf(this, namespace);
    refuse(pathOf(this), [...namespaceFaults(namespace, other), ...cniFaults(this.platform), ...dnsFaults(dns)]);
    this.namespaceName = namespace!;
    this.dns = dnsHalves(dns);
    this.dnsServers = dns.servers;
    this.named = new Map(this.buildNamespacePolicies().map((name) => [name, []]));
    addNetwork(this);
  }

  /**
   * Lets one peer open connections to another; answers need no flow of their own. Each end that lies in a default-deny namespace of
   * this tree gets its half, in the one policy of its pods. The order of flows does not matter, nor whether one is repeated.
   *
   * @param ports of the destination's pods; the ports its containers declare, unless given
   * @throws if neither end is in this namespace, if the ports are neither given nor declared, or if a peer is not valid
   */
  public allow(from: IPeer, to: IPeer, ports?: Port[]): void {
    const faults: Fault[] = [];
    const place = { namespace: this.namespaceName, platform: this.platform, faults };
    const [source, destination] = [endpointOf(from, place), endpointOf(to, place)];
    const portsOf = flowPorts(source, destination, ports, this.platform.mesh?.ambient === true, faults);
    if (faults.length === 0 && ![source, destination].some((end) => this.holds(end))) {
      faults.push({
        problem: `neither end of the flow from ${source.text} to ${destination.text} is in the namespace ${shown(this.namespaceName)}`,
        remedy: 'call allow on the network of a namespace in which one of them is',
      });
    }
    refuse(pathOf(this), faults);
    this.give('egress', source, destination, portsOf);
    this.give('ingress', destination, source, portsOf);
  }

  /**
   * States that one peer must not be able to open connections to another: proved at synth from all policies of the app, whoever made
   * them. A peer whose pods are not in the app, such as an ingress controller, is judged by its labels.
   *
   * @param ports of the destination's pods; every port, unless given
   * @throws if a peer is not valid
   */
  public expectUnreachable(from: IPeer, to: IPeer, ports?: Port[]): void {
    this.expect(from, to, ports, false);
  }

  /**
   * States that one peer must be able to open connections to another: proved at synth from all policies of the app, whoever made them.
   *
   * @param ports of the destination's pods; the ports its containers declare, unless given
   * @throws if the ports are neither given nor declared, or if a peer is not valid
   */
  public expectReachable(from: IPeer, to: IPeer, ports?: Port[]): void {
    this.expect(from, to, ports, true);
  }

  /** @internal */
  public _take({ pods, workload, half }: Delivery): void {
    const policy = new PodPolicy(workload?.name ?? selectedPodsName(pods), this.namespaceName, pods.podSelector, this.dns, this.dnsServers);
    const known = this.policies.get(policy.key);
    if (known) return known.add(half);
    policy.add(half);
    this.policies.set(policy.key, policy);
    if (workload) policy.build(workload, 'NetworkPolicy');
    else this.buildSelected(policy);
    this.claimName(policy);
  }

  private expect(from: IPeer, to: IPeer, ports: Port[] | undefined, reachable: boolean): void {
    const faults: Fault[] = [];
    const place = { namespace: this.namespaceName, platform: this.platform, faults, expectation: true };
    const [source, destination] = [endpointOf(from, place), endpointOf(to, place)];
    const every = ports === undefined && !reachable;
    const portsOf = every ? undefined : flowPorts(source, destination, ports, false, faults);
    refuse(pathOf(this), [...[source, destination].flatMap(expectedFaults), ...faults, ...namedFaults(ports, destination)]);
    expectOfNetwork(this, {
      where: pathOf(this), from: expectedEnd(source), to: expectedEnd(destination), reachable,
      ports: portsOf && (() => portsOf().map((rule) => portRange(rule, destination))),
    });
  }

  private holds(end: Endpoint): boolean {
    return end.kind === 'pods' && end.sets.some(({ namespace }) => namespace === this.namespaceName);
  }

  private give(direction: Half['direction'], end: Endpoint, other: Endpoint, ports: Half['ports']): void {
    if (end.kind !== 'pods') return;
    for (const pods of end.sets.filter((set): set is PodSet & { namespace: string } => set.namespace !== undefined)) {
      deliver(this, pods.namespace, { pods, workload: end.workload, half: { direction, peers: peersSeenFrom(pods.namespace, other), cilium: other.kind === 'cilium' ? other.peer : undefined, ports } });
    }
  }

  /** The policies of all pods, and their names. */
  private buildNamespacePolicies(): string[] {
    const everyPod = (id: string, name: string, spec: object) => networkPolicy(this, id, this.namespaceName, name, () => ({ podSelector: {}, ...spec })).name;
    return [
      everyPod('DefaultDeny', 'default-deny', { policyTypes: ['Ingress', 'Egress'] }),
      everyPod('AllowDns', 'allow-dns', { policyTypes: ['Egress'], egress: rulesOf('egress', this.dns) }),
      ...this.platform.mesh?.ambient
        // Of any port: which are probed is known of no pod that is not built here.
        ? [everyPod('AllowMeshProbes', 'allow-mesh-probes', { policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: AMBIENT_PROBES } }] }] })]
        : [],
    ];
  }

  /** Objects appear in the order in which they are built; with no construct of their own these are built anew, in their order. */
  private buildSelected(policy: PodPolicy): void {
    this.selected.push(policy);
    this.selected.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const each of this.selected) each.remove();
    for (const each of this.selected) each.build(this, each.longName);
  }

  private claimName(policy: PodPolicy): void {
    const claimants = this.named.get(policy.name);
    if (!claimants) {
      this.named.set(policy.name, [policy]);
    } else {
      claimants.push(policy);
      claimants.forEach((each) => each.yieldName());
    }
  }
}

function namespaceFaults(namespace: string | undefined, other: DefaultDenyNetwork | undefined): Fault[] {
  if (namespace === undefined) return [{ problem: 'its chart has no namespace', remedy: 'build it beneath a HardenedNamespace, or in a Chart with the prop namespace' }];
  return other ? [{ problem: `the namespace ${shown(namespace)} has a DefaultDenyNetwork already, ${shown(pathOf(other))}`, remedy: 'use that one' }] : [];
}

function cniFaults({ cni }: IPlatform): Fault[] {
  if (!cni || cni.enforcesNetworkPolicy) return [];
  return [{ problem: `the CNI ${shown(cni.name)} enforces no NetworkPolicies, so they would deny nothing`, remedy: 'switch its policy engine on, or use a CNI that enforces them, and say so in Platform.cni' }];
}
