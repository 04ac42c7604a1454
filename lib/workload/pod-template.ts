/**
 * The parts of a pod template that hardening reads, as manifests write them. Whatever else a template holds passes through
 * untouched.
 */
export interface PodTemplate {
  readonly metadata?: TemplateMetadata;
  readonly spec?: PodSpec;
  readonly [field: string]: unknown;
}

export interface TemplateMetadata {
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly [field: string]: unknown;
}

export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly securityContext?: SecurityContext;
  readonly os?: { readonly name?: string };
  readonly nodeSelector?: StringMap;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly affinity?: { readonly podAntiAffinity?: object; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly ports?: readonly ContainerPort[];
  readonly resources?: Resources;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly [field: string]: unknown;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
  readonly protocol?: string;
  readonly [field: string]: unknown;
}

export interface Probe {
  readonly httpGet?: { readonly port?: number | string };
  readonly tcpSocket?: { readonly port?: number | string };
  readonly [field: string]: unknown;
}

/** Of a pod or of a container. */
export interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly privileged?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly [field: string]: unknown };
  readonly windowsOptions?: object;
  readonly [field: string]: unknown;
}

export interface Resources {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
  readonly [field: string]: unknown;
}

export interface Volume {
  readonly name?: string;
  readonly [source: string]: unknown;
}

export interface VolumeMount {
  readonly name?: string;
  readonly mountPath?: string;
  readonly readOnly?: boolean;
  readonly [field: string]: unknown;
}

export type Quantities = { readonly [resource: string]: string | number | undefined };
export type StringMap = { readonly [key: string]: string };

/** Whether a path is another, or lies beneath it. */
export function isWithin(path: string, parent: string): boolean {
  const [inner, outer] = [path, parent].map((each) => each.replace(/\/+$/, ''));
  return inner === outer || inner.startsWith(`${outer}/`);
}
