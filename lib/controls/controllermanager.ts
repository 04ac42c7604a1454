import type { InventoryControl } from './control';
import { FALSE, flagsOff, GIVEN, LOOPBACK, notOff, TRUE } from './flag-demand';
import { byKubeadm, staticPod } from './flag-row';

const MANAGER = 'kube-controller-manager';
const manager = (...flags: string[]) => staticPod(MANAGER, ...flags);
const kubeadm = (args: { readonly [flag: string]: string } = {}) => byKubeadm(MANAGER, args);
const HARDENING = { nsa: ['Control plane hardening'], owasp: ['K07'], nist: ['800-53 CM-6', '800-53 CM-7'] };
const CREDENTIALS = { nsa: ['Authentication', 'Control plane hardening'], owasp: ['K07', 'K09'], nist: ['800-53 IA-5'] };
const EXTRA_ARGS = (name: string, value: string) => `controllerManager:\n  extraArgs:\n  - {name: ${name}, value: "${value}"}`;

/** The controller manager, by its flags in static pods and in kubeadm's configuration. */
export const CONTROLLERMANAGER: readonly InventoryControl[] = [
  {
    id: 'controllermanager/pod-garbage-collection', title: 'Terminated pods are collected at a considered threshold', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, nist: ['800-53 SC-5'], cis: ['1.3.1'], checkov: ['CKV_K8S_106'], trivy: ['KCV-0033'], kubescape: ['C-0144'] },
    judge: flagsOff(MANAGER, ['terminated-pod-gc-threshold'], (value) => value !== undefined && /^[1-9]\d*$/.test(value)),
    message: 'terminated-pod-gc-threshold must be given, as a number above 0; without it 12500 terminated pods stay',
    remediation: 'Set `--terminated-pod-gc-threshold` to what the nodes and etcd bear.',
    snippet: EXTRA_ARGS('terminated-pod-gc-threshold', '1000'),
    allowed: { 'a number': manager('--terminated-pod-gc-threshold=1000'), 'by kubeadm': kubeadm({ 'terminated-pod-gc-threshold': '1000' }) },
    denied: { 'nothing said': manager(), 'never': manager('--terminated-pod-gc-threshold=0'), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'controllermanager/no-profiling', title: 'The controller manager serves no profiles', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, cis: ['1.3.2'], checkov: ['CKV_K8S_107'], kubescape: ['C-0145'] },
    judge: flagsOff(MANAGER, ['profiling'], FALSE),
    message: 'profiling must be false',
    remediation: 'Set `--profiling=false`.',
    snippet: EXTRA_ARGS('profiling', 'false'),
    allowed: { 'false': manager('--profiling=false'), 'by kubeadm': kubeadm({ profiling: 'false' }) },
    denied: { 'nothing said': manager(), 'true': manager('--profiling=true'), 'alone': manager('--profiling', '--leader-elect=true') },
  },
  {
    id: 'controllermanager/own-credentials', title: 'Each controller uses an account of its own', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...CREDENTIALS, nist: ['800-53 AC-6'], cis: ['1.3.3'], checkov: ['CKV_K8S_108'], trivy: ['KCV-0135'], kubescape: ['C-0146'] },
    judge: flagsOff(MANAGER, ['use-service-account-credentials'], TRUE),
    message: 'use-service-account-credentials must be true, or every controller has the rights of all',
    remediation: 'Set `--use-service-account-credentials=true`.',
    snippet: EXTRA_ARGS('use-service-account-credentials', 'true'),
    allowed: { 'true': manager('--use-service-account-credentials=true'), 'alone': manager('--use-service-account-credentials'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': manager(), 'false': manager('--use-service-account-credentials=false'), 'by kubeadm': kubeadm({ 'use-service-account-credentials': 'false' }) },
  },
  {
    id: 'controllermanager/service-account-key', title: 'Tokens of accounts are signed with a key of their own', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...CREDENTIALS, nist: ['800-53 IA-5', '800-53 SC-12'], cis: ['1.3.4'], checkov: ['CKV_K8S_110'], trivy: ['KCV-0036'], kubescape: ['C-0147'] },
    judge: flagsOff(MANAGER, ['service-account-private-key-file'], GIVEN),
    message: 'service-account-private-key-file must be given',
    remediation: 'Give the private key of the pair that signs tokens.',
    snippet: EXTRA_ARGS('service-account-private-key-file', '/etc/kubernetes/pki/sa.key'),
    allowed: { 'a file': manager('--service-account-private-key-file=/sa.key'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': manager(), 'empty': manager('--service-account-private-key-file=') },
  },
  {
    id: 'controllermanager/root-ca', title: 'Pods get the API server\'s root certificate', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { nsa: ['Control plane hardening', 'Encryption'], owasp: ['K07'], nist: ['800-53 SC-8'], cis: ['1.3.5'], checkov: ['CKV_K8S_111'], trivy: ['KCV-0037'], kubescape: ['C-0148'] },
    judge: flagsOff(MANAGER, ['root-ca-file'], GIVEN),
    message: 'root-ca-file must be given, or pods cannot verify whom they send their tokens to',
    remediation: 'Give the authority of the API server\'s certificate.',
    snippet: EXTRA_ARGS('root-ca-file', '/etc/kubernetes/pki/ca.crt'),
    allowed: { 'a file': manager('--root-ca-file=/ca.crt'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': manager(), 'another authority': manager('--client-ca-file=/ca.crt') },
  },
  {
    id: 'controllermanager/kubelet-certificate-rotation', title: 'Kubelets\' serving certificates are rotated', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...CREDENTIALS, cis: ['1.3.6'], checkov: ['CKV_K8S_112'], trivy: ['KCV-0038'], kubescape: ['C-0149'] },
    judge: flagsOff(MANAGER, ['feature-gates'], notOff('RotateKubeletServerCertificate')),
    message: 'feature-gates must not switch RotateKubeletServerCertificate off, which is on by itself',
    remediation: 'Take it out of the list.',
    allowed: { 'nothing said': manager(), 'on': manager('--feature-gates=RotateKubeletServerCertificate=true'), 'another one off': manager('--feature-gates=AllAlpha=false'), 'the last word': manager('--feature-gates=RotateKubeletServerCertificate=false,RotateKubeletServerCertificate=true') },
    denied: { 'off': manager('--feature-gates=RotateKubeletServerCertificate=false'), 'among others': manager('--feature-gates', 'AllAlpha=false,RotateKubeletServerCertificate=false'), 'by kubeadm': kubeadm({ 'feature-gates': 'RotateKubeletServerCertificate=false' }) },
  },
  {
    id: 'controllermanager/loopback', title: 'The controller manager listens on loopback alone', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, owasp: ['K06', 'K07'], nist: ['800-53 CM-7', '800-53 SC-7'], cis: ['1.3.7'], checkov: ['CKV_K8S_113'], trivy: ['KCV-0039'], kubescape: ['C-0150'] },
    judge: flagsOff(MANAGER, ['bind-address'], LOOPBACK),
    message: 'bind-address must be 127.0.0.1 or ::1; without it every address of the node is served',
    remediation: 'Set `--bind-address=127.0.0.1`.',
    snippet: EXTRA_ARGS('bind-address', '127.0.0.1'),
    allowed: { 'loopback': manager('--bind-address=127.0.0.1'), 'of IPv6': manager('--bind-address', '::1'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': manager(), 'every address': manager('--bind-address=0.0.0.0'), 'a node\'s address': manager('--bind-address=10.0.0.1'), 'by kubeadm': kubeadm({ 'bind-address': '0.0.0.0' }), 'near it': manager('--bind-address=127.0.0.1.example.com') },
  },
];
