import { ApiObject, ApiObjectProps, App, Cron, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Cni, HardenedNamespace, Peer, Platform, Rule, ScopedRole, SecureCronJob, SecureDeployment, SecureStatefulSet, Subject } from 'cdk8s-hardened';

const IMAGES = 'registry.example.com/payments';

/** ingress-nginx → web → api → db, a nightly report, and a team that may look and deploy but see no secret. */
export function payments(app: App): HardenedNamespace {
  new Platform(app, 'production', {
    kubernetesVersion: '1.34',
    cni: Cni.calico(),
    registries: ['registry.example.com/'],
  });

  const namespace = new HardenedNamespace(app, 'payments', {
    owner: 'team-payments',
    quota: { requests: { cpu: kplus.Cpu.units(8), memory: Size.gibibytes(16) }, pods: 40 },
  });

  // What customers pay with outlives what merely counts their payments when a node is full.
  const priorityClassName = priorityClass(namespace, 'payments', 10_000);

  const web = new SecureDeployment(namespace, 'web', {
    containers: [{
      image: `${IMAGES}/web:1.4.2@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03`,
      portNumber: 8080,
      envVariables: { API_URL: kplus.EnvValue.fromValue('http://api-service:8080') },
      readiness: kplus.Probe.fromHttpGet('/readyz'),
      liveness: kplus.Probe.fromHttpGet('/livez', { periodSeconds: Duration.seconds(20) }),
    }],
    writable: ['/var/cache/nginx', '/var/run'],
    priorityClassName,
  });
  const site = web.exposeViaService();
  new kplus.Ingress(namespace, 'site', {
    className: 'nginx',
    rules: [{ host: 'pay.example.com', path: '/', backend: kplus.IngressBackend.fromService(site) }],
    tls: [{ hosts: ['pay.example.com'], secret: kplus.Secret.fromSecretName(namespace, 'certificate', 'pay-example-com') }],
  });

  const password = kplus.Volume.fromSecret(namespace, 'password', kplus.Secret.fromSecretName(namespace, 'database', 'database-password'), { name: 'password' });
  const credentials = { path: '/run/credentials', volume: password, readOnly: true };

  const api = new SecureDeployment(namespace, 'api', {
    containers: [{
      image: `${IMAGES}/api:2.0.1@sha256:e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317`,
      portNumber: 8080,
      resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { limit: Size.mebibytes(768) } },
      envVariables: { DATABASE_HOST: kplus.EnvValue.fromValue('db') },
      volumeMounts: [credentials],
    }],
    priorityClassName,
  });
  api.exposeViaService();
  new kplus.HorizontalPodAutoscaler(namespace, 'api-autoscaler', {
    target: api,
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });

  const db = new SecureStatefulSet(namespace, 'db', {
    containers: [{
      image: `${IMAGES}/postgres:16.4@sha256:98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4`,
      portNumber: 5432,
      envVariables: {
        PGDATA: kplus.EnvValue.fromValue('/var/lib/postgresql/data/pgdata'), // below the mount point, whose mode is not postgres' to change
        POSTGRES_PASSWORD_FILE: kplus.EnvValue.fromValue('/run/credentials/password'),
      },
      readiness: kplus.Probe.fromCommand(['pg_isready', '--quiet']),
      volumeMounts: [credentials],
    }],
    runAsUser: 10_999, // postgres in our image; in the official one it is 999
    writable: ['/var/run/postgresql'],
    volumeClaims: [{ name: 'data', mountPath: '/var/lib/postgresql/data', size: Size.gibibytes(20) }],
    priorityClassName,
  });

  const report = new SecureCronJob(namespace, 'report', {
    schedule: Cron.schedule({ minute: '0', hour: '3' }),
    timeZone: 'Etc/UTC',
    priorityClassName: priorityClass(namespace, 'payments-reports', 1_000),
    containers: [{
      image: `${IMAGES}/report:1.1.0@sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730`,
      envVariables: { DATABASE_HOST: kplus.EnvValue.fromValue('db') },
      volumeMounts: [credentials],
    }],
  });

  namespace.network.allow(Peer.ingressController(), web);
  namespace.network.allow(web, api);
  namespace.network.allow(api, db);
  namespace.network.allow(report, db);

  new ScopedRole(namespace, 'developer', { rules: Rule.developer(), subjects: [Subject.group('payments-developers')] });
  return namespace;
}

/** A PriorityClass, which cdk8s-plus has no construct for. @returns its name */
function priorityClass(namespace: HardenedNamespace, name: string, value: number): string {
  return new ApiObject(namespace, `priority-${name}`, { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value } as ApiObjectProps).name;
}
