import { NetworkDialect } from './network-dialect';

/** A network plugin not named here. */
export interface CniProps {
  /** As messages name it. */
  readonly name: string;

  /** Whether the plugin, as it is set up, enforces NetworkPolicies. */
  readonly enforcesNetworkPolicy: boolean;

  /**
   * What it enforces beside NetworkPolicies, with the definitions of these kinds in the cluster.
   * @default - nothing
   */
  readonly dialects?: NetworkDialect[];
}

/** The AWS VPC CNI and Azure CNI enforce policies only with an engine that is switched on. */
export interface CniEngineProps {
  /**
   * Whether the policy engine is switched on.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
   */
  readonly networkPolicy: boolean;
}

/**
 * The cluster's network plugin. On one that does not enforce NetworkPolicies they do nothing at all, silently, so the network
 * constructs refuse to be built there.
 */
export class Cni {
  /** Enforces policies; from 3.30 with tiers, in which denials for the whole cluster stand. */
  public static calico(): Cni {
    return new Cni('calico', true, [NetworkDialect.CALICO]);
  }

  /** Enforces policies, its own among them. Its NetworkPolicies find by address neither nodes nor the API server. */
  public static cilium(): Cni {
    return new Cni('cilium', true, [NetworkDialect.CILIUM]);
  }

  /** Enforces policies. */
  public static antrea(): Cni {
    return new Cni('antrea', true);
  }

  /** The VPC CNI of EKS. */
  public static awsVpc(props: CniEngineProps): Cni {
    return new Cni('aws-vpc-cni', props.networkPolicy);
  }

  /** Azure CNI of AKS. */
  public static azure(props: CniEngineProps): Cni {
    return new Cni('azure-cni', props.networkPolicy);
  }

  /** Enforces nothing. */
  public static flannel(): Cni {
    return new Cni('flannel', false);
  }

  /** A plugin not named here. */
  public static other(props: CniProps): Cni {
    return new Cni(props.name, props.enforcesNetworkPolicy, props.dialects);
  }

  private constructor(
    /** As messages name it. */
    public readonly name: string,
    /** Whether NetworkPolicies have an effect. */
    public readonly enforcesNetworkPolicy: boolean,
    /** What it enforces beside NetworkPolicies. */
    public readonly dialects: NetworkDialect[] = [],
  ) {}
}
