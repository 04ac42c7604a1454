import type { Weakening } from './weakenings';

type ContainerEdit = (container: any, spec: any) => void;

/** What Pod Security does not ask for and the strict profile does: ways to leave it out, for any container. */
const OF_A_CONTAINER: Record<string, ContainerEdit> = {
  'has no limit of memory': (c) => { delete c.resources.limits.memory; },
  'has no limit of CPU': (c) => { delete c.resources.limits.cpu; },
  'has no limit of ephemeral storage': (c) => { delete c.resources.limits['ephemeral-storage']; },
  'has no resources': (c) => { delete c.resources; },
  'has an image without a digest': (c) => { c.image = c.image.split('@')[0]; },
  'has an image of the tag latest': (c) => { c.image = `${c.image.split('@')[0].replace(/:[^:/]*$/, '')}:latest`; },
  'has an image without a registry': (c) => { c.image = `nginx:1.27@${c.image.split('@')[1]}`; },
  'has a root that it can write to': (c) => { c.securityContext.readOnlyRootFilesystem = false; },
  'does not say that its root is read-only': (c) => { delete c.securityContext.readOnlyRootFilesystem; },
  'has a password in its environment': (c) => { c.env = [{ name: 'DB_PASSWORD', value: 'correct-horse-battery' }]; },
  'has a Secret in its environment': (c) => { c.env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }]; },
  'has all of a Secret in its environment': (c) => { c.envFrom = [{ secretRef: { name: 'db' } }]; },
  'is given a password as an argument': (c) => { c.args = ['--password=correct-horse-battery']; },
  'runs as a user that a node may have': (c) => { c.securityContext.runAsUser = 1000; },
  'runs as a group that a node may have': (c) => { c.securityContext.runAsGroup = 1000; },
};

const OF_A_REGULAR_CONTAINER: Record<string, ContainerEdit> = {
  'listens below 1024': (c) => { c.ports = [...c.ports ?? [], { containerPort: 80 }]; },
};

const OF_A_POD: Record<string, Weakening['weaken']> = {
  'gets a token unasked': (spec) => { spec.automountServiceAccountToken = true; },
  'does not say that it gets no token': (spec) => { delete spec.automountServiceAccountToken; },
  'runs as the default account': (spec) => { spec.serviceAccountName = 'default'; },
  'names no account': (spec) => { delete spec.serviceAccountName; },
  'shares its process ids': (spec) => { spec.shareProcessNamespace = true; },
  'has no priority': (spec) => { delete spec.priorityClassName; },
  'mounts the socket of the runtime': (spec) => { spec.volumes.push({ name: 'socket', hostPath: { path: '/run/containerd/containerd.sock' } }); },
  'writes to memory without a limit': (spec) => { spec.volumes.push({ name: 'shm', emptyDir: { medium: 'Memory' } }); },
  'writes its own hosts file': (spec) => { spec.hostAliases = [{ ip: '10.0.0.1', hostnames: ['db'] }]; },
  'is in the root group as well': (spec) => { spec.securityContext.supplementalGroups = [0]; },
};

/** Every such weakening, on every place it can stand in. */
export const STRICT_WEAKENINGS: readonly Weakening[] = [
  ...Object.entries(OF_A_CONTAINER).flatMap(([name, edit]): Weakening[] => [
    { name: `a container ${name}`, weaken: (spec) => edit(spec.containers[0], spec) },
    { name: `an init container ${name}`, weaken: (spec) => edit(spec.initContainers[0], spec) },
  ]),
  ...Object.entries(OF_A_REGULAR_CONTAINER).map(([name, edit]): Weakening => ({ name: `a container ${name}`, weaken: (spec) => edit(spec.containers[0], spec) })),
  ...Object.entries(OF_A_POD).map(([name, weaken]): Weakening => ({ name: `the pod ${name}`, weaken })),
];
