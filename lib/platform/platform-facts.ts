import { Cloud } from './cloud';
import { ClusterDns } from './cluster-dns';
import { Cni } from './cni';
import { IngressController } from './ingress-controller';
import { NodeFacts } from './nodes';
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
  readonly kubernetesVersion: string;
  readonly cloud?: Cloud;
  readonly cni?: Cni;
  readonly dns: ClusterDns;
  readonly ingressController: IngressController;
  readonly registries: string[];
  readonly nodes: NodeFacts;
  readonly apiServer?: ApiServerFacts;
  readonly mesh?: ServiceMesh;
}
