import * as kplus from 'cdk8s-plus-28';
import type { HardenSettings } from './harden-settings';
import { imageFaults } from './image';
import { HIGHEST_MAPPED_ID, hasUserNamespaces } from './user-namespace';
import { isWindows } from './windows';
import { Fault, shown } from '../errors';
import { dnsLabelFaults } from '../names';

/** What props and built containers have in common. */
export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly kplus.ContainerPort[];
  readonly securityContext?: kplus.ContainerSecurityContextProps;
}

export type FaultContext = Pick<HardenSettings, 'nodes' | 'kubernetesVersion'> & { readonly registries: readonly string[] };

/** What is wrong with a pod's containers: what the API server refuses, what does not start, and what contradicts itself. */
export function containersFaults(containers: readonly ContainerView[], context: FaultContext): Fault[] {
  const names = containers.map((container) => container.name);
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
  return [
    ...twice.map((name) => ({ problem: `several containers are called ${shown(name)}`, remedy: 'give each a `name` of its own' })),
    ...containers.flatMap((container) => containerFaults(container, context)),
  ];
}

function containerFaults(container: ContainerView, context: FaultContext): Fault[] {
  const security = container.securityContext ?? {};
  return [
    ...dnsLabelFaults('container', container.name),
    ...imageFaults(container.image, context.registries),
    ...container.ports.flatMap((port) => portFaults(port, security)),
    ...userFaults(security, context),
    ...contradictions(security),
    ...isWindows({}, context) ? linuxOnlyFaults(security, ['user', 'group', 'privileged', 'capabilities', 'seccompProfile']) : [],
  ].map(({ problem, remedy }) => ({ problem: `container ${shown(container.name)}: ${problem}`, remedy }));
}

function portFaults(port: kplus.ContainerPort, security: kplus.ContainerSecurityContextProps): Fault[] {
  const faults: Fault[] = [];
  if (!Number.isInteger(port.number) || port.number < 1 || port.number > 65_535) {
    faults.push({ problem: `port ${shown(port.number)} is no port`, remedy: 'give a whole number from 1 to 65535' });
  } else if (port.number < 1024 && !security.capabilities?.add?.includes(kplus.Capability.NET_BIND_SERVICE)) {
    faults.push({
      problem: `port ${port.number} is below 1024, which not every runtime lets a process without capabilities listen on`,
      remedy: 'listen on a higher one and let the Service map it (`port: 80, targetPort: 8080`), or add the capability NET_BIND_SERVICE',
    });
  }
  if (port.hostPort) {
    faults.push({ problem: `hostPort ${port.hostPort} opens the node, past every NetworkPolicy`, remedy: 'expose the workload with a Service' });
  }
  return faults;
}

export interface Ids {
  readonly runAsUser?: number;
  readonly user?: number;
  readonly group?: number;
  readonly fsGroup?: number;
  readonly ensureNonRoot?: boolean;
}

/** Faults of the ids of a pod or a container. */
export function userFaults(ids: Ids, context: FaultContext): Fault[] {
  return (['runAsUser', 'user', 'group', 'fsGroup'] as const).flatMap((prop) => {
    const id = ids[prop];
    if (id === undefined) return [];
    if (!Number.isInteger(id) || id < 0 || id > 2 ** 31 - 1) {
      return [{ problem: `${prop} ${shown(id)} is no id`, remedy: 'give a whole number above 0' }];
    }
    if (id === 0 && ids.ensureNonRoot !== false) {
      return [{ problem: `${prop} 0 is root, and the pod must not run as root`, remedy: 'give the id that the image\'s files belong to, such as 10001' }];
    }
    if (id > HIGHEST_MAPPED_ID && hasUserNamespaces(context)) {
      return [{ problem: `${prop} ${id} is not mapped in the user namespaces that the Platform's nodes give pods`, remedy: `give an id up to ${HIGHEST_MAPPED_ID}` }];
    }
    return [];
  });
}

/** Pairs that the API server refuses. cdk8s-plus writes `allowPrivilegeEscalation: false` for who does not say. */
function contradictions(security: kplus.ContainerSecurityContextProps): Fault[] {
  if (security.allowPrivilegeEscalation) return [];
  const escalates = security.privileged ? '`privileged: true`'
    : security.capabilities?.add?.includes(kplus.Capability.SYS_ADMIN) ? 'the capability SYS_ADMIN' : undefined;
  return escalates
    ? [{ problem: `${escalates} contradicts \`allowPrivilegeEscalation: false\``, remedy: 'leave it out, or say `allowPrivilegeEscalation: true` as well and exempt both' }]
    : [];
}

/** What cannot be said of a Windows pod or container. */
export function linuxOnlyFaults(props: object, names: readonly string[]): Fault[] {
  return names
    .filter((name) => ![undefined, false].includes((props as { [prop: string]: never })[name]))
    .map((name) => ({ problem: `${name} is for Linux only, and the Platform's nodes run Windows`, remedy: 'leave it out' }));
}
