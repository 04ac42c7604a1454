/** Where the pods of the ingress controller run. */
export interface IngressControllerProps {
  /** The namespace of its pods. */
  readonly namespace: string;

  /** The controller pods' labels. @default - every pod of the namespace */
  readonly podLabels?: { [key: string]: string };
}

/** The pods that bring outside traffic in; what `Peer.ingressController()` stands for. */
export class IngressController {
  /** ingress-nginx in its usual namespace. */
  public static nginx(): IngressController {
    return new IngressController('ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' });
  }

  /** Traefik in its usual namespace. */
  public static traefik(): IngressController {
    return new IngressController('traefik', { 'app.kubernetes.io/name': 'traefik' });
  }

  /** A controller that runs elsewhere, or is another. */
  public static of(props: IngressControllerProps): IngressController {
    return new IngressController(props.namespace, props.podLabels ?? {});
  }

  private constructor(
    /** The namespace of its pods. */
    public readonly namespace: string,
    /** The labels of its pods; every pod of the namespace where there is none. */
    public readonly podLabels: { [key: string]: string },
  ) {}
}
