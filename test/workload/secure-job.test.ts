import * as path from 'path';
import { App, Cron, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Golden } from '../../lib/golden';
import { SecureCronJob, SecureJob } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, Shop, shop, templateOf, WEB } from './shop';

const TASK: kplus.ContainerProps = { image: IMAGE, command: ['migrate'] };
const nightly = Cron.schedule({ minute: '0', hour: '3' });

test('nothing set, and everything set', () => {
  const app = new App();
  const nothing = new Shop(app, 'nothing-set');
  new SecureJob(nothing, 'migrate', { containers: [TASK] });
  new SecureCronJob(nothing, 'report', { containers: [TASK], schedule: nightly });

  const all = new Shop(app, 'everything-set', 'shop-too');
  const job = { activeDeadline: Duration.hours(1), backoffLimit: 1, restartPolicy: kplus.RestartPolicy.ON_FAILURE };
  new SecureJob(all, 'migrate', { containers: [TASK], ...job, ttlAfterFinished: Duration.hours(2), runAsUser: 1000, writable: ['/work'] });
  new SecureCronJob(all, 'report', {
    containers: [TASK], ...job, schedule: nightly, timeZone: 'Etc/UTC', concurrencyPolicy: kplus.ConcurrencyPolicy.REPLACE,
    startingDeadline: Duration.minutes(1), successfulJobsRetained: 1, failedJobsRetained: 2, suspend: true, apiAccess: {},
  });
  Golden.of(app).matches(path.join(__dirname, 'secure-job'));
});

test('what ends is not probed, whatever ports it has', () => {
  const charts = shop();
  for (const workload of [new SecureJob(charts, 'migrate', { containers: [WEB] }), new SecureCronJob(charts, 'report', { containers: [WEB], schedule: nightly })]) {
    const [container] = podOf(workload).containers;
    expect(['startupProbe', 'livenessProbe', 'readinessProbe'].filter((probe) => probe in container)).toEqual([]);
    expect(container.ports).toEqual([{ containerPort: 8080 }]);
  }
});

test('a probe that was given stays', () => {
  const job = new SecureJob(shop(), 'migrate', { containers: [{ ...WEB, liveness: kplus.Probe.fromCommand(['alive']) }] });
  expect(podOf(job).containers[0].livenessProbe).toMatchObject({ exec: { command: ['alive'] } });
});

test('pods that never end are refused, and pods that may end where they must not', () => {
  const restartPolicy = kplus.RestartPolicy.ALWAYS;
  expect(() => new SecureJob(shop(), 'migrate', { containers: [TASK], restartPolicy })).toThrow(
    new Error('shop/migrate: restartPolicy Always is not for this kind of workload; give ON_FAILURE or NEVER'));
  expect(() => new SecureCronJob(shop(), 'report', { containers: [TASK], schedule: nightly, restartPolicy })).toThrow('restartPolicy Always');
});

test('an option that is given as undefined is as if it were not given', () => {
  const job = new SecureJob(shop(), 'migrate', { containers: [TASK], restartPolicy: undefined, backoffLimit: undefined, ttlAfterFinished: undefined });
  expect(manifestOf(job).spec).toMatchObject({ backoffLimit: 3, ttlSecondsAfterFinished: 86_400, template: { spec: { restartPolicy: 'Never' } } });
});

test('the jobs of a CronJob have the labels of their pods', () => {
  const report = new SecureCronJob(shop(), 'report', { containers: [TASK], schedule: nightly });
  expect(manifestOf(report).spec.jobTemplate.metadata).toEqual({ labels: templateOf(report).metadata?.labels });
});

test('a name that leaves no room for the time its controller adds is refused', () => {
  expect(() => new SecureCronJob(shop(), 'report', { containers: [TASK], schedule: nightly, metadata: { name: 'r'.repeat(53) } })).toThrow('use at most 52');
});

test('network policies and roles take both', () => {
  const charts = shop();
  const job = new SecureJob(charts, 'migrate', { containers: [TASK] });
  const report = new SecureCronJob(charts, 'report', { containers: [TASK], schedule: nightly });
  for (const workload of [job, report]) {
    const selector = { 'app.kubernetes.io/instance': workload.name };
    expect(workload.toPodSelectorConfig().labelSelector).toEqual(kplus.LabelSelector.of({ labels: selector }));
    expect(templateOf(workload).metadata?.labels).toMatchObject(selector);
    expect(workload.toSubjectConfiguration()).toEqual({ kind: 'ServiceAccount', apiGroup: '', name: workload.name, namespace: 'shop' });
  }
});

test('containers that are added later are hardened too', () => {
  const charts = shop();
  for (const workload of [new SecureJob(charts, 'migrate', {}), new SecureCronJob(charts, 'report', { schedule: nightly })]) {
    workload.addContainer(TASK);
    workload.addInitContainer(TASK);
    expect(() => workload.addInitContainer({ image: 'busybox' })).toThrow('image "busybox" does not say its registry');
    expect(podOf(workload).initContainers?.[0]).toMatchObject({ name: 'init-0', resources: { limits: { memory: '512Mi' } } });
  }
});
