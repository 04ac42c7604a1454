import * as path from 'path';
import { App, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Golden } from '../../lib/golden';
import { Platform } from '../../lib/platform';
import { SecureStatefulSet, SecureStatefulSetProps } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, Shop, shop, synthesized } from './shop';

const DB: kplus.ContainerProps = { image: IMAGE, portNumber: 5432 };

test('nothing set, and everything set', () => {
  const app = new App();
  new SecureStatefulSet(new Shop(app, 'nothing-set'), 'db', { containers: [DB] });

  const all = new Shop(app, 'everything-set', 'shop-too');
  new Platform(all, 'platform', { nodes: { userNamespaces: true } });
  const service = new kplus.Service(all, 'peers', { ports: [{ port: 5432 }], clusterIP: 'None' });
  new SecureStatefulSet(all, 'db', {
    containers: [{ ...DB, name: 'postgres' }, { image: IMAGE, name: 'exporter' }],
    service,
    replicas: 3,
    minReady: Duration.seconds(5),
    podManagementPolicy: kplus.PodManagementPolicy.PARALLEL,
    strategy: kplus.StatefulSetUpdateStrategy.onDelete(),
    revisionHistoryLimit: 7,
    runAsUser: 999,
    writable: ['/var/run/postgresql'],
    volumeClaims: [
      { name: 'data', mountPath: '/var/lib/postgresql/data', size: Size.gibibytes(20), storageClassName: 'fast', accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE_POD] },
      { name: 'metrics', mountPath: '/metrics', size: Size.mebibytes(512), container: 'exporter' },
    ],
  });
  Golden.of(app).matches(path.join(__dirname, 'secure-stateful-set'));
});

test('clients connect to its own name, and its pods have addresses below that', () => {
  const db = new SecureStatefulSet(shop(), 'db', { containers: [DB] });
  const [service] = synthesized(db, 'Service');
  expect([db.service.name, service.metadata.name, manifestOf(db).spec.serviceName]).toEqual(['db', 'db', 'db']);
  expect(service.spec).toMatchObject({ clusterIP: 'None', selector: { 'app.kubernetes.io/instance': 'db' } });
});

test('an autoscaler scales it', () => {
  const db = new SecureStatefulSet(shop(), 'db', { containers: [DB] });
  new kplus.HorizontalPodAutoscaler(db, 'autoscaler', { target: db, maxReplicas: 5 });
  expect(synthesized(db, 'PodDisruptionBudget')).toHaveLength(1);
  expect(manifestOf(db).spec).not.toHaveProperty('replicas');
});

test('a claim is mounted by the first container, and by no other', () => {
  const db = new SecureStatefulSet(shop(), 'db', {
    containers: [{ ...DB, name: 'db' }, { image: IMAGE, name: 'exporter' }],
    volumeClaims: [{ name: 'data', mountPath: '/data', size: Size.gibibytes(1) }],
  });
  const mounts = podOf(db).containers.map((container) => container.volumeMounts?.map((mount) => mount.mountPath));
  expect(mounts).toEqual([['/tmp', '/data'], ['/tmp']]);
});

test('a path that a claim is mounted at needs no emptyDir', () => {
  const db = new SecureStatefulSet(shop(), 'db', {
    containers: [DB], writable: ['/data/cache'], volumeClaims: [{ name: 'tmp', mountPath: '/data', size: Size.gibibytes(1) }],
  });
  expect(podOf(db).volumes).toEqual([{ name: 'tmp-2', emptyDir: { sizeLimit: '256Mi' } }]);
});

test('labels that a release changes are not on what is immutable', () => {
  const db = new SecureStatefulSet(shop(), 'db', { containers: [DB], volumeClaims: [{ name: 'data', mountPath: '/data', size: Size.gibibytes(1) }] });
  expect(manifestOf(db).spec.volumeClaimTemplates[0].metadata).toEqual({ name: 'data', labels: { 'app.kubernetes.io/name': 'db', 'app.kubernetes.io/instance': 'db' } });
});

test('what is wrong with claims is said, all of it', () => {
  const claim = { name: 'data', mountPath: '/data', size: Size.gibibytes(1) };
  const volumeClaims = [claim, { ...claim, size: Size.gibibytes(0) }, { name: 'Logs', mountPath: 'logs', size: Size.gibibytes(1), storageClassName: 'a b', container: 'mian' }];
  expect(() => new SecureStatefulSet(shop(), 'db', { containers: [DB], volumeClaims })).toThrowErrorMatchingInlineSnapshot(`
"shop/db: volume claim "data": size is 0; give a size, such as Size.gibibytes(10)
shop/db: volume claim "data": another volume has its name; give each a \`name\` of its own
shop/db: volume claim "data": another claim is mounted at "/data" already; give each a \`mountPath\` of its own
shop/db: volume claim "Logs": name "Logs" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit
shop/db: volume claim "Logs": mountPath "logs" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end
shop/db: volume claim "Logs": storageClassName "a b" is not valid; use lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit
shop/db: volume claim "Logs": there is no container "mian"; give one of "main""
`);
});

test('a claim that has the name of a volume is refused', () => {
  const charts = shop();
  const volume = kplus.Volume.fromEmptyDir(charts, 'volume', 'data');
  const volumeClaims = [{ name: 'data', mountPath: '/data', size: Size.gibibytes(1) }];
  const refused = new Error('shop/db: volume claim "data": another volume has its name; give each a `name` of its own');
  expect(() => new SecureStatefulSet(charts, 'db', { containers: [DB], volumes: [volume], volumeClaims })).toThrow(refused);
  expect(() => new SecureStatefulSet(charts, 'db', { containers: [{ ...DB, volumeMounts: [{ path: '/x', volume }] }], volumeClaims })).toThrow(refused);
});

test('two claims at one path are refused in one container only, however it is named', () => {
  const claims = (container: string) => () => new SecureStatefulSet(shop(), 'db', {
    containers: [DB, { image: IMAGE, name: 'exporter' }],
    volumeClaims: [{ name: 'one', mountPath: '/data', size: Size.gibibytes(1) }, { name: 'two', mountPath: '/data', size: Size.gibibytes(1), container }],
  });
  expect(claims('exporter')).not.toThrow();
  expect(claims('main')).toThrow(new Error('shop/db: volume claim "two": another claim is mounted at "/data" already; give each a `mountPath` of its own'));
});

test('without a port and without a service it is refused', () => {
  expect(() => new SecureStatefulSet(shop(), 'db', { containers: [{ image: IMAGE }] })).toThrow(
    new Error('shop/db: no container has a port, so its headless Service would have none; give a container its `portNumber` or `ports`, or pass a `service`'));
});

test('a name that leaves no room for what its controller adds is refused', () => {
  expect(() => new SecureStatefulSet(shop(), 'db', { containers: [DB], metadata: { name: 'd'.repeat(53) } })).toThrow('has 53 characters; use at most 52');
});

test('it is a kplus.StatefulSet, which cdk8s-plus takes for one', () => {
  const props: SecureStatefulSetProps & kplus.StatefulSetProps = { containers: [DB] };
  const db = new SecureStatefulSet(shop(), 'db', props);
  const role = new kplus.Role(db, 'role');
  role.allowRead(kplus.ApiResource.CONFIG_MAPS);
  expect(db).toBeInstanceOf(kplus.StatefulSet);
  expect(manifestOf(role.bind(db)).subjects).toEqual([{ kind: 'ServiceAccount', apiGroup: '', name: 'db', namespace: 'shop' }]);
});
