import { ACCESS } from './access';
import { ACCOUNT } from './account';
import { ADMISSION } from './admission';
import { API } from './api';
import { APISERVER_ACCESS } from './apiserver-access';
import { APISERVER_PLUGIN } from './apiserver-plugin';
import { AUDIT, AUDIT_STAGE } from './audit';
import { Control, CelSince, Level, LEVELS, ObjectControl, PodControl } from './control';
import { CONTROLLERMANAGER } from './controllermanager';
import { ENCRYPTION } from './encryption';
import { ETCD } from './etcd';
import { GATEWAY } from './gateway';
import { IMAGE_CONTROLS } from './image';
import { IMAGE_KNOWN } from './image-known';
import { INGRESSES } from './ingress';
import { INGRESS_SERVICES } from './ingress-services';
import { KUBELET, KUBELET_FLAGS } from './kubelet';
import { NAMESPACE } from './namespace';
import { NAMESPACE_CONTENTS } from './namespace-contents';
import { NETWORK } from './network';
import { OBJECT } from './object';
import { OBJECT_LABELS } from './object-labels';
import { OBJECT_NAMESPACE } from './object-namespace';
import { OBJECT_VERSIONS } from './object-versions';
import { POD_ACCOUNTS } from './pod-accounts';
import { POD_BASELINE } from './pod-baseline';
import { POD_HABITS } from './pod-habits';
import { POD_HOST } from './pod-host';
import { POD_PROBES } from './pod-probes';
import { POD_RESOURCES } from './pod-resources';
import { POD_RESTRICTED } from './pod-restricted';
import { POD_SECRETS } from './pod-secrets';
import { POD_USERS } from './pod-users';
import { PROXY, PROXY_FLAGS } from './proxy';
import { RBAC } from './rbac';
import { REACHABILITY } from './reachability';
import { REACHABILITY_POLICY } from './reachability-policy';
import { SCHEDULER } from './scheduler';
import { SECRET } from './secret';
import { SERVICE } from './service';
import { SERVICE_ENDPOINTS } from './service-endpoints';
import { SERVICE_EXPOSURE } from './service-exposure';
import { SERVICE_PODS } from './service-pods';
import { STORAGE } from './storage';
import { WORKLOAD_AVAILABILITY } from './workload-availability';
import { WORKLOAD_JOBS } from './workload-jobs';
import { WORKLOAD_LABELS } from './workload-labels';
import { WORKLOAD_REFERENCES } from './workload-references';
import { WORKLOAD_SCALING } from './workload-scaling';
import { WORKLOAD_SPREAD } from './workload-spread';
import { WORKLOAD_UPDATES } from './workload-updates';

/** Every control there is. */
export const CATALOG: readonly Control[] = [
  ...POD_BASELINE, ...POD_RESTRICTED,
  ...POD_RESOURCES, ...POD_PROBES, ...IMAGE_CONTROLS, ...IMAGE_KNOWN, ...POD_USERS, ...POD_ACCOUNTS, ...POD_HOST, ...POD_HABITS, ...POD_SECRETS,
  ...WORKLOAD_UPDATES, ...WORKLOAD_SPREAD, ...WORKLOAD_JOBS, ...WORKLOAD_LABELS, ...WORKLOAD_SCALING, ...WORKLOAD_AVAILABILITY, ...WORKLOAD_REFERENCES,
  ...SECRET,
  ...RBAC, ...ACCESS,
  ...NETWORK, ...REACHABILITY, ...REACHABILITY_POLICY,
  ...APISERVER_ACCESS, ...APISERVER_PLUGIN, ...CONTROLLERMANAGER, ...SCHEDULER, ...ETCD,
  ...KUBELET, ...KUBELET_FLAGS, ...PROXY, ...PROXY_FLAGS,
  ...AUDIT, ...AUDIT_STAGE, ...ENCRYPTION,
  ...OBJECT, ...OBJECT_VERSIONS, ...OBJECT_LABELS,
  ...OBJECT_NAMESPACE,
  ...SERVICE, ...SERVICE_ENDPOINTS, ...SERVICE_PODS, ...SERVICE_EXPOSURE,
  ...INGRESSES, ...INGRESS_SERVICES, ...GATEWAY,
  ...NAMESPACE, ...NAMESPACE_CONTENTS, ...ACCOUNT,
  ...ADMISSION, ...API, ...STORAGE,
];

/** The controls that a profile asks for in a release; of a rule and its stricter form only the stricter one. */
export function controlsAt(level: Level, kubernetesVersion: string, catalog: readonly Control[] = CATALOG): Control[] {
  const asked = catalog.filter((control) =>
    LEVELS.indexOf(control.level) <= LEVELS.indexOf(level) && (control.on === 'inventory' || expressionAt(control, kubernetesVersion) !== undefined));
  const replaced = new Set(asked.filter(isPodControl).map(({ replaces }) => replaces));
  return asked.filter(({ id }) => !replaced.has(id));
}

/** A control's expression in a release; undefined in one that does not have the rule yet. */
export function expressionAt(control: PodControl | ObjectControl, kubernetesVersion: string): string | undefined {
  const minor = minorOf(kubernetesVersion);
  return stepsOf(control).filter(({ since }) => minorOf(since) <= minor).at(-1)?.cel;
}

/** A control's expressions, oldest first. */
export function stepsOf(control: PodControl | ObjectControl): readonly CelSince[] {
  return typeof control.cel === 'string' ? [{ since: control.since ?? '1.0', cel: control.cel }] : control.cel;
}

export function isPodControl(control: Control): control is PodControl {
  return control.on === 'pod';
}

export function isObjectControl(control: Control): control is ObjectControl {
  return control.on !== 'pod' && control.on !== 'inventory';
}

/** The fields that decide a control, as a list. */
export function fieldsOf({ at }: { readonly at: string | readonly string[] }): readonly string[] {
  return typeof at === 'string' ? [at] : at;
}

/** The minor number of a version such as `1.31`; of anything else the newest, as the API server has it. */
function minorOf(version: string): number {
  return Number(/^1\.(\d+)$/.exec(version)?.[1] ?? Infinity);
}
