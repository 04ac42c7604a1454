import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments, stringify } from 'yaml';

type Json = { [key: string]: unknown };

const TESTS = path.join(__dirname, '..');

/** Manifests as they are written in this repository, by file. */
export const MANIFESTS: readonly string[] = [
  'workload/secure-deployment/everything-set.yaml', 'workload/secure-job/nothing-set.yaml', 'namespace/hardened-namespace/nothing-set/namespace.yaml',
  'network/default-deny-network/nothing-set/policies.yaml', 'rbac/golden/payments.yaml',
].map((file) => fs.readFileSync(path.join(TESTS, file), 'utf8'));

const [deployment, ...others] = parseAllDocuments(fs.readFileSync(path.join(TESTS, 'workload/secure-deployment/nothing-set.yaml'), 'utf8'))
  .map((document) => document.toJS() as Json).sort((a, b) => Number(b.kind === 'Deployment') - Number(a.kind === 'Deployment'));

/** A Deployment that complies, beside the objects it needs for that. */
export const COMPLIANT: Json = deployment;
export const BESIDE = `\n---\n${others.map((other) => stringify(other)).join('---\n')}`;

/** A pod's spec and its first container, to be weakened. */
type Weakening = (spec: Json, container: Json & { securityContext: Json }) => void;

/** Ways in which a Deployment stops to comply. */
export const WEAKENINGS: { readonly [what: string]: Weakening } = {
  'complies': () => {},
  'privileged': (_, container) => void (container.securityContext.privileged = true),
  'root': (_, container) => void (container.securityContext.runAsUser = 0),
  'root for the pod': (spec) => void (spec.securityContext = { ...spec.securityContext as Json, runAsUser: 0 }),
  'may be root': (_, container) => void (container.securityContext.runAsNonRoot = false),
  'escalation': (_, container) => void (container.securityContext.allowPrivilegeEscalation = true),
  'a writable root': (_, container) => void (container.securityContext.readOnlyRootFilesystem = false),
  'capabilities': (_, container) => void (container.securityContext.capabilities = { drop: ['ALL'], add: ['SYS_ADMIN'] }),
  'no capabilities dropped': (_, container) => void (container.securityContext.capabilities = null),
  'no seccomp': (_, container) => void (container.securityContext.seccompProfile = { type: 'Unconfined' }),
  'the host\'s network': (spec) => void (spec.hostNetwork = true),
  'the host\'s processes': (spec) => void (spec.hostPID = true),
  'a path of the host': (spec) => void (spec.volumes = [...spec.volumes as unknown[] ?? [], { name: 'host', hostPath: { path: '/' } }]),
  'a port of the host': (_, container) => void (container.ports = [{ containerPort: 8080, hostPort: 8080 }]),
  'a second container': (spec, container) => void (spec.containers = [container, { name: 'second', image: 'nginx', securityContext: { privileged: true } }]),
  'an init container': (spec) => void (spec.initContainers = [{ name: 'first', image: 'nginx:latest', securityContext: { runAsUser: 0 } }]),
  'wrong types': (_, container) => void (container.securityContext.privileged = 'true'),
};

export function weakened(what: string): Json {
  const copy = structuredClone(COMPLIANT) as { spec: { template: { spec: Json & { containers: (Json & { securityContext: Json })[] } } } };
  const { spec } = copy.spec.template;
  WEAKENINGS[what](spec, spec.containers[0]);
  return copy as unknown as Json;
}

/** Ways to hand an object over, as kubectl takes them. */
export const WRAPPINGS: readonly ((object: Json) => Json)[] = [
  (object) => object,
  (object) => object,
  (object) => ({ apiVersion: 'v1', kind: 'List', items: [object] }),
  (object) => ({ apiVersion: 'v1', kind: 'List', metadata: null, items: [{ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [] }, object] }] }),
  ({ apiVersion, kind, ...rest }) => ({ apiVersion, kind: `${kind as string}List`, items: [rest] }),
];
