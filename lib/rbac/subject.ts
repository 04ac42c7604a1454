import { AbstractPod, IServiceAccount } from 'cdk8s-plus-28';
import type { RoleFault } from './role-fault';
import { pathOf, shown } from '../errors';
import { dnsLabelFaults, dnsSubdomainFaults, holdsTerraformToken } from '../names';

/** A subject as a RoleBinding holds it. */
export interface SubjectEntry {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Where a role stands. */
interface Place {
  readonly namespace?: string;
}

interface Verdict {
  readonly entry?: SubjectEntry;
  readonly faults: readonly RoleFault[];
}

/** What is wrong with the groups that many are in, or that no role should name. */
const REFUSED_GROUPS: { readonly [name: string]: { readonly problem: string; readonly controls: readonly string[] } } = {
  'system:masters': { problem: 'bypasses RBAC, and cannot be revoked', controls: ['rbac/no-masters-group'] },
  'system:unauthenticated': { problem: 'is whoever reaches the API server', controls: ['rbac/no-anonymous-subjects'] },
  'system:authenticated': { problem: 'is every identity of the cluster', controls: ['rbac/no-everyone-subjects'] },
  'system:serviceaccounts': { problem: 'is every account of the cluster', controls: ['rbac/no-everyone-subjects'] },
};

/** Who a ScopedRole is for: people by name or by group, and the accounts of workloads. */
export class Subject {
  /** A user, by the name that the cluster's authentication gives, such as `jane@example.com`. Prefer groups: they outlive people. */
  public static user(name: string): Subject {
    return new Subject(() => ({
      entry: { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name },
      faults: identityFaults('Subject.user', name, userFaults),
    }));
  }

  /** A group, by the name that the cluster's authentication gives. */
  public static group(name: string): Subject {
    return new Subject(() => ({
      entry: { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name },
      faults: identityFaults('Subject.group', name, groupFaults),
    }));
  }

  /** An account of this app. Its chart must have a namespace, since accounts of different namespaces share names. */
  public static serviceAccount(account: IServiceAccount): Subject {
    return new Subject((place) => accountVerdict(`Subject.serviceAccount(${shown(pathOf(account))})`, account, place));
  }

  /** An account that is not in this app. */
  public static serviceAccountNamed(name: string, namespace: string): Subject {
    const text = `Subject.serviceAccountNamed(${shown(name)}, ${shown(namespace)})`;
    return new Subject(() => named(text, name, namespace));
  }

  /** The account that a workload runs as. */
  public static workload(workload: AbstractPod): Subject {
    const text = `Subject.workload(${shown(pathOf(workload))})`;
    return new Subject((place) => {
      if (workload.serviceAccount) return accountVerdict(text, workload.serviceAccount, place);
      return { faults: [{ problem: `${text} has no account of its own and runs as "default", which other pods share`, remedy: 'give the workload a serviceAccount' }] };
    });
  }

  private constructor(private readonly judge: (place: Place) => Verdict) {}

  /** @internal */
  public _judge(place: Place): Verdict {
    return this.judge(place);
  }
}

function accountVerdict(text: string, account: IServiceAccount, place: Place): Verdict {
  const { name, namespace } = account.toSubjectConfiguration();
  if (namespace === undefined) {
    return { faults: [{ problem: `${text} has no namespace, and other namespaces may have an account ${shown(name)} too`, remedy: 'put the account into a HardenedNamespace, or a chart with a namespace' }] };
  }
  // kplus assumes "default" for an imported account whose namespace is not said.
  if (!isOfThisApp(account) && namespace === 'default' && place.namespace !== 'default') {
    return { faults: [{ problem: `${text} is imported with the namespace "default", which kplus assumes where none is given`, remedy: `write Subject.serviceAccountNamed(${shown(name)}, …) with its namespace` }] };
  }
  return named(text, name, namespace);
}

/** An imported account is a construct without an object. */
function isOfThisApp(account: IServiceAccount): boolean {
  return account.node.children.length > 0;
}

function named(text: string, name: string, namespace: string): Verdict {
  const faults: RoleFault[] = [...dnsSubdomainFaults('account', name), ...dnsLabelFaults('namespace', namespace)]
    .map(({ problem, remedy }) => ({ problem: `${text}: ${problem}`, remedy }));
  if (name === 'default') {
    faults.push({ problem: `${text} is the account that every pod of the namespace has which names no other`, remedy: 'give the workload an account of its own', controls: ['rbac/no-default-account'] });
  }
  return { entry: { kind: 'ServiceAccount', name, namespace }, faults };
}

function identityFaults(factory: string, name: string, ownFaults: (name: string) => RoleFault[]): RoleFault[] {
  const faults = formFaults(name);
  return (faults.length > 0 ? faults : ownFaults(name)).map((fault) => ({ ...fault, problem: `${factory}(${shown(name)}) ${fault.problem}` }));
}

function formFaults(name: string): RoleFault[] {
  if (name.trim() === '') return [{ problem: 'is empty', remedy: 'give the name' }];
  if (name.includes('*')) return [{ problem: 'holds a wildcard, which Kubernetes would take literally', remedy: 'name each subject' }];
  if (holdsTerraformToken(name)) return [{ problem: 'is a Terraform token, which no manifest can resolve', remedy: 'give the name itself' }];
  if (name !== name.trim() || /[\u0000-\u001f\u007f]/.test(name)) return [{ problem: 'begins or ends with a blank or holds a control character', remedy: `give the name as the cluster's authentication does` }];
  return [];
}

function userFaults(name: string): RoleFault[] {
  if (name === 'system:anonymous') return [{ problem: 'is whoever reaches the API server', remedy: 'name who is meant', controls: ['rbac/no-anonymous-subjects'] }];
  if (name.startsWith('system:serviceaccount:')) return [{ problem: 'is an account', remedy: 'write Subject.serviceAccountNamed(name, namespace)' }];
  return reserved(name);
}

function groupFaults(name: string): RoleFault[] {
  if (Object.hasOwn(REFUSED_GROUPS, name)) return [{ ...REFUSED_GROUPS[name], remedy: 'name who is meant' }];
  if (name.startsWith('system:serviceaccounts:')) return [{ problem: 'is every account of a namespace', remedy: 'name the accounts that are meant', controls: ['rbac/no-everyone-subjects'] }];
  return reserved(name);
}

function reserved(name: string): RoleFault[] {
  return name.startsWith('system:') ? [{ problem: 'is reserved for Kubernetes itself', remedy: 'name who is meant' }] : [];
}
