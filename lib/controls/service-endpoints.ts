import { celText } from './cel-text';
import type { ObjectControl } from './control';

/** Loopback, link-local and unspecified addresses, those of clouds' metadata elsewhere, and IPv4 in IPv6, which hides any of them. */
const LOCAL_ADDRESS = celText('^(127[.]|169[.]254[.]|0[.]0[.]0[.]0$|100[.]100[.]100[.]200$|168[.]63[.]129[.]16$|192[.]0[.]0[.]192$|::$|::1$|::ffff:|fe[89ab][0-9a-f]:|fd00:ec2::254$|fd20:ce::254$)');
const fine = (address: string) => `!${address}.lowerAscii().matches(${LOCAL_ADDRESS})`;
// A slice without endpoints has null for them where policies read it.
const ENDPOINTS = '(object.?endpoints.orValue(null) == null ? [] : object.endpoints)';
const fineSubset = (list: string) => `object.?subsets.orValue([]).all(s, s.?${list}.orValue([]).all(a, ${fine("a.?ip.orValue('')")}))`;
const subset = (...ips: string[]) => [{ addresses: ips.map((ip) => ({ ip })), ports: [{ port: 80 }] }];
const endpoint = (...addresses: string[]) => [{ addresses }];

/** Addresses that somebody writes for a Service without a selector. */
export const SERVICE_ENDPOINTS: readonly ObjectControl[] = [
  {
    id: 'service/no-local-endpoints', title: 'Services lead to no node and no cloud metadata', severity: 'high', level: 'restricted', on: ['/Endpoints', 'discovery.k8s.io/EndpointSlice'],
    frameworks: { owasp: ['K05', 'K08'], nist: ['800-53 SC-7'] },
    cel: `${fineSubset('addresses')} && ${fineSubset('notReadyAddresses')} && ${ENDPOINTS}.all(e, e.?addresses.orValue([]).all(a, ${fine('a')}))`,
    message: 'the address must be of a host, not of a node\'s loopback or link-local network, nor of a metadata service',
    remediation: 'Name the addresses of the hosts that are meant, or give the Service a selector.',
    at: ['subsets', 'endpoints'],
    allowed: { 'nothing said': undefined, 'null': null, 'none': [], 'an address': subset('10.1.2.3'), 'a slice\'s address': endpoint('10.1.2.3', '2001:db8::1'), 'digits within': subset('10.127.0.1'), 'a slice\'s name': endpoint('db.example.com') },
    denied: {
      'loopback': subset('127.0.0.1'), 'metadata': subset('169.254.169.254'), 'after another': subset('10.1.2.3', '127.0.0.53'), 'not ready': [{ notReadyAddresses: [{ ip: '169.254.169.254' }] }], 'of Azure': subset('168.63.129.16'), 'of Oracle': subset('192.0.0.192'), 'no address at all': subset('0.0.0.0'), 'none of IPv6': endpoint('::'), 'IPv6\'s loopback, as an address': subset('::1'), 'IPv4 in IPv6, as an address': subset('::ffff:7f00:1'), 'of Google': endpoint('fd20:ce::254'), 'of AWS, as an address': subset('fd00:ec2::254'),
      'a slice\'s loopback': endpoint('::1'), 'a slice\'s metadata': endpoint('fd00:ec2::254'), 'IPv4 in IPv6': endpoint('::FFFF:a9fe:a9fe'), 'link-local': endpoint('fe80::1'), 'in a second endpoint': [...endpoint('10.1.2.3'), ...endpoint('100.100.100.200')],
    },
  },
];
