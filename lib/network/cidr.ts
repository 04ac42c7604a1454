import { Fault, shown } from '../errors';
import { formatIp, holdsTerraformToken, IpAddress, parseIp } from '../names';

/** A block of addresses as NetworkPolicies write it. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: string[];
}

interface Network extends IpAddress {
  readonly prefix: number;
}

/** Every address but those of private networks, carriers, link-local devices and so of metadata services. */
export const INTERNET: IpBlock[] = [
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] },
  { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] },
];

/** Where clouds hand out credentials to whoever asks from the node or a pod on it. */
export const METADATA: ReadonlyArray<readonly [address: string, what: string]> = [
  ['169.254.169.254', 'the instance metadata service'],
  ['169.254.169.252', 'the GKE metadata server'],
  ['169.254.170.2', 'the ECS credentials endpoint'],
  ['169.254.170.23', 'the EKS Pod Identity agent'],
  ['100.100.100.200', 'the metadata service of Alibaba Cloud'],
  ['168.63.129.16', 'the WireServer of Azure'],
  ['fd00:ec2::254', 'the instance metadata service'],
  ['fd00:ec2::23', 'the EKS Pod Identity agent'],
  ['fd20:ce::254', 'the metadata server of Google Cloud'],
];

/** What is wrong with a block that a user may allow: its form, and what it must not open. */
export function ipBlockFaults(block: IpBlock): Fault[] {
  const faults = blockFormFaults(block);
  return faults.length > 0 ? faults : openFaults(block);
}

/** What is wrong with the form of a block; it may open anything. */
export function blockFormFaults({ cidr, except = [] }: IpBlock): Fault[] {
  const faults = [...cidrFaults('CIDR', cidr), ...except.flatMap((item) => cidrFaults('except', item))];
  if (faults.length > 0) return faults;
  const outer = networkOf(cidr)!;
  return except.filter((item) => !isStrictlyWithin(networkOf(item)!, outer)).map((item) => ({
    problem: `except ${shown(item)} is not a part of ${shown(cidr)}`, remedy: 'except only addresses within the CIDR, and not all of them',
  }));
}

function cidrFaults(what: string, cidr: string): Fault[] {
  if (holdsTerraformToken(cidr)) {
    return [{ problem: `${what} ${shown(cidr)} is a Terraform token, which no manifest can resolve`, remedy: 'give the CIDR itself' }];
  }
  const address = parseIp(cidr);
  if (address) return [{ problem: `${what} ${shown(cidr)} has no prefix length`, remedy: `for this one address write "${cidr}/${address.bits}"` }];
  const network = networkOf(cidr);
  if (!network) return [{ problem: `${what} ${shown(cidr)} is not valid`, remedy: 'give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"' }];
  if (network.bits === 128 && network.value >> 32n === 0xffffn) {
    return [{ problem: `${what} ${shown(cidr)} is an IPv4 network written as IPv6`, remedy: 'write it as IPv4' }];
  }
  const meant = { ...network, value: masked(network, network.prefix) };
  if (meant.value === network.value) return [];
  return [{ problem: `${what} ${shown(cidr)} has bits set beyond its prefix`, remedy: `write "${formatIp(meant)}/${network.prefix}" for the network, or "${cidr.split('/')[0]}/${network.bits}" for the one address` }];
}

function openFaults({ cidr, except = [] }: IpBlock): Fault[] {
  const network = networkOf(cidr)!;
  if (network.prefix === 0) return [{ problem: `CIDR ${shown(cidr)} is every address, those of the cluster and of metadata services included`, remedy: 'use Peer.internet() for public addresses' }];
  const excepted = except.map((item) => networkOf(item)!);
  return METADATA.flatMap(([address, what]) => {
    const host = networkOf(`${address}/${parseIp(address)!.bits}`)!;
    if (!isWithin(host, network) || excepted.some((outer) => isWithin(host, outer))) return [];
    const remedy = host.bits === network.prefix
      ? 'use WorkloadIdentity, which opens it for the one workload that needs it'
      : `except "${address}/${host.bits}"`;
    return [{ problem: `CIDR ${shown(cidr)} contains ${address}, ${what}, which hands out credentials`, remedy }];
  });
}

function networkOf(cidr: string): Network | undefined {
  const [, text, prefix] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const address = text === undefined ? undefined : parseIp(text);
  return address && Number(prefix) <= address.bits ? { ...address, prefix: Number(prefix) } : undefined;
}

/** The address with all bits beyond a prefix cleared. */
function masked(address: IpAddress, prefix: number): bigint {
  const rest = BigInt(address.bits - prefix);
  return (address.value >> rest) << rest;
}

/** Whether a network, or the start of one that is larger, lies in another. */
function isWithin(inner: Network, outer: Network): boolean {
  return inner.bits === outer.bits && masked(inner, outer.prefix) === masked(outer, outer.prefix);
}

function isStrictlyWithin(inner: Network, outer: Network): boolean {
  return isWithin(inner, outer) && inner.prefix > outer.prefix;
}
