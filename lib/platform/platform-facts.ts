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
