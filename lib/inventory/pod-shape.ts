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

const HANDLER = fields({
  exec: fields({ command: listOf('string') }),
  grpc: fields({ port: 'integer', service: 'string' }),
  httpGet: fields({ host: 'string', path: 'string', port: 'integer or string', scheme: 'string' }),
  tcpSocket: fields({ host: 'string', port: 'integer or string' }),
});

const CONTAINER = fields({
  name: 'string',
  image: 'string',
  imagePullPolicy: 'string',
  command: listOf('string'),
  args: listOf('string'),
  env: listOf(fields({ name: 'string', value: 'string', valueFrom: fields({ secretKeyRef: fields({ name: 'string', key: 'string' }) }) })),
  envFrom: listOf(fields({ prefix: 'string', configMapRef: fields({ name: 'string' }), secretRef: fields({ name: 'string' }) })),
  ports: listOf(fields({ name: 'string', hostPort: 'integer', containerPort: 'integer', hostIP: 'string' })),
  livenessProbe: HANDLER,
  readinessProbe: HANDLER,
  startupProbe: HANDLER,
  lifecycle: fields({ postStart: HANDLER, preStop: HANDLER }),
  resources: fields({ requests: mapOf('quantity'), limits: mapOf('quantity') }),
  securityContext: fields({
    ...SECURITY_CONTEXT,
    allowPrivilegeEscalation: 'boolean',
    capabilities: fields({ add: listOf('string'), drop: listOf('string') }),
    privileged: 'boolean',
    procMount: 'string',
    readOnlyRootFilesystem: 'boolean',
  }),
  stdin: 'boolean',
  tty: 'boolean',
  volumeDevices: listOf(fields({ name: 'string', devicePath: 'string' })),
  volumeMounts: listOf(fields({ name: 'string', mountPath: 'string', readOnly: 'boolean', subPath: 'string', subPathExpr: 'string' })),
});

/** A volume; its type is whichever other key it has. */
const VOLUME = fields({
  name: 'string',
  emptyDir: fields({ medium: 'string', sizeLimit: 'quantity' }),
  hostPath: fields({ path: 'string', type: 'string' }),
  image: fields({ reference: 'string', pullPolicy: 'string' }),
  projected: fields({
    sources: listOf(fields({
      configMap: fields({ name: 'string' }),
      serviceAccountToken: fields({ audience: 'string', expirationSeconds: 'integer', path: 'string' }),
    })),
  }),
});

/** The three lists of containers, in the order in which they start. */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** A pod's spec, as far as controls read it; a law of the catalog compares the two. */
export const POD_SPEC = fields({
  containers: listOf(CONTAINER),
  initContainers: listOf(CONTAINER),
  ephemeralContainers: listOf(CONTAINER),
  volumes: listOf(VOLUME),
  dnsPolicy: 'string',
  enableServiceLinks: 'boolean',
  hostAliases: listOf(fields({ ip: 'string', hostnames: listOf('string') })),
  hostIPC: 'boolean',
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  hostUsers: 'boolean',
  automountServiceAccountToken: 'boolean',
  priorityClassName: 'string',
  restartPolicy: 'string',
  serviceAccount: 'string',
  serviceAccountName: 'string',
  shareProcessNamespace: 'boolean',
  terminationGracePeriodSeconds: 'integer',
  os: fields({ name: 'string' }),
  securityContext: fields({
    ...SECURITY_CONTEXT,
    fsGroup: 'integer',
    fsGroupChangePolicy: 'string',
    supplementalGroups: listOf('integer'),
    sysctls: listOf(fields({ name: 'string', value: 'string' })),
  }),
});

/** Any object's metadata. */
export const METADATA = fields({
  name: 'string',
  namespace: 'string',
  generateName: 'string',
  ownerReferences: listOf(fields({ apiVersion: 'string', kind: 'string', name: 'string', uid: 'string' })),
  annotations: mapOf('string'),
  labels: mapOf('string'),
});
