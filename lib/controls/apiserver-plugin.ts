import type { InventoryControl } from './control';
import { ABSENT, atLeast, either, FALSE, flagsOff, GIVEN, lasting, naming, notNaming } from './flag-demand';
import { byKubeadm, staticPod } from './flag-row';
import { CommandLine, valueOf } from './flag';

const SERVER = 'kube-apiserver';
const server = (...flags: string[]) => staticPod(SERVER, ...flags);
const kubeadm = (args: { readonly [flag: string]: string } = {}) => byKubeadm(SERVER, args);
const HARDENING = { nsa: ['Control plane hardening'], owasp: ['K07'], nist: ['800-53 CM-6', '800-53 CM-7'] };
const ADMISSION = { nsa: ['Control plane hardening'], owasp: ['K04', 'K07'], nist: ['800-53 AC-3', '800-53 CM-7'] };
const AUDIT = { nsa: ['Logging'], owasp: ['K10'], nist: ['800-53 AU-2', '800-53 AU-12'] };
const EXTRA_ARGS = (name: string, value: string) => `apiServer:\n  extraArgs:\n  - {name: ${name}, value: "${value}"}`;
const PLUGINS = (plugin: string) => EXTRA_ARGS('enable-admission-plugins', plugin === 'NodeRestriction' ? plugin : `NodeRestriction,${plugin}`);

/** Logs to standard output are kept and rotated by whoever collects them. */
const toStandardOutput = (line: CommandLine) => valueOf(line, 'audit-log-path') === '-';

/** What the API server does with a request that it has let in: its flags in static pods and in kubeadm's configuration. */
export const APISERVER_PLUGIN: readonly InventoryControl[] = [
  {
    id: 'apiserver/no-always-admit', title: 'The API server does not admit everything', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, cis: ['1.2.10'], checkov: ['CKV_K8S_79'], trivy: ['KCV-0011'], kubescape: ['C-0122'] },
    judge: flagsOff(SERVER, ['enable-admission-plugins'], notNaming('AlwaysAdmit')),
    message: 'enable-admission-plugins must not name AlwaysAdmit',
    remediation: 'Take it out of the list.',
    snippet: PLUGINS('NodeRestriction'),
    allowed: { 'nothing said': server(), 'another': server('--enable-admission-plugins=NodeRestriction'), 'left to kubeadm': kubeadm() },
    denied: { 'it alone': server('--enable-admission-plugins=AlwaysAdmit'), 'among others': server('--enable-admission-plugins', 'NodeRestriction,AlwaysAdmit'), 'by kubeadm': kubeadm({ 'enable-admission-plugins': 'AlwaysAdmit' }) },
  },
  {
    id: 'apiserver/node-restriction', title: 'The API server lets kubelets change only their own node and pods', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, nist: ['800-190 4.3.5', '800-53 AC-6'], cis: ['1.2.14'], checkov: ['CKV_K8S_85'], trivy: ['KCV-0016'], kubescape: ['C-0127'] },
    judge: flagsOff(SERVER, ['enable-admission-plugins'], naming('NodeRestriction')),
    message: 'enable-admission-plugins must name NodeRestriction, or a kubelet relabels other nodes and draws their pods to itself',
    remediation: 'Add it to the list.',
    snippet: PLUGINS('NodeRestriction'),
    allowed: { 'it alone': server('--enable-admission-plugins=NodeRestriction'), 'in a second flag': server('--enable-admission-plugins=AlwaysPullImages', '--enable-admission-plugins=NodeRestriction'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': server(), 'others': server('--enable-admission-plugins=AlwaysPullImages'), 'left out by kubeadm\'s configuration': kubeadm({ 'enable-admission-plugins': 'AlwaysPullImages' }), 'near its name': server('--enable-admission-plugins=NodeRestrictions') },
  },
  {
    id: 'apiserver/service-account-plugin', title: 'The API server gives every pod an account', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, cis: ['1.2.12'], checkov: ['CKV_K8S_82'], trivy: ['KCV-0014'], kubescape: ['C-0125'] },
    judge: flagsOff(SERVER, ['disable-admission-plugins'], notNaming('ServiceAccount')),
    message: 'disable-admission-plugins must not name ServiceAccount',
    remediation: 'Take it out of the list.',
    allowed: { 'nothing said': server(), 'another': server('--disable-admission-plugins=DefaultStorageClass') },
    denied: { 'it alone': server('--disable-admission-plugins=ServiceAccount'), 'by kubeadm': kubeadm({ 'disable-admission-plugins': 'DefaultStorageClass,ServiceAccount' }) },
  },
  {
    id: 'apiserver/namespace-lifecycle', title: 'The API server takes no objects into namespaces that are not there', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, cis: ['1.2.13'], checkov: ['CKV_K8S_83'], trivy: ['KCV-0015'], kubescape: ['C-0126'] },
    judge: flagsOff(SERVER, ['disable-admission-plugins'], notNaming('NamespaceLifecycle')),
    message: 'disable-admission-plugins must not name NamespaceLifecycle',
    remediation: 'Take it out of the list.',
    allowed: { 'nothing said': server(), 'another': server('--disable-admission-plugins=DefaultStorageClass') },
    denied: { 'it alone': server('--disable-admission-plugins=NamespaceLifecycle'), 'among others': server('--disable-admission-plugins', 'DefaultStorageClass,NamespaceLifecycle') },
  },
  {
    id: 'apiserver/pod-security-plugin', title: 'The API server enforces Pod Security', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, nsa: ['Control plane hardening', 'Pod security enforcement'], cis: ['5.2.1'], kubescape: ['C-0192'] },
    judge: flagsOff(SERVER, ['disable-admission-plugins'], notNaming('PodSecurity')),
    message: 'disable-admission-plugins must not name PodSecurity, without which the labels of namespaces enforce nothing',
    remediation: 'Take it out of the list.',
    allowed: { 'nothing said': server(), 'what came before it': server('--disable-admission-plugins=PodSecurityPolicy') },
    denied: { 'it alone': server('--disable-admission-plugins=PodSecurity') },
  },
  {
    id: 'apiserver/deny-service-external-ips', title: 'The API server takes no external addresses of Services', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, cis: ['1.2.3'], kubescape: ['C-0283'] },
    judge: flagsOff(SERVER, ['enable-admission-plugins'], naming('DenyServiceExternalIPs')),
    message: 'enable-admission-plugins must name DenyServiceExternalIPs, or whoever writes Services draws the traffic of any address (CVE-2020-8554)',
    remediation: 'Add it to the list.',
    snippet: PLUGINS('DenyServiceExternalIPs'),
    allowed: { 'among others': server('--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs'), 'by kubeadm': kubeadm({ 'enable-admission-plugins': 'NodeRestriction,DenyServiceExternalIPs' }) },
    denied: { 'nothing said': server(), 'others': server('--enable-admission-plugins=NodeRestriction'), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/always-pull-images', title: 'The API server has every image pulled anew', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, cis: ['1.2.11'], checkov: ['CKV_K8S_80'], kubescape: ['C-0123'] },
    judge: flagsOff(SERVER, ['enable-admission-plugins'], naming('AlwaysPullImages')),
    message: 'enable-admission-plugins must name AlwaysPullImages, or a pod uses the private images that others have pulled to its node',
    remediation: 'Add it to the list.',
    snippet: PLUGINS('AlwaysPullImages'),
    allowed: { 'among others': server('--enable-admission-plugins=NodeRestriction,AlwaysPullImages'), 'by kubeadm': kubeadm({ 'enable-admission-plugins': 'NodeRestriction,AlwaysPullImages' }) },
    denied: { 'nothing said': server(), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/event-rate-limit', title: 'The API server limits the rate of events', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...ADMISSION, nist: ['800-53 SC-5'], cis: ['1.2.9'], checkov: ['CKV_K8S_78'], trivy: ['KCV-0010'], kubescape: ['C-0121'] },
    judge: flagsOff(SERVER, ['enable-admission-plugins'], naming('EventRateLimit')),
    message: 'enable-admission-plugins must name EventRateLimit, or a workload fills etcd with events',
    remediation: 'Add it to the list, and its limits to the file of admission-control-config-file.',
    snippet: PLUGINS('EventRateLimit'),
    allowed: { 'among others': server('--enable-admission-plugins=NodeRestriction,EventRateLimit'), 'by kubeadm': kubeadm({ 'enable-admission-plugins': 'NodeRestriction,EventRateLimit' }) },
    denied: { 'nothing said': server(), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/no-profiling', title: 'The API server serves no profiles', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, cis: ['1.2.15'], checkov: ['CKV_K8S_90'], trivy: ['KCV-0018'], kubescape: ['C-0129'] },
    judge: flagsOff(SERVER, ['profiling'], FALSE),
    message: 'profiling must be false',
    remediation: 'Set `--profiling=false`.',
    snippet: EXTRA_ARGS('profiling', 'false'),
    allowed: { 'false': server('--profiling=false'), 'by kubeadm': kubeadm({ profiling: 'false' }), 'in capitals': server('--profiling=False') },
    denied: { 'nothing said': server(), 'alone': server('--profiling'), 'true': server('--profiling=true'), 'of contention alone': server('--contention-profiling=false'), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/request-timeout', title: 'The API server lets no request last for ever', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, nist: ['800-53 SC-5'], cis: ['1.2.20'], checkov: ['CKV_K8S_95'], kubescape: ['C-0134'] },
    judge: flagsOff(SERVER, ['request-timeout'], either(ABSENT, lasting(1, 300))),
    message: 'request-timeout must be between 1 second and 5 minutes, or absent, which is 1 minute',
    remediation: 'Take the flag away, or set `--request-timeout=300s` at most.',
    allowed: { 'nothing said': server(), 'five minutes': server('--request-timeout=300s'), 'in minutes': server('--request-timeout=5m'), 'half a minute': server('--request-timeout', '30s'), 'in both': server('--request-timeout=1m30s') },
    denied: { 'none': server('--request-timeout=0'), 'no duration': server('--request-timeout=60'), 'an hour': server('--request-timeout=1h'), 'more than five minutes': server('--request-timeout=301s'), 'by kubeadm': kubeadm({ 'request-timeout': '20m' }) },
  },
  {
    id: 'apiserver/encryption-at-rest', title: 'The API server encrypts Secrets in etcd', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { nsa: ['Encryption', 'Secrets'], owasp: ['K03', 'K07'], nist: ['800-53 SC-28'], cis: ['1.2.27'], checkov: ['CKV_K8S_104'], trivy: ['KCV-0030'], kubescape: ['C-0066', 'C-0141'] },
    judge: flagsOff(SERVER, ['encryption-provider-config'], GIVEN),
    message: 'encryption-provider-config must be given, without which Secrets lie readable in etcd and its backups',
    remediation: 'Give an EncryptionConfiguration whose first provider for secrets is kms.',
    snippet: EXTRA_ARGS('encryption-provider-config', '/etc/kubernetes/encryption.yaml'),
    allowed: { 'a file': server('--encryption-provider-config=/etc/kubernetes/encryption.yaml'), 'by kubeadm': kubeadm({ 'encryption-provider-config': '/etc/kubernetes/encryption.yaml' }) },
    denied: { 'nothing said': server(), 'left to kubeadm': kubeadm(), 'reloading alone': server('--encryption-provider-config-automatic-reload=true') },
  },
  {
    id: 'apiserver/audit-log', title: 'The API server keeps an audit log', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUDIT, cis: ['1.2.16'], checkov: ['CKV_K8S_91'], trivy: ['KCV-0019'], kubescape: ['C-0067', 'C-0130'] },
    judge: flagsOff(SERVER, ['audit-log-path'], GIVEN, (line) => valueOf(line, 'audit-webhook-config-file') !== undefined),
    message: 'audit-log-path must be given, or audit-webhook-config-file, without which nobody can tell who did what',
    remediation: 'Set `--audit-log-path`, to a path on a volume of its own.',
    snippet: EXTRA_ARGS('audit-log-path', '/var/log/kubernetes/audit.log'),
    allowed: { 'a path': server('--audit-log-path=/var/log/audit.log'), 'standard output': server('--audit-log-path=-'), 'to a webhook': server('--audit-webhook-config-file=/audit.conf'), 'by kubeadm': kubeadm({ 'audit-log-path': '/var/log/audit.log' }) },
    denied: { 'nothing said': server(), 'a policy alone': server('--audit-policy-file=/policy.yaml'), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'apiserver/audit-policy', title: 'The API server audits by a policy', severity: 'high', level: 'restricted', on: 'inventory',
    frameworks: { ...AUDIT, cis: ['3.2.1'], kubescape: ['C-0160'] },
    judge: flagsOff(SERVER, ['audit-policy-file'], GIVEN),
    message: 'audit-policy-file must be given, without which no event is logged',
    remediation: 'Give an audit Policy.',
    snippet: EXTRA_ARGS('audit-policy-file', '/etc/kubernetes/audit-policy.yaml'),
    allowed: { 'a file': server('--audit-policy-file=/policy.yaml'), 'by kubeadm': kubeadm({ 'audit-policy-file': '/policy.yaml' }) },
    denied: { 'nothing said': server(), 'a log alone': server('--audit-log-path=/var/log/audit.log') },
  },
  {
    id: 'apiserver/audit-log-age', title: 'Audit logs are kept for 30 days', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...AUDIT, nist: ['800-53 AU-11'], cis: ['1.2.17'], checkov: ['CKV_K8S_92'], trivy: ['KCV-0020'], kubescape: ['C-0131'] },
    judge: flagsOff(SERVER, ['audit-log-maxage'], atLeast(30), toStandardOutput),
    message: 'audit-log-maxage must be 30 days or more',
    remediation: 'Set `--audit-log-maxage=30`.',
    snippet: EXTRA_ARGS('audit-log-maxage', '30'),
    allowed: { 'thirty': server('--audit-log-maxage=30'), 'in two words': server('--audit-log-maxage', '90'), 'to standard output': server('--audit-log-path=-'), 'by kubeadm': kubeadm({ 'audit-log-maxage': '30' }) },
    denied: { 'nothing said': server(), 'fewer': server('--audit-log-maxage=29'), 'no number': server('--audit-log-maxage=30d'), 'less than none': server('--audit-log-maxage', '-1') },
  },
  {
    id: 'apiserver/audit-log-backups', title: 'Ten audit logs are kept', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...AUDIT, nist: ['800-53 AU-11'], cis: ['1.2.18'], checkov: ['CKV_K8S_93'], trivy: ['KCV-0021'], kubescape: ['C-0132'] },
    judge: flagsOff(SERVER, ['audit-log-maxbackup'], atLeast(10), toStandardOutput),
    message: 'audit-log-maxbackup must be 10 or more',
    remediation: 'Set `--audit-log-maxbackup=10`.',
    snippet: EXTRA_ARGS('audit-log-maxbackup', '10'),
    allowed: { 'ten': server('--audit-log-maxbackup=10'), 'by kubeadm': kubeadm({ 'audit-log-maxbackup': '10' }) },
    denied: { 'nothing said': server(), 'fewer': server('--audit-log-maxbackup=9') },
  },
  {
    id: 'apiserver/audit-log-size', title: 'Audit logs are rotated at 100 MB', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...AUDIT, nist: ['800-53 AU-11'], cis: ['1.2.19'], checkov: ['CKV_K8S_94'], trivy: ['KCV-0022'], kubescape: ['C-0133'] },
    judge: flagsOff(SERVER, ['audit-log-maxsize'], atLeast(100), toStandardOutput),
    message: 'audit-log-maxsize must be 100 MB or more',
    remediation: 'Set `--audit-log-maxsize=100`.',
    snippet: EXTRA_ARGS('audit-log-maxsize', '100'),
    allowed: { 'a hundred': server('--audit-log-maxsize=100'), 'by kubeadm': kubeadm({ 'audit-log-maxsize': '100' }) },
    denied: { 'nothing said': server(), 'fewer': server('--audit-log-maxsize=99') },
  },
];
