import * as fc from 'fast-check';
import { formatIp, parseIp } from '../../lib/names';
import { Peer } from '../../lib/network';

describe('what is a CIDR', () => {
  test.each(['10.0.0.0/8', '10.1.2.3/32', '192.0.2.128/25', '2001:db8::/32', '2001:db8::1/128', '2001:DB8:0:0::/64', '64:ff9b::192.0.2.0/120', '192.0.0.0/2', '172.16.0.0/12'])('%s', (cidr) => {
    expect(() => Peer.cidr(cidr)).not.toThrow();
  });
});

const INVALID = 'give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"';

describe('what is none, and what to write', () => {
  test.each<[cidr: string, message: string]>([
    ['999.1.1.1/99', `CIDR "999.1.1.1/99" is not valid; ${INVALID}`],
    ['10.0.0.0/33', `CIDR "10.0.0.0/33" is not valid; ${INVALID}`],
    ['2001:db8::/129', `CIDR "2001:db8::/129" is not valid; ${INVALID}`],
    ['10.0.0.0/08', `CIDR "10.0.0.0/08" is not valid; ${INVALID}`],
    ['10.0.0.0/', `CIDR "10.0.0.0/" is not valid; ${INVALID}`],
    ['10.0.0.0/8/8', `CIDR "10.0.0.0/8/8" is not valid; ${INVALID}`],
    ['010.0.0.0/8', `CIDR "010.0.0.0/8" is not valid; ${INVALID}`],
    ['10.0.0/8', `CIDR "10.0.0/8" is not valid; ${INVALID}`],
    ['fe80::1%eth0/128', `CIDR "fe80::1%eth0/128" is not valid; ${INVALID}`],
    ['example.com/32', `CIDR "example.com/32" is not valid; ${INVALID}`],
    ['', `CIDR "" is not valid; ${INVALID}`],
    ['10.1.2.3', 'CIDR "10.1.2.3" has no prefix length; for this one address write "10.1.2.3/32"'],
    ['2001:db8::1', 'CIDR "2001:db8::1" has no prefix length; for this one address write "2001:db8::1/128"'],
    ['10.1.2.3/16', 'CIDR "10.1.2.3/16" has bits set beyond its prefix; write "10.1.0.0/16" for the network, or "10.1.2.3/32" for the one address'],
    ['2001:db8:0:1::5/48', 'CIDR "2001:db8:0:1::5/48" has bits set beyond its prefix; write "2001:db8::/48" for the network, or "2001:db8:0:1::5/128" for the one address'],
    ['::ffff:10.0.0.0/104', 'CIDR "::ffff:10.0.0.0/104" is an IPv4 network written as IPv6; write it as IPv4'],
    ['${TfToken[TOKEN.0]}', 'CIDR "${TfToken[TOKEN.0]}" is a Terraform token, which no manifest can resolve; give the CIDR itself'],
    ['0.0.0.0/0', 'CIDR "0.0.0.0/0" is every address, those of the cluster and of metadata services included; use Peer.internet() for public addresses'],
    ['::/0', 'CIDR "::/0" is every address, those of the cluster and of metadata services included; use Peer.internet() for public addresses'],
    ['169.254.169.254/32', 'CIDR "169.254.169.254/32" contains 169.254.169.254, the instance metadata service, which hands out credentials; use WorkloadIdentity, which opens it for the one workload that needs it'],
    ['fd00:ec2::254/128', 'CIDR "fd00:ec2::254/128" contains fd00:ec2::254, the instance metadata service, which hands out credentials; use WorkloadIdentity, which opens it for the one workload that needs it'],
    ['100.64.0.0/10', 'CIDR "100.64.0.0/10" contains 100.100.100.200, the metadata service of Alibaba Cloud, which hands out credentials; except "100.100.100.200/32"'],
    ['169.254.170.0/30', 'CIDR "169.254.170.0/30" contains 169.254.170.2, the ECS credentials endpoint, which hands out credentials; except "169.254.170.2/32"'],
  ])('%p', (cidr, message) => {
    expect(() => Peer.cidr(cidr)).toThrow(new Error(`Peer.cidr: ${message}`));
  });

  test.each<[cidr: string, except: string, message: string]>([
    ['10.0.0.0/8', '11.0.0.0/16', 'except "11.0.0.0/16" is not a part of "10.0.0.0/8"; except only addresses within the CIDR, and not all of them'],
    ['10.0.0.0/8', '10.0.0.0/8', 'except "10.0.0.0/8" is not a part of "10.0.0.0/8"; except only addresses within the CIDR, and not all of them'],
    ['10.0.0.0/8', '10.0.0.0/7', 'except "10.0.0.0/7" is not a part of "10.0.0.0/8"; except only addresses within the CIDR, and not all of them'],
    ['10.0.0.0/8', '2001:db8::/32', 'except "2001:db8::/32" is not a part of "10.0.0.0/8"; except only addresses within the CIDR, and not all of them'],
    ['0.0.0.0/5', '::1/128', 'except "::1/128" is not a part of "0.0.0.0/5"; except only addresses within the CIDR, and not all of them'],
    ['10.0.0.0/8', '10.0.0.1', 'except "10.0.0.1" has no prefix length; for this one address write "10.0.0.1/32"'],
  ])('%p except %p', (cidr, except, message) => {
    expect(() => Peer.cidr(cidr, [except])).toThrow(new Error(`Peer.cidr: ${message}`));
  });

  test('every fault is named at once', () => {
    expect(() => Peer.cidr('10.0.0.0/33', ['10.0.0.0/34'])).toThrow(new Error([`Peer.cidr: CIDR "10.0.0.0/33" is not valid; ${INVALID}`, `Peer.cidr: except "10.0.0.0/34" is not valid; ${INVALID}`].join('\n')));
  });
});

test('a block around a metadata service is allowed without it', () => {
  expect(() => Peer.cidr('100.64.0.0/10', ['100.100.100.0/24'])).not.toThrow();
});

test('an IPv6 address is written in its short form', () => {
  const short = ['::', '::1', '1::', '2001:db8::1', '1:2:3:4:5:6:7:8', '1:0:2::', '1:0:0:2::3', 'fd00:ec2::254', '10::10', '1:2:3:4:5:6::'];
  expect(short.map((text) => formatIp(parseIp(text)!))).toEqual(short);
});

test('whatever is written is read as the same address', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
    const address = parseIp(text)!;
    expect(parseIp(formatIp(address))).toEqual(address);
  }));
});

test('an address reads the same as a URL reads it', () => {
  fc.assert(fc.property(fc.ipV6(), (text) => {
    expect(parseIp(new URL(`http://[${text}]`).hostname.slice(1, -1))).toEqual(parseIp(text));
  }));
});
