import { AbstractPod, IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import { ApiObject } from 'cdk8s';
import { Fault, pathOf, shown } from '../errors';

/** An account that gets the identity, and who runs as it. */
interface Candidate {
  readonly account: IServiceAccount | undefined;
  /** How it stands in a message. */
  readonly text: string;
}

/** The accounts that get an identity: those given, and those that the workloads run as. Each once; what cannot have one goes to `faults`. */
export function accountsOf(workloads: readonly AbstractPod[], given: readonly ServiceAccount[], faults: Fault[]): ServiceAccount[] {
  const candidates: Candidate[] = [
    ...workloads.map((workload) => ({ account: workload.serviceAccount, text: `workload ${shown(pathOf(workload))}` })),
    ...given.map((account) => ({ account, text: `account ${shown(pathOf(account))}` })),
  ];
  const accounts = new Set<ServiceAccount>();
  for (const { account, text } of candidates) {
    const found = candidateFaults(account, text);
    faults.push(...found);
    if (found.length === 0) accounts.add(account as ServiceAccount);
  }
  return [...accounts];
}

function candidateFaults(account: IServiceAccount | undefined, text: string): Fault[] {
  if (!account) return [{ problem: `${text} has no account of its own and runs as "default", which other pods share`, remedy: 'give the workload a serviceAccount' }];
  if (!(account instanceof ServiceAccount)) return [{ problem: `${text} has the imported account ${shown(account.name)}, which cannot be annotated from here`, remedy: 'create the account in this app' }];
  if (account.name === 'default') return [{ problem: `${text} has the account "default", which every pod of the namespace has that names no other`, remedy: 'give the workload an account of its own' }];
  if (account.metadata.namespace === undefined) return [{ problem: `${text} has an account in no namespace, so nobody can say which account to trust`, remedy: 'build it beneath a HardenedNamespace, or in a chart with a namespace' }];
  return [];
}

/** The annotations that an account has so far. */
export function annotationsOf(account: ServiceAccount): { readonly [key: string]: string } {
  return ApiObject.of(account).toJson().metadata.annotations ?? {};
}
