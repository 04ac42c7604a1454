import { Construct, IConstruct } from 'constructs';
import { Cloud } from './cloud';
import { ClusterDns } from './cluster-dns';
import { Cni } from './cni';
import { factsAt, markPlatform, platformIn, PORTABLE } from './facts';
import { IngressController } from './ingress-controller';
import { kubernetesVersionFaults } from './kubernetes-version';
import { NodeFacts } from './nodes';
import { ApiServerFacts, IPlatform } from './platform-facts';
import { Profile } from './profile';
import { registryFaults } from './registry';
import { ServiceMesh } from './service-mesh';
import { Fault, faultAt, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { dnsLabelFaults, labelKeyFaults, labelValueFaults } from '../names';

/** What is true of a cluster. */
export interface PlatformProps {
  /**
   * The cluster's minor release, such as `1.35`. Pod Security is pinned to it, and no field is emitted that it lacks.
   * @default '1.34'
   */
  readonly kubernetesVersion?: string;

  /** @default - none; cloud identities are refused */
  readonly cloud?: Cloud;

  /** @default - not stated; taken to enforce NetworkPolicies */
  readonly cni?: Cni;

  /** @default ClusterDns.kubeDns() */
  readonly dns?: ClusterDns;

  /** @default IngressController.nginx() */
  readonly ingressController?: IngressController;

  /**
   * Where images may come from, each a prefix that ends in "/": `registry.example.com/`, `ghcr.io/acme/`.
   * @default - any registry that an image names explicitly
   */
  readonly registries?: string[];

  /**
   * How much synth asks of every object, whoever made it.
   * @default Profile.RESTRICTED
   */
  readonly profile?: Profile;

  /** @default - Linux, without AppArmor and user namespaces */
  readonly nodes?: NodeFacts;

  /** @default - not stated; a workload with `apiAccess` in a default-deny namespace is refused */
  readonly apiServer?: ApiServerFacts;

  /** @default - none */
  readonly mesh?: ServiceMesh;
}

/** Which scopes asked for facts before the Platform nearest to them existed; by the root of their tree. */
const READERS = new WeakMap<IConstruct, Set<IConstruct>>();

/**
 * States what is true of the cluster, for everything in the scope it stands in. A construct finds the facts from its place in
 * the tree, nearest first; a construct's own prop wins over them.
 *
 * Create it first: what was built before it could not have heeded it.
 */
export class Platform extends Construct implements IPlatform {
  /** The facts that hold at a place in the tree; portable defaults where nothing is stated. */
  public static of(scope: IConstruct): IPlatform {
    const readers = READERS.get(scope.node.root) ?? new Set();
    READERS.set(scope.node.root, readers.add(scope));
    return factsAt(scope);
  }

  // What each of them means stands in IPlatform.
  public readonly kubernetesVersion: string;
  public readonly cloud?: Cloud;
  public readonly cni?: Cni;
  public readonly dns: ClusterDns;
  public readonly ingressController: IngressController;
  public readonly registries: string[];
  public readonly profile: Profile;
  public readonly nodes: NodeFacts;
  public readonly apiServer?: ApiServerFacts;
  public readonly mesh?: ServiceMesh;

  /**
   * @throws if a fact is not valid, if the scope has a Platform already, or if a construct beneath the scope was built before it
   */
  constructor(scope: Construct, id: string, props: PlatformProps = {}) {
    const other = platformIn(scope);
    if (other) {
      throw faultAt(pathOf(scope, id), `its scope has a Platform already, ${shown(pathOf(other))}`, 'state all facts in one, or put this one into the scope of the constructs it is for');
    }
    const early = [...READERS.get(scope.node.root) ?? []].find((reader) => reader.node.scopes.includes(scope));
    if (early) {
      throw faultAt(pathOf(scope, id), `${shown(pathOf(early))} was built before it and without its facts`, 'create the Platform before the constructs it is for');
    }
    super(scope, id);
    markPlatform(this);
    enforce(this);
    refuse(pathOf(this), platformFaults(props));
    this.kubernetesVersion = props.kubernetesVersion ?? PORTABLE.kubernetesVersion;
    this.cloud = props.cloud;
    this.cni = props.cni;
    this.dns = props.dns ?? PORTABLE.dns;
    this.ingressController = props.ingressController ?? PORTABLE.ingressController;
    this.registries = props.registries ?? PORTABLE.registries;
    this.profile = props.profile ?? PORTABLE.profile;
    this.nodes = props.nodes ?? PORTABLE.nodes;
    this.apiServer = props.apiServer;
    this.mesh = props.mesh;
  }
}

const PROFILES = Object.values(Profile);

function platformFaults(props: PlatformProps): Fault[] {
  return [
    ...props.kubernetesVersion === undefined ? [] : kubernetesVersionFaults(props.kubernetesVersion),
    ...(props.registries ?? []).flatMap(registryFaults),
    ...props.profile === undefined || PROFILES.includes(props.profile) ? [] : [{ problem: `profile ${shown(props.profile)} is none`, remedy: `give one of ${PROFILES.join(', ')}` }],
    ...props.ingressController ? ingressFaults(props.ingressController) : [],
    ...props.apiServer ? apiServerFaults(props.apiServer) : [],
  ];
}

function ingressFaults({ namespace, podLabels }: IngressController): Fault[] {
  return [
    ...dnsLabelFaults('the namespace of the ingress controller,', namespace),
    ...Object.entries(podLabels).flatMap(([key, value]) => [...labelKeyFaults('label', key), ...labelValueFaults(`the value of label ${shown(key)},`, value)]),
  ];
}

/** What its addresses must be the network says, where they are used. */
function apiServerFaults({ cidrs, ports = [], audience }: ApiServerFacts): Fault[] {
  return [
    ...cidrs.length > 0 ? [] : [{ problem: 'apiServer.cidrs is empty', remedy: 'give the addresses that "kubectl get endpointslices -n default" lists, or leave apiServer out' }],
    ...ports.filter((port) => !Number.isInteger(port) || port < 1 || port > 65535).map((port) => ({ problem: `apiServer.ports has ${shown(port)}`, remedy: 'give whole numbers from 1 to 65535' })),
    ...audience === '' ? [{ problem: 'apiServer.audience is empty', remedy: 'give the audience, or leave it out' }] : [],
  ];
}
