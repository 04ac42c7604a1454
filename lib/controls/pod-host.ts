import type { PodControl } from './control';

const hostPath = (path: unknown) => [{ name: 'host', hostPath: { path } }];
const noHostPath = (pattern: string) => `variables.volumes.all(v, !v.?hostPath.?path.orValue('').matches('${pattern}'))`;

/** The sockets through which runtimes are told what to run. */
const RUNTIME_SOCKETS = '(docker|dockershim|cri-dockerd|containerd|crio|podman|buildkitd|frakti|kata)[^/]*[.]sock$';
/** Folders of the system, and of those who run pods; what is below is as sensitive. */
const SENSITIVE = '^/[/.]*$|^[/.]*/(bin|boot|dev|etc|lib|lib32|lib64|opt/cni|proc|root|run|sbin|sys|usr|var/lib/(cni|containerd|containers|crio|docker|etcd|kube[^/]*|rancher)|var/run)(/|$)';

/** What ties a pod to its node, beyond what Pod Security asks. */
export const POD_HOST: readonly PodControl[] = [
  {
    id: 'pod/no-runtime-socket', title: 'Pods do not reach the container runtime\'s socket', severity: 'critical', level: 'restricted', on: 'pod',
    frameworks: {
      cis: ['5.2.11'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-190 4.5.5', '800-53 AC-6'], checkov: ['CKV_K8S_27'], trivy: ['KSV-0006'],
      kubeLinter: ['container-runtime-sock', 'docker-sock'], kubescape: ['C-0074'],
    },
    cel: noHostPath(RUNTIME_SOCKETS),
    message: 'no volume may be the container runtime\'s socket, whose master is the node\'s',
    remediation: 'Take the volume out; build images with a tool that needs no daemon, and read metrics from the kubelet.',
    snippet: 'volumes: []',
    of: 'pod', at: 'volumes', also: ['pod/restricted-volume-types', 'pod/no-sensitive-host-paths'],
    allowed: { 'nothing said': undefined, 'an empty list': [], 'another file': hostPath('/srv/app.sock'), 'a name like it': [{ name: 'docker.sock', emptyDir: { sizeLimit: '1Mi' } }], 'no path': hostPath(undefined) },
    denied: {
      'Docker\'s': hostPath('/var/run/docker.sock'), 'Docker\'s, by the other path': hostPath('/run/docker.sock'), 'containerd\'s': hostPath('/run/containerd/containerd.sock'), 'CRI-O\'s': hostPath('/var/run/crio/crio.sock'),
      'cri-dockerd\'s': hostPath('/run/cri-dockerd.sock'), 'k3s\'': hostPath('/run/k3s/containerd/containerd.sock'), 'after another': [{ name: 'a', emptyDir: {} }, ...hostPath('/srv/docker.sock')],
    },
  },
  {
    id: 'pod/no-sensitive-host-paths', title: 'Pods do not mount the node\'s system folders', severity: 'critical', level: 'restricted', on: 'pod',
    frameworks: {
      cis: ['5.2.11'], nsa: ['Pod security enforcement'], owasp: ['K01'], nist: ['800-190 4.4.3', '800-190 4.5.5', '800-53 AC-6'], trivy: ['KSV-0023'], kubeLinter: ['sensitive-host-mounts'], kubescape: ['C-0048'],
    },
    cel: noHostPath(SENSITIVE),
    message: 'no volume may be a folder of the node\'s system, its devices, its credentials or its pods',
    remediation: 'Take the volume out; what a pod must know of its node the kubelet and the downward API tell it.',
    snippet: 'volumes: []',
    of: 'pod', at: 'volumes', also: ['pod/restricted-volume-types'],
    allowed: { 'nothing said': undefined, 'a folder of data': hostPath('/srv/data'), 'logs': hostPath('/var/log/shop'), 'a folder whose name begins alike': hostPath('/etcetera'), 'further down': hostPath('/srv/etc') },
    denied: {
      'the root': hostPath('/'), 'the root, twice': hostPath('//'), 'configuration': hostPath('/etc'), 'with a slash behind': hostPath('/etc/'), 'below it': hostPath('/etc/kubernetes/pki'), 'with a dot': hostPath('/./etc'), 'processes': hostPath('/proc'), 'devices': hostPath('/dev/sda'),
      'the kernel': hostPath('/sys/fs/cgroup'), 'pods': hostPath('/var/lib/kubelet/pods'), 'images': hostPath('/var/lib/docker'), 'the cluster\'s data': hostPath('/var/lib/etcd'), 'sockets': hostPath('/var/run'), 'root\'s home': hostPath('/root/.ssh'),
    },
  },
  {
    id: 'pod/read-only-host-mounts', title: 'What is mounted of the node is mounted read-only', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nsa: ['Pod security enforcement'], nist: ['800-190 4.5.5', '800-53 AC-6'], kubeLinter: ['writable-host-mount'], kubescape: ['C-0045'] },
    cel: "variables.containers.all(c, c.?volumeMounts.orValue([]).all(m, m.?readOnly.orValue(false) || !variables.volumes.exists(v, has(v.hostPath) && v.?name.orValue('') == m.?name.orValue(''))))",
    message: 'the mount of a hostPath volume must be readOnly',
    remediation: 'Set `readOnly: true` on the mount.',
    snippet: 'volumeMounts:\n- {name: host, mountPath: /host, readOnly: true}',
    at: 'volumeMounts', also: ['pod/restricted-volume-types'],
    base: { spec: { volumes: [...hostPath('/srv/data'), { name: 'tmp', emptyDir: { sizeLimit: '1Mi' } }] } },
    allowed: { 'nothing said': undefined, 'read-only': [{ name: 'host', mountPath: '/host', readOnly: true }], 'another volume': [{ name: 'tmp', mountPath: '/tmp' }], 'a volume that is not there': [{ name: 'hos', mountPath: '/host' }] },
    denied: { 'nothing said of it': [{ name: 'host', mountPath: '/host' }], 'writable': [{ name: 'host', mountPath: '/host', readOnly: false }], 'after another': [{ name: 'tmp', mountPath: '/tmp' }, { name: 'host', mountPath: '/host' }] },
  },
  {
    id: 'pod/no-raw-devices', title: 'Containers use no block devices', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-190 4.5.5', '800-53 AC-6'] },
    cel: 'variables.containers.all(c, c.?volumeDevices.orValue([]).size() == 0)',
    message: 'volumeDevices must be empty; past a file system there are no permissions',
    remediation: 'Mount the claim as a file system, by `volumeMounts` and `volumeMode: Filesystem`.',
    snippet: 'volumeDevices: []',
    at: 'volumeDevices',
    allowed: { 'nothing said': undefined, 'an empty list': [] },
    denied: { 'one': [{ name: 'disk', devicePath: '/dev/xvda' }] },
  },
  {
    id: 'pod/no-host-aliases', title: 'Pods do not resolve names by themselves', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 CM-6', '800-53 SC-7'], trivy: ['KSV-0007'] },
    cel: 'variables.podSpec.?hostAliases.orValue([]).size() == 0',
    message: 'hostAliases must be empty; they send traffic past DNS, and past who watches it',
    remediation: 'Take `hostAliases` out, and give the name a record, or a Service of type ExternalName.',
    snippet: 'hostAliases: []',
    of: 'pod', at: 'hostAliases',
    allowed: { 'nothing said': undefined, 'an empty list': [] },
    denied: { 'one': [{ ip: '203.0.113.7', hostnames: ['db.example.com'] }], 'of loopback': [{ ip: '127.0.0.1', hostnames: ['example.com'] }] },
  },
  {
    id: 'pod/no-host-addresses', title: 'Containers bind to no address of the node', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-190 4.4.3', '800-53 SC-7'] },
    cel: "variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostIP.orValue('') == ''))",
    message: 'hostIP must be absent',
    remediation: 'Leave `hostIP` and `hostPort` out, and reach the pod through a Service.',
    snippet: 'ports:\n- {name: http, containerPort: 8080}',
    at: 'ports', also: ['pod/no-host-ports', 'pod/declared-probe-ports'],
    allowed: { 'nothing said': undefined, 'no address': [{ name: 'http', containerPort: 8080 }], 'an empty one': [{ name: 'http', containerPort: 8080, hostIP: '' }] },
    denied: { 'all of them': [{ containerPort: 8080, hostIP: '0.0.0.0' }], 'one, with a port': [{ containerPort: 8080, hostPort: 8080, hostIP: '192.0.2.1' }], 'after another': [{ containerPort: 8080 }, { containerPort: 8081, hostIP: '127.0.0.1' }] },
  },
  {
    id: 'pod/host-network-dns', title: 'Pods on the node\'s network keep the cluster\'s DNS', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-7'] },
    cel: "!variables.podSpec.?hostNetwork.orValue(false) || variables.podSpec.?dnsPolicy.orValue('ClusterFirst') in ['ClusterFirstWithHostNet', 'None']",
    message: 'dnsPolicy must be ClusterFirstWithHostNet on the node\'s network, where ClusterFirst means the node\'s own DNS',
    remediation: 'Set `dnsPolicy: ClusterFirstWithHostNet`, or leave `hostNetwork` out.',
    snippet: 'dnsPolicy: ClusterFirstWithHostNet',
    of: 'pod', at: 'dnsPolicy', also: ['pod/no-host-namespaces', 'pod/no-host-ports'],
    base: { spec: { hostNetwork: true } },
    allowed: { 'with the host\'s network': 'ClusterFirstWithHostNet', 'its own configuration': 'None' },
    denied: { 'nothing said': undefined, 'null': null, 'ClusterFirst': 'ClusterFirst', 'the node\'s': 'Default' },
    podsAllowed: { 'nothing said, off the node\'s network': { spec: { hostNetwork: false, dnsPolicy: null } }, 'ClusterFirst, off the node\'s network': { spec: { hostNetwork: null, dnsPolicy: 'ClusterFirst' } } },
  },
];
