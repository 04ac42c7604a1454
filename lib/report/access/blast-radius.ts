import { printable } from '../../errors';
import type { BlastRadius } from '../../proofs/access';

/** More rights, or more of who reaches a workload, are counted. */
const MOST = 5;

/** One line for each workload. */
export function blastText({ workload, account, token, rights, cloudRoles: cloud, reachedBy }: BlastRadius): string {
  return printable([
    workload, `account ${account}${token ? '' : ', whose token it does not hold'}`, `may ${some(rights) || 'nothing of its own'}`, `cloud role ${some(cloud) || 'none'}`,
    ...reachedBy ? [`reached by ${some(reachers(reachedBy)) || 'none of these workloads'}`] : [],
  ].join(' : '));
}

/** All addresses as one. */
function reachers(labels: readonly string[]): string[] {
  const workloads = labels.filter((each) => !each.endsWith('[External]'));
  return [...workloads.length < labels.length ? ['addresses outside'] : [], ...workloads];
}

function some(items: readonly string[]): string {
  return [...items.slice(0, MOST), ...items.length > MOST ? [`${items.length - MOST} more`] : []].join('; ');
}
