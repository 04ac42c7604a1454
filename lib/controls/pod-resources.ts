import type { PodControl } from './control';

const ZERO = "quantity('0')";
/** What a container requests; the API server takes the limit for a request that is absent. */
const request = (resource: string) => `quantity(c.?resources.?requests[?'${resource}'].orValue(c.?resources.?limits[?'${resource}'].orValue('0')))`;
const requested = (resource: string) => `variables.started.all(c, ${request(resource)}.isGreaterThan(${ZERO}))`;
// A limit of nothing is none to the kubelet.
const limited = (resource: string) => `variables.started.all(c, quantity(c.?resources.?limits[?'${resource}'].orValue('0')).isGreaterThan(${ZERO}))`;

const FULL = { 'cpu': '100m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' };
/** Everything said, but for one resource. */
const but = (resource: string, request?: unknown, limit?: unknown) => ({ requests: { ...FULL, [resource]: request }, limits: { ...FULL, [resource]: limit } });
const requests = (resource: string, amount: string) => ({
  allowed: { 'both': but(resource, amount, amount), 'the limit alone, which the API server makes the request': but(resource, undefined, amount), 'less than the limit': but(resource, '1m', amount) },
  denied: { 'neither': but(resource), 'null': but(resource, null, null), 'nothing': but(resource, '0', amount), 'nothing, as a number': but(resource, 0, amount) },
});
const limits = (resource: string, amount: string) => ({
  allowed: { 'both': but(resource, amount, amount), 'more than the request': but(resource, '1m', amount) },
  denied: { 'neither': but(resource), 'null': but(resource, '1m', null), 'the request alone': but(resource, amount), 'nothing, which is no limit': but(resource, '0', '0') },
});

const sized = (volume: object) => [{ name: 'a', emptyDir: volume }];
const LISTS = ['initContainers', 'containers'] as const;

/** What a pod takes of its node. */
export const POD_RESOURCES: readonly PodControl[] = [
  {
    id: 'pod/cpu-request', title: 'Containers request CPU', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: {
      nsa: ['Resource policies'], owasp: ['K01'], nist: ['800-53 SC-6'], console: ['cpuRequestsMissing'], checkov: ['CKV_K8S_10'], trivy: ['KSV-0015'],
      kubeLinter: ['unset-cpu-requirements'], kubescape: ['C-0050', 'C-0268'], polaris: ['cpuRequestsMissing'], kubeScore: ['container-resources'],
    },
    cel: requested('cpu'),
    message: 'requests.cpu, or limits.cpu in its stead, must be more than nothing',
    remediation: 'Set `resources.requests.cpu` to what the container needs, so that the scheduler can find room for it.',
    snippet: 'resources:\n  requests: {cpu: 100m}',
    at: 'resources', lists: LISTS, also: ['pod/memory-request', 'pod/memory-limit'],
    allowed: requests('cpu', '1').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...requests('cpu', '1').denied },
  },
  {
    id: 'pod/cpu-limit', title: 'Containers have a CPU limit', severity: 'low', level: 'strict', on: 'pod',
    frameworks: {
      nsa: ['Resource policies'], owasp: ['K01'], nist: ['800-53 SC-5', '800-53 SC-6'], console: ['cpuLimitsMissing'], checkov: ['CKV_K8S_11'], trivy: ['KSV-0011'],
      kubescape: ['C-0009', 'C-0050', 'C-0270'], polaris: ['cpuLimitsMissing'], kubeScore: ['container-resources'],
    },
    cel: limited('cpu'),
    message: 'limits.cpu must be more than nothing',
    remediation: 'Set `resources.limits.cpu`; generously, where latency counts, since a container at its limit is throttled.',
    snippet: 'resources:\n  limits: {cpu: "1"}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/memory-request', 'pod/memory-limit', 'pod/ephemeral-storage-request', 'pod/ephemeral-storage-limit'],
    allowed: limits('cpu', '1').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...limits('cpu', '1').denied },
  },
  {
    id: 'pod/memory-request', title: 'Containers request memory', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: {
      nsa: ['Resource policies'], owasp: ['K01'], nist: ['800-53 SC-6'], console: ['memoryRequestsMissing'], checkov: ['CKV_K8S_12'], trivy: ['KSV-0016'],
      kubescape: ['C-0004', 'C-0269'], polaris: ['memoryRequestsMissing'], kubeScore: ['container-resources'],
    },
    cel: requested('memory'),
    message: 'requests.memory, or limits.memory in its stead, must be more than nothing',
    remediation: 'Set `resources.requests.memory` to what the container uses; a node that is short of memory evicts those first that use more.',
    snippet: 'resources:\n  requests: {memory: 256Mi}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/memory-limit'],
    allowed: requests('memory', '1Gi').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...requests('memory', '1Gi').denied },
  },
  {
    id: 'pod/memory-limit', title: 'Containers have a memory limit', severity: 'medium', level: 'restricted', on: 'pod',
    frameworks: {
      nsa: ['Resource policies'], owasp: ['K01'], nist: ['800-53 SC-5', '800-53 SC-6'], console: ['memoryLimitsMissing'], checkov: ['CKV_K8S_13'], trivy: ['KSV-0018'],
      kubeLinter: ['unset-memory-requirements'], kubescape: ['C-0004', 'C-0009', 'C-0271'], polaris: ['memoryLimitsMissing'], kubeScore: ['container-resources'],
    },
    cel: limited('memory'),
    message: 'limits.memory must be more than nothing',
    remediation: 'Set `resources.limits.memory`, so that a leak ends this container and not its neighbours.',
    snippet: 'resources:\n  limits: {memory: 512Mi}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/memory-request'],
    allowed: limits('memory', '1Gi').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...limits('memory', '1Gi').denied },
  },
  {
    id: 'pod/ephemeral-storage-request', title: 'Containers request ephemeral storage', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-6'], kubeScore: ['container-ephemeral-storage-request-and-limit'] },
    cel: requested('ephemeral-storage'),
    message: 'requests.ephemeral-storage, or its limit in its stead, must be more than nothing',
    remediation: 'Set `resources.requests.ephemeral-storage` to what logs, emptyDirs and the writable layer take.',
    snippet: 'resources:\n  requests: {ephemeral-storage: 256Mi}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/cpu-limit', 'pod/memory-request', 'pod/memory-limit', 'pod/ephemeral-storage-limit'],
    allowed: requests('ephemeral-storage', '1Gi').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...requests('ephemeral-storage', '1Gi').denied },
  },
  {
    id: 'pod/ephemeral-storage-limit', title: 'Containers have a limit of ephemeral storage', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-5', '800-53 SC-6'], kubeLinter: ['unset-ephemeral-storage-requirements'], kubeScore: ['container-ephemeral-storage-request-and-limit'] },
    cel: limited('ephemeral-storage'),
    message: 'limits.ephemeral-storage must be more than nothing',
    remediation: 'Set `resources.limits.ephemeral-storage`, so that a container that fills the disk is evicted and not its node.',
    snippet: 'resources:\n  limits: {ephemeral-storage: 1Gi}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/cpu-limit', 'pod/memory-request', 'pod/memory-limit', 'pod/ephemeral-storage-request'],
    allowed: limits('ephemeral-storage', '1Gi').allowed,
    denied: { 'nothing said': undefined, 'empty': {}, ...limits('ephemeral-storage', '1Gi').denied },
  },
  {
    id: 'pod/requests-within-limits', title: 'No request is above its limit', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-6'] },
    cel: 'variables.started.all(c, c.?resources.?requests.orValue({}).all(r, !(r in c.?resources.?limits.orValue({})) || !quantity(c.resources.requests[r]).isGreaterThan(quantity(c.resources.limits[r]))))',
    message: 'no request may be above its limit; the API server refuses such a pod',
    remediation: 'Raise the limit or lower the request.',
    snippet: 'resources:\n  requests: {cpu: 100m, memory: 256Mi}\n  limits: {cpu: "1", memory: 512Mi}',
    at: 'resources', lists: LISTS, also: ['pod/cpu-request', 'pod/cpu-limit', 'pod/memory-request', 'pod/memory-limit', 'pod/ephemeral-storage-request', 'pod/ephemeral-storage-limit'],
    allowed: { 'nothing said': undefined, 'below': but('memory', '64Mi', '1Gi'), 'equal, in other units': but('memory', '1Gi', '1024Mi'), 'without a limit': { requests: FULL }, 'of a device': but('example.com/gpu', 1, 1) },
    denied: { 'above': but('cpu', '2', '1'), 'above, in other units': but('memory', '1Gi', '1G'), 'by a thousandth': but('cpu', '1001m', 1), 'of a device': but('example.com/gpu', 2, 1) },
  },
  {
    id: 'pod/empty-dir-size-limit', title: 'Every emptyDir has a size limit', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-5', '800-53 SC-6'] },
    // A volume without a type becomes an emptyDir; a limit of nothing is none.
    cel: `variables.volumes.all(v, !(has(v.emptyDir) || v.all(k, k == 'name')) || v.?emptyDir.?medium.orValue('') == 'Memory' || quantity(v.?emptyDir.?sizeLimit.orValue('0')).isGreaterThan(${ZERO}))`,
    message: 'an emptyDir must have a sizeLimit',
    remediation: 'Set `emptyDir.sizeLimit`; a pod that writes more is evicted, and its node keeps its disk.',
    snippet: 'volumes:\n- name: tmp\n  emptyDir: {sizeLimit: 256Mi}',
    of: 'pod', at: 'volumes', also: ['pod/limited-memory-volumes'],
    allowed: { 'nothing said': undefined, 'an empty list': [], 'a limit': sized({ sizeLimit: '64Mi' }), 'another type': [{ name: 'a', configMap: { name: 'b' } }], 'memory, which another control is about': sized({ medium: 'Memory' }) },
    denied: { 'no limit': sized({}), 'null': sized({ sizeLimit: null }), 'a limit of nothing': sized({ sizeLimit: '0' }), 'no type, which is an emptyDir': [{ name: 'a' }], 'after another': [...sized({ sizeLimit: 1 }), { name: 'b', emptyDir: { medium: '' } }] },
  },
  {
    id: 'pod/limited-memory-volumes', title: 'Volumes in memory have a size limit', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-53 SC-5', '800-53 SC-6'] },
    cel: `variables.volumes.all(v, v.?emptyDir.?medium.orValue('') != 'Memory' || quantity(v.?emptyDir.?sizeLimit.orValue('0')).isGreaterThan(${ZERO}))`,
    message: 'an emptyDir in memory must have a sizeLimit, since what is written to it counts as memory',
    remediation: 'Set `emptyDir.sizeLimit` below the memory limit of the containers that write to it.',
    snippet: 'volumes:\n- name: cache\n  emptyDir: {medium: Memory, sizeLimit: 64Mi}',
    of: 'pod', at: 'volumes', also: ['pod/empty-dir-size-limit'],
    allowed: { 'nothing said': undefined, 'a limit': sized({ medium: 'Memory', sizeLimit: '64Mi' }), 'on disk, which another control is about': sized({ medium: '' }) },
    denied: { 'no limit': sized({ medium: 'Memory' }), 'null': sized({ medium: 'Memory', sizeLimit: null }), 'a limit of nothing': sized({ medium: 'Memory', sizeLimit: '0' }) },
  },
];
