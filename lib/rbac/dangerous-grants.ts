import type { Fault } from '../errors';
import { Danger, DangerName, DANGERS, qualified, ResourceName, VERBS } from '../resources';

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

/** Why a verb is refused on any resource; none for the verbs that resources have. */
export function dangerousVerb(verb: string): Fault | undefined {
  if ((VERBS as readonly string[]).includes(verb)) return undefined;
  const danger = DANGERS.find(({ verbs }) => verbs.includes(verb));
  return danger && { problem: `grants ${verb}, which ${danger.why}`, remedy: ADMINISTRATORS };
}

/**
 * What a role of one namespace must not hold: whatever gives rights beyond that namespace, or above the role's own. On any object, or
 * on named ones. Writing workloads, config maps, Services and Ingresses is what such roles are for.
 */
export function dangersOf(resource: ResourceName, verbs: readonly string[], place: { readonly named: boolean; readonly namespace?: string }): Fault[] {
  const about = DANGERS.filter((danger) => danger.group === resource.group && danger.resources.includes(resource.resource)
    && !(danger.unlessNamed && place.named) && !isOrdinary(danger, place.namespace));
  const faults = about.flatMap((danger) => {
    const meant = verbs.filter((verb) => danger.verbs.includes(verb) || danger.besides?.includes(verb));
    return meant.length === 0 ? [] : [{ problem: `grants ${meant.join(', ')} on ${qualified(resource)}, which ${danger.why}`, remedy: INSTEAD[danger.name] ?? ADMINISTRATORS }];
  });
  if (faults.length > 0 || !verbs.includes('deletecollection')) return faults;
  return [{ problem: `grants deletecollection on ${qualified(resource)}, which deletes every object at once`, remedy: 'grant delete' }];
}

function isOrdinary({ ordinary }: Danger, namespace: string | undefined): boolean {
  return ordinary === 'everywhere' || (ordinary === 'outside kube-system' && namespace !== 'kube-system');
}
