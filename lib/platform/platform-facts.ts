import { Cloud } from './cloud';
import { ClusterDns } from './cluster-dns';
import { Cni } from './cni';
import { IngressController } from './ingress-controller';
import { NodeFacts } from './nodes';
import { Profile } from './profile';
import { ServiceMesh } from './service-mesh';

/** How pods reach the Kubernetes API. */
export interface ApiServerFacts {
  /**
   * The addresses that packets to the API server carry when policies see them: those behind the `kubernetes` Service (see
   * `kubectl get endpointslices -n default`), and the Service's own where the CNI judges before translation.
   */
  readonly cidrs: string[];

  /** @default [443, 6443] */
  readonly ports?: number[];

  /**
   * The audience that the API server takes tokens for (its first `--api-audiences`); the tokens of workloads with `apiAccess` name
   * it. `kubectl create token default` shows it in the claim `aud`.
   * @default - left to the API server, which puts its own
   */
  readonly audience?: string;
}

/** The facts of a cluster, as constructs read them. */
export interface IPlatform {
  /** The minor release, such as `1.34`. */
  readonly kubernetesVersion: string;
  /** The cloud, where it is stated. */
  readonly cloud?: Cloud;
  /** The network plugin, where it is stated. */
  readonly cni?: Cni;
  /** Where pods send DNS queries. */
  readonly dns: ClusterDns;
  /** The pods that bring outside traffic in. */
  readonly ingressController: IngressController;
  /** Prefixes of the images that may run; any registry where there is none. */
  readonly registries: string[];
  /** How much synth asks of every object. */
  readonly profile: Profile;
  /** What the nodes can enforce. */
  readonly nodes: NodeFacts;
  /** How pods reach the Kubernetes API, where it is stated. */
  readonly apiServer?: ApiServerFacts;
  /** The service mesh, where there is one. */
  readonly mesh?: ServiceMesh;
}
