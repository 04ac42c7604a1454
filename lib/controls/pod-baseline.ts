import type { PodControl } from './control';

const DEFAULT_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE',
  'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];

/** Safe sysctls, by the release that added them. Each is confined to the pod's own namespaces. */
const SYSCTLS_SINCE: readonly (readonly [since: string, names: readonly string[]])[] = [
  ['1.0', ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start']],
  ['1.27', ['net.ipv4.ip_local_reserved_ports']],
  ['1.29', ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes']],
  ['1.32', ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  ['1.37', ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']],
];

const celList = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`;
const sysctlsUpTo = (step: number) => SYSCTLS_SINCE.slice(0, step + 1).flatMap(([, names]) => names);
const sysctlRow = (names: readonly string[]) => ({ [`what the release added: ${names[0]}`]: [{ name: names[0], value: '1' }] });

const profileAllowed = (owner: string, field: string) =>
  `(!${owner}.?securityContext.?${field}.hasValue() || ${owner}.securityContext.${field}.?type.orValue('') in ['RuntimeDefault', 'Localhost'])`;

const seLinuxAllowed = (owner: string, types: readonly string[]) => [
  `${owner}.?securityContext.?seLinuxOptions.?type.orValue('') in ${celList(types)}`,
  `${owner}.?securityContext.?seLinuxOptions.?user.orValue('') == ''`,
  `${owner}.?securityContext.?seLinuxOptions.?role.orValue('') == ''`,
].join(' && ');
const seLinux = (types: readonly string[]) => `${seLinuxAllowed('variables.podSpec', types)} && variables.containers.all(c, ${seLinuxAllowed('c', types)})`;
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** Exported for its stricter form, which is the same rule without the exception for user namespaces. */
export const DEFAULT_PROC_MOUNT = "variables.containers.all(c, c.?securityContext.?procMount.orValue('Default') == 'Default')";

/**
 * Pod Security Standards, level baseline: what is known to let a container out.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const POD_BASELINE: readonly PodControl[] = [
  {
    id: 'pod/no-host-namespaces', title: 'Pods stay out of the node\'s network, process and IPC namespaces', severity: 'critical', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'hostNamespaces', cis: ['5.2.3', '5.2.4', '5.2.5'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6', '800-53 SC-39'], console: ['hostPIDSet', 'hostIPCSet', 'hostNetworkSet'],
      checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'], trivy: ['KSV-0008', 'KSV-0009', 'KSV-0010'], kubeLinter: ['host-ipc', 'host-network', 'host-pid'], kubescape: ['C-0038', 'C-0041', 'C-0275', 'C-0276'], polaris: ['hostIPCSet', 'hostNetworkSet', 'hostPIDSet'],
    },
    cel: "!variables.podSpec.?hostNetwork.orValue(false) && !variables.podSpec.?hostPID.orValue(false) && !variables.podSpec.?hostIPC.orValue(false)",
    message: 'hostNetwork, hostPID and hostIPC must not be true',
    remediation: 'Leave `hostNetwork`, `hostPID` and `hostIPC` out.',
    snippet: 'hostNetwork: false\nhostPID: false\nhostIPC: false',
    of: 'pod', at: ['hostNetwork', 'hostPID', 'hostIPC'], also: ['pod/no-host-ports'],
    allowed: { 'nothing said': undefined, 'null': null, 'false': false },
    denied: { 'true': true },
    podsDenied: { 'two at once': { spec: { hostPID: true, hostIPC: true } } },
  },
  {
    id: 'pod/no-privileged', title: 'Containers are not privileged', severity: 'critical', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'privileged', cis: ['5.2.2'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6', '800-53 SC-39'], console: ['runAsPrivileged'],
      checkov: ['CKV_K8S_16'], trivy: ['KSV-0017'], kubeLinter: ['privileged-container'], kubescape: ['C-0057', 'C-0193'], polaris: ['runAsPrivileged'], kubeScore: ['container-security-context-privileged'],
    },
    cel: '!variables.containers.exists(c, c.?securityContext.?privileged.orValue(false))',
    message: 'privileged must not be true',
    remediation: 'Leave `privileged` out; give the one capability or device that is needed.',
    snippet: 'securityContext:\n  privileged: false',
    at: 'securityContext.privileged',
    allowed: { 'nothing said': undefined, 'null': null, 'false': false },
    denied: { 'true': true },
  },
  {
    id: 'pod/no-added-capabilities', title: 'Containers add no capabilities beyond the runtime\'s defaults', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'capabilities_baseline', cis: ['5.2.8'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6'], console: ['capabilitiesAdded'],
      checkov: ['CKV_K8S_39'], trivy: ['KSV-0005', 'KSV-0022', 'KSV-0119', 'KSV-0120'], kubescape: ['C-0046'], polaris: ['dangerousCapabilities'],
    },
    cel: `variables.containers.all(c, c.?securityContext.?capabilities.?add.orValue([]).all(a, a in ${celList(DEFAULT_CAPABILITIES)}))`,
    message: `capabilities.add may hold only ${DEFAULT_CAPABILITIES.join(', ')}`,
    remediation: 'Take the other capabilities out of `capabilities.add`.',
    snippet: 'securityContext:\n  capabilities:\n    drop: [ALL]',
    at: 'securityContext.capabilities',
    allowed: { 'nothing said': undefined, 'an empty list': { add: [] }, 'null': { add: null }, 'two of the defaults': { add: ['CHOWN', 'KILL'] }, 'any dropped': { drop: ['SYS_ADMIN'] } },
    denied: {
      'one beyond the defaults': { add: ['SYS_ADMIN'] }, 'ALL': { add: ['ALL'] }, 'one among defaults': { add: ['CHOWN', 'NET_RAW'] },
      'lower case': { add: ['chown'] }, 'with the prefix': { add: ['CAP_CHOWN'] },
    },
  },
  {
    id: 'pod/no-host-path-volumes', title: 'Pods mount nothing of the node\'s file system', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'hostPathVolumes', cis: ['5.2.11'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-190 4.5.5', '800-53 AC-6'],
      trivy: ['KSV-0023'], kubescape: ['C-0048', 'C-0203'], polaris: ['hostPathSet'],
    },
    cel: '!variables.volumes.exists(v, has(v.hostPath))',
    message: 'volumes must not be of type hostPath',
    remediation: 'Use a persistentVolumeClaim, emptyDir, configMap or projected volume.',
    snippet: 'volumes:\n- name: data\n  emptyDir: {sizeLimit: 64Mi}',
    of: 'pod', at: 'volumes',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'an emptyDir': [{ name: 'a', emptyDir: {} }], 'null': [{ name: 'a', hostPath: null }], 'named like it': [{ name: 'hostPath', emptyDir: {} }] },
    denied: { 'the root': [{ name: 'a', hostPath: { path: '/' } }], 'no path': [{ name: 'a', hostPath: {} }], 'after another': [{ name: 'a', emptyDir: {} }, { name: 'b', hostPath: { path: '/var/log' } }] },
  },
  {
    id: 'pod/no-host-ports', title: 'Containers open no ports on the node', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'hostPorts', cis: ['5.2.12'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-7'], console: ['hostPortSet'],
      checkov: ['CKV_K8S_26'], trivy: ['KSV-0024'], kubescape: ['C-0044', 'C-0204'], polaris: ['hostPortSet'],
    },
    // On the node's network every port is the node's, and the API server says so in hostPort.
    cel: 'variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0 && (!variables.podSpec.?hostNetwork.orValue(false) || p.?containerPort.orValue(0) == 0)))',
    message: 'hostPort must be absent or 0, and on the node\'s network no port be declared',
    remediation: 'Leave `hostPort` out and reach the pod through a Service.',
    snippet: 'ports:\n- containerPort: 8080',
    at: 'ports',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'none on the host': [{ containerPort: 8080 }], 'zero': [{ containerPort: 8080, hostPort: 0 }] },
    denied: { 'one': [{ containerPort: 8080, hostPort: 8080 }], 'after another': [{ containerPort: 8080 }, { containerPort: 8081, hostPort: 1 }] },
    podsAllowed: { 'no ports, on the node\'s network': { spec: { hostNetwork: true }, container: { ports: null } } },
    podsDenied: { 'one, on the node\'s network': { spec: { hostNetwork: true }, container: { ports: [{ containerPort: 8080 }] } } },
    also: ['pod/no-host-namespaces'],
  },
  {
    id: 'pod/no-probe-hosts', title: 'Probes and lifecycle hooks call only their own pod', severity: 'medium', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'hostProbesAndHostLifecycle', nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.2', '800-53 SC-7'],
    },
    // The kubelet calls them, from the node: another host makes it a proxy into the node's network.
    since: '1.34',
    cel: 'variables.containers.all(c, [c.?livenessProbe, c.?readinessProbe, c.?startupProbe, c.?lifecycle.?postStart, c.?lifecycle.?preStop].all(h, '
      + "h.?httpGet.?host.orValue('') == '' && h.?tcpSocket.?host.orValue('') == ''))",
    message: 'host must be absent in httpGet and tcpSocket of probes and lifecycle hooks',
    remediation: 'Leave `host` out, so that the pod\'s own address is called; send a virtual host\'s name as the header `Host`.',
    snippet: 'livenessProbe:\n  httpGet: {path: /livez, port: 8080}',
    at: ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'],
    allowed: { 'nothing said': undefined, 'no host': { httpGet: { path: '/', port: 8080 } }, 'an empty host': { tcpSocket: { port: 8080, host: '' } }, 'a command': { exec: { command: ['true'] } } },
    denied: { 'a host over HTTP': { httpGet: { port: 80, host: '169.254.169.254' } }, 'a host over TCP': { tcpSocket: { port: 80, host: 'example.com' } }, 'loopback': { httpGet: { port: 80, host: '127.0.0.1' } } },
  },
  {
    id: 'pod/no-unconfined-apparmor', title: 'AppArmor is not switched off', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'appArmorProfile', nsa: ['Pod security enforcement', 'Hardening container environments'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      trivy: ['KSV-0002'],
    },
    cel: [
      profileAllowed('variables.podSpec', 'appArmorProfile'),
      `variables.containers.all(c, ${profileAllowed('c', 'appArmorProfile')})`,
      "variables.annotations.all(k, !k.startsWith('container.apparmor.security.beta.kubernetes.io/') || variables.annotations[k] in ['', 'runtime/default'] || variables.annotations[k].startsWith('localhost/'))",
    ].join(' && '),
    message: 'an AppArmor profile must be RuntimeDefault or Localhost',
    remediation: 'Leave `appArmorProfile` and its annotations out; nodes that have AppArmor then apply the runtime\'s profile.',
    snippet: 'securityContext:\n  appArmorProfile: {type: RuntimeDefault}',
    of: 'pod and container', at: 'securityContext.appArmorProfile',
    allowed: { 'nothing said': undefined, 'RuntimeDefault': { type: 'RuntimeDefault' }, 'Localhost': { type: 'Localhost', localhostProfile: 'p' }, 'null': null },
    denied: { 'Unconfined': { type: 'Unconfined' }, 'no type': {}, 'lower case': { type: 'runtimeDefault' }, 'the annotation\'s word': { type: 'runtime/default' } },
    podsAllowed: {
      'annotated with the runtime\'s': { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'runtime/default' } } },
      'annotated with a local one': { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'localhost/p' } } },
      'an annotation of another prefix': { metadata: { annotations: { 'container.apparmor.security.example.com/a': 'unconfined' } } },
    },
    podsDenied: {
      'annotated unconfined': { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } } },
      'annotated for no container': { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/no-such': 'bogus' } } },
    },
  },
  {
    id: 'pod/no-custom-selinux', title: 'SELinux confines containers as such', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'seLinuxOptions', nsa: ['Pod security enforcement', 'Hardening container environments'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      trivy: ['KSV-0025'],
    },
    cel: [
      { since: '1.0', cel: seLinux(SELINUX_TYPES), denied: { 'container_engine_t': { type: 'container_engine_t' } } },
      { since: '1.31', cel: seLinux([...SELINUX_TYPES, 'container_engine_t']), allowed: { 'container_engine_t': { type: 'container_engine_t' } } },
    ],
    message: 'seLinuxOptions may set only a level and a container type, no user and no role',
    remediation: 'Leave `seLinuxOptions` out, or set only its `level`, or a `type` out of container_t, container_init_t, container_kvm_t and (from 1.31) container_engine_t.',
    snippet: 'securityContext:\n  seLinuxOptions: {type: container_t}',
    of: 'pod and container', at: 'securityContext.seLinuxOptions',
    allowed: { 'nothing said': undefined, 'empty': {}, 'a level': { level: 's0:c1,c2' }, 'container_t': { type: 'container_t' }, 'empty strings': { type: '', user: '', role: '' } },
    denied: { 'another type': { type: 'spc_t' }, 'near a type': { type: 'container_t ' }, 'a user': { user: 'system_u' }, 'a role': { role: 'system_r' } },
  },
  {
    id: 'pod/no-unmasked-proc', title: 'The masks over /proc stay on', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'procMount', nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      trivy: ['KSV-0027'], kubeLinter: ['unsafe-proc-mount'], polaris: ['procMount'],
    },
    cel: [
      { since: '1.0', cel: DEFAULT_PROC_MOUNT },
      { since: '1.35', cel: `variables.userNamespace || ${DEFAULT_PROC_MOUNT}` },
    ],
    message: 'procMount must be Default',
    remediation: 'Leave `procMount` out.',
    snippet: 'securityContext:\n  procMount: Default',
    at: 'securityContext.procMount',
    allowed: { 'nothing said': undefined, 'Default': 'Default', 'null': null },
    denied: { 'Unmasked': 'Unmasked', 'lower case': 'default', 'empty': '' },
    podsAllowed: { 'Unmasked in a user namespace': { spec: { hostUsers: false }, container: { securityContext: { procMount: 'Unmasked' } } } },
    podsDenied: { 'Unmasked, said to be in none': { spec: { hostUsers: true }, container: { securityContext: { procMount: 'Unmasked' } } } },
  },
  {
    id: 'pod/no-unconfined-seccomp', title: 'Seccomp is not switched off', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'seccompProfile_baseline', nsa: ['Pod security enforcement', 'Hardening container environments'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      trivy: ['KSV-0104'],
    },
    cel: [
      {
        since: '1.0',
        cel: "variables.annotations.all(k, !(k == 'seccomp.security.alpha.kubernetes.io/pod' || variables.containers.exists(c, k == 'container.seccomp.security.alpha.kubernetes.io/' + c.?name.orValue(''))) || "
          + "variables.annotations[k] in ['runtime/default', 'docker/default'] || variables.annotations[k].startsWith('localhost/'))",
        allowed: { 'a field that came later': { type: 'Unconfined' } },
      },
      {
        since: '1.19',
        cel: `${profileAllowed('variables.podSpec', 'seccompProfile')} && variables.containers.all(c, ${profileAllowed('c', 'seccompProfile')})`,
        denied: { 'Unconfined': { type: 'Unconfined' }, 'no type': {}, 'lower case': { type: 'runtimeDefault' }, 'the annotation\'s word': { type: 'runtime/default' } },
      },
    ],
    message: 'a seccomp profile must be RuntimeDefault or Localhost',
    remediation: 'Set `seccompProfile: {type: RuntimeDefault}` on the pod.',
    snippet: 'securityContext:\n  seccompProfile: {type: RuntimeDefault}',
    of: 'pod and container', at: 'securityContext.seccompProfile',
    allowed: { 'nothing said': undefined, 'RuntimeDefault': { type: 'RuntimeDefault' }, 'Localhost': { type: 'Localhost', localhostProfile: 'p' }, 'null': null },
    denied: {},
  },
  {
    id: 'pod/no-unsafe-sysctls', title: 'Pods set only sysctls that stay within the pod', severity: 'high', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'sysctls', nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-190 4.5.2', '800-53 AC-6'],
      trivy: ['KSV-0026'], kubeLinter: ['unsafe-sysctls'],
    },
    cel: SYSCTLS_SINCE.map(([since, names], step) => ({
      since,
      cel: `variables.podSpec.?securityContext.?sysctls.orValue([]).all(s, s.?name.orValue('') in ${celList(sysctlsUpTo(step))})`,
      allowed: sysctlRow(names),
      ...step + 1 < SYSCTLS_SINCE.length ? { denied: sysctlRow(SYSCTLS_SINCE[step + 1][1]) } : {},
    })),
    message: 'sysctls may hold only the safe ones of this Kubernetes version',
    remediation: 'Take the others out of `sysctls`, or set them on the node.',
    snippet: 'securityContext:\n  sysctls: []',
    of: 'pod', at: 'securityContext.sysctls',
    allowed: { 'nothing said': undefined, 'an empty list': [], 'a safe one': [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
    denied: { 'one of the kernel': [{ name: 'kernel.msgmax', value: '1' }], 'written with slashes': [{ name: 'net/ipv4/tcp_syncookies', value: '1' }], 'no name': [{ value: '1' }] },
  },
  {
    id: 'pod/no-windows-host-process', title: 'Windows containers do not run as host processes', severity: 'critical', level: 'baseline', on: 'pod',
    frameworks: {
      pss: 'windowsHostProcess', cis: ['5.2.10'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6'],
      trivy: ['KSV-0103'], kubescape: ['C-0202'], polaris: ['hostProcess'],
    },
    cel: '!variables.podSpec.?securityContext.?windowsOptions.?hostProcess.orValue(false) && !variables.containers.exists(c, c.?securityContext.?windowsOptions.?hostProcess.orValue(false))',
    message: 'windowsOptions.hostProcess must not be true',
    remediation: 'Leave `windowsOptions.hostProcess` out.',
    snippet: 'securityContext:\n  windowsOptions: {hostProcess: false}',
    of: 'pod and container', at: 'securityContext.windowsOptions',
    allowed: { 'nothing said': undefined, 'empty': {}, 'false': { hostProcess: false }, 'a user': { runAsUserName: 'ContainerUser' } },
    denied: { 'true': { hostProcess: true } },
  },
];
