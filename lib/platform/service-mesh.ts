/** How a sidecar mesh redirects the pods' traffic. */
export interface SidecarMeshProps {
  /**
   * Whether the mesh's CNI plugin does it. Without the plugin an init container with NET_ADMIN does, which no namespace
   * enforcing Pod Security baseline or restricted admits.
   */
  readonly cniPlugin: boolean;
}

/** The mesh that takes part in every pod, if there is one. */
export class ServiceMesh {
  /** Istio with sidecars. */
  public static istio(props: SidecarMeshProps): ServiceMesh {
    return new ServiceMesh('istio', !props.cniPlugin, false);
  }

  /** Istio without sidecars: kubelet probes arrive from 169.254.7.127, and traffic of the mesh on TCP 15008. */
  public static istioAmbient(): ServiceMesh {
    return new ServiceMesh('istio-ambient', false, true);
  }

  /** Linkerd, which has sidecars. */
  public static linkerd(props: SidecarMeshProps): ServiceMesh {
    return new ServiceMesh('linkerd', !props.cniPlugin, false);
  }

  private constructor(
    /** As messages name it. */
    public readonly name: string,
    /** Whether it adds a container that Pod Security restricted refuses. */
    public readonly needsNetAdmin: boolean,
    /** Whether it is Istio's ambient mode. */
    public readonly ambient: boolean,
  ) {}
}
