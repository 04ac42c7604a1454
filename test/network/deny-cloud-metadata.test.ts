import * as path from 'node:path';
import { App, Chart, Testing, Yaml } from 'cdk8s';
import { Golden } from '../../lib/golden';
import { DenyCloudMetadata, DenyCloudMetadataProps } from '../../lib/network';
import { ClusterDns, Cni, NetworkDialect, Platform, PlatformProps } from '../../lib/platform';

function denial(platform: PlatformProps, props?: DenyCloudMetadataProps): { chart: Chart; deny: DenyCloudMetadata } {
  const app = new App();
  new Platform(app, 'platform', platform);
  const chart = new Chart(app, 'guardrails');
  return { chart, deny: new DenyCloudMetadata(chart, 'metadata', props) };
}

const OTHER = Cni.other({ name: 'ovn-kubernetes', enforcesNetworkPolicy: true, dialects: [NetworkDialect.CLUSTER_NETWORK_POLICY] });

test.each([['cilium', Cni.cilium()], ['calico', Cni.calico()], ['cluster-network-policy', OTHER]])('in the dialect of %s', (name, cni) => {
  const { chart } = denial({ cni });
  Golden.ofFiles({ [`${name}.yaml`]: Yaml.stringify(...Testing.synth(chart)) }).matches(path.join(__dirname, 'deny-cloud-metadata', name));
});

test('the EKS Pod Identity agent stays open, as it gives a pod its own credentials', () => {
  const { denied } = denial({ cni: OTHER }).deny;
  expect(denied).toContain('169.254.169.254/32');
  expect(denied).toContain('fd00:ec2::254/128');
  expect(denied.filter((cidr) => cidr.startsWith('169.254.170.23') || cidr.startsWith('fd00:ec2::23/'))).toEqual([]);
});

test('what is excepted stays open, and only that', () => {
  expect(denial({ cni: OTHER }, { exceptAddresses: ['169.254.169.254'] }).deny.denied).toEqual(expect.arrayContaining(['169.254.170.23/32']));
  expect(denial({ cni: OTHER }, { exceptAddresses: ['169.254.169.254'] }).deny.denied).not.toContain('169.254.169.254/32');
});

test('where DNS answers at the metadata address, that one stays open', () => {
  expect(denial({ cni: Cni.cilium(), dns: ClusterDns.gkeCloudDns() }).deny.denied).not.toContain('169.254.169.254/32');
});

test('no namespace has to be excepted', () => {
  for (const cni of [Cni.cilium(), Cni.calico(), OTHER]) expect(JSON.stringify(Testing.synth(denial({ cni }, { exceptNamespaces: [] }).chart))).not.toContain('kube-system');
});

test.each<[string, PlatformProps, DenyCloudMetadataProps | undefined, string]>([
  ['a CNI that cannot deny', { cni: Cni.antrea() }, undefined,
    'the CNI "antrea" enforces NetworkPolicies alone, which cannot deny; state in the Platform what the CNI enforces: Cni.cilium(), Cni.calico(), or Cni.other with dialects; the kinds that can deny are CiliumNetworkPolicy, GlobalNetworkPolicy, ClusterNetworkPolicy'],
  ['a CNI that is not stated', {}, undefined,
    'no Platform states the CNI, and NetworkPolicies cannot deny; state in the Platform what the CNI enforces: Cni.cilium(), Cni.calico(), or Cni.other with dialects; the kinds that can deny are CiliumNetworkPolicy, GlobalNetworkPolicy, ClusterNetworkPolicy'],
  ['the dialect of another CNI', { cni: Cni.calico() }, { dialect: NetworkDialect.CILIUM }, 'the CNI "calico" does not enforce the dialect "CiliumNetworkPolicy"; leave the dialect out, or state it among the dialects of the CNI in the Platform'],
  ['a dialect that cannot deny', { cni: Cni.calico() }, { dialect: NetworkDialect.NETWORK_POLICY }, 'NetworkPolicies cannot deny, only not allow; use one of the dialects CiliumNetworkPolicy, GlobalNetworkPolicy, ClusterNetworkPolicy'],
  ['an address of something else', { cni: Cni.cilium() }, { exceptAddresses: ['10.0.0.1'] },
    'exceptAddresses has "10.0.0.1", which is the address of no metadata service; give some of 169.254.169.254, 169.254.169.252, 169.254.170.2, 169.254.170.23, 100.100.100.200, 168.63.129.16, fd00:ec2::254, fd00:ec2::23, fd20:ce::254'],
  ['a namespace that is no name', { cni: Cni.cilium() }, { exceptNamespaces: ['Kube'] }, 'namespace "Kube" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
])('%s is refused', (_, platform, props, message) => {
  expect(() => denial(platform, props)).toThrow(new Error(`guardrails/metadata: ${message}`));
});
