import * as path from 'path';
import { App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Golden } from '../../lib/golden';
import { NodeCapacity } from '../../lib/platform';
import { SecureDaemonSet } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, Shop, shop, synthesized, WEB } from './shop';

test('nothing set, and everything set', () => {
  const app = new App();
  new SecureDaemonSet(new Shop(app, 'nothing-set'), 'agent', { containers: [WEB] });
  const all = new Shop(app, 'everything-set', 'shop-too');
  new SecureDaemonSet(all, 'agent', {
    containers: [{
      ...WEB,
      ports: [{ name: 'syslog', number: 5514, protocol: kplus.Protocol.UDP }],
    }],
    minReadySeconds: 5,
    maxUnavailable: kplus.PercentOrAbsolute.percent(10),
    revisionHistoryLimit: 1,
    priorityClassName: 'system-node-critical',
    writable: ['/var/lib/agent'],
  });
  Golden.of(app).matches(path.join(__dirname, 'secure-daemon-set'));
});

test('on Fargate, which runs none, it is refused', () => {
  expect(() => new SecureDaemonSet(shop({ nodes: { capacity: NodeCapacity.FARGATE } }), 'agent', { containers: [WEB] })).toThrow(
    new Error('shop/agent: EKS on Fargate runs no DaemonSets, and its pods would wait for ever; run it as a sidecar of the workloads that need it'));
});

test('its selector is one label of its pods, and it has no budget', () => {
  const agent = new SecureDaemonSet(shop(), 'agent', { containers: [WEB] });
  expect(manifestOf(agent).spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'agent' } });
  expect(agent.node.tryFindChild('PodDisruptionBudget')).toBeUndefined();
});

test('what a daemon wants of its node is emitted, and refused when synthesized', () => {
  const charts = shop();
  const volume = kplus.Volume.fromHostPath(charts, 'logs', 'logs', { path: '/var/log' });
  const agent = new SecureDaemonSet(charts, 'agent', { containers: [{ ...WEB, volumeMounts: [{ path: '/host/logs', volume }] }], hostNetwork: true });
  expect(podOf(agent)).toMatchObject({ hostNetwork: true, volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }, { name: 'tmp' }] });
  expect(() => synthesized(agent, 'DaemonSet')).toThrow('hostNetwork is true');
  expect(() => synthesized(agent, 'DaemonSet')).toThrow('hostPath');
});

test('containers that are added later are hardened too', () => {
  const agent = new SecureDaemonSet(shop(), 'agent', { containers: [WEB] });
  agent.addContainer({ image: IMAGE, name: 'log' });
  agent.addInitContainer({ image: IMAGE });
  expect(() => agent.addContainer({ image: 'busybox', name: 'shell' })).toThrow('image "busybox" does not say its registry');
  const { containers, initContainers } = manifestOf(agent).spec.template.spec;
  expect([containers[1], initContainers[0]].map(({ resources }) => resources.limits.memory)).toEqual(['512Mi', '512Mi']);
});
