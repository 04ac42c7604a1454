import { withApiToken } from './api-token';
import type { HardenSettings } from './harden-settings';
import { versionLabel } from './labels';
import type { Container, PodSpec, PodTemplate } from './pod-template';
import { withProbes } from './probes';
import { completedResources } from './resources';
import { appArmorAnnotations, podSecurityDefaults, withContainerSecurity } from './security-context';
import { spreadDefaults } from './spread';
import { canHaveUserNamespace } from './user-namespace';
import { isWindows, WINDOWS_SECURITY } from './windows';
import { withWritablePaths } from './writable';

/**
 * Hardens a pod template: adds what is absent and never changes what is written, so that anything weak that was asked for is
 * still there to be judged. Pure and total; hardening twice is hardening once.
 */
export function hardenPod(template: PodTemplate, settings: HardenSettings): PodTemplate {
  const spec = hardenedSpec(template.spec ?? {}, settings);
  const { metadata } = template;
  const annotations = { ...isWindows(spec, settings) ? {} : appArmorAnnotations(spec, settings), ...metadata?.annotations };
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: { ...settings.labels, ...versionLabel(spec), ...metadata?.labels },
      ...Object.keys(annotations).length > 0 && { annotations },
    },
    spec,
  };
}

function hardenedSpec(written: PodSpec, settings: HardenSettings): PodSpec {
  const windows = isWindows(written, settings);
  const mounted = withApiToken(windows ? written : withWritablePaths(written, settings), settings);
  const complete = {
    automountServiceAccountToken: false,
    enableServiceLinks: settings.serviceLinks,
    ...settings.priorityClassName && { priorityClassName: settings.priorityClassName },
    ...windows && { os: { name: 'windows' } },
    ...mounted,
    // The scheduler does not look at `os`, and a kubelet on Linux refuses the pod.
    ...windows && { nodeSelector: { 'kubernetes.io/os': 'windows', ...mounted.nodeSelector } },
    ...spreadDefaults(mounted, settings),
    securityContext: { ...windows ? WINDOWS_SECURITY : podSecurityDefaults(mounted, settings), ...mounted.securityContext },
    ...mounted.containers && { containers: mounted.containers.map((container) => hardenedContainer(container, windows, settings, settings.serves)) },
    ...mounted.initContainers && { initContainers: mounted.initContainers.map((container) => hardenedContainer(container, windows, settings, false)) },
  };
  return { ...!windows && canHaveUserNamespace(complete, settings) && { hostUsers: false }, ...complete };
}

function hardenedContainer(container: Container, windows: boolean, settings: HardenSettings, serves: boolean): Container {
  const secured = windows ? container : withContainerSecurity(container);
  return {
    imagePullPolicy: 'Always',
    ...serves ? withProbes(secured) : secured,
    resources: completedResources(container.resources, settings),
  };
}
