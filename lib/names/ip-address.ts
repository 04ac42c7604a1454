import * as net from 'node:net';

/** An address as a number, and how many bits it has. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Reads an IPv4 or IPv6 address; undefined where it is neither, or has a zone (`fe80::1%eth0`), which no policy can hold. */
export function parseIp(text: string): IpAddress | undefined {
  if (net.isIPv4(text)) return { bits: 32, value: joined(text.split('.').map(Number), 8n) };
  if (!net.isIPv6(text) || text.includes('%')) return undefined;
  // "::" stands for as many zero groups as are missing; an IPv4 address at the end stands for two groups.
  const [head, tail = []] = text.split('::').map((half) => half.split(':').filter((group) => group).flatMap(groupsOf));
  return { bits: 128, value: joined([...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail], 16n) };
}

/** Writes an address the way its kind is usually written; IPv6 with its longest run of zero groups shortened. */
export function formatIp({ bits, value }: IpAddress): string {
  if (bits === 32) return split(value, 4, 8n).join('.');
  const groups = split(value, 8, 16n).map((group) => group.toString(16)).join(':');
  const longest = [...groups.matchAll(/\b0(:0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  return longest ? `${groups.slice(0, longest.index).replace(/:$/, '')}::${groups.slice(longest.index + longest[0].length).replace(/^:/, '')}` : groups;
}

function groupsOf(group: string): number[] {
  if (!group.includes('.')) return [parseInt(group, 16)];
  const [a, b, c, d] = group.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

function joined(parts: number[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) + BigInt(part), 0n);
}

function split(value: bigint, count: number, width: bigint): bigint[] {
  return Array.from({ length: count }, (_, i) => (value >> (BigInt(count - 1 - i) * width)) & ((1n << width) - 1n));
}
