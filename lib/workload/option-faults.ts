import * as kplus from 'cdk8s-plus-28';
import { ContainerView, containersFaults, FaultContext, linuxOnlyFaults, userFaults } from './container-faults';
import { portsOf } from './kplus-container';
import type { ApiAccessOptions, PodHardeningOptions } from './pod-hardening-options';
import { isWindows } from './windows';
import { Fault, shown } from '../errors';
import { dnsSubdomainFaults, holdsTerraformToken } from '../names';

/** Everything wrong with a workload's props, as far as they can tell. */
export function optionFaults(props: kplus.WorkloadProps & PodHardeningOptions, context: FaultContext): Fault[] {
  return [
    ...containersFaults(containerViews(props), context),
    ...userFaults({ runAsUser: props.runAsUser, ...props.securityContext }, context),
    ...(props.writable ?? []).flatMap((path) => absolutePathFaults('writable path', path)),
    ...props.writableSizeLimit?.toKibibytes() === 0 ? [{ problem: 'writableSizeLimit is 0', remedy: 'give a size, such as Size.mebibytes(256)' }] : [],
    ...props.priorityClassName === undefined ? [] : dnsSubdomainFaults('priorityClassName', props.priorityClassName),
    ...props.seccompLocalhostProfile === undefined ? [] : profileFaults(props.seccompLocalhostProfile),
    ...props.apiAccess ? apiAccessFaults(props.apiAccess) : [],
    ...tokenFaults(props),
    ...replicasFaults((props as { replicas?: unknown }).replicas),
    ...isWindows({}, context) ? [
      ...linuxOnlyFaults(props, ['runAsUser', 'writable', 'seccompLocalhostProfile']),
      ...linuxOnlyFaults(props.securityContext ?? {}, ['user', 'group', 'fsGroup', 'fsGroupChangePolicy', 'sysctls']),
    ] : [],
  ];
}

function containerViews(props: kplus.WorkloadProps): ContainerView[] {
  const view = (container: kplus.ContainerProps, name: string) => ({ ...container, name: container.name ?? name, ports: portsOf(container) });
  return [
    ...(props.containers ?? []).map((container) => view(container, 'main')),
    ...(props.initContainers ?? []).map((container, i) => view(container, `init-${i}`)),
  ];
}

/** Checks a path that a volume is mounted at. */
export function absolutePathFaults(what: string, path: string): Fault[] {
  if (/^(\/(?!\.\.?(\/|$))[^/:]+)+$/.test(path) && !holdsTerraformToken(path)) return [];
  return [{ problem: `${what} ${shown(path)} is not valid`, remedy: 'give an absolute path below the root, without ":", ".." and a "/" at its end' }];
}

function profileFaults(profile: string): Fault[] {
  if (profile && !profile.startsWith('/') && !profile.split('/').includes('..')) return [];
  return [{ problem: `seccompLocalhostProfile ${shown(profile)} is not valid`, remedy: 'give the file\'s path relative to the kubelet\'s seccomp folder, such as "profiles/web.json"' }];
}

/** A token that is mounted by default has no audience of its own, and every container gets it. */
function tokenFaults({ automountServiceAccountToken, apiAccess }: kplus.WorkloadProps & PodHardeningOptions): Fault[] {
  if (!automountServiceAccountToken) return [];
  const remedy = apiAccess ? 'leave it out; `apiAccess` mounts one' : 'give `apiAccess: {}` instead, whose audience and expiry one can choose';
  return [{ problem: '`automountServiceAccountToken: true` mounts a token that nobody asked for by name', remedy }];
}

function replicasFaults(replicas: unknown): Fault[] {
  if (replicas === undefined || (Number.isInteger(replicas) && (replicas as number) >= 0)) return [];
  return [{ problem: `replicas ${shown(replicas)} is not valid`, remedy: 'give a whole number from 0' }];
}

function apiAccessFaults({ audience, expiry }: ApiAccessOptions): Fault[] {
  const faults: Fault[] = [];
  if (expiry && expiry.toSeconds() < 600) {
    faults.push({ problem: `apiAccess.expiry of ${expiry.toSeconds()} s is too short`, remedy: 'the API server grants no token for less than 10 minutes' });
  }
  if (audience === '') faults.push({ problem: 'apiAccess.audience is empty', remedy: 'name who the token is for, or leave it out for the API server' });
  return faults;
}
