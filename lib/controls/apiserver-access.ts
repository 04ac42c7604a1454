import type { InventoryControl } from './control';
import { ABSENT, either, FALSE, flagsOff, GIVEN, naming, notNaming, only, TRUE } from './flag-demand';
import { byKubeadm, staticPod } from './flag-row';
import { CommandLine, valueOf } from './flag';

const SERVER = 'kube-apiserver';
const server = (...flags: string[]) => staticPod(SERVER, ...flags);
const kubeadm = (args: { readonly [flag: string]: string } = {}) => byKubeadm(SERVER, args);
const AUTHENTICATION = { nsa: ['Authentication', 'Control plane hardening'], owasp: ['K07', 'K09'], nist: ['800-190 4.3.2', '800-53 IA-2'] };
const AUTHORIZATION = { nsa: ['Control plane hardening', 'Role-based access control'], owasp: ['K02', 'K07'], nist: ['800-190 4.3.1', '800-53 AC-3'] };
const ENCRYPTION = { nsa: ['Control plane hardening', 'Encryption'], owasp: ['K07'], nist: ['800-190 4.3.5', '800-53 SC-8'] };
const EXTRA_ARGS = (name: string, value: string) => `apiServer:\n  extraArgs:\n  - {name: ${name}, value: "${value}"}`;

/** Authorization may be configured by a file, of which the flags say nothing. */
const byFile = (line: CommandLine) => valueOf(line, 'authorization-config') !== undefined;

/** Suites without known weakness that Go offers; those of TLS 1.3 are always on. */
export const STRONG_CIPHERS = [
  'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
];

/** Who gets into the API server, and how: its flags in static pods and in kubeadm's configuration. */
export const APISERVER_ACCESS: readonly InventoryControl[] = [
  {
    id: 'apiserver/no-anonymous-auth', title: 'The API server refuses anonymous requests', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-190 4.3.2', '800-53 AC-14'], cis: ['1.2.1'], checkov: ['CKV_K8S_68'], trivy: ['KCV-0001'], kubescape: ['C-0113'] },
    judge: flagsOff(SERVER, ['anonymous-auth'], FALSE, (line) => valueOf(line, 'authentication-config') !== undefined),
    message: 'anonymous-auth must be false; whom anonymous requests are let in for, the file of authentication-config can say from 1.31 on',
    remediation: 'Set `--anonymous-auth=false`, and let probes and load balancers ask with a certificate, or by a path that the file lets in.',
    snippet: EXTRA_ARGS('anonymous-auth', 'false'),
    allowed: { 'false': server('--anonymous-auth=false'), 'the last word': server('--anonymous-auth=true', '--anonymous-auth=false'), 'by kubeadm': kubeadm({ 'anonymous-auth': 'false' }), 'by a file': server('--authentication-config=/etc/kubernetes/auth.yaml') },
    denied: { 'nothing said': server(), 'true': server('--anonymous-auth=true'), 'alone': server('--anonymous-auth'), 'the last word': server('--anonymous-auth=false', '--anonymous-auth=true'), 'left to kubeadm': kubeadm(), 'near its name': server('--anonymous-authn=false') },
  },
  {
    id: 'apiserver/no-static-credentials', title: 'The API server takes no passwords or tokens from files', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-190 4.3.2', '800-53 IA-5'], cis: ['1.2.2'], checkov: ['CKV_K8S_69', 'CKV_K8S_70'], trivy: ['KCV-0002'], kubescape: ['C-0114'] },
    judge: flagsOff(SERVER, ['basic-auth-file', 'token-auth-file'], ABSENT),
    message: 'basic-auth-file and token-auth-file must be absent, whose credentials never expire',
    remediation: 'Take the flag away, and authenticate by OIDC or client certificates.',
    allowed: { 'nothing said': server(), 'a file of something else': server('--service-account-key-file=/sa.pub'), 'by kubeadm': kubeadm() },
    denied: { 'tokens': server('--token-auth-file=/tokens.csv'), 'in two words': server('--token-auth-file', '/tokens.csv'), 'passwords': server('--basic-auth-file=/passwords.csv'), 'by kubeadm': kubeadm({ 'token-auth-file': '/tokens.csv' }) },
  },
  {
    id: 'apiserver/no-insecure-port', title: 'The API server listens with TLS alone', severity: 'critical', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, owasp: ['K06', 'K07'], checkov: ['CKV_K8S_86', 'CKV_K8S_88'], kubescape: ['C-0005'] },
    judge: flagsOff(SERVER, ['insecure-bind-address', 'insecure-port'], either(ABSENT, (value) => value === '0')),
    message: 'insecure-port must be 0 or absent, and insecure-bind-address absent: there requests are neither authenticated nor authorized',
    remediation: 'Take both flags away; from Kubernetes 1.24 on they are gone.',
    allowed: { 'nothing said': server(), 'port 0': server('--insecure-port=0'), 'by kubeadm': kubeadm() },
    denied: { 'a port': server('--insecure-port=8080'), 'in two words': server('--insecure-port', '8080'), 'an address': server('--insecure-bind-address=0.0.0.0') },
  },
  {
    id: 'apiserver/secure-port', title: 'The API server\'s port with TLS is open', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, checkov: ['CKV_K8S_89'], trivy: ['KCV-0017'] },
    judge: flagsOff(SERVER, ['secure-port'], (value) => value !== '0'),
    message: 'secure-port must not be 0, which serves no TLS',
    remediation: 'Set `--secure-port=6443`, or leave the flag out.',
    allowed: { 'nothing said': server(), 'a port': server('--secure-port=6443') },
    denied: { 'port 0': server('--secure-port=0'), 'by kubeadm': kubeadm({ 'secure-port': '0' }) },
  },
  {
    id: 'apiserver/tls-certificate', title: 'The API server serves TLS with a certificate of its own', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, cis: ['1.2.24'], checkov: ['CKV_K8S_100'], trivy: ['KCV-0027'], kubescape: ['C-0138'] },
    judge: flagsOff(SERVER, ['tls-cert-file', 'tls-private-key-file'], GIVEN),
    message: 'tls-cert-file and tls-private-key-file must be given, without which it signs a certificate itself that nobody can verify',
    remediation: 'Give the certificate and its key.',
    allowed: { 'both': server('--tls-cert-file=/a.crt', '--tls-private-key-file=/a.key'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'no key': server('--tls-cert-file=/a.crt'), 'an empty one': server('--tls-cert-file=/a.crt', '--tls-private-key-file=') },
  },
  {
    id: 'apiserver/strong-ciphers', title: 'The API server negotiates strong ciphers alone', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, nist: ['800-53 SC-8', '800-53 SC-13'], cis: ['1.2.29'], checkov: ['CKV_K8S_105'], kubescape: ['C-0277'] },
    judge: flagsOff(SERVER, ['tls-cipher-suites'], only(STRONG_CIPHERS), (line) => valueOf(line, 'tls-min-version') === 'VersionTLS13'),
    message: 'tls-cipher-suites must name only suites with forward secrecy and authenticated encryption, unless tls-min-version is VersionTLS13',
    remediation: 'Set `--tls-min-version=VersionTLS13`, or name suites with ECDHE and GCM or ChaCha20.',
    snippet: EXTRA_ARGS('tls-min-version', 'VersionTLS13'),
    allowed: { 'strong ones': server('--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'), 'TLS 1.3': server('--tls-min-version=VersionTLS13'), 'by kubeadm': kubeadm({ 'tls-cipher-suites': 'TLS_AES_128_GCM_SHA256' }) },
    denied: {
      'nothing said': server(), 'CBC': server('--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'), 'one weak one among strong ones': server('--tls-cipher-suites=TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256'),
      'a weak one, in a flag of its own': server('--tls-cipher-suites=TLS_RSA_WITH_3DES_EDE_CBC_SHA', '--tls-cipher-suites=TLS_AES_128_GCM_SHA256'), 'TLS 1.2': server('--tls-min-version=VersionTLS12'),
    },
  },
  {
    id: 'apiserver/client-ca', title: 'The API server knows the authority of client certificates', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-190 4.3.5', '800-53 IA-3'], cis: ['1.2.25'], trivy: ['KCV-0028'], kubescape: ['C-0139'] },
    judge: flagsOff(SERVER, ['client-ca-file'], GIVEN),
    message: 'client-ca-file must be given, or no certificate of a client is one',
    remediation: 'Give the cluster\'s certificate authority.',
    allowed: { 'a file': server('--client-ca-file=/ca.crt'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'empty': server('--client-ca-file=') },
  },
  {
    id: 'apiserver/etcd-client-certificate', title: 'The API server authenticates to etcd by certificate', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, nist: ['800-53 IA-3', '800-53 SC-8'], cis: ['1.2.23'], checkov: ['CKV_K8S_99'], trivy: ['KCV-0026'], kubescape: ['C-0137'] },
    judge: flagsOff(SERVER, ['etcd-certfile', 'etcd-keyfile'], GIVEN),
    message: 'etcd-certfile and etcd-keyfile must be given, or etcd lets anybody read and write the cluster\'s state',
    remediation: 'Give a certificate of etcd\'s authority and its key.',
    allowed: { 'both': server('--etcd-certfile=/a.crt', '--etcd-keyfile=/a.key'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'no certificate': server('--etcd-keyfile=/a.key') },
  },
  {
    id: 'apiserver/etcd-ca', title: 'The API server verifies etcd\'s certificate', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, cis: ['1.2.26'], checkov: ['CKV_K8S_102'], trivy: ['KCV-0029'], kubescape: ['C-0140'] },
    judge: flagsOff(SERVER, ['etcd-cafile'], GIVEN),
    message: 'etcd-cafile must be given, or whoever answers at its address passes for etcd',
    remediation: 'Give etcd\'s certificate authority.',
    allowed: { 'a file': server('--etcd-cafile=/ca.crt'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'empty': server('--etcd-cafile', '') },
  },
  {
    id: 'apiserver/kubelet-client-certificate', title: 'The API server authenticates to kubelets by certificate', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, nist: ['800-53 IA-3', '800-53 SC-8'], cis: ['1.2.4'], checkov: ['CKV_K8S_72'], trivy: ['KCV-0005'], kubescape: ['C-0116'] },
    judge: flagsOff(SERVER, ['kubelet-client-certificate', 'kubelet-client-key'], GIVEN),
    message: 'kubelet-client-certificate and kubelet-client-key must be given, or kubelets must let anybody in',
    remediation: 'Give a certificate of the cluster\'s authority and its key.',
    allowed: { 'both': server('--kubelet-client-certificate=/a.crt', '--kubelet-client-key=/a.key'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'no key': server('--kubelet-client-certificate=/a.crt') },
  },
  {
    id: 'apiserver/kubelet-ca', title: 'The API server verifies the certificates of kubelets', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, cis: ['1.2.5'], checkov: ['CKV_K8S_73'], trivy: ['KCV-0006'], kubescape: ['C-0117'] },
    judge: flagsOff(SERVER, ['kubelet-certificate-authority'], GIVEN),
    message: 'kubelet-certificate-authority must be given, or whoever answers at a node\'s address passes for its kubelet',
    remediation: 'Give the authority that signs kubelets\' serving certificates, with serverTLSBootstrap on the kubelets.',
    snippet: EXTRA_ARGS('kubelet-certificate-authority', '/etc/kubernetes/pki/ca.crt'),
    allowed: { 'a file': server('--kubelet-certificate-authority=/ca.crt'), 'by kubeadm': kubeadm({ 'kubelet-certificate-authority': '/ca.crt' }) },
    denied: { 'nothing said': server(), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/kubelet-https', title: 'The API server speaks TLS to kubelets', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ENCRYPTION, checkov: ['CKV_K8S_71'], trivy: ['KCV-0004'] },
    judge: flagsOff(SERVER, ['kubelet-https'], either(ABSENT, TRUE)),
    message: 'kubelet-https must not be false',
    remediation: 'Take the flag away; from Kubernetes 1.22 on there is nothing but TLS.',
    allowed: { 'nothing said': server(), 'true': server('--kubelet-https=true') },
    denied: { 'false': server('--kubelet-https=false') },
  },
  {
    id: 'apiserver/no-always-allow', title: 'The API server authorizes requests', severity: 'critical', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHORIZATION, cis: ['1.2.6'], checkov: ['CKV_K8S_74'], trivy: ['KCV-0007'], kubescape: ['C-0118'] },
    judge: flagsOff(SERVER, ['authorization-mode'], (value) => GIVEN(value) && notNaming('AlwaysAllow')(value), byFile),
    message: 'authorization-mode must be given, and not name AlwaysAllow, which is also what holds without it',
    remediation: 'Set `--authorization-mode=Node,RBAC`.',
    snippet: EXTRA_ARGS('authorization-mode', 'Node,RBAC'),
    allowed: { 'Node and RBAC': server('--authorization-mode=Node,RBAC'), 'in two words': server('--authorization-mode', 'Node,RBAC'), 'left to kubeadm': kubeadm(), 'by a file': server('--authorization-config=/etc/kubernetes/authz.yaml') },
    denied: { 'nothing said': server(), 'AlwaysAllow': server('--authorization-mode=AlwaysAllow'), 'among others': server('--authorization-mode=Node,RBAC,AlwaysAllow'), 'added by a second flag': server('--authorization-mode=RBAC', '--authorization-mode=AlwaysAllow'), 'by kubeadm': kubeadm({ 'authorization-mode': 'AlwaysAllow' }) },
  },
  {
    id: 'apiserver/node-authorization', title: 'The API server confines kubelets to their own nodes', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHORIZATION, nist: ['800-190 4.3.5', '800-53 AC-6'], cis: ['1.2.7'], checkov: ['CKV_K8S_75'], trivy: ['KCV-0008'], kubescape: ['C-0119'] },
    judge: flagsOff(SERVER, ['authorization-mode'], naming('Node'), byFile),
    message: 'authorization-mode must name Node, so that a kubelet reads only the Secrets of its own pods',
    remediation: 'Set `--authorization-mode=Node,RBAC`.',
    snippet: EXTRA_ARGS('authorization-mode', 'Node,RBAC'),
    allowed: { 'Node and RBAC': server('--authorization-mode=Node,RBAC'), 'each in a flag of its own': server('--authorization-mode=RBAC', '--authorization-mode=Node'), 'left to kubeadm': kubeadm(), 'by a file': server('--authorization-config=/etc/kubernetes/authz.yaml') },
    denied: { 'nothing said': server(), 'RBAC alone': server('--authorization-mode=RBAC'), 'near its name': server('--authorization-mode=NodeRestriction,RBAC') },
  },
  {
    id: 'apiserver/rbac-authorization', title: 'The API server authorizes by RBAC', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHORIZATION, cis: ['1.2.8'], checkov: ['CKV_K8S_77'], trivy: ['KCV-0009'], kubescape: ['C-0088', 'C-0120'] },
    judge: flagsOff(SERVER, ['authorization-mode'], naming('RBAC'), byFile),
    message: 'authorization-mode must name RBAC',
    remediation: 'Set `--authorization-mode=Node,RBAC`.',
    snippet: EXTRA_ARGS('authorization-mode', 'Node,RBAC'),
    allowed: { 'Node and RBAC': server('--authorization-mode=Node,RBAC'), 'in two words': server('--authorization-mode', 'Node,RBAC'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'behind a blank': server('--authorization-mode=Node, RBAC'), 'ABAC': server('--authorization-mode=Node,ABAC'), 'in lower case': server('--authorization-mode=Node,rbac'), 'by kubeadm': kubeadm({ 'authorization-mode': 'Node,Webhook' }) },
  },
  {
    id: 'apiserver/service-account-lookup', title: 'The API server looks accounts up when it checks their tokens', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-190 4.3.2', '800-53 IA-5'], cis: ['1.2.21'], checkov: ['CKV_K8S_96'], trivy: ['KCV-0024'], kubescape: ['C-0135'] },
    judge: flagsOff(SERVER, ['service-account-lookup'], either(ABSENT, TRUE)),
    message: 'service-account-lookup must not be false, with which the token of a deleted account stays good',
    remediation: 'Take the flag away.',
    allowed: { 'nothing said': server(), 'true': server('--service-account-lookup=true'), 'alone': server('--service-account-lookup') },
    denied: { 'false': server('--service-account-lookup=false'), 'by kubeadm': kubeadm({ 'service-account-lookup': 'false' }) },
  },
  {
    id: 'apiserver/service-account-key', title: 'The API server checks tokens of accounts with a key of their own', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-53 IA-5', '800-53 SC-12'], cis: ['1.2.22'], checkov: ['CKV_K8S_97'], trivy: ['KCV-0025'], kubescape: ['C-0136'] },
    judge: flagsOff(SERVER, ['service-account-key-file'], GIVEN),
    message: 'service-account-key-file must be given, without which the key of its TLS certificate serves, which cannot be changed without breaking tokens',
    remediation: 'Give the public key of the pair that signs tokens.',
    allowed: { 'a file': server('--service-account-key-file=/sa.pub'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'the signing key alone': server('--service-account-signing-key-file=/sa.key') },
  },
  {
    id: 'apiserver/no-token-extension', title: 'The API server does not lengthen the life of tokens', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...AUTHENTICATION, nist: ['800-53 IA-5'], cis: ['1.2.30'], kubescape: ['C-0290'] },
    judge: flagsOff(SERVER, ['service-account-extend-token-expiration'], FALSE),
    message: 'service-account-extend-token-expiration must be false; without it a pod\'s token of one hour is good for a year',
    remediation: 'Set `--service-account-extend-token-expiration=false`.',
    snippet: EXTRA_ARGS('service-account-extend-token-expiration', 'false'),
    allowed: { 'false': server('--service-account-extend-token-expiration=false'), 'by kubeadm': kubeadm({ 'service-account-extend-token-expiration': 'false' }) },
    denied: { 'nothing said': server(), 'true': server('--service-account-extend-token-expiration=true'), 'left to kubeadm': kubeadm() },
  },
];
