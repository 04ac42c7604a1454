import { Access, isBootstrap } from './access';
import { accountUses } from './account-use';
import { cloudRoles } from './cloud-role';
import { lineOf } from './place';
import { HeldRule, heldRules, resourcesOf } from './rights';
import { identityOf } from './subject-text';
import type { Inventory, KubeObject } from '../../inventory';

/** How far somebody gets who takes over a workload, and who is in a position to. */
export interface BlastRadius {
  /** `shop/web[Deployment]` */
  readonly workload: string;
  readonly file: string;
  readonly line?: number;
  /** `shop/web` */
  readonly account: string;
  /** Whether its containers hold a token for the API server. */
  readonly token: boolean;
  /** What the account may in the cluster, beyond what Kubernetes lets everybody. */
  readonly rights: readonly string[];
  readonly cloudRoles: readonly string[];
  /** Workloads and addresses that reach it; absent where that was not asked. */
  readonly reachedBy?: readonly string[];
}

/** Who reaches the pods of an object over the network: workloads, and addresses, whose labels end in `[External]`. */
export type ReachedBy = (object: KubeObject) => readonly string[] | undefined;

/** Each workload, in the order of their names. */
export function blastRadii(inventory: Inventory, access: Access, reachedBy: ReachedBy = () => undefined): BlastRadius[] {
  const rolesOf = cloudRoles(inventory);
  const rights = new Map<string, readonly string[]>();
  return accountUses(inventory).map(({ object, workload, namespace, account, token }) => {
    const key = `${namespace}/${account}`;
    const held = rights.get(key) ?? rightsBeyond(heldRules(access, identityOf({ kind: 'ServiceAccount', namespace, name: account })));
    rights.set(key, held);
    const [line, reached] = [lineOf(object), reachedBy(object)];
    const place = { file: object.manifest.where, ...line !== undefined && { line } };
    return { workload, ...place, account: key, token, rights: held, cloudRoles: rolesOf({ namespace, name: account }), ...reached && { reachedBy: reached } };
  }).sort((a, b) => (a.workload < b.workload ? -1 : 1));
}

function rightsBeyond(held: readonly HeldRule[]): string[] {
  return [...new Set(held.filter(({ grant }) => !isBootstrap(grant.binding.object)).map(rightText))];
}

/** `get, list configmaps "settings" in shop`. */
export function rightText({ grant, rule }: HeldRule): string {
  const { namespace } = grant.binding;
  const names = rule.names.length === 0 ? '' : ` ${rule.names.map((name) => JSON.stringify(name)).join(', ')}`;
  return `${rule.verbs.join(', ')} ${resourcesOf(rule).join(', ')}${names}${namespace === '' ? ' everywhere' : ` in ${namespace}`}`;
}
