import { atLeast } from '../platform/kubernetes-version';
import type { HardenSettings } from './harden-settings';
import type { Container, PodSpec, SecurityContext } from './pod-template';

/** What a Linux pod's security context gets where it says nothing. */
export function podSecurityDefaults(spec: PodSpec, settings: HardenSettings): SecurityContext {
  const written = spec.securityContext;
  // Files belong to the image's user, and to its group: who names only the user means both.
  const id = written?.runAsUser || settings.runAsUser;
  return {
    runAsNonRoot: true,
    runAsUser: id, // numeric, or the kubelet cannot tell an image's named user from root
    runAsGroup: id,
    fsGroup: id,
    fsGroupChangePolicy: 'OnRootMismatch', // Always walks a large volume at each start
    seccompProfile: settings.seccompLocalhostProfile ? { type: 'Localhost', localhostProfile: settings.seccompLocalhostProfile } : { type: 'RuntimeDefault' },
    ...settings.nodes.appArmor && hasAppArmorField(settings) && { appArmorProfile: { type: 'RuntimeDefault' } },
    // Runtimes give privileged containers a type of their own, which this one would take from them.
    ...settings.nodes.seLinuxType !== false && !spec.containers?.some(isPrivileged) && { seLinuxOptions: { type: 'container_t' } },
  };
}

/** What a Linux container's security context gets where it says nothing; the rest holds for the whole pod. */
export function withContainerSecurity(container: Container): Container {
  const written = container.securityContext;
  return {
    ...container,
    securityContext: {
      // The API server refuses `false` beside either of these.
      ...!isPrivileged(container) && !written?.capabilities?.add?.includes('SYS_ADMIN') && { allowPrivilegeEscalation: false },
      readOnlyRootFilesystem: true,
      ...written,
      capabilities: { drop: ['ALL'], ...written?.capabilities },
    },
  };
}

/** Before 1.30 AppArmor profiles are annotations of the template, one for each container. */
export function appArmorAnnotations(spec: PodSpec, settings: HardenSettings): { [key: string]: string } {
  if (!settings.nodes.appArmor || hasAppArmorField(settings)) return {};
  const names = [...spec.initContainers ?? [], ...spec.containers ?? []].flatMap((container) => container.name ?? []);
  return Object.fromEntries(names.map((name) => [`container.apparmor.security.beta.kubernetes.io/${name}`, 'runtime/default']));
}

function hasAppArmorField(settings: HardenSettings): boolean {
  return atLeast(settings.kubernetesVersion, '1.30');
}

function isPrivileged(container: Container): boolean {
  return container.securityContext?.privileged === true;
}
