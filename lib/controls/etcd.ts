import { commandLinesOf } from './command-line';
import type { InventoryControl, Sighting } from './control';
import { ABSENT, either, FALSE, flagsOff, GIVEN, TRUE } from './flag-demand';
import { byKubeadm, staticPod } from './flag-row';
import { valueOf } from './flag';
import { shown } from '../errors';
import type { Inventory } from '../inventory';

const etcd = (...flags: string[]) => staticPod('etcd', ...flags);
const kubeadm = (args: { readonly [flag: string]: string } = {}) => byKubeadm('etcd', args);
const withEnv = (env: { readonly [name: string]: string }, ...flags: string[]) => [{
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'etcd' }, spec: { containers: [{ name: 'etcd', command: ['etcd', ...flags], env: Object.entries(env).map(([name, value]) => ({ name, value })) }] },
}];
const TLS = { nsa: ['Control plane hardening', 'Encryption'], owasp: ['K03', 'K07'], nist: ['800-190 4.3.5', '800-53 SC-8'] };
const AUTHENTICATION = { nsa: ['Authentication', 'Control plane hardening'], owasp: ['K03', 'K07', 'K09'], nist: ['800-190 4.3.2', '800-53 IA-3'] };

/** etcd, by its flags in static pods, its environment, and kubeadm's configuration. */
export const ETCD: readonly InventoryControl[] = [
  {
    id: 'etcd/tls', title: 'Clients of etcd speak TLS', severity: 'critical', level: 'restricted', on: 'inventory',
    frameworks: { ...TLS, cis: ['2.1'], checkov: ['CKV_K8S_116'], trivy: ['KCV-0042'], kubescape: ['C-0153'] },
    judge: flagsOff('etcd', ['cert-file', 'key-file'], GIVEN),
    message: 'cert-file and key-file must be given, or the cluster\'s state, Secrets included, is read on the wire',
    remediation: 'Give a certificate and its key.',
    allowed: { 'both': etcd('--cert-file=/a.crt', '--key-file=/a.key'), 'with one dash': etcd('-cert-file=/a.crt', '-key-file', '/a.key'), 'by its environment': withEnv({ ETCD_CERT_FILE: '/a.crt', ETCD_KEY_FILE: '/a.key' }), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': etcd(), 'no key': etcd('--cert-file=/a.crt'), 'of its peers alone': etcd('--peer-cert-file=/a.crt', '--peer-key-file=/a.key') },
  },
  {
    id: 'etcd/client-auth', title: 'Clients of etcd show a certificate', severity: 'critical', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, cis: ['2.2'], checkov: ['CKV_K8S_117'], trivy: ['KCV-0043'], kubescape: ['C-0154'] },
    judge: flagsOff('etcd', ['client-cert-auth'], TRUE),
    message: 'client-cert-auth must be true, or whoever reaches etcd reads and writes everything',
    remediation: 'Set `--client-cert-auth=true`.',
    allowed: { 'true': etcd('--client-cert-auth=true'), 'alone': etcd('--client-cert-auth'), 'by its environment': withEnv({ ETCD_CLIENT_CERT_AUTH: 'true' }), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': etcd(), 'false': etcd('--client-cert-auth=false'), 'a flag before the environment': withEnv({ ETCD_CLIENT_CERT_AUTH: 'true' }, '--client-cert-auth=false'), 'of its peers alone': etcd('--peer-client-cert-auth=true'), 'by kubeadm': kubeadm({ 'client-cert-auth': 'false' }) },
  },
  {
    id: 'etcd/no-auto-tls', title: 'Certificates of etcd are not signed by itself', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...TLS, cis: ['2.3'], checkov: ['CKV_K8S_118'], trivy: ['KCV-0044'], kubescape: ['C-0155'] },
    judge: flagsOff('etcd', ['auto-tls'], either(ABSENT, FALSE)),
    message: 'auto-tls must not be true, whose certificates nobody can verify',
    remediation: 'Take the flag away, and give a certificate.',
    allowed: { 'nothing said': etcd(), 'false': etcd('--auto-tls=false') },
    denied: { 'true': etcd('--auto-tls=true'), 'alone': etcd('--auto-tls'), 'by its environment': withEnv({ ETCD_AUTO_TLS: 'true' }), 'by kubeadm': kubeadm({ 'auto-tls': 'true' }) },
  },
  {
    id: 'etcd/peer-tls', title: 'Members of etcd speak TLS with each other', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...TLS, cis: ['2.4'], checkov: ['CKV_K8S_119'], trivy: ['KCV-0045'], kubescape: ['C-0156'] },
    judge: flagsOff('etcd', ['peer-cert-file', 'peer-key-file'], GIVEN),
    message: 'peer-cert-file and peer-key-file must be given',
    remediation: 'Give a certificate and its key.',
    allowed: { 'both': etcd('--peer-cert-file=/a.crt', '--peer-key-file=/a.key'), 'one by its environment': withEnv({ ETCD_PEER_KEY_FILE: '/a.key' }, '--peer-cert-file=/a.crt'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': etcd(), 'no key': etcd('--peer-cert-file=/a.crt'), 'of its clients alone': etcd('--cert-file=/a.crt', '--key-file=/a.key') },
  },
  {
    id: 'etcd/peer-client-auth', title: 'Members of etcd ask each other for certificates', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, cis: ['2.5'], checkov: ['CKV_K8S_121'], trivy: ['KCV-0046'], kubescape: ['C-0157'] },
    judge: flagsOff('etcd', ['peer-client-cert-auth'], TRUE),
    message: 'peer-client-cert-auth must be true, or whoever reaches a member joins them',
    remediation: 'Set `--peer-client-cert-auth=true`.',
    allowed: { 'true': etcd('--peer-client-cert-auth=true'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': etcd(), 'false': etcd('--peer-client-cert-auth=false'), 'of its clients alone': etcd('--client-cert-auth=true') },
  },
  {
    id: 'etcd/no-peer-auto-tls', title: 'Members of etcd sign no certificates for themselves', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...TLS, cis: ['2.6'], trivy: ['KCV-0047'], kubescape: ['C-0158'] },
    judge: flagsOff('etcd', ['peer-auto-tls'], either(ABSENT, FALSE)),
    message: 'peer-auto-tls must not be true, whose certificates nobody can verify',
    remediation: 'Take the flag away, and give a certificate.',
    allowed: { 'nothing said': etcd(), 'false': etcd('--peer-auto-tls=false'), 'of its clients alone': etcd('--auto-tls=true') },
    denied: { 'true': etcd('--peer-auto-tls=true'), 'alone': etcd('--peer-auto-tls') },
  },
  {
    id: 'etcd/own-ca', title: 'Certificates for etcd have an authority of their own', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, cis: ['2.7'], kubescape: ['C-0159'] },
    judge: sharedAuthority,
    message: 'trusted-ca-file must be given, and be another authority than that of the cluster\'s clients, or each of them is let into etcd',
    remediation: 'Make an authority for etcd alone, and give its certificate.',
    allowed: { 'one of its own': [...etcd('--trusted-ca-file=/etcd/ca.crt'), ...staticPod('kube-apiserver', '--client-ca-file=/ca.crt')], 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': etcd(), 'the cluster\'s': [...etcd('--trusted-ca-file=/ca.crt'), ...staticPod('kube-apiserver', '--client-ca-file=/ca.crt')], 'the cluster\'s, by kubeadm': kubeadm({ 'trusted-ca-file': '/etc/kubernetes/pki/ca.crt' }) },
  },
];

function sharedAuthority(inventory: Inventory): Sighting[] {
  const lines = commandLinesOf(inventory);
  const ofClients = new Set(lines.filter(({ component }) => component === 'kube-apiserver').map((line) => valueOf(line, 'client-ca-file')));
  return lines.filter(({ component }) => component === 'etcd').flatMap((line): Sighting[] => {
    const file = valueOf(line, 'trusted-ca-file');
    if (file && !ofClients.has(file)) return [];
    const problem = file ? `--trusted-ca-file is ${shown(file)}, which is also the API server's client-ca-file` : '--trusted-ca-file is absent';
    return [{ object: line.object, path: line.flags.get('trusted-ca-file')?.path ?? line.path, problem }];
  });
}
