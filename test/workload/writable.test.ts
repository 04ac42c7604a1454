import { App, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { SecureDeployment } from '../../lib/workload';
import { IMAGE, podOf, Shop, shop, synthesized, WEB } from './shop';

const mountsOf = (container: { volumeMounts?: readonly { name?: string; mountPath?: string }[] }) => (container.volumeMounts ?? []).map(({ name, mountPath }) => `${name} ${mountPath}`);
const emptyDir = (charts: Shop, name: string) => kplus.Volume.fromEmptyDir(charts, `volume-${name}`, name);

test('every container, of any kind, can write to /tmp, up to its size limit', () => {
  const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB, { image: IMAGE, name: 'log' }], initContainers: [{ image: IMAGE }], writableSizeLimit: Size.mebibytes(64) }));
  expect([...pod.containers, ...pod.initContainers ?? []].map(mountsOf)).toEqual([['tmp /tmp'], ['tmp /tmp'], ['tmp /tmp']]);
  expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('paths are added to /tmp, each once, and their volumes are named after them', () => {
  const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB], writable: ['/var/cache/nginx', '/tmp', '/var/cache/nginx', '/Var_Cache/nginx', `/${'x'.repeat(99)}`, '/_'] }));
  expect(pod.volumes?.map((volume) => volume.name)).toEqual(['tmp', 'var-cache-nginx', 'var-cache-nginx-2', 'x'.repeat(60), 'writable']);
});

test('a mount at the path, or above it, is kept, and what lies beneath it is mounted inside', () => {
  const charts = shop();
  const [data, config] = [emptyDir(charts, 'data'), emptyDir(charts, 'config')];
  const at = (path: string, volume = data) => podOf(new SecureDeployment(new Shop(charts.node.root as App, `shop${path}`.replaceAll('/', '-')), `web${path}`.replaceAll('/', '-').replace(/-$/, ''), {
    containers: [{ ...WEB, volumeMounts: [{ path, volume }] }], writable: ['/var/cache'],
  })).containers[0];
  expect(mountsOf(at('/var/cache'))).toEqual(['tmp /tmp', 'data /var/cache']);
  expect(mountsOf(at('/var'))).toEqual(['tmp /tmp', 'data /var']);
  expect(mountsOf(at('/tmp/'))).toEqual(['var-cache /var/cache', 'data /tmp/']);
  expect(mountsOf(at('/var/cache/config', config))).toEqual(['var-cache /var/cache', 'tmp /tmp', 'config /var/cache/config']);
  expect(mountsOf(at('/var/cached'))).toEqual(['var-cache /var/cache', 'tmp /tmp', 'data /var/cached']);
});

test('a volume of the user that has the name is another', () => {
  const charts = shop();
  const pod = podOf(new SecureDeployment(charts, 'web', { containers: [{ ...WEB, volumeMounts: [{ path: '/data', volume: emptyDir(charts, 'tmp') }] }] }));
  expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: {} }, { name: 'tmp-2', emptyDir: { sizeLimit: '256Mi' } }]);
  expect(mountsOf(pod.containers[0])).toEqual(['tmp-2 /tmp', 'tmp /data']);
});

test('a mount that is added later counts', () => {
  const charts = shop();
  const web = new SecureDeployment(charts, 'web', { containers: [WEB] });
  web.containers[0].mount('/tmp', emptyDir(charts, 'scratch'));
  expect(mountsOf(podOf(web).containers[0])).toEqual(['scratch /tmp']);
});

test('a path on a read-only mount is refused when synthesized', () => {
  const charts = shop();
  const web = new SecureDeployment(charts, 'web', { containers: [{ ...WEB, volumeMounts: [{ path: '/var', volume: emptyDir(charts, 'data'), readOnly: true }] }], writable: ['/var/cache'] });
  expect(() => synthesized(web, 'Deployment')).toThrow(
    '[shop/web] container "main": path /var/cache is to be writable, and lies on the read-only mount /var; mount it writable, or take the path out of `writable`');
});

test('the deepest mount decides', () => {
  const charts = shop();
  const [data, cache] = [emptyDir(charts, 'data'), emptyDir(charts, 'cache')];
  const volumeMounts = [{ path: '/var/cache', volume: cache }, { path: '/var', volume: data, readOnly: true }];
  const web = new SecureDeployment(charts, 'web', { containers: [{ ...WEB, volumeMounts }], writable: ['/var/cache'] });
  expect(mountsOf(podOf(web).containers[0])).toEqual(['tmp /tmp', 'cache /var/cache', 'data /var']);
  expect(() => synthesized(web, 'Deployment')).not.toThrow();
});

test('a path that is named twice takes its room once', () => {
  const web = new SecureDeployment(shop(), 'web', { containers: [WEB], writable: ['/tmp', '/tmp'], writableSizeLimit: Size.gibibytes(1) });
  expect(podOf(web).containers[0].resources?.limits).toMatchObject({ 'ephemeral-storage': '1Gi' });
});
