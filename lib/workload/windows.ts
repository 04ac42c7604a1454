import { NodeOs } from '../platform';
import type { HardenSettings } from './harden-settings';
import type { Container, PodSpec, SecurityContext } from './pod-template';

/** The API server refuses these on a Windows pod, whatever their value. */
const LINUX_ONLY_OF_POD = ['runAsUser', 'runAsGroup', 'fsGroup', 'fsGroupChangePolicy', 'supplementalGroups', 'sysctls', 'seccompProfile', 'seLinuxOptions', 'appArmorProfile'];
const LINUX_ONLY_OF_CONTAINER = ['privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'capabilities', 'procMount', ...LINUX_ONLY_OF_POD];

/** What a Windows pod's security context gets where it says nothing. */
export const WINDOWS_SECURITY: SecurityContext = { runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } };

/** Whether a pod is for Windows nodes: it says so itself, or the platform has no others. */
export function isWindows(spec: PodSpec, settings: Pick<HardenSettings, 'nodes'>): boolean {
  return (spec.os?.name ?? settings.nodes.os ?? NodeOs.LINUX) === NodeOs.WINDOWS;
}

/**
 * A pod without the Linux-only fields that cdk8s-plus writes on every pod unasked. What a user asked for is refused before.
 * @see https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext
 */
export function withoutLinuxFields(spec: PodSpec): PodSpec {
  const bare = (container: Container) => ({ ...container, securityContext: without(container.securityContext, LINUX_ONLY_OF_CONTAINER) });
  return {
    ...spec,
    securityContext: without(spec.securityContext, LINUX_ONLY_OF_POD),
    ...spec.containers && { containers: spec.containers.map(bare) },
    ...spec.initContainers && { initContainers: spec.initContainers.map(bare) },
  };
}

function without(context: SecurityContext | undefined, fields: readonly string[]): SecurityContext {
  return Object.fromEntries(Object.entries(context ?? {}).filter(([field]) => !fields.includes(field)));
}
