import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { all, Container, object, shop, workload } from './support';
import { HardenedNamespaceProps } from '../../lib/namespace';

type Item = { readonly [list in 'min' | 'max' | 'default' | 'defaultRequest']: { readonly [resource: string]: string } };

function limitRange(containers: Container[], props: Partial<HardenedNamespaceProps> = {}, initContainers: Container[] = []): Item {
  const namespace = shop(props);
  workload(namespace, 'web', containers, { initContainers });
  const { limits: [{ type, ...item }] } = object(namespace, 'LimitRange').spec;
  expect(type).toBe('Container');
  return item;
}

describe('what was not given makes room for the workloads', () => {
  test('max is the largest limit beneath', () => {
    expect(limitRange([all('2', '1Gi', '1Gi'), all('6500m', '12Gi', '10G')]).max).toEqual({ 'cpu': '6500m', 'memory': '12Gi', 'ephemeral-storage': '10G' });
  });

  test('that of an init container counts', () => {
    expect(limitRange([{}], {}, [{ limits: { memory: '9Gi' } }]).max.memory).toBe('9Gi');
  });

  test('min is the smallest request beneath', () => {
    expect(limitRange([all('500u', '2Mi', '512Ki'), all('1', '1Gi', '1Gi')]).min).toEqual({ 'cpu': '500u', 'memory': '2Mi', 'ephemeral-storage': '512Ki' });
  });

  test('a limit without a request counts as one, as Kubernetes takes it', () => {
    expect(limitRange([{ limits: { memory: '2Mi' } }]).min.memory).toBe('2Mi');
  });

  test('a request without a limit raises the default limit, and so max', () => {
    const item = limitRange([{ requests: { memory: '10Gi', cpu: '250m' } }]);
    expect(item.default).toEqual({ 'cpu': '500m', 'memory': '10Gi', 'ephemeral-storage': '1Gi' });
    expect(item.max.memory).toBe('10Gi');
  });

  test('a request with a limit does not', () => {
    expect(limitRange([{ requests: { memory: '1Gi' }, limits: { memory: '2Gi' } }]).default.memory).toBe('512Mi');
  });

  test('smaller workloads, and what Kubernetes would refuse, change nothing', () => {
    expect(limitRange([all('1', '1Gi', '1Gi'), { limits: { memory: 'much' } }])).toEqual(limitRange([]));
  });

  test('numbers are amounts too', () => {
    expect(limitRange([{ limits: { cpu: 6 } }]).max.cpu).toBe('6');
  });

  test('the workloads of another namespace are none of it', () => {
    const namespace = shop();
    workload(new Chart(namespace, 'inner', { namespace: 'elsewhere' }), 'web', [all('8', '64Gi', '64Gi')]);
    expect(object(namespace, 'LimitRange').spec.limits[0].max.cpu).toBe('4');
  });
});

describe('what was given is kept', () => {
  test('and the constants make room for it', () => {
    expect(limitRange([], { limits: { max: { memory: Size.mebibytes(100) }, min: { cpu: kplus.Cpu.units(1) } } })).toEqual({
      min: { 'cpu': '1', 'memory': '4Mi', 'ephemeral-storage': '1Mi' },
      defaultRequest: { 'cpu': '1', 'memory': '100Mi', 'ephemeral-storage': '64Mi' },
      default: { 'cpu': '1', 'memory': '100Mi', 'ephemeral-storage': '1Gi' },
      max: { 'cpu': '4', 'memory': '100Mi', 'ephemeral-storage': '8Gi' },
    });
  });

  test.each<[what: string, props: Partial<HardenedNamespaceProps>, container: Container, fault: string]>([
    ['a limit above max', { limits: { max: { memory: Size.gibibytes(1) } } }, { limits: { memory: '2Gi' } },
      'limits.max.memory is 1Gi, and container "main" of Deployment web has the limit 2Gi; give limits.max.memory Size.mebibytes(2048), or change the container'],
    ['a request below min', { limits: { min: { cpu: kplus.Cpu.millis(100) } } }, { requests: { cpu: '50m' } },
      'limits.min.cpu is 100m, and container "main" of Deployment web has the request 50m; give limits.min.cpu Cpu.millis(50), or change the container'],
    ['a request above the default limit', { limits: { defaultLimit: { ephemeralStorage: Size.mebibytes(100) } } }, { requests: { 'ephemeral-storage': '200Mi' } },
      'limits.defaultLimit.ephemeralStorage is 100Mi, and container "main" of Deployment web has the request 200Mi; give limits.defaultLimit.ephemeralStorage Size.mebibytes(200), or change the container'],
  ])('%s fails synth', (_, props, container, fault) => {
    const namespace = shop(props);
    workload(namespace, 'web', [container]);
    expect(namespace.node.validate()).toEqual([fault]);
  });
});

test('a request above its own limit is a fault of the container, which is not named here', () => {
  const namespace = shop({ limits: { defaultLimit: { memory: Size.mebibytes(512) } } });
  workload(namespace, 'web', [{ requests: { memory: '2Gi' }, limits: { memory: '1Gi' } }]);
  expect(namespace.node.validate()).toEqual([]);
});

test('without CPU limits none is defaulted and none is the highest, while requests still are', () => {
  const item = limitRange([{ requests: { cpu: '8' } }], { cpuLimits: false });
  expect(item.default).not.toHaveProperty('cpu');
  expect(item.max).not.toHaveProperty('cpu');
  expect([item.min.cpu, item.defaultRequest.cpu]).toEqual(['1m', '100m']);
});
