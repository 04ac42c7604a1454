import { Fault, shown } from '../errors';
import { dnsSubdomainFaults, holdsTerraformToken, parseIp } from '../names';

/** What is wrong with the DNS name of servers; its first label may be `*`, or begin with it. */
export function hostFaults(name: string): Fault[] {
  if (holdsTerraformToken(name)) return [{ problem: `host ${shown(name)} is a Terraform token, which no manifest can resolve`, remedy: 'give the name itself' }];
  if (parseIp(name)) return [{ problem: `host ${shown(name)} is an address`, remedy: `use Peer.cidr("${name}/${parseIp(name)!.bits}")` }];
  const [first, ...rest] = String(name).split('.');
  if (rest.length < 2 && first.includes('*')) return [{ problem: `host ${shown(name)} is every name of a top-level domain or more`, remedy: 'give at least two labels after the "*", such as "*.example.com"' }];
  if (rest.length === 0) return [{ problem: `host ${shown(name)} is no name that the whole DNS knows`, remedy: 'give the whole name, such as "api.example.com"; for a Service of the cluster name its pods' }];
  return dnsSubdomainFaults('host', [first.replace('*', 'x'), ...rest].join('.')).map((fault) => ({ ...fault, problem: `host ${shown(name)} is not valid` }));
}
