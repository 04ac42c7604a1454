import type { Shape } from './typed-value';

const fields = (named: { readonly [name: string]: Shape }): Shape => ({ fields: named });
const listOf = (shape: Shape): Shape => ({ listOf: shape });
const mapOf = (shape: Shape): Shape => ({ mapOf: shape });

const PROFILE = fields({ type: 'string', localhostProfile: 'string' });

/** What a pod's and a container's security context have in common. */
const SECURITY_CONTEXT = {
  appArmorProfile: PROFILE,
  seccompProfile: PROFILE,
  seLinuxOptions: fields({ level: 'string', role: 'string', type: 'string', user: 'string' }),
  windowsOptions: fields({ hostProcess: 'boolean', runAsUserName: 'string' }),
  runAsNonRoot: 'boolean',
  runAsUser: 'integer',
  runAsGroup: 'integer',
} as const;

const HANDLER = fields({ httpGet: fields({ host: 'string' }), tcpSocket: fields({ host: 'string' }) });

const CONTAINER = fields({
  name: 'string',
  image: 'string',
  ports: listOf(fields({ hostPort: 'integer', containerPort: 'integer', hostIP: 'string' })),
  livenessProbe: HANDLER,
  readinessProbe: HANDLER,
  startupProbe: HANDLER,
  lifecycle: fields({ postStart: HANDLER, preStop: HANDLER }),
  securityContext: fields({
    ...SECURITY_CONTEXT,
    allowPrivilegeEscalation: 'boolean',
    capabilities: fields({ add: listOf('string'), drop: listOf('string') }),
    privileged: 'boolean',
    procMount: 'string',
    readOnlyRootFilesystem: 'boolean',
  }),
});

/** The three lists of containers, in the order in which they start. */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** A pod's spec, as far as controls read it; a law of the catalog compares the two. */
export const POD_SPEC = fields({
  containers: listOf(CONTAINER),
  initContainers: listOf(CONTAINER),
  ephemeralContainers: listOf(CONTAINER),
  volumes: listOf(mapOf('anything')),
  hostIPC: 'boolean',
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  hostUsers: 'boolean',
  automountServiceAccountToken: 'boolean',
  serviceAccountName: 'string',
  os: fields({ name: 'string' }),
  securityContext: fields({
    ...SECURITY_CONTEXT,
    fsGroup: 'integer',
    supplementalGroups: listOf('integer'),
    sysctls: listOf(fields({ name: 'string', value: 'string' })),
  }),
});

/** Any object's metadata. */
export const METADATA = fields({
  name: 'string',
  namespace: 'string',
  generateName: 'string',
  annotations: mapOf('string'),
  labels: mapOf('string'),
});
