
/** One way to make a compliant pod weaker, by a single field. */
export interface Weakening {
  readonly name: string;
  /** Edits the pod's spec, or its metadata, in place. */
  readonly weaken: (spec: any, metadata: any) => void;
}

type ContainerEdit = (container: any, spec: any) => void;

/** Ways to weaken a container; each is tried on a regular and on an init container. */
const OF_A_CONTAINER: Record<string, ContainerEdit> = {
  'is privileged': (c) => Object.assign(c.securityContext, { privileged: true, allowPrivilegeEscalation: true }),
  'may escalate': (c) => { c.securityContext.allowPrivilegeEscalation = true; },
  'does not say that it may not escalate': (c) => { delete c.securityContext.allowPrivilegeEscalation; },
  'says nothing about security': (c) => { delete c.securityContext; },
  'says nothing of capabilities': (c) => { delete c.securityContext.capabilities; },
  'drops no capability': (c) => { c.securityContext.capabilities = { drop: [] }; },
  'drops some capabilities, not all': (c) => { c.securityContext.capabilities = { drop: ['NET_RAW', 'CHOWN'] }; },
  'drops "all" in lower case': (c) => { c.securityContext.capabilities = { drop: ['all'] }; },
  'adds SYS_ADMIN': (c) => { c.securityContext.capabilities.add = ['SYS_ADMIN']; },
  'adds a capability that baseline allows': (c) => { c.securityContext.capabilities.add = ['CHOWN']; },
  'may run as root': (c) => { c.securityContext.runAsNonRoot = false; },
  'runs as uid 0': (c) => { c.securityContext.runAsUser = 0; },
  'has no seccomp filter': (c) => { c.securityContext.seccompProfile = { type: 'Unconfined' }; },
  'has no AppArmor profile': (c) => { c.securityContext.appArmorProfile = { type: 'Unconfined' }; },
  'sees all of /proc': (c, spec) => {
    c.securityContext.procMount = 'Unmasked';
    spec.hostUsers = false; // the API server takes it from no other pod
  },
  'has an SELinux type of its own': (c) => { c.securityContext.seLinuxOptions = { type: 'spc_t' }; },
  'has an SELinux user of its own': (c) => { c.securityContext.seLinuxOptions = { user: 'system_u' }; },
  'takes a port of the node': (c) => { c.ports = [{ containerPort: 8080, hostPort: 8080 }]; },
};

const OF_A_REGULAR_CONTAINER: Record<string, ContainerEdit> = {
  'probes a host of its choice': (c) => { c.livenessProbe = { tcpSocket: { host: '10.0.0.1', port: 8080 } }; },
  'calls a host of its choice when it starts': (c) => { c.lifecycle = { postStart: { httpGet: { host: '169.254.169.254', port: 80 } } }; },
};

const OF_A_POD: Record<string, Weakening['weaken']> = {
  'uses the host\'s network': (spec) => {
    spec.hostNetwork = true;
    for (const container of spec.containers) delete container.ports;
  },
  'uses the host\'s process ids': (spec) => { spec.hostPID = true; },
  'uses the host\'s IPC': (spec) => { spec.hostIPC = true; },
  'may run as root': (spec) => { spec.securityContext.runAsNonRoot = false; },
  'runs as uid 0': (spec) => { spec.securityContext.runAsUser = 0; },
  'has no seccomp filter': (spec) => { spec.securityContext.seccompProfile = { type: 'Unconfined' }; },
  'says nothing of seccomp': (spec) => { delete spec.securityContext.seccompProfile; },
  'says nothing about security': (spec) => { delete spec.securityContext; },
  'has no AppArmor profile': (spec) => { spec.securityContext.appArmorProfile = { type: 'Unconfined' }; },
  'has no AppArmor profile by annotation': (spec, metadata) => {
    metadata.annotations = { [`container.apparmor.security.beta.kubernetes.io/${spec.containers[0].name}`]: 'unconfined' };
  },
  'has an SELinux role of its own': (spec) => { spec.securityContext.seLinuxOptions = { role: 'sysadm_r' }; },
  'sets a kernel parameter': (spec) => { spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '65536' }]; },
  'is a Windows host process': (spec) => {
    spec.securityContext.windowsOptions = { hostProcess: true };
    spec.hostNetwork = true; // the API server takes it from no other pod
    for (const container of spec.containers) delete container.ports;
  },
  'mounts the node\'s root': (spec) => { spec.volumes.push({ name: 'host', hostPath: { path: '/' } }); },
  'mounts NFS': (spec) => { spec.volumes.push({ name: 'share', nfs: { server: '10.0.0.1', path: '/' } }); },
};

/** Every weakening, on every place it can stand in. */
export const WEAKENINGS: Weakening[] = [
  ...Object.entries(OF_A_CONTAINER).flatMap(([name, edit]) => [
    { name: `a container ${name}`, weaken: (spec: any) => edit(spec.containers[0], spec) },
    { name: `an init container ${name}`, weaken: (spec: any) => edit(spec.initContainers[0], spec) },
  ]),
  ...Object.entries(OF_A_REGULAR_CONTAINER).map(([name, edit]) => ({ name: `a container ${name}`, weaken: (spec: any) => edit(spec.containers[0], spec) })),
  ...Object.entries(OF_A_POD).map(([name, weaken]) => ({ name: `the pod ${name}`, weaken })),
];
