import type { ObjectControl } from './control';

/** Folders in which a node keeps itself, its kubelet and its runtime; some beneath /var alone. */
const SYSTEM_FOLDERS = ['boot', 'dev', 'etc', 'home', 'lib', 'lib64', 'proc', 'root', 'run', 'sbin', 'bin', 'sys', 'usr', 'var/run', 'var/log'];
const SYSTEM_DATA = ['kubelet', 'etcd', 'docker', 'containerd', 'cni', 'dockershim', 'rancher', 'cloud', 'kube-proxy'].map((name) => `var/lib/${name}`);
const SYSTEM_FOLDER = `^/*$|^/+(${[...SYSTEM_FOLDERS, ...SYSTEM_DATA].map((folder) => folder.split('/').join('/+')).join('|')})(/.*)?$|^/+var(/+lib)?/*$`;
const EBS = "object.?provisioner.orValue('') in ['ebs.csi.aws.com', 'kubernetes.io/aws-ebs']";
const local = (path: string) => ({ path });

/** Volumes and the classes that make them. */
export const STORAGE: readonly ObjectControl[] = [
  {
    id: 'storage/no-host-path', title: 'Persistent volumes are no folders of nodes', severity: 'high', level: 'restricted', on: ['/PersistentVolume'],
    frameworks: { cis: ['5.2.11'], owasp: ['K01'], nist: ['800-190 4.5.5', '800-53 AC-6'] },
    // Pod Security sees only the claim: this is a way round it.
    cel: '!object.?spec.?hostPath.hasValue()',
    message: 'a PersistentVolume must be no hostPath, by which a pod that mounts only a claim gets at its node',
    remediation: 'Use a StorageClass with a CSI driver, or a `local` volume on a disk of its own.',
    snippet: 'spec:\n  csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0}',
    at: 'spec.hostPath',
    allowed: { 'nothing said': undefined, 'null': null },
    denied: { 'the root': { path: '/' }, 'any folder': { path: '/mnt/data' }, 'of a type': { path: '/var/run/docker.sock', type: 'Socket' } },
    objectsAllowed: { 'a local disk': { spec: { local: { path: '/mnt/disks/ssd1' } } }, 'a CSI driver': { spec: { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } } } },
  },
  {
    id: 'storage/no-system-folders', title: 'Local volumes are none of the node\'s own folders', severity: 'high', level: 'restricted', on: ['/PersistentVolume'],
    frameworks: { owasp: ['K01'], nist: ['800-190 4.5.5', '800-53 AC-6'] },
    cel: `!object.?spec.?local.hasValue() || !object.spec.local.?path.orValue('').matches('${SYSTEM_FOLDER}') && !object.spec.local.?path.orValue('').contains('..')`,
    message: 'a local volume must be a disk of its own, no folder in which the node keeps itself or its kubelet',
    remediation: 'Mount a disk beneath a folder such as /mnt/disks, and name that.',
    snippet: 'spec:\n  local: {path: /mnt/disks/ssd1}',
    at: 'spec.local',
    allowed: { 'nothing said': undefined, 'null': null, 'a disk': local('/mnt/disks/ssd1'), 'a folder beside the kubelet\'s': local('/var/lib/kubelet-disks/a'), 'a name that is near': local('/etcd-disk') },
    denied: {
      ...Object.fromEntries([...SYSTEM_FOLDERS, ...SYSTEM_DATA].map((folder) => [`the folder ${folder}`, local(`/${folder}`)])),
      'the root': local('/'), 'nothing': {}, 'beneath etc': local('/etc/kubernetes/pki'), 'the kubelet\'s': local('/var/lib/kubelet/pods'), 'etcd\'s': local('/var/lib/etcd/'), 'all of them': local('/var/lib'), 'a socket': local('/run/containerd'),
      'all of var': local('/var'), 'with a second slash': local('//etc'), 'by a way round': local('/mnt/../etc'),
    },
  },
  {
    id: 'storage/encrypted', title: 'Storage classes encrypt what is stored', severity: 'medium', level: 'strict', on: ['storage.k8s.io/StorageClass'],
    frameworks: { nsa: ['Encryption'], nist: ['800-53 SC-28'] },
    // Of the large clouds only this one's disks are plain unless one says so.
    cel: `!(${EBS}) || object.?parameters[?'encrypted'].orValue('').lowerAscii() == 'true'`,
    message: 'disks of EBS must have the parameter encrypted: "true", unless the account encrypts by default',
    remediation: 'Add `encrypted: "true"` to the parameters, and `kmsKeyId` for a key of your own.',
    snippet: 'parameters: {encrypted: "true"}',
    base: { provisioner: 'ebs.csi.aws.com' }, at: 'parameters',
    allowed: { 'encrypted': { encrypted: 'true' }, 'with a key': { type: 'gp3', encrypted: 'true', kmsKeyId: 'arn:aws:kms:us-west-2:1:key/a' }, 'in upper case': { encrypted: 'True' } },
    denied: { 'nothing said': undefined, 'null': null, 'none': {}, 'false': { encrypted: 'false' }, 'empty': { encrypted: '' }, 'a key alone': { kmsKeyId: 'arn:aws:kms:us-west-2:1:key/a' } },
    objectsAllowed: { 'another provisioner': { provisioner: 'pd.csi.storage.gke.io', parameters: null } },
    objectsDenied: { 'the one of old': { provisioner: 'kubernetes.io/aws-ebs', parameters: { type: 'gp2' } } },
  },
];
