import type { Fault } from '../errors';
import { qualified, ResourceName } from '../resources';

/** Verbs on resources that give more than they seem to. */
interface Danger {
  readonly group: string;
  readonly resources: readonly string[];
  /** Every verb unless said. */
  readonly verbs?: readonly string[];
  /** It is dangerous only in this namespace. */
  readonly inNamespace?: string;
  /** It is harmless on objects that are named. */
  readonly unlessNamed?: true;
  readonly why: string;
  readonly instead: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const CHANGE = ['update', 'patch'];
const ADMINISTRATORS = 'leave it to the administrators of the cluster';

/**
 * What a role of one namespace must not hold: whatever gives rights beyond that namespace, or above the role's own. Writing
 * workloads, config maps, Services and Ingresses is what such roles are for.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
const DANGERS: readonly Danger[] = [
  { group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'], unlessNamed: true, why: 'shows the contents of every secret of the namespace', instead: 'name those it needs: Rule.read("secrets").named("…")' },
  { group: '', resources: ['secrets'], verbs: WRITE, why: 'mints tokens of any account of the namespace, or takes secrets from those who need them', instead: 'only Rule.read("secrets").named("…") is allowed' },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], why: 'mints tokens of any account of the namespace', instead: 'give a workload an account of its own instead' },
  { group: '', resources: ['pods/exec', 'pods/attach'], why: 'runs commands in any container of the namespace, with its account and secrets', instead: 'give Rule.read("pods/log"), and debug in a namespace of its own' },
  { group: '', resources: ['pods/ephemeralcontainers'], verbs: CHANGE, why: 'adds a container to any pod of the namespace, with its account and secrets', instead: 'debug in a namespace of its own' },
  { group: '', resources: ['pods/portforward', 'pods/proxy', 'services/proxy'], why: 'reaches ports past every NetworkPolicy', instead: 'allow the flow with network.allow' },
  { group: '', resources: ['pods/binding', 'bindings'], verbs: ['create'], why: 'puts pods onto nodes past the scheduler', instead: ADMINISTRATORS },
  { group: '', resources: ['pods/status', 'services/status'], verbs: CHANGE, why: 'draws traffic of others to itself', instead: 'leave it to the controllers of Kubernetes' },
  { group: '', resources: ['endpoints'], verbs: WRITE, why: 'redirects traffic, into other namespaces too', instead: 'write Services, and let their selectors find the pods' },
  { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: WRITE, why: 'redirects traffic, into other namespaces too', instead: 'write Services, and let their selectors find the pods' },
  { group: 'networking.k8s.io', resources: ['networkpolicies'], verbs: WRITE, why: 'opens what default deny closes', instead: 'allow flows in code, with network.allow' },
  { group: 'cilium.io', resources: ['ciliumnetworkpolicies'], verbs: WRITE, why: 'opens what default deny closes', instead: 'allow flows in code, with network.allow' },
  { group: 'projectcalico.org', resources: ['networkpolicies'], verbs: WRITE, why: 'opens what default deny closes', instead: 'allow flows in code, with network.allow' },
  { group: 'crd.projectcalico.org', resources: ['networkpolicies'], verbs: WRITE, why: 'opens what default deny closes', instead: 'allow flows in code, with network.allow' },
  { group: '', resources: ['resourcequotas', 'resourcequotas/status', 'limitranges'], verbs: WRITE, why: 'lifts the limits of the namespace it is held to', instead: ADMINISTRATORS },
  { group: '', resources: ['events'], verbs: ['delete', 'deletecollection'], why: 'covers tracks', instead: 'let events expire' },
  { group: 'events.k8s.io', resources: ['events'], verbs: ['delete', 'deletecollection'], why: 'covers tracks', instead: 'let events expire' },
  { group: RBAC, resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'], verbs: WRITE, why: 'changes who has which rights', instead: 'write another ScopedRole' },
  { group: '', resources: ['configmaps'], verbs: WRITE, inNamespace: 'kube-system', why: 'changes who is an administrator (aws-auth) and what names resolve to (coredns)', instead: ADMINISTRATORS },
  { group: '', resources: ['pods', 'replicationcontrollers', 'podtemplates'], verbs: WRITE, inNamespace: 'kube-system', why: 'runs as any account of kube-system, and so as an administrator', instead: ADMINISTRATORS },
  { group: 'apps', resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets', 'controllerrevisions'], verbs: WRITE, inNamespace: 'kube-system', why: 'runs as any account of kube-system, and so as an administrator', instead: ADMINISTRATORS },
  { group: 'batch', resources: ['cronjobs', 'jobs'], verbs: WRITE, inNamespace: 'kube-system', why: 'runs as any account of kube-system, and so as an administrator', instead: ADMINISTRATORS },
  // Of the cluster: a Role grants nothing on these, but whoever writes them should hear the reason.
  { group: '', resources: ['nodes/proxy'], why: 'runs commands in every pod of a node, unseen by audit and admission', instead: 'read metrics as "pods.metrics.k8s.io"' },
  { group: '', resources: ['nodes', 'nodes/status'], verbs: WRITE, why: 'steers the pods of others', instead: ADMINISTRATORS },
  { group: '', resources: ['persistentvolumes'], verbs: WRITE, why: 'mounts any path of a node', instead: 'write persistentvolumeclaims' },
  { group: '', resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'], verbs: WRITE, why: 'changes the labels that Pod Security and network policies go by', instead: ADMINISTRATORS },
  { group: 'certificates.k8s.io', resources: ['certificatesigningrequests', 'certificatesigningrequests/approval', 'certificatesigningrequests/status'], verbs: WRITE, why: 'forges client certificates', instead: ADMINISTRATORS },
  { group: 'admissionregistration.k8s.io', resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], verbs: WRITE, why: 'reads or changes every object that is admitted', instead: ADMINISTRATORS },
  { group: 'admissionregistration.k8s.io', resources: ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'], verbs: WRITE, why: 'changes every object that is admitted', instead: ADMINISTRATORS },
  { group: 'admissionregistration.k8s.io', resources: ['validatingadmissionpolicies', 'validatingadmissionpolicies/status', 'validatingadmissionpolicybindings'], verbs: WRITE, why: 'switches controls off', instead: ADMINISTRATORS },
];

/** Verbs that only escalate, whatever the resource. */
const DANGEROUS_VERBS: { readonly [verb: string]: string } = {
  escalate: 'gives roles rights that one lacks oneself',
  bind: 'gives oneself roles that one lacks',
  impersonate: 'makes one another identity',
  approve: 'forges client certificates',
  sign: 'forges client certificates',
  attest: 'vouches for any certificate',
};

/** Why a verb is refused on any resource; none for the verbs that resources have. */
export function dangerousVerb(verb: string): Fault | undefined {
  if (!Object.hasOwn(DANGEROUS_VERBS, verb)) return undefined;
  return { problem: `grants ${verb}, which ${DANGEROUS_VERBS[verb]}`, remedy: ADMINISTRATORS };
}

/** What is dangerous about verbs on a resource, in the namespace of the role; on any object, or on named ones. */
export function dangersOf(resource: ResourceName, verbs: readonly string[], place: { readonly named: boolean; readonly namespace?: string }): Fault[] {
  const about = DANGERS.filter((danger) => danger.group === resource.group && danger.resources.includes(resource.resource)
    && !(danger.unlessNamed && place.named) && (danger.inNamespace === undefined || danger.inNamespace === place.namespace));
  const faults = about.flatMap((danger) => {
    const meant = verbs.filter((verb) => danger.verbs?.includes(verb) ?? true);
    return meant.length === 0 ? [] : [{ problem: `grants ${meant.join(', ')} on ${qualified(resource)}, which ${danger.why}`, remedy: danger.instead }];
  });
  if (faults.length > 0 || !verbs.includes('deletecollection')) return faults;
  return [{ problem: `grants deletecollection on ${qualified(resource)}, which deletes every object at once`, remedy: 'grant delete' }];
}
