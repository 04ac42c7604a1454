import * as path from 'path';
import { ApiObject, App, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Golden } from '../../lib/golden';
import { Platform } from '../../lib/platform';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, Shop, shop, synthesized, templateOf, WEB } from './shop';

test('nothing set, and everything set', () => {
  const app = new App();
  new SecureDeployment(new Shop(app, 'nothing-set'), 'web', { containers: [WEB] });

  const all = new Shop(app, 'everything-set', 'shop-too');
  new Platform(all, 'platform', { kubernetesVersion: '1.35', nodes: { appArmor: true, userNamespaces: true }, registries: ['registry.example.com/'] });
  new SecureDeployment(all, 'web', {
    metadata: { name: 'shop-web', annotations: { team: 'shop' } },
    podMetadata: { labels: { tier: 'front' } },
    containers: [
      {
        name: 'web',
        image: IMAGE,
        imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ name: 'http', number: 8080 }, { name: 'metrics', number: 9090 }],
        resources: {
          cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(2) },
          memory: { request: Size.mebibytes(300), limit: Size.gibibytes(1) },
          ephemeralStorage: { request: Size.mebibytes(100), limit: Size.mebibytes(1500) },
        },
        readiness: kplus.Probe.fromHttpGet('/readyz', { port: 8080 }),
        liveness: kplus.Probe.fromHttpGet('/livez', { port: 8080, periodSeconds: Duration.seconds(20) }),
        startup: kplus.Probe.fromTcpSocket({ port: 8080, failureThreshold: 60 }),
        securityContext: { capabilities: { add: [kplus.Capability.NET_BIND_SERVICE] } },
      },
      { name: 'sidecar', image: IMAGE },
    ],
    initContainers: [{ image: IMAGE, command: ['migrate'] }],
    replicas: 5,
    strategy: kplus.DeploymentStrategy.recreate(),
    minReady: Duration.seconds(10),
    revisionHistoryLimit: 1,
    runAsUser: 999,
    securityContext: { fsGroup: 2000 },
    writable: ['/var/cache/nginx', '/var/run'],
    writableSizeLimit: Size.gibibytes(1),
    priorityClassName: 'shop-standard',
    serviceLinks: true,
    seccompLocalhostProfile: 'profiles/web.json',
    apiAccess: { audience: 'vault', expiry: Duration.minutes(10) },
    cpuLimit: false,
    spread: false,
    podDisruptionBudget: false,
    serviceAccount: new kplus.ServiceAccount(all, 'account'),
  });
  Golden.of(app).matches(path.join(__dirname, 'secure-deployment'));
});

test('what a default is said to be is what it is', () => {
  const defaults: SecureDeploymentProps = {
    containers: [{
      ...WEB,
      resources: {
        cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
        ephemeralStorage: { request: Size.mebibytes(256), limit: Size.gibibytes(1) },
      },
    }],
    replicas: 2,
    runAsUser: 10_001,
    writable: ['/tmp'],
    writableSizeLimit: Size.mebibytes(256),
    cpuLimit: true,
    serviceLinks: false,
    spread: true,
    podDisruptionBudget: true,
    revisionHistoryLimit: 3,
    strategy: kplus.DeploymentStrategy.rollingUpdate({ maxSurge: kplus.PercentOrAbsolute.percent(25), maxUnavailable: kplus.PercentOrAbsolute.absolute(0) }),
    securityContext: { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH },
  };
  const [said, unsaid] = [defaults, { containers: [WEB] }].map((props) => manifestOf(new SecureDeployment(shop(), 'web', props)));
  expect(unsaid).toEqual(said);
});

describe('where a kplus.Deployment goes, it goes', () => {
  test('a Service of its ports selects its pods', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    const service = web.exposeViaService();
    expect(manifestOf(service).spec).toMatchObject({ ports: [{ port: 8080, targetPort: 8080 }], selector: { 'app.kubernetes.io/instance': 'web' } });
    expect(templateOf(web).metadata?.labels).toMatchObject(manifestOf(service).spec.selector);
  });

  test('an autoscaler scales it, and its replicas are left to that', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    new kplus.HorizontalPodAutoscaler(web, 'autoscaler', { target: web, maxReplicas: 5 });
    const [autoscaler] = synthesized(web, 'HorizontalPodAutoscaler');
    expect(autoscaler.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' });
    expect(manifestOf(web).spec).not.toHaveProperty('replicas');
  });

  test('a role is bound to its account, with the namespace', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    const role = new kplus.Role(web, 'role');
    role.allowRead(kplus.ApiResource.CONFIG_MAPS);
    expect(manifestOf(role.bind(web)).subjects).toEqual([{ kind: 'ServiceAccount', apiGroup: '', name: 'web', namespace: 'shop' }]);
  });

  test('a network policy selects its pods, as subject and as peer', () => {
    const charts = shop();
    const [web, api] = ['web', 'api'].map((id) => new SecureDeployment(charts, id, { containers: [WEB] }));
    new kplus.NetworkPolicy(charts, 'policy', { selector: web, egress: { rules: [{ peer: api, ports: [kplus.NetworkPolicyPort.tcp(8080)] }] } });
    const [{ spec }] = synthesized(web, 'NetworkPolicy');
    expect(spec.podSelector.matchLabels).toEqual({ 'app.kubernetes.io/instance': 'web' });
    expect(spec.egress[0].to[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/instance': 'api' });
  });

  test('its selector, and what it says of it, are one label of its pods', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    const selector = { 'app.kubernetes.io/instance': 'web' };
    expect(manifestOf(web).spec.selector).toEqual({ matchLabels: selector });
    expect(web.matchLabels).toEqual(selector);
    expect(web.podMetadata.getLabel('app.kubernetes.io/instance')).toBe('web');
    expect(templateOf(web).metadata?.labels).toMatchObject(selector);
    expect(templateOf(web).metadata?.labels).not.toHaveProperty([kplus.Pod.ADDRESS_LABEL]);
    expect(web.toPodSelectorConfig()).toEqual({ labelSelector: kplus.LabelSelector.of({ labels: selector }), namespaces: { names: ['shop'] } });
  });

  test('a JSON patch changes what was filled in, plain and whole', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    ApiObject.of(web).addJsonPatch(
      JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/cpu', '3'),
      JsonPatch.add('/spec/template/spec/resources', { limits: { cpu: '4' } }), // newer than the types of cdk8s-plus
      JsonPatch.remove('/spec/template/spec/enableServiceLinks'),
    );
    expect(podOf(web).containers[0].resources?.limits).toMatchObject({ cpu: '3' });
    expect(podOf(web).resources).toEqual({ limits: { cpu: '4' } });
    expect(podOf(web)).not.toHaveProperty('enableServiceLinks');
  });
});

describe('a PodDisruptionBudget', () => {
  const budgets = (props: Partial<SecureDeploymentProps>, scale = false) => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB], ...props });
    if (scale) new kplus.HorizontalPodAutoscaler(web, 'autoscaler', { target: web, maxReplicas: 5 });
    return web.node.findAll().filter((each) => each.node.id === 'PodDisruptionBudget');
  };

  test('lets a drain take one of two replicas, and pods that are not ready', () => {
    const [budget] = budgets({ replicas: 2 });
    expect(manifestOf(budget as never).spec).toEqual({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } });
  });

  test('is there once when an autoscaler scales it, whatever its replicas were', () => {
    expect(budgets({}, true)).toHaveLength(1);
    expect(budgets({ replicas: 1 }, true)).toHaveLength(1);
  });

  test('is not there for a single replica, or when it is not wanted', () => {
    expect(budgets({ replicas: 1 })).toHaveLength(0);
    expect(budgets({ podDisruptionBudget: false }, true)).toHaveLength(0);
  });

  test('says nothing of unhealthy pods before Kubernetes 1.27', () => {
    const web = new SecureDeployment(shop({ kubernetesVersion: '1.26' }), 'web', { containers: [WEB] });
    expect(synthesized(web, 'PodDisruptionBudget')[0].spec).not.toHaveProperty('unhealthyPodEvictionPolicy');
  });
});

describe('containers that are added later', () => {
  test('are hardened and checked as the others are', () => {
    const web = new SecureDeployment(shop(), 'web', {});
    web.addContainer({ ...WEB, resources: { cpu: { request: kplus.Cpu.units(2) } } });
    web.addInitContainer({ image: IMAGE });
    const { containers, initContainers } = podOf(web);
    expect(containers[0].resources).toEqual({
      requests: { 'cpu': '2', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
      limits: { 'cpu': '2', 'memory': '512Mi', 'ephemeral-storage': '1Gi' },
    });
    expect(initContainers?.[0].securityContext).toMatchObject({ capabilities: { drop: ['ALL'] } });
    expect(manifestOf(web).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '1.4.2' });
    expect(() => web.addContainer({ image: IMAGE })).toThrow(new Error('shop/web: several containers are called "main"; give each a `name` of its own'));
    expect(() => web.addInitContainer({ image: IMAGE, name: 'main' })).toThrow(new Error('shop/web: several containers are called "main"; give each a `name` of its own'));
    expect(() => web.attachContainer(new kplus.Container({ image: IMAGE, name: 'Log' }))).toThrow(
      new Error('shop/web: container "Log": container "Log" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'));
  });

  test('keep what was attached ready-made', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    web.attachContainer(new kplus.Container({ image: IMAGE, name: 'log' }));
    expect(podOf(web).containers[1].resources).toEqual({
      requests: { 'cpu': '1000m', 'memory': '512Mi', 'ephemeral-storage': '256Mi' },
      limits: { 'cpu': '1500m', 'memory': '2Gi', 'ephemeral-storage': '1Gi' },
    });
  });

  test('are judged by the ports they have in the end', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    web.containers[0].addPort({ number: 81 });
    expect(() => synthesized(web, 'Deployment')).toThrow('container "main": port 81 is below 1024');
  });
});

describe('names and labels', () => {
  test('two workloads of one namespace with one name are refused, in one chart or two', () => {
    const app = new App();
    new SecureDeployment(new Shop(app, 'one'), 'web', { containers: [WEB] });
    expect(() => new SecureDeployment(new Shop(app, 'two'), 'web', { containers: [WEB] })).toThrow(
      new Error('two/web: it is called "web", as "one/web" is, so each would select the other\'s pods; give one another id, or another metadata.name'));
    new SecureDeployment(new Shop(app, 'three', 'elsewhere'), 'web', { containers: [WEB] });
  });

  test('an instance label that is not the name is refused', () => {
    const labels = { 'app.kubernetes.io/instance': 'blue' };
    expect(() => new SecureDeployment(shop(), 'web', { containers: [WEB], metadata: { labels }, podMetadata: { labels } })).toThrow(new Error([
      'shop/web: metadata.labels has app.kubernetes.io/instance "blue", and selectors find the pods by its name "web"; leave that label out, or say it in another',
      'shop/web: podMetadata.labels has app.kubernetes.io/instance "blue", and selectors find the pods by its name "web"; leave that label out, or say it in another',
    ].join('\n')));
  });

  test('a name that no label can hold is refused', () => {
    expect(() => new SecureDeployment(shop(), 'web', { containers: [WEB], metadata: { name: 'w'.repeat(64) } })).toThrow(
      new Error(`shop/web: name "${'w'.repeat(64)}" has 64 characters; use at most 63, since labels and names of pods are made from it`));
  });

  test('pods whose label the selector no longer finds are refused when synthesized', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    web.podMetadata.addLabel('app.kubernetes.io/instance', 'blue');
    expect(() => synthesized(web, 'Deployment')).toThrow(
      'its selector asks for the label app.kubernetes.io/instance=web, and its pods have "blue"; leave that label as it is: the pods would belong to nobody');
  });

  test('what the user wrote wins over what is recommended', () => {
    const labels = { 'app': 'front', 'app.kubernetes.io/version': 'blue' };
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB], metadata: { labels }, podMetadata: { labels } });
    expect(manifestOf(web).metadata.labels).toMatchObject(labels);
    expect(templateOf(web).metadata?.labels).toMatchObject(labels);
  });

  test('the label of the chart is on the pods', () => {
    expect(templateOf(new SecureDeployment(shop(), 'web', { containers: [WEB] })).metadata?.labels).toMatchObject({ owner: 'team-shop' });
  });

  test('a tag that no label can hold gives no version', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [{ image: IMAGE.replace('1.4.2', '1.4.2-') }] });
    expect(templateOf(web).metadata?.labels).not.toHaveProperty(['app.kubernetes.io/version']);
    expect(manifestOf(web).metadata.labels).not.toHaveProperty(['app.kubernetes.io/version']);
  });

  test('who selects the pods by other labels can', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB], select: false });
    web.select(kplus.LabelSelector.of({ labels: { app: 'web' } }));
    expect(manifestOf(web).spec.selector).toEqual({ matchLabels: { app: 'web' } });
  });

  test('an image without a tag gives no version', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [{ image: IMAGE.replace(':1.4.2', '') }] });
    expect(templateOf(web).metadata?.labels).not.toHaveProperty(['app.kubernetes.io/version']);
  });
});

describe('the ServiceAccount', () => {
  test('is made for the workload, and mounts no token', () => {
    const web = new SecureDeployment(shop(), 'web', { containers: [WEB] });
    expect(web.serviceAccount?.name).toBe('web');
    expect(synthesized(web, 'ServiceAccount')).toEqual([{
      apiVersion: 'v1', kind: 'ServiceAccount', automountServiceAccountToken: false,
      metadata: { name: 'web', namespace: 'shop', labels: { 'app': 'web', 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web', 'owner': 'team-shop' } },
    }]);
    expect(podOf(web)).toMatchObject({ serviceAccountName: 'web', automountServiceAccountToken: false });
  });

  test('can be one that exists, whatever namespace cdk8s-plus assumes for it', () => {
    const charts = shop();
    const account = kplus.ServiceAccount.fromServiceAccountName(charts, 'account', 'reader');
    const web = new SecureDeployment(charts, 'web', { containers: [WEB], serviceAccount: account });
    expect(podOf(web).serviceAccountName).toBe('reader');
    expect(synthesized(web, 'ServiceAccount')).toEqual([]);
    expect(web.toSubjectConfiguration()).toEqual({ kind: 'ServiceAccount', apiGroup: '', name: 'reader', namespace: 'shop' });
  });

  test('of another namespace is refused', () => {
    const app = new App();
    const account = new kplus.ServiceAccount(new Shop(app, 'other', 'other'), 'reader');
    expect(() => new SecureDeployment(new Shop(app, 'shop'), 'web', { containers: [WEB], serviceAccount: account })).toThrow(
      new Error('shop/web: its serviceAccount "reader" is in the namespace "other", and pods run as accounts of their own namespace only; create the account beside the workload, or leave the prop out to have one made'));
  });
});
