import type { PodControl } from './control';
import { DEFAULT_PROC_MOUNT } from './pod-baseline';

const VOLUME_TYPES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

const NO_PRIVILEGE_ESCALATION = 'variables.containers.all(c, !c.?securityContext.?allowPrivilegeEscalation.orValue(true))';

// "ALL" exactly: Pod Security compares case-sensitively.
const DROPS_ALL = "variables.containers.all(c, 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) && "
  + "c.?securityContext.?capabilities.?add.orValue([]).all(a, a == 'NET_BIND_SERVICE'))";

// An explicit false on the pod counts even where every container says true.
const RUNS_AS_NON_ROOT = 'variables.podSpec.?securityContext.?runAsNonRoot.orValue(true) && '
  + 'variables.containers.all(c, c.?securityContext.?runAsNonRoot.orValue(variables.podSpec.?securityContext.?runAsNonRoot.orValue(false)))';

const NO_ROOT_USER = 'variables.podSpec.?securityContext.?runAsUser.orValue(1) != 0 && variables.containers.all(c, c.?securityContext.?runAsUser.orValue(1) != 0)';

const PROFILES = "['RuntimeDefault', 'Localhost']";
const SECCOMP = `(!variables.podSpec.?securityContext.?seccompProfile.hasValue() || variables.podSpec.securityContext.seccompProfile.?type.orValue('') in ${PROFILES}) && `
  + `variables.containers.all(c, c.?securityContext.?seccompProfile.hasValue() ? c.securityContext.seccompProfile.?type.orValue('') in ${PROFILES} : variables.podSpec.?securityContext.?seccompProfile.hasValue())`;

/**
 * Pod Security Standards, level restricted: what every pod can do without.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const POD_RESTRICTED: readonly PodControl[] = [
  {
    id: 'pod/restricted-volume-types', title: 'Pods mount only volumes that hold their own data', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'restrictedVolumes', cis: ['5.2.11'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-190 4.5.5', '800-53 AC-6'],
      trivy: ['KSV-0023', 'KSV-0028', 'KSV-0121'], kubescape: ['C-0048', 'C-0203'], polaris: ['hostPathSet'],
    }, replaces: 'pod/no-host-path-volumes',
    // By its keys, so that a type yet to come is refused. One without a type becomes an emptyDir.
    cel: `variables.volumes.all(v, v.all(k, k in ['name', ${VOLUME_TYPES.map((type) => `'${type}'`).join(', ')}]))`,
    message: `volumes may be only of the types ${VOLUME_TYPES.join(', ')}`,
    remediation: 'Use a persistentVolumeClaim for storage, and projected volumes for what Kubernetes provides.',
    snippet: 'volumes:\n- name: data\n  emptyDir: {sizeLimit: 64Mi}',
    of: 'pod', at: 'volumes', also: ['pod/no-sensitive-host-paths'],
    allowed: {
      'nothing said': undefined, 'an empty list': [], 'no type': [{ name: 'a' }], 'null beside a type': [{ name: 'a', hostPath: null, emptyDir: {} }],
      ...Object.fromEntries(VOLUME_TYPES.map((type) => [type, [{ name: 'a', [type]: {} }]])),
    },
    denied: {
      'hostPath': [{ name: 'a', hostPath: { path: '/' } }], 'nfs': [{ name: 'a', nfs: { server: 's', path: '/' } }], 'gitRepo': [{ name: 'a', gitRepo: { repository: 'r' } }],
      'after another': [{ name: 'a', emptyDir: {} }, { name: 'b', iscsi: {} }], 'unknown, near a type': [{ name: 'a', emptydir: {} }],
      'a second type beside one': [{ name: 'a', emptyDir: {}, hostPath: { path: '/' } }],
    },
  },
  {
    id: 'pod/no-privilege-escalation', title: 'Processes cannot gain more privileges than their parent', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'allowPrivilegeEscalation', cis: ['5.2.6'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6'], console: ['privilegeEscalationAllowed'],
      checkov: ['CKV_K8S_20'], trivy: ['KSV-0001'], kubeLinter: ['privilege-escalation-container'], kubescape: ['C-0016', 'C-0197'], polaris: ['privilegeEscalationAllowed'],
    },
    cel: [{ since: '1.8', cel: NO_PRIVILEGE_ESCALATION }, { since: '1.25', cel: `variables.windows || ${NO_PRIVILEGE_ESCALATION}` }],
    message: 'allowPrivilegeEscalation must be false',
    remediation: 'Set `allowPrivilegeEscalation: false` on every container.',
    snippet: 'securityContext:\n  allowPrivilegeEscalation: false',
    at: 'securityContext.allowPrivilegeEscalation',
    allowed: { 'false': false },
    denied: { 'nothing said': undefined, 'null': null, 'true': true },
    podsAllowed: { 'nothing said, on Windows': { spec: { os: { name: 'windows' } }, container: { securityContext: { allowPrivilegeEscalation: null } } } },
    podsDenied: { 'nothing said, on Linux': { spec: { os: { name: 'linux' } }, container: { securityContext: { allowPrivilegeEscalation: null } } } },
  },
  {
    id: 'pod/run-as-non-root', title: 'Containers are started only as users other than root', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'runAsNonRoot', cis: ['5.2.7'], nsa: ['Non-root containers'], owasp: ['K01'], nist: ['800-190 4.1.2', '800-190 4.4.3', '800-53 AC-6'], console: ['runAsRootAllowed'],
      checkov: ['CKV_K8S_23'], trivy: ['KSV-0012'], kubeLinter: ['run-as-non-root', 'init-container-security-gap'], kubescape: ['C-0013', 'C-0198'], polaris: ['runAsRootAllowed'],
    },
    cel: [{ since: '1.0', cel: RUNS_AS_NON_ROOT }, { since: '1.35', cel: `variables.userNamespace || (${RUNS_AS_NON_ROOT})` }],
    message: 'runAsNonRoot must be true on the pod or on every container, and false nowhere',
    remediation: 'Set `runAsNonRoot: true` on the pod, with a numeric `runAsUser`.',
    snippet: 'securityContext:\n  runAsNonRoot: true\n  runAsUser: 20001',
    of: 'pod and container', at: 'securityContext.runAsNonRoot',
    allowed: { 'true': true },
    denied: { 'nothing said': undefined, 'null': null, 'false': false },
    podsAllowed: { 'nothing said in a user namespace': { spec: { hostUsers: false, securityContext: { runAsNonRoot: null } } } },
    podsDenied: { 'false on the pod, true on its containers': { spec: { securityContext: { runAsNonRoot: false } }, container: { securityContext: { runAsNonRoot: true } } } },
  },
  {
    id: 'pod/no-root-user', title: 'Containers are given no user id 0', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'runAsUser', cis: ['5.2.7'], nsa: ['Non-root containers'], owasp: ['K01'], nist: ['800-190 4.1.2', '800-190 4.4.3', '800-53 AC-6'], console: ['runAsRootAllowed'],
      trivy: ['KSV-0105'], kubescape: ['C-0013'],
    },
    cel: [{ since: '1.23', cel: NO_ROOT_USER }, { since: '1.35', cel: `variables.userNamespace || (${NO_ROOT_USER})` }],
    message: 'runAsUser must not be 0',
    remediation: 'Set `runAsUser` to the image\'s user, a number other than 0.',
    snippet: 'securityContext:\n  runAsUser: 20001',
    of: 'pod and container', at: 'securityContext.runAsUser',
    allowed: { 'nothing said': undefined, 'null': null, 'a number': 10001, 'one': 1 },
    denied: { 'zero': 0 },
    podsAllowed: { 'zero in a user namespace': { spec: { hostUsers: false, securityContext: { runAsUser: 0 } } } },
  },
  {
    id: 'pod/seccomp-profile', title: 'Seccomp filters system calls', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'seccompProfile_restricted', cis: ['5.6.2'], nsa: ['Pod security enforcement', 'Hardening container environments'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      checkov: ['CKV_K8S_31'], trivy: ['KSV-0030', 'KSV-0104'], kubescape: ['C-0055', 'C-0210'], polaris: ['linuxHardening'], kubeScore: ['container-seccomp-profile'],
    }, replaces: 'pod/no-unconfined-seccomp',
    cel: [{ since: '1.19', cel: SECCOMP }, { since: '1.25', cel: `variables.windows || (${SECCOMP})` }],
    message: 'seccompProfile.type must be RuntimeDefault or Localhost on the pod or on every container',
    remediation: 'Set `seccompProfile: {type: RuntimeDefault}` on the pod.',
    snippet: 'securityContext:\n  seccompProfile: {type: RuntimeDefault}',
    of: 'pod and container', at: 'securityContext.seccompProfile',
    allowed: { 'RuntimeDefault': { type: 'RuntimeDefault' }, 'Localhost': { type: 'Localhost', localhostProfile: 'p' } },
    denied: { 'nothing said': undefined, 'null': null, 'Unconfined': { type: 'Unconfined' }, 'no type': {}, 'the annotation\'s word': { type: 'runtime/default' } },
    podsAllowed: { 'nothing said, on Windows': { spec: { os: { name: 'windows' }, securityContext: { seccompProfile: null } } } },
    podsDenied: { 'said only by the annotation of old': { metadata: { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' } }, spec: { securityContext: { seccompProfile: null } } } },
  },
  {
    id: 'pod/drop-all-capabilities', title: 'Containers drop all Linux capabilities', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'capabilities_restricted', cis: ['5.2.8', '5.2.9'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 AC-6'], console: ['capabilitiesAdded'],
      checkov: ['CKV_K8S_28', 'CKV_K8S_37', 'CKV_K8S_39'], trivy: ['KSV-0003', 'KSV-0004', 'KSV-0005', 'KSV-0106', 'KSV-0119', 'KSV-0120'], kubeLinter: ['drop-net-raw-capability'], kubescape: ['C-0046', 'C-0055', 'C-0199', 'C-0201'], polaris: ['dangerousCapabilities', 'insecureCapabilities', 'linuxHardening'],
    }, replaces: 'pod/no-added-capabilities',
    cel: [{ since: '1.22', cel: DROPS_ALL }, { since: '1.25', cel: `variables.windows || ${DROPS_ALL}` }],
    message: 'capabilities.drop must contain "ALL", and capabilities.add nothing but NET_BIND_SERVICE',
    remediation: 'Set `capabilities: {drop: [ALL]}` on every container.',
    snippet: 'securityContext:\n  capabilities:\n    drop: [ALL]',
    at: 'securityContext.capabilities',
    allowed: { 'ALL': { drop: ['ALL'] }, 'ALL among others': { drop: ['KILL', 'ALL'] }, 'low ports': { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
    denied: {
      'nothing said': undefined, 'null': { drop: null }, 'an empty list': { drop: [] }, 'each by name, not ALL': { drop: ['CHOWN', 'KILL'] },
      'lower case': { drop: ['all'] }, 'one of the defaults added': { drop: ['ALL'], add: ['CHOWN'] }, 'with the prefix': { drop: ['ALL'], add: ['CAP_NET_BIND_SERVICE'] },
    },
    podsAllowed: { 'nothing said, on Windows': { spec: { os: { name: 'windows' } }, container: { securityContext: { capabilities: null } } } },
  },
  {
    id: 'pod/default-proc-mount', title: 'The masks over /proc stay on, in user namespaces too', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: {
      pss: 'procMount_restricted', nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-53 SC-39'],
      trivy: ['KSV-0027'], kubeLinter: ['unsafe-proc-mount'], polaris: ['procMount'],
    }, replaces: 'pod/no-unmasked-proc',
    since: '1.35',
    cel: DEFAULT_PROC_MOUNT,
    message: 'procMount must be Default',
    remediation: 'Leave `procMount` out.',
    snippet: 'securityContext:\n  procMount: Default',
    at: 'securityContext.procMount',
    allowed: { 'nothing said': undefined, 'Default': 'Default', 'null': null },
    denied: { 'Unmasked': 'Unmasked', 'lower case': 'default', 'empty': '' },
    podsDenied: { 'Unmasked in a user namespace': { spec: { hostUsers: false }, container: { securityContext: { procMount: 'Unmasked' } } } },
  },
];
