import type { HardenSettings } from './harden-settings';
import { isWithin, PodSpec } from './pod-template';
import { withSharedVolume } from './shared-volume';

/**
 * Makes paths of a read-only root writable: an emptyDir for each, with a size limit, that all containers of the pod share. A
 * container that mounts something at the path, or above it, keeps what it has.
 */
export function withWritablePaths(spec: PodSpec, { writable, writableSizeLimit }: Pick<HardenSettings, 'writable' | 'writableSizeLimit'>): PodSpec {
  return writable.reduce((result, path) => withSharedVolume(result, {
    name: volumeName(path),
    source: { emptyDir: { sizeLimit: writableSizeLimit } },
    mount: { mountPath: path },
    needs: (container) => !container.volumeMounts?.some((mount) => isWithin(path, mount.mountPath ?? '')),
    place: 'first', // where an image links /var/run to /run, it would cover what the container mounts at /run/x
  }), spec);
}

/** A volume's name from its path: `var-cache-nginx`. */
function volumeName(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60).replace(/-$/, '') || 'writable';
}
