import type { RoleFault } from './role-fault';
import { Danger, DangerName, DANGERS, isAdministration, qualified, ResourceName, VERBS } from '../resources';

const ADMINISTRATORS = 'leave it to the administrators of the cluster';

/** What to write instead, where it is not the administrators' business. */
const INSTEAD: { readonly [danger in DangerName]?: string } = {
  'read-secrets': 'name those it needs: Rule.read("secrets").named("…")',
  'write-secrets': 'only Rule.read("secrets").named("…") is allowed',
  'create-tokens': 'give a workload an account of its own instead',
  'run-commands': 'give Rule.read("pods/log"), and debug in a namespace of its own',
  'add-containers': 'debug in a namespace of its own',
  'pass-network-policies': 'allow the flow with network.allow',
  'write-status': 'leave it to the controllers of Kubernetes',
  'redirect-traffic': 'write Services, and let their selectors find the pods',
  'write-network-policies': 'allow flows in code, with network.allow',
  'delete-events': 'let events expire',
  'write-rights': 'write another ScopedRole',
  'create-volumes': 'write persistentvolumeclaims',
  'use-node-proxy': 'read metrics as "pods.metrics.k8s.io"',
};

/** The controls that see these at synth. */
const CONTROLS: { readonly [danger in DangerName]?: string } = {
  'read-secrets': 'rbac/no-secret-reads', 'write-secrets': 'rbac/no-secret-writes', 'create-tokens': 'rbac/no-token-creation', 'run-commands': 'rbac/no-command-execution', 'add-containers': 'rbac/no-container-injection',
  'pass-network-policies': 'rbac/no-network-policy-bypass', 'write-status': 'rbac/no-status-writes', 'write-node-status': 'rbac/no-status-writes', 'redirect-traffic': 'rbac/no-traffic-redirection',
  'write-network-policies': 'rbac/no-traffic-redirection', 'delete-events': 'rbac/no-event-deletion', 'write-rights': 'rbac/no-rights-writes', 'exceed-rights': 'rbac/no-escalation', 'impersonate': 'rbac/no-impersonation',
  'approve-certificates': 'rbac/no-certificate-approval', 'use-node-proxy': 'rbac/no-node-proxy', 'create-volumes': 'rbac/no-volume-creation', 'change-namespaces': 'rbac/no-namespace-changes',
  'write-webhooks': 'rbac/no-webhook-writes', 'write-admission-policies': 'rbac/no-admission-policy-writes', 'write-system-config': 'rbac/no-system-config-writes', 'write-workloads': 'rbac/no-system-workload-writes',
};
/** Those that see it of a ClusterRole. */
const CLUSTER_CONTROLS: { readonly [danger in DangerName]?: string } = { 'write-system-config': 'rbac/no-cluster-wide-config-writes', 'write-workloads': 'rbac/no-cluster-wide-workload-writes' };
const ADMINISTRATION = 'rbac/no-administration';

/** Where a role grants: in a namespace, where it is known; or, in a ClusterRole, in any. */
export interface RolePlace {
  readonly namespace?: string;
  readonly cluster?: boolean;
}

/** Why a verb is refused on any resource; none for the verbs that resources have. */
export function dangerousVerb(verb: string): RoleFault | undefined {
  if ((VERBS as readonly string[]).includes(verb)) return undefined;
  const danger = DANGERS.find(({ verbs }) => verbs.includes(verb));
  return danger && { problem: `grants ${verb}, which ${danger.why}`, remedy: ADMINISTRATORS, controls: [controlOf(danger, [verb], {})] };
}

/**
 * What a role must not hold: whatever gives rights beyond its namespace, or above the role's own. On any object, or on named ones.
 * Writing workloads, config maps, Services and Ingresses is what roles of one namespace are for.
 */
export function dangersOf(resource: ResourceName, verbs: readonly string[], named: boolean, place: RolePlace): RoleFault[] {
  const about = DANGERS.filter((danger) =>
    danger.group === resource.group && danger.resources.includes(resource.resource) && !(danger.unlessNamed && named) && !isOrdinary(danger, place));
  const faults = about.flatMap((danger) => {
    // What only escalates is refused by its verb.
    const meant = verbs.filter((verb) => (VERBS as readonly string[]).includes(verb) && (danger.verbs.includes(verb) || danger.besides?.includes(verb)));
    if (meant.length === 0) return [];
    const remedy = danger.ordinary && place.cluster ? 'grant it in its namespace, with a ScopedRole' : INSTEAD[danger.name] ?? ADMINISTRATORS;
    return [{ problem: `grants ${meant.join(', ')} on ${qualified(resource)}, which ${danger.why}`, remedy, controls: [controlOf(danger, meant, place)] }];
  });
  if (faults.length > 0 || !verbs.includes('deletecollection')) return faults;
  return [{ problem: `grants deletecollection on ${qualified(resource)}, which deletes every object at once`, remedy: 'grant delete', controls: ['rbac/no-broad-deletion'] }];
}

function isOrdinary({ ordinary }: Danger, { namespace, cluster }: RolePlace): boolean {
  return ordinary === 'everywhere' || (ordinary === 'outside kube-system' && !cluster && namespace !== 'kube-system');
}

function controlOf(danger: Danger, verbs: readonly string[], { cluster }: RolePlace): string {
  const besides = isAdministration(danger.name) || !verbs.some((verb) => danger.verbs.includes(verb));
  return (besides ? undefined : cluster && CLUSTER_CONTROLS[danger.name] || CONTROLS[danger.name]) ?? ADMINISTRATION;
}
