import { instance, text } from './arguments';
import type { Functions } from '../call';
import { CelError, Extension, Value } from '../value';

/** An IP address: 4 or 16 bytes, as one number. */
class Ip implements Extension {
  public readonly celType = 'net.IP';

  constructor(public readonly family: 4 | 6, public readonly number: bigint) {}

  public get bits(): number {
    return this.family === 4 ? 32 : 128;
  }

  public equals(other: Ip): boolean {
    return this.family === other.family && this.number === other.number;
  }

  /** Whether its first bits are those of another one. */
  public startsWith(prefix: bigint, bits: number): boolean {
    return this.number >> BigInt(this.bits - bits) === prefix;
  }

  public toString(): string {
    return this.family === 4 ? [24n, 16n, 8n, 0n].map((shift) => (this.number >> shift) & 255n).join('.') : shortened(groups(this.number));
  }
}

/** A network in CIDR notation; its address may have bits beyond the prefix. */
class Cidr implements Extension {
  public readonly celType = 'net.CIDR';

  constructor(public readonly ip: Ip, public readonly length: number) {}

  public equals(other: Cidr): boolean {
    return this.ip.equals(other.ip) && this.length === other.length;
  }

  public contains({ family, number, bits }: Ip): boolean {
    const shift = BigInt(bits - this.length);
    return family === this.ip.family && number >> shift === this.ip.number >> shift;
  }

  public masked(): Cidr {
    const shift = BigInt(this.ip.bits - this.length);
    return new Cidr(new Ip(this.ip.family, this.ip.number >> shift << shift), this.length);
  }

  public toString(): string {
    return `${this.ip}/${this.length}`;
  }
}

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library */
export const ADDRESSES: Functions = {
  'ip/1': (s) => ip(text(s)),
  'isIP/1': (s) => ipFrom(text(s)) !== undefined,
  'ip.isCanonical/1': (s) => String(ip(text(s))) === s,
  '.family/1': (a) => BigInt(instance(Ip, a).family),
  '.isUnspecified/1': (a) => instance(Ip, a).number === 0n,
  '.isLoopback/1': (a) => is(a, [127n, 8], [1n, 128]),
  '.isLinkLocalMulticast/1': (a) => is(a, [0xe00000n, 24], [0xff02n, 16, 0xff0fn]),
  '.isLinkLocalUnicast/1': (a) => is(a, [0xa9fen, 16], [0x3fan, 10]),
  '.isGlobalUnicast/1': (a) => isGlobalUnicast(instance(Ip, a)),
  'cidr/1': (s) => cidr(text(s)),
  'isCIDR/1': (s) => cidrFrom(text(s)) !== undefined,
  '.ip/1': (c) => instance(Cidr, c).ip,
  '.prefixLength/1': (c) => BigInt(instance(Cidr, c).length),
  '.masked/1': (c) => instance(Cidr, c).masked(),
  '.containsIP/2': (c, a) => instance(Cidr, c).contains(typeof a === 'string' ? ip(a) : instance(Ip, a)),
  '.containsCIDR/2': (c, other) => containsCidr(instance(Cidr, c), typeof other === 'string' ? cidr(other) : instance(Cidr, other)),
};

/** An address or a network as a string; undefined for other things. */
export function addressText(value: Value): string | undefined {
  return value instanceof Ip || value instanceof Cidr ? String(value) : undefined;
}

function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.length <= inner.length && outer.contains(inner.ip);
}

/** Whether an address begins as one of IPv4 or one of IPv6 does; of a multicast address the flags do not count. */
function is(value: Value, [v4, bits4]: readonly [bigint, number], [v6, bits6, mask]: readonly [bigint, number, bigint?]): boolean {
  const address = instance(Ip, value);
  if (address.family === 4) return address.startsWith(v4, bits4);
  return mask === undefined ? address.startsWith(v6, bits6) : ((address.number >> BigInt(128 - bits6)) & mask) === (v6 & mask);
}

function isGlobalUnicast(address: Ip): boolean {
  const multicast = address.startsWith(address.family === 4 ? 0xen : 0xffn, address.family === 4 ? 4 : 8);
  const broadcast = address.family === 4 && address.number === 0xffffffffn;
  return !multicast && !broadcast && address.number !== 0n && !is(address, [127n, 8], [1n, 128]) && !is(address, [0xa9fen, 16], [0x3fan, 10]);
}

function ip(s: string): Ip {
  const result = ipFrom(s);
  if (!result) throw new CelError(`IP Address ${JSON.stringify(s)} parse error during conversion from string`);
  return result;
}

function cidr(s: string): Cidr {
  const result = cidrFrom(s);
  if (!result) throw new CelError('network address parse error during conversion from string');
  return result;
}

/** Without zones, and without IPv4 within IPv6. */
function ipFrom(s: string): Ip | undefined {
  if (!s.includes(':')) {
    const number = v4From(s);
    return number === undefined ? undefined : new Ip(4, number);
  }
  const number = v6From(s);
  return number === undefined || number >> 32n === 0xffffn ? undefined : new Ip(6, number);
}

function cidrFrom(s: string): Cidr | undefined {
  const slash = s.lastIndexOf('/');
  const address = slash < 0 ? undefined : ipFrom(s.slice(0, slash));
  const length = s.slice(slash + 1);
  return address && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= address.bits ? new Cidr(address, Number(length)) : undefined;
}

function v4From(s: string): bigint | undefined {
  const parts = s.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((number, part) => number << 8n | BigInt(part), 0n);
}

function v6From(s: string): bigint | undefined {
  const last = s.slice(s.lastIndexOf(':') + 1);
  const embedded = last.includes('.') ? v4From(last) : undefined;
  if (last.includes('.') && embedded === undefined) return undefined;
  const hex = embedded === undefined ? s : `${s.slice(0, -last.length)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => half === '' ? [] : half.split(':'));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...tail ? [...Array<string>(missing).fill('0'), ...tail] : []];
  return all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? all.reduce((number, group) => number << 16n | BigInt(`0x${group}`), 0n) : undefined;
}

function groups(number: bigint): string[] {
  return Array.from({ length: 8 }, (_, i) => (number >> BigInt(112 - 16 * i) & 0xffffn).toString(16));
}

/** The first of the longest runs of two zeros or more becomes `::`. */
function shortened(all: readonly string[]): string {
  let [start, length] = [-1, 1];
  for (let i = 0; i < all.length; i++) {
    let end = i;
    while (all[end] === '0') end++;
    if (end - i > length) [start, length] = [i, end - i];
    if (end > i) i = end;
  }
  return start < 0 ? all.join(':') : `${all.slice(0, start).join(':')}::${all.slice(start + length).join(':')}`;
}
