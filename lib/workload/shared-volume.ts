import type { Container, PodSpec, VolumeMount } from './pod-template';

/** A volume that hardening adds to a pod, and how containers mount it. */
export interface SharedVolume {
  /** Its name, unless something else has it. */
  readonly name: string;
  readonly source: { readonly [kind: string]: object };
  readonly mount: VolumeMount;
  /** Which containers mount it. */
  readonly needs: (container: Container) => boolean;
  /** Where the mount stands among the container's own: runtimes that do not sort them mount the later over the earlier. */
  readonly place: 'first' | 'last';
}

/** A pod whose containers mount a volume, those that need it; unchanged when none does. */
export function withSharedVolume(spec: PodSpec, { name, source, mount, needs, place }: SharedVolume): PodSpec {
  if (![...spec.containers ?? [], ...spec.initContainers ?? []].some(needs)) return spec;
  const volume = { name: unusedName(name, spec), ...source };
  const mounted = (container: Container) => {
    if (!needs(container)) return container;
    const [own, others] = [[{ name: volume.name, ...mount }], container.volumeMounts ?? []];
    return { ...container, volumeMounts: place === 'first' ? [...own, ...others] : [...others, ...own] };
  };
  return {
    ...spec,
    ...spec.containers && { containers: spec.containers.map(mounted) },
    ...spec.initContainers && { initContainers: spec.initContainers.map(mounted) },
    volumes: [...spec.volumes ?? [], volume],
  };
}

/** The name, numbered when something is called so, be it a claim template that only mounts tell of. */
function unusedName(name: string, spec: PodSpec): string {
  const mounts = [...spec.containers ?? [], ...spec.initContainers ?? []].flatMap((container) => container.volumeMounts ?? []);
  const taken = new Set([...spec.volumes ?? [], ...mounts].map((each) => each.name));
  for (let number = 2, candidate = name; ; number++) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name}-${number}`;
  }
}
