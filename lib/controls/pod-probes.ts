import type { PodControl } from './control';

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const present = (probe: string) => `variables.servers.all(c, [c.?${probe}].exists(p, ${HANDLERS.map((handler) => `p.?${handler}.hasValue()`).join(' || ')}))`;

const path = (probe: string) => `(${probe}.?httpGet.?path.orValue('') == '' ? '/' : ${probe}.?httpGet.?path.orValue('/'))`;
const both = (handler: string) => `p[0].?${handler}.hasValue() && p[1].?${handler}.hasValue()`;
/** Whether the pair of probes p asks the same of the container, as the API server fills them in. */
const SAME = [
  `${both('exec')} && p[0].?exec.?command.orValue([]) == p[1].?exec.?command.orValue([])`,
  `${both('grpc')} && p[0].?grpc.?port.orValue(0) == p[1].?grpc.?port.orValue(0) && p[0].?grpc.?service.orValue('') == p[1].?grpc.?service.orValue('')`,
  `${both('httpGet')} && p[0].?httpGet.?port.orValue(0) == p[1].?httpGet.?port.orValue(0) && ${path('p[0]')} == ${path('p[1]')}`,
  `${both('tcpSocket')} && p[0].?tcpSocket.?port.orValue(0) == p[1].?tcpSocket.?port.orValue(0)`,
].join(' || ');

const HTTP = { httpGet: { path: '/healthz', port: 8080 } };
const PRESENCE = {
  allowed: { 'over HTTP': HTTP, 'over TCP': { tcpSocket: { port: 8080 } }, 'over gRPC': { grpc: { port: 8080 } }, 'a command': { exec: { command: ['true'] } }, 'a named port': { httpGet: { port: 'http' } } },
  denied: { 'nothing said': undefined, 'null': null, 'empty': {}, 'times alone': { periodSeconds: 10 }, 'a handler that is null': { httpGet: null } },
};
const COMPLETES = { 'a pod that is not restarted': { spec: { restartPolicy: 'Never' } }, 'one that is restarted until it succeeds': { spec: { restartPolicy: 'OnFailure' } } };
const without = (probe: string, patches: { readonly [name: string]: { readonly spec: object } }) =>
  Object.fromEntries(Object.entries(patches).map(([name, patch]) => [name, { ...patch, container: { [probe]: null } }]));

/** How the kubelet learns that a container that serves is well. Pods that run to completion, init and ephemeral containers do not serve. */
export const POD_PROBES: readonly PodControl[] = [
  {
    id: 'pod/liveness-probe', title: 'Containers that serve have a liveness probe', severity: 'low', level: 'strict', on: 'pod',
    frameworks: {
      nist: ['800-53 CP-10', '800-53 SI-13'], console: ['livenessProbeMissing'], checkov: ['CKV_K8S_8'], kubeLinter: ['no-liveness-probe'], kubescape: ['C-0056'],
      polaris: ['livenessProbeMissing'], kubeScore: ['pod-probes'],
    },
    cel: present('livenessProbe'),
    message: 'a container that serves must have a livenessProbe',
    remediation: 'Add a `livenessProbe` that fails only where a restart would help, and never because of something the container depends on.',
    snippet: 'livenessProbe:\n  httpGet: {path: /livez, port: 8080}',
    at: 'livenessProbe', lists: ['containers'],
    ...PRESENCE,
    podsAllowed: without('livenessProbe', COMPLETES),
    podsDenied: { 'a pod said to be restarted always': { spec: { restartPolicy: 'Always' }, container: { livenessProbe: null } } },
  },
  {
    id: 'pod/readiness-probe', title: 'Containers that serve have a readiness probe', severity: 'low', level: 'strict', on: 'pod',
    frameworks: {
      nist: ['800-53 CP-10', '800-53 SI-13'], console: ['readinessProbeMissing'], checkov: ['CKV_K8S_9'], kubeLinter: ['no-readiness-probe'], kubescape: ['C-0018'],
      polaris: ['readinessProbeMissing'], kubeScore: ['pod-probes'],
    },
    cel: present('readinessProbe'),
    message: 'a container that serves must have a readinessProbe',
    remediation: 'Add a `readinessProbe`, so that no traffic comes before the container can answer it.',
    snippet: 'readinessProbe:\n  httpGet: {path: /readyz, port: 8080}',
    at: 'readinessProbe', lists: ['containers'],
    ...PRESENCE,
    podsAllowed: without('readinessProbe', COMPLETES),
    podsDenied: { 'a pod said to be restarted always': { spec: { restartPolicy: 'Always' }, container: { readinessProbe: null } } },
  },
  {
    id: 'pod/distinct-probes', title: 'Liveness and readiness ask different things', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SI-13'], kubeScore: ['pod-probes-identical'] },
    cel: `variables.servers.all(c, [[c.?livenessProbe, c.?readinessProbe]].all(p, !(${SAME})))`,
    message: 'livenessProbe must not ask what readinessProbe asks, or a container that is merely busy is restarted',
    remediation: 'Have the liveness probe ask another path, port or command, one that fails only where a restart would help.',
    snippet: 'livenessProbe:\n  httpGet: {path: /livez, port: 8080}',
    at: 'livenessProbe', lists: ['containers'], also: ['pod/liveness-probe', 'pod/declared-probe-ports'],
    base: { container: { readinessProbe: { httpGet: { path: '/', port: 8080 } } } },
    allowed: {
      'nothing said': undefined, 'another path': HTTP, 'another port': { httpGet: { path: '/', port: 9090 } }, 'another way': { tcpSocket: { port: 8080 } }, 'a path with a query': { httpGet: { path: '/?live', port: 8080 } },
    },
    denied: {
      'the same': { httpGet: { path: '/', port: 8080 } }, 'the same, at other times': { httpGet: { path: '/', port: 8080 }, periodSeconds: 60 }, 'the same, with the path left to the API server': { httpGet: { port: 8080 } },
      'the same, with an empty path': { httpGet: { path: '', port: 8080 } }, 'the same, with the scheme said': { httpGet: { path: '/', port: 8080, scheme: 'HTTP' } },
    },
    podsDenied: Object.fromEntries([{ tcpSocket: { port: 8080 } }, { exec: { command: ['test'] } }, { grpc: { port: 8080 } }].map((probe) => [`the same ${Object.keys(probe)[0]}`, {
      container: { livenessProbe: { httpGet: null, ...probe }, readinessProbe: { httpGet: null, ...probe } },
    }])),
    podsAllowed: {
      'another command': { container: { livenessProbe: { httpGet: null, exec: { command: ['a', 'b'] } }, readinessProbe: { httpGet: null, exec: { command: ['a'] } } } },
      'another service': { container: { livenessProbe: { httpGet: null, grpc: { port: 8080, service: 'live' } }, readinessProbe: { httpGet: null, grpc: { port: 8080 } } } },
      'the same, in a pod that runs to completion': { spec: { restartPolicy: 'Never' }, container: { livenessProbe: HTTP, readinessProbe: HTTP } },
    },
  },
  {
    id: 'pod/declared-probe-ports', title: 'Probes ask ports that the container declares', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SI-13'], kubeLinter: ['liveness-port', 'readiness-port', 'startup-port'] },
    cel: 'variables.servers.all(c, [c.?livenessProbe, c.?readinessProbe, c.?startupProbe].all(p, [p.?httpGet.?port, p.?tcpSocket.?port, p.?grpc.?port].all(o, !o.hasValue() || '
      + "c.?ports.orValue([]).exists(q, q.?containerPort.orValue(0) == o.value() || q.?name.orValue('') == o.value()))))",
    message: 'a probe\'s port must be one of the container\'s ports, by number or by name',
    remediation: 'Declare the port in `ports`, or correct the probe.',
    snippet: 'livenessProbe:\n  httpGet: {path: /livez, port: 8080}',
    at: ['livenessProbe', 'readinessProbe', 'startupProbe'], lists: ['containers'], also: ['pod/liveness-probe', 'pod/readiness-probe'],
    allowed: {
      'nothing said': undefined, 'a declared port': HTTP, 'by its name': { tcpSocket: { port: 'http' } }, 'over gRPC': { grpc: { port: 8080 } }, 'a command': { exec: { command: ['true'] } },
    },
    denied: { 'another port': { httpGet: { path: '/', port: 8081 } }, 'another name': { tcpSocket: { port: 'https' } }, 'a number as a text': { tcpSocket: { port: '8080' } }, 'another over gRPC': { grpc: { port: 9090 } } },
    podsAllowed: { 'in a pod that runs to completion': { spec: { restartPolicy: 'OnFailure' }, container: { ports: [] } } },
    podsDenied: { 'with no port declared': { container: { ports: null } } },
  },
];
