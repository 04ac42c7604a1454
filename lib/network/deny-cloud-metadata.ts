import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { METADATA } from './cidr';
import { Fault, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { dnsLabelFaults, parseIp } from '../names';
import { IPlatform, NetworkDialect, Platform } from '../platform';

/** How the metadata services of clouds are closed. */
export interface DenyCloudMetadataProps {
  /**
   * The kind of policy that is written.
   * @default - what the Platform's CNI enforces
   */
  readonly dialect?: NetworkDialect;

  /**
   * Namespaces whose pods may still ask, such as those of the cloud's own controllers.
   * @default ['kube-system']
   */
  readonly exceptNamespaces?: string[];

  /**
   * Services that stay open to all pods, of those that clouds have; such as the GKE metadata server, which with Workload Identity hands
   * out nothing but the pod's own credentials.
   * @default - the EKS Pod Identity agent, and the addresses that the Platform's DNS answers at
   */
  readonly exceptAddresses?: string[];
}

/** The agents that give a pod its own credentials, and no other. */
const IDENTITY_AGENTS = ['169.254.170.23', 'fd00:ec2::23'];

const NAMESPACE = 'kubernetes.io/metadata.name';
const NAME = 'deny-cloud-metadata';

/** The Calico tier that is asked before the one in which NetworkPolicies stand. */
const TIER = 'guardrails';

/**
 * Denies the pods of the whole cluster the addresses at which clouds hand out the node's credentials, whatever any NetworkPolicy
 * allows, which can only not allow them. Pods on the network of their node are not held by it.
 */
export class DenyCloudMetadata extends Construct {
  /** The addresses that are closed, as CIDRs. */
  public readonly denied: string[];

  /** @throws if the CNI enforces no kind of policy that can deny, or if a prop is not valid */
  constructor(scope: Construct, id: string, props: DenyCloudMetadataProps = {}) {
    super(scope, id);
    enforce(this);
    const platform = Platform.of(this);
    const { exceptNamespaces = ['kube-system'], exceptAddresses = [...IDENTITY_AGENTS, ...dnsAddresses(platform)] } = props;
    const dialect = props.dialect ?? platform.cni?.dialects.find((each) => each !== NetworkDialect.NETWORK_POLICY);
    refuse(pathOf(this), [
      ...dialectFaults(dialect, platform),
      ...exceptNamespaces.flatMap((name) => dnsLabelFaults('namespace', name)),
      ...(props.exceptAddresses ?? []).flatMap(addressFaults),
    ]);
    const except = exceptAddresses.map((address) => parseIp(address)!.value);
    this.denied = METADATA.map(([address]) => parseIp(address)!.value).flatMap((value, i) => except.includes(value) ? [] : [cidrOf(METADATA[i][0])]);
    for (const [kind, manifest] of manifestsOf(dialect!, this.denied, exceptNamespaces)) new ApiObject(this, kind, manifest);
  }
}

function manifestsOf(dialect: NetworkDialect, denied: string[], exceptNamespaces: string[]): [id: string, manifest: ApiObjectProps & { readonly [field: string]: unknown }][] {
  const metadata = { name: NAME };
  const otherNamespaces = (key: string) => exceptNamespaces.length === 0 ? {} : { matchExpressions: [{ key, operator: 'NotIn', values: exceptNamespaces }] };
  switch (dialect) {
    case NetworkDialect.CILIUM:
      return [['Policy', {
        apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata,
        spec: {
          endpointSelector: otherNamespaces('k8s:io.kubernetes.pod.namespace'),
          // By itself a denial would isolate every pod it selects.
          enableDefaultDeny: { ingress: false, egress: false },
          egressDeny: [{ toCIDR: denied }],
        },
      }]];
    case NetworkDialect.CALICO:
      return [
        ['Tier', { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: TIER }, spec: { order: 100, defaultAction: 'Pass' } }],
        ['Policy', {
          apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: `${TIER}.${NAME}` },
          spec: {
            tier: TIER,
            order: 100,
            ...exceptNamespaces.length === 0 ? {} : { namespaceSelector: `${NAMESPACE} not in { ${exceptNamespaces.map((name) => `'${name}'`).join(', ')} }` },
            types: ['Egress'],
            egress: [...denials(denied), { action: 'Pass' }],
          },
        }],
      ];
    default:
      return [['Policy', {
        apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata,
        spec: { tier: 'Admin', priority: 0, subject: { namespaces: otherNamespaces(NAMESPACE) }, egress: [{ name: NAME, action: 'Deny', to: [{ networks: denied }] }] },
      }]];
  }
}

/** A rule of Calico is of one address family. */
function denials(denied: string[]): object[] {
  const [v6, v4] = [denied.filter((cidr) => cidr.includes(':')), denied.filter((cidr) => !cidr.includes(':'))];
  return [v4, v6].filter(({ length }) => length > 0).map((nets) => ({ action: 'Deny', destination: { nets } }));
}

function cidrOf(address: string): string {
  return `${address}/${parseIp(address)!.bits}`;
}

/** On GKE with Cloud DNS the resolver is at the metadata server's address. */
function dnsAddresses({ dns }: IPlatform): string[] {
  return dns.servers.flatMap(({ cidr }) => cidr?.split('/')[0] ?? []).filter((address) => parseIp(address) !== undefined);
}

function dialectFaults(dialect: NetworkDialect | undefined, { cni }: IPlatform): Fault[] {
  const able = [NetworkDialect.CILIUM, NetworkDialect.CALICO, NetworkDialect.CLUSTER_NETWORK_POLICY].join(', ');
  if (dialect === undefined) {
    const problem = cni ? `the CNI ${shown(cni.name)} enforces NetworkPolicies alone, which cannot deny` : 'no Platform states the CNI, and NetworkPolicies cannot deny';
    return [{ problem, remedy: `state in the Platform what the CNI enforces: Cni.cilium(), Cni.calico(), or Cni.other with dialects; the kinds that can deny are ${able}` }];
  }
  if (dialect === NetworkDialect.NETWORK_POLICY) return [{ problem: 'NetworkPolicies cannot deny, only not allow', remedy: `use one of the dialects ${able}` }];
  if (cni && !cni.dialects.includes(dialect)) return [{ problem: `the CNI ${shown(cni.name)} does not enforce the dialect ${shown(dialect)}`, remedy: 'leave the dialect out, or state it among the dialects of the CNI in the Platform' }];
  return [];
}

function addressFaults(address: string): Fault[] {
  const known = METADATA.map(([each]) => each);
  if (parseIp(address) && known.some((each) => parseIp(each)!.value === parseIp(address)!.value)) return [];
  return [{ problem: `exceptAddresses has ${shown(address)}, which is the address of no metadata service`, remedy: `give some of ${known.join(', ')}` }];
}
