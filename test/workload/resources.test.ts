import { App, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HardenedNamespace } from '../../lib/namespace';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';
import { podOf, shop, WEB } from './shop';

const DEFAULT_REQUESTS = { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' };
const DEFAULT_LIMITS = { 'cpu': '1', 'memory': '512Mi', 'ephemeral-storage': '1Gi' };

function resources(written?: kplus.ContainerResources, props: Partial<SecureDeploymentProps> = {}) {
  return podOf(new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, resources: written }], ...props })).containers[0].resources;
}

test.each<[string, kplus.ContainerResources | undefined]>([['nothing', undefined], ['an empty object', {}], ['empty objects', { cpu: {}, memory: {}, ephemeralStorage: {} }]])(
  'who says %s gets all defaults', (_, written) => {
    expect(resources(written)).toEqual({ requests: DEFAULT_REQUESTS, limits: DEFAULT_LIMITS });
  });

test.each<[string, kplus.ContainerResources, object, object]>([
  ['a request above the default limit raises the limit', { cpu: { request: kplus.Cpu.units(3) } }, { cpu: '3' }, { cpu: '3' }],
  ['a limit below the default request lowers the request', { memory: { limit: Size.mebibytes(64) } }, { memory: '64Mi' }, { memory: '64Mi' }],
  ['a request below both changes no other', { cpu: { request: kplus.Cpu.millis(5) } }, { cpu: '5m' }, {}],
  ['a limit above both changes no other', { memory: { limit: Size.gibibytes(4) } }, {}, { memory: '4Gi' }],
  ['both stay as they are', { memory: { request: Size.mebibytes(10), limit: Size.mebibytes(20) } }, { memory: '10Mi' }, { memory: '20Mi' }],
  ['sizes that cdk8s-plus cannot write', { ephemeralStorage: { request: Size.kibibytes(100), limit: Size.mebibytes(1537) }, memory: { request: Size.kibibytes(1500) } },
    { 'ephemeral-storage': '100Ki', 'memory': '1500Ki' }, { 'ephemeral-storage': '1537Mi' }],
])('%s', (_, written, requests, limits) => {
  expect(resources(written)).toEqual({ requests: { ...DEFAULT_REQUESTS, ...requests }, limits: { ...DEFAULT_LIMITS, ...limits } });
});

test('they are complete on the container too, where an autoscaler looks', () => {
  const [container] = new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, resources: { cpu: { request: kplus.Cpu.units(1.5) } } }] }).containers;
  expect(container.resources?.cpu).toEqual({ request: kplus.Cpu.units(1.5), limit: kplus.Cpu.millis(1500) });
  expect(container.resources?.memory?.limit?.toMebibytes()).toBe(512);
  expect(container.resources?.ephemeralStorage?.limit?.toGibibytes()).toBe(1);
});

test('what is made writable fits into the limit of ephemeral storage', () => {
  const limits = (written?: kplus.ContainerResources) => resources(written, { writable: ['/var/cache'], writableSizeLimit: Size.gibibytes(3) })?.limits;
  expect(limits()).toMatchObject({ 'ephemeral-storage': '6Gi' });
  expect(limits({ ephemeralStorage: { limit: Size.gibibytes(2) } })).toMatchObject({ 'ephemeral-storage': '2Gi' });
});

describe('without a cpu limit', () => {
  const inNamespace = (cpuLimits: boolean | undefined, props: Partial<SecureDeploymentProps> = {}) => {
    const namespace = new HardenedNamespace(new App(), 'shop', { owner: 'team-shop', cpuLimits });
    return podOf(new SecureDeployment(namespace, 'web', { containers: [WEB], ...props })).containers[0].resources;
  };

  test('the memory limit stays', () => {
    expect(resources(undefined, { cpuLimit: false })).toEqual({ requests: DEFAULT_REQUESTS, limits: { 'memory': '512Mi', 'ephemeral-storage': '1Gi' } });
  });

  test('one that is written stays', () => {
    expect(resources({ cpu: { limit: kplus.Cpu.units(2) } }, { cpuLimit: false })?.limits).toMatchObject({ cpu: '2' });
  });

  test('as the namespace says, unless the workload wants one', () => {
    expect(inNamespace(false)?.limits).not.toHaveProperty('cpu');
    expect(inNamespace(false, { cpuLimit: true })?.limits).toHaveProperty('cpu');
    expect(inNamespace(undefined)?.limits).toHaveProperty('cpu');
  });

  test('in a namespace that gives one anyway it is refused', () => {
    expect(() => inNamespace(true, { cpuLimit: false })).toThrow(
      new Error('shop/web: `cpuLimit: false` has no effect here, since the namespace\'s LimitRange gives every container a cpu limit; say `cpuLimits: false` on the HardenedNamespace'));
  });
});
