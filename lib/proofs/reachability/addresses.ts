import { formatIp, IpAddress, parseIp } from '../../names';

/** How many bits an address has. */
export type Family = IpAddress['bits'];

/** Addresses from one to another, both included. */
export interface AddressRange {
  readonly family: Family;
  readonly low: bigint;
  readonly high: bigint;
}

const LAST: { readonly [family in Family]: bigint } = { 32: 2n ** 32n - 1n, 128: 2n ** 128n - 1n };

export const EVERY_ADDRESS: { readonly [family in Family]: AddressRange } = { 32: { family: 32, low: 0n, high: LAST[32] }, 128: { family: 128, low: 0n, high: LAST[128] } };

/** The one address that a text names; undefined where it names none. */
export function addressOf(text: string): AddressRange | undefined {
  const address = parseIp(text);
  return address && { family: address.bits, low: address.value, high: address.value };
}

/**
 * The network that a CIDR names; host bits that are set count as cleared, as Kubernetes has it. Undefined for what is no CIDR, and for
 * an IPv4 network written as IPv6, of which nobody can say which addresses it means.
 */
export function networkOf(cidr: string): AddressRange | undefined {
  const [, text, length] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const address = text === undefined ? undefined : addressOf(text);
  if (!address || Number(length) > address.family) return undefined;
  if (address.family === 128 && address.low >> 32n === 0xffffn) return undefined;
  const rest = BigInt(address.family - Number(length));
  const low = (address.low >> rest) << rest;
  return { family: address.family, low, high: low + (1n << rest) - 1n };
}

export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.low <= inner.low && inner.high <= outer.high;
}

/** What of a range lies in none of some others, as ranges that are as long as can be. */
export function without(range: AddressRange, holes: readonly AddressRange[]): AddressRange[] {
  const result: AddressRange[] = [];
  let { low } = range;
  for (const hole of [...holes].sort((a, b) => (a.low < b.low ? -1 : 1))) {
    if (hole.family !== range.family || hole.high < low || hole.low > range.high) continue;
    if (low < hole.low) result.push({ ...range, low, high: hole.low - 1n });
    low = hole.high + 1n;
  }
  return low <= range.high ? [...result, { ...range, low }] : result;
}

/** The addresses of a block; none for what is no CIDR. */
export function rangesOfBlock({ cidr, except = [] }: { readonly cidr: string; readonly except?: readonly string[] }): AddressRange[] {
  const network = networkOf(cidr);
  return network ? without(network, except.flatMap((hole) => networkOf(hole) ?? [])) : [];
}

/** All addresses of a family, cut where any of some ranges starts and after it ends; ascending. */
export function cutAt(ranges: readonly AddressRange[], family: Family): AddressRange[] {
  const starts = new Set([0n]);
  for (const { family: other, low, high } of ranges) {
    if (other !== family) continue;
    starts.add(low);
    if (high < LAST[family]) starts.add(high + 1n);
  }
  const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1));
  return sorted.map((low, i) => ({ family, low, high: i + 1 < sorted.length ? sorted[i + 1] - 1n : LAST[family] }));
}

/** `10.0.0.0-10.255.255.255`, a single address too. */
export function rangeText({ family, low, high }: AddressRange): string {
  return `${formatIp({ bits: family, value: low })}-${formatIp({ bits: family, value: high })}`;
}

/** The fewest CIDRs that are a range together. */
export function cidrsOf({ family, low, high }: AddressRange): string[] {
  const cidrs: string[] = [];
  for (let next = low; next <= high;) {
    let bits = 0;
    while (bits < family && next % (1n << BigInt(bits + 1)) === 0n && next + (1n << BigInt(bits + 1)) - 1n <= high) bits++;
    cidrs.push(`${formatIp({ bits: family, value: next })}/${family - bits}`);
    next += 1n << BigInt(bits);
  }
  return cidrs;
}
