import { ApiObject, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { all, Container, object, shop, workload } from './support';
import { HardenedNamespace } from '../../lib/namespace';

const ONE = [all('1', '1Gi', '1Gi')];
type Options = NonNullable<Parameters<typeof workload>[3]>;

/** How many pods the proof counts: with one CPU each, and room for none, it says so. */
function counted(build: (namespace: HardenedNamespace) => unknown): string | undefined {
  const namespace = shop({ quota: { requests: { cpu: kplus.Cpu.millis(1) }, pods: 1000, daemonSetNodes: 3 } });
  build(namespace);
  return /^quota.requests.cpu is 1m, and the workloads need up to (\S+) at once/.exec(namespace.node.validate()[0] ?? '')?.[1];
}

describe('how many pods there can be at once', () => {
  test.each<[what: string, options: Options, pods: string | undefined]>([
    ['a Deployment has one, and a quarter more while it rolls out', {}, '2'],
    ['of replicas', { replicas: 8 }, '10'],
    ['a share is rounded up', { replicas: 9 }, '12'],
    ['a given surge', { replicas: 8, strategy: { rollingUpdate: { maxSurge: 1 } } }, '9'],
    ['a given share', { replicas: 8, strategy: { rollingUpdate: { maxSurge: '50%' } } }, '12'],
    ['no surge', { replicas: 8, strategy: { rollingUpdate: { maxSurge: 0 } } }, '8'],
    ['no surge where pods are recreated', { replicas: 8, strategy: { type: 'Recreate' } }, '8'],
    ['a StatefulSet replaces its pods one by one', { kind: 'StatefulSet', replicas: 3 }, '3'],
    ['a ReplicaSet', { kind: 'ReplicaSet', replicas: 3 }, '3'],
    ['a DaemonSet has one on each of the nodes that are assumed', { kind: 'DaemonSet' }, '3'],
    ['a DaemonSet that surges', { kind: 'DaemonSet', updateStrategy: { rollingUpdate: { maxSurge: 1 } } }, '4'],
    ['a Job has one', { kind: 'Job' }, '1'],
    ['a Job in parallel', { kind: 'Job', parallelism: 4 }, '4'],
    ['a Job that completes with fewer', { kind: 'Job', parallelism: 4, completions: 2 }, '2'],
    ['none', { replicas: 0, strategy: { type: 'Recreate' } }, undefined],
  ])('%s', (_, options, pods) => {
    expect(counted((namespace) => workload(namespace, 'web', ONE, options))).toBe(pods);
  });

  test('a CronJob runs once at a time', () => {
    const template = { spec: { containers: [{ name: 'main', resources: ONE[0] }] } };
    expect(counted((namespace) => new ApiObject(namespace, 'report', { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { parallelism: 2, template } } } }))).toBe('2');
  });

  test('a Pod is one', () => {
    expect(counted((namespace) => new ApiObject(namespace, 'pod', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'main', resources: ONE[0] }] } }))).toBe('1');
  });

  test('an autoscaler of cdk8s-plus can raise them to its maximum', () => {
    expect(counted((namespace) => {
      const target = new kplus.StatefulSet(namespace, 'web', { containers: [{ image: 'x', portNumber: 8080, resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.units(1) } } }] });
      new kplus.HorizontalPodAutoscaler(namespace, 'scaler', { target, maxReplicas: 7 });
    })).toBe('7');
  });

  test('an autoscaler of another workload does not', () => {
    expect(counted((namespace) => {
      workload(namespace, 'web', ONE, { kind: 'StatefulSet' });
      new ApiObject(namespace, 'scaler', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: { maxReplicas: 7, scaleTargetRef: { kind: 'Deployment', name: 'web' } } });
    })).toBe('1');
  });

  test('workloads add up', () => {
    expect(counted((namespace) => ['a', 'b', 'c'].forEach((id) => workload(namespace, id, ONE, { kind: 'Job' })))).toBe('3');
  });
});

describe('what one pod needs', () => {
  const cpu = (amount: string, more: Partial<Container> = {}): Container => ({ requests: { cpu: amount }, limits: { cpu: amount }, ...more });
  const sidecar = (amount: string) => cpu(amount, { restartPolicy: 'Always' });

  test.each<[what: string, containers: Container[], initContainers: Container[], need: string]>([
    ['its containers together', [cpu('1'), cpu('500m')], [], '1500m'],
    ['an init container, where that alone needs more', [cpu('1')], [cpu('3')], '3'],
    ['the largest of the init containers', [cpu('1')], [cpu('2'), cpu('3')], '3'],
    ['not an init container that needs less', [cpu('4')], [cpu('3')], '4'],
    ['its sidecars beside the containers', [cpu('1')], [sidecar('500m')], '1500m'],
    ['the sidecars that run before an init container beside it', [cpu('1')], [sidecar('500m'), cpu('2'), sidecar('250m')], '2500m'],
    ['its limit where it names no request', [{ limits: { cpu: '2' } }], [], '2'],
    ['the default request where it says nothing', [{}], [], '100m'],
  ])('%s', (_, containers, initContainers, need) => {
    expect(counted((namespace) => workload(namespace, 'web', containers, { kind: 'Job', initContainers }))).toBe(need);
  });

  test('its overhead', () => {
    expect(counted((namespace) => new ApiObject(namespace, 'pod', { apiVersion: 'v1', kind: 'Pod', spec: { overhead: { cpu: '250m' }, containers: [{ name: 'main', resources: ONE[0] }] } }))).toBe('1250m');
  });
});

describe('a quota that the workloads do not fit into fails synth', () => {
  test.each<[field: string, quota: object, fault: string]>([
    ['requests.cpu', { requests: { cpu: kplus.Cpu.units(4) } },
      'quota.requests.cpu is 4, and the workloads need up to 4500m at once, most of it Deployment web (4), Job migrate (500m); write quota: { requests: { cpu: Cpu.millis(4500) } } or more, or ask for less'],
    ['requests.memory', { requests: { memory: Size.gibibytes(1) } },
      'quota.requests.memory is 1Gi, and the workloads need up to 4224Mi at once, most of it Deployment web (4Gi), Job migrate (128Mi); write quota: { requests: { memory: Size.mebibytes(4224) } } or more, or ask for less'],
    ['requests.ephemeral-storage', { requests: { ephemeralStorage: Size.gibibytes(1) } },
      'quota.requests.ephemeralStorage is 1Gi, and the workloads need up to 4160Mi at once, most of it Deployment web (4Gi), Job migrate (64Mi); write quota: { requests: { ephemeralStorage: Size.mebibytes(4160) } } or more, or ask for less'],
    ['limits.cpu', { limits: { cpu: kplus.Cpu.units(2) } },
      'quota.limits.cpu is 2, and the workloads need up to 6 at once, most of it Deployment web (4), Job migrate (2); write quota: { limits: { cpu: Cpu.units(6) } } or more, or ask for less'],
    ['limits.memory', { limits: { memory: Size.gibibytes(4) } },
      'quota.limits.memory is 4Gi, and the workloads need up to 4608Mi at once, most of it Deployment web (4Gi), Job migrate (512Mi); write quota: { limits: { memory: Size.mebibytes(4608) } } or more, or ask for less'],
    ['limits.ephemeral-storage', { limits: { ephemeralStorage: Size.gibibytes(4) } },
      'quota.limits.ephemeralStorage is 4Gi, and the workloads need up to 5Gi at once, most of it Deployment web (4Gi), Job migrate (1Gi); write quota: { limits: { ephemeralStorage: Size.mebibytes(5120) } } or more, or ask for less'],
    ['pods', { pods: 4 },
      'quota.pods is 4, and the workloads need up to 5 at once, most of it Deployment web (4), Job migrate (1); write quota: { pods: 5 } or more, or ask for less'],
  ])('%s', (_, quota, fault) => {
    const namespace = shop({ quota });
    workload(namespace, 'migrate', [{ requests: { cpu: '500m' }, limits: { cpu: '2' } }], { kind: 'Job' });
    workload(namespace, 'web', ONE, { replicas: 3 });
    expect(namespace.node.validate()).toEqual([fault]);
  });

  test('and one that they exactly fit into does not', () => {
    const namespace = shop({ quota: { requests: { cpu: kplus.Cpu.units(4) }, pods: 4 } });
    workload(namespace, 'web', ONE, { replicas: 3 });
    expect(namespace.node.validate()).toEqual([]);
  });

  test('nor does one without workloads', () => {
    expect(shop({ quota: { requests: { cpu: kplus.Cpu.millis(1) }, pods: 1 } }).node.validate()).toEqual([]);
  });
});

test('without CPU limits the quota has none, and none is proven', () => {
  const namespace = shop({ cpuLimits: false });
  workload(namespace, 'web', [{ requests: { cpu: '1' }, limits: { cpu: '100' } }]);
  expect(object(namespace, 'ResourceQuota').spec.hard).not.toHaveProperty(['limits.cpu']);
  expect(namespace.node.validate()).toEqual([]);
});
