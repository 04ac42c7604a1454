import { blockFormFaults } from './cidr';
import type { PeerRule } from './endpoint';
import type { Half } from './rules';
import { labelsFaults, namespaceNamed } from './selector';
import { Fault, shown } from '../errors';
import { dnsLabelFaults } from '../names';
import type { ClusterDns, DnsServer } from '../platform';

/** The flows to where pods of the cluster send their DNS queries. */
export function dnsHalves({ servers }: ClusterDns): Half[] {
  return servers.map((server) => ({
    direction: 'egress', peers: [serverPeer(server)], ports: () => ['UDP', 'TCP'].map((protocol) => ({ protocol, port: server.port ?? 53 })),
  }));
}

export function dnsFaults({ servers }: ClusterDns): Fault[] {
  if (servers.length === 0) return [{ problem: 'no DNS server is given', remedy: 'give at least one: without DNS hardly any workload runs' }];
  return servers.flatMap((server) => {
    const { cidr, namespace, podLabels = {}, port = 53 } = server;
    if (cidr === undefined ? namespace === undefined : namespace !== undefined || server.podLabels !== undefined) {
      return [{ problem: `the DNS server ${shown(server)} is not valid`, remedy: 'give namespace and podLabels where DNS runs in pods, else cidr' }];
    }
    return [
      ...cidr === undefined ? [] : blockFormFaults({ cidr }),
      ...namespace === undefined ? [] : dnsLabelFaults('the namespace of DNS,', namespace),
      ...labelsFaults(podLabels),
      ...Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [{ problem: `the DNS port ${shown(port)} is not valid`, remedy: 'use a whole number from 1 to 65535' }],
    ];
  });
}

function serverPeer({ cidr, namespace, podLabels = {} }: DnsServer): PeerRule {
  if (cidr !== undefined) return { ipBlock: { cidr } };
  return { namespaceSelector: namespaceNamed(namespace!), ...Object.keys(podLabels).length > 0 ? { podSelector: { matchLabels: podLabels } } : {} };
}
