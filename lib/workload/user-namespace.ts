import { atLeast } from '../platform/kubernetes-version';
import type { HardenSettings } from './harden-settings';
import type { Container, PodSpec, Volume } from './pod-template';

/** The highest id that a pod's user namespace maps. */
export const HIGHEST_MAPPED_ID = 65_535;

/** Volumes whose file system is the node's own or the kubelet's, and so can be mounted with mapped ids. */
const MAPPABLE = ['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI'];

/** Whether the platform gives pods a user namespace of their own. */
export function hasUserNamespaces(settings: Pick<HardenSettings, 'nodes' | 'kubernetesVersion'>): boolean {
  return settings.nodes.userNamespaces === true && atLeast(settings.kubernetesVersion, '1.33');
}

/**
 * Whether this pod starts in a user namespace of its own: no namespace of the host, no id that is not mapped, and no volume of a
 * kind that some file system cannot map (NFS, say). A claim template counts as one: its volume is not among the pod's.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
 */
export function canHaveUserNamespace(spec: PodSpec, settings: HardenSettings): boolean {
  const containers = [...spec.containers ?? [], ...spec.initContainers ?? []];
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  return hasUserNamespaces(settings)
    && !spec.hostNetwork && !spec.hostPID && !spec.hostIPC
    && [spec, ...containers].flatMap(ids).every((id) => id <= HIGHEST_MAPPED_ID)
    && [...volumes.values()].every(isMappable)
    && containers.flatMap((container) => container.volumeMounts ?? []).every((mount) => volumes.has(mount.name));
}

function ids({ securityContext }: PodSpec | Container): number[] {
  const { runAsUser, runAsGroup, fsGroup, supplementalGroups = [] } = securityContext ?? {};
  return [runAsUser, runAsGroup, fsGroup, ...supplementalGroups].filter((id): id is number => typeof id === 'number');
}

function isMappable(volume: Volume): boolean {
  return Object.keys(volume).every((key) => key === 'name' || MAPPABLE.includes(key));
}
