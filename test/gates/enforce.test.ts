import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, AppProps, Chart, ChartProps, Include, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { enforce } from '../../lib/gates';
import { HOW_TO_EXEMPT } from '../../lib/gates/synth-gate';
import { Platform } from '../../lib/platform';
import { compliantContainer, compliantPod, Json, KINDS, merged } from '../controls/compliant-pod';

const PREFIX = 'Validation failed with the following errors:\n  ';

/** An App whose output nobody else has, with the gate on. */
function gated(props: AppProps = {}): App {
  const app = Testing.app({ outdir: path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gate.')), 'dist'), ...props });
  enforce(app);
  return app;
}

function chartIn(app: App, id = 'shop', props: ChartProps = {}): Chart {
  return new Chart(app, id, { namespace: id, disableResourceNameHashes: true, ...props });
}

function deployment(scope: Construct, id = 'web', spec: Json = {}): ApiObject {
  return object(scope, id, KINDS.Deployment({ ...compliantPod(), spec: merged(compliantPod().spec, spec) }));
}

function object(scope: Construct, id: string, { metadata: _, ...json }: Json): ApiObject {
  return new ApiObject(scope, id, json as never);
}

/** What synth says; one line for each violation, without cdk8s' own words. */
function refusals(synth: () => unknown): string[] {
  try {
    synth();
  } catch (error) {
    const { message } = error as Error;
    expect(message.slice(0, PREFIX.length)).toBe(PREFIX);
    const lines = message.slice(PREFIX.length).split('\n  ');
    return lines.filter((line) => !line.endsWith(HOW_TO_EXEMPT));
  }
  return [];
}

const controlsIn = (lines: readonly string[]) => lines.map((line) => /: (?:critical|high|medium|low) (\S+) /.exec(line)?.[1]);
const files = (app: App) => fs.existsSync(app.outdir) ? fs.readdirSync(app.outdir) : [];

test('a tree that complies is written as cdk8s writes it', () => {
  const [app, without] = [gated(), Testing.app()];
  for (const each of [app, without]) {
    deployment(chartIn(each));
    each.synth();
  }
  const written = (each: App) => files(each).map((file) => [file, fs.readFileSync(path.join(each.outdir, file), 'utf8')]);
  expect(written(app)).toEqual(written(without));
  expect(app.synthYaml()).toEqual(without.synthYaml());
});

describe('whoever made an object, it is judged', () => {
  test.each<[string, (chart: Chart) => void, string[]]>([
    ['a Deployment of cdk8s-plus', (chart) => new kplus.Deployment(chart, 'web', { containers: [{ image: 'x' }] }), ['pod/drop-all-capabilities', 'pod/seccomp-profile']],
    ['a raw Pod', (chart) => object(chart, 'web', KINDS.Pod(withHost())), ['pod/no-host-namespaces']],
    ['a CronJob', (chart) => object(chart, 'web', KINDS.CronJob(withHost())), ['pod/no-host-namespaces']],
    ['a List', (chart) => object(chart, 'web', KINDS.List(withHost())), ['pod/no-host-namespaces']],
    ['a custom kind', (chart) => object(chart, 'web', KINDS.Rollout(withHost())), ['pod/no-host-namespaces']],
    ['a JSON patch', (chart) => deployment(chart).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/securityContext/privileged', true)), ['pod/no-privileged']],
    ['a lazy value', (chart) => deployment(chart, 'web', { hostIPC: Lazy.any({ produce: () => true }) }), ['pod/no-host-namespaces']],
    ['a Secret', (chart) => new kplus.Secret(chart, 'db', { stringData: { password: 'hunter2' } }), ['secret/no-plain-values']],
    ['a Terraform token', (chart) => new kplus.ConfigMap(chart, 'arn', { data: { role: '${TfToken[TOKEN.7]}' } }), ['object/no-terraform-token']],
    ['a patch that takes the kind away', (chart) => deployment(chart).addJsonPatch(JsonPatch.remove('/kind')), ['object/well-formed']],
  ])('%s', (_name, build, controls) => {
    const app = gated();
    build(chartIn(app));
    expect(controlsIn(refusals(() => app.synth()))).toEqual(controls);
  });

  test('a file of YAML', () => {
    const app = gated();
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gate.')), 'pod.yaml');
    fs.writeFileSync(file, JSON.stringify(KINDS.Pod(withHost())));
    new Include(chartIn(app), 'theirs', { url: file });
    expect(refusals(() => app.synth())).toEqual([
      '[] shop/theirs/a-pod-shop: critical pod/no-host-namespaces Pod shop/a: hostPID is true, but hostNetwork, hostPID and hostIPC must not be true; leave `hostNetwork`, `hostPID` and `hostIPC` out',
    ]);
  });

  test('and all of it at once, in one order', () => {
    const app = gated();
    const build = (chart: Chart) => ['b', 'a'].forEach((id) => deployment(chart, id, { hostPID: true, volumes: [{ name: 'a', hostPath: { path: '/srv' } }] }));
    build(chartIn(app, 'two'));
    build(chartIn(app, 'one'));
    expect(refusals(() => app.synth()).map((line) => line.split(':')[0])).toEqual(['one/a', 'one/a', 'one/b', 'one/b', 'two/a', 'two/a', 'two/b', 'two/b'].map((place) => `[] ${place}`));
  });
});

describe('the last change counts', () => {
  test('an object that comes after the gate and everything else', () => {
    const app = gated();
    const chart = chartIn(app);
    deployment(chart);
    deployment(new Construct(chart, 'late'), 'last', { hostPID: true });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
  });

  test.each<[string, (app: App, chart: Chart, weaken: () => void) => void]>([
    ['of the object\'s chart', (_app, chart, weaken) => chart.node.addValidation({ validate: () => (weaken(), []) })],
    ['of the root, added after the gate', (app, _chart, weaken) => app.node.addValidation({ validate: () => (weaken(), []) })],
    ['that throws once it has', (_app, chart, weaken) => {
      let first = true;
      chart.node.addValidation({ validate: () => { weaken(); if (first) { first = false; throw new Error('not yet'); } return []; } });
    }],
    ['of a construct that a validation adds', (_app, chart, weaken) => chart.node.addValidation({
      validate: () => {
        if (!chart.node.tryFindChild('added')) new Construct(chart, 'added').node.addValidation({ validate: () => (weaken(), []) });
        return [];
      },
    })],
  ])('a change in a validation %s', (_name, arrange) => {
    const app = gated();
    const chart = chartIn(app);
    const web = deployment(chart);
    arrange(app, chart, () => web.addJsonPatch(JsonPatch.add('/spec/template/spec/hostPID', true)));
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(files(app)).toEqual([]);
  });

  test('what changes after it was judged is not written', () => {
    const app = gated();
    const chart = chartIn(app);
    const web = deployment(chart);
    let asked = 0;
    chart.node.addValidation({ validate: () => { if (++asked === 2) web.addJsonPatch(JsonPatch.add('/spec/template/spec/hostPID', true)); return []; } });
    app.synth();
    expect(asked).toBeGreaterThan(1);
    expect(fs.readFileSync(path.join(app.outdir, 'shop.k8s.yaml'), 'utf8')).not.toContain('hostPID');
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
  });

  test('an object that is added after everything was judged fails the synth all the same', () => {
    const app = gated();
    const chart = chartIn(app);
    let asked = 0;
    chart.node.addValidation({ validate: () => { if (++asked === 2) deployment(chart, 'late', { hostPID: true }); return []; } });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
  });

  test('a chart that changes its output itself is judged by what it returns', () => {
    const app = gated();
    class Patched extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().map((json) => ({ ...json, spec: merged(json.spec, { template: { spec: { hostPID: true } } }) }));
      }
    }
    deployment(new Patched(app, 'shop', { namespace: 'shop' }));
    expect(refusals(() => app.synth()).map((line) => line.slice(0, 65))).toEqual(['[] shop: critical pod/no-host-namespaces Deployment shop/shop-web']);
    expect(files(app)).toEqual([]);
  });

  test('such a chart may also mend what its objects lack', () => {
    const app = gated();
    class Mended extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().map((json) => ({ ...json, spec: merged(json.spec, { template: { spec: { hostPID: false } } }) }));
      }
    }
    deployment(new Mended(app, 'shop', { namespace: 'shop' }), 'web', { hostPID: true });
    app.synth();
    expect(fs.readFileSync(path.join(app.outdir, 'shop.k8s.yaml'), 'utf8')).toContain('hostPID: false');
  });

  test('and fails the synth if it returns another thing when it is written', () => {
    const app = gated();
    let calls = 0;
    class Fickle extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().map((json) => ({ ...json, spec: merged(json.spec, { template: { spec: { hostPID: ++calls > 1 } } }) }));
      }
    }
    deployment(new Fickle(app, 'shop', { namespace: 'shop' }));
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(files(app)).toEqual([]);
  });
});

describe('every way of synthesizing', () => {
  const weak = (props: AppProps = {}) => {
    const app = gated(props);
    const chart = chartIn(app);
    deployment(chart, 'web', { hostPID: true });
    return { app, chart };
  };

  test.each(Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number').map((type): [string, YamlOutputType] => [YamlOutputType[type], type]))('app.synth() with %s fails and writes nothing', (_name, yamlOutputType) => {
    const { app } = weak({ yamlOutputType });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(files(app)).toEqual([]);
  });

  test('app.synthYaml()', () => {
    const { app } = weak();
    expect(controlsIn(refusals(() => app.synthYaml()))).toEqual(['pod/no-host-namespaces']);
  });

  test('Testing.synth(chart), of another chart too', () => {
    const { app, chart } = weak();
    expect(controlsIn(refusals(() => Testing.synth(chart)))).toEqual(['pod/no-host-namespaces']);
    expect(controlsIn(refusals(() => Testing.synth(chartIn(app, 'other'))))).toEqual(['pod/no-host-namespaces']);
  });

  test('objects that a chart mends are judged as they are where cdk8s writes them past the chart', () => {
    const app = gated({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    class Emptied extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().slice(0, 0);
      }
    }
    const chart = new Emptied(app, 'shop', { namespace: 'shop' });
    deployment(chart, 'web', { hostPID: true });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(Testing.synth(chart)).toEqual([]); // which asks the chart
  });

  test('what a chart would return does not count there', () => {
    const app = gated({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    class Weakened extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().map((json) => ({ ...json, spec: merged(json.spec, { template: { spec: { hostPID: true } } }) }));
      }
    }
    deployment(new Weakened(app, 'shop', { namespace: 'shop' }));
    expect(refusals(() => app.synth())).toEqual([]);
    expect(fs.readFileSync(path.join(app.outdir, 'shop', fs.readdirSync(path.join(app.outdir, 'shop'))[0]), 'utf8')).not.toContain('hostPID');
  });

  test('Testing.synth(chart) renders and judges anew each time, after a synth as before it', () => {
    const app = gated();
    const chart = chartIn(app);
    const web = deployment(chart);
    app.synth();
    web.metadata.addLabel('tier', 'front');
    expect(Testing.synth(chart)[0].metadata.labels).toEqual({ tier: 'front' });
    web.addJsonPatch(JsonPatch.add('/spec/template/spec/hostPID', true));
    expect(controlsIn(refusals(() => Testing.synth(chart)))).toEqual(['pod/no-host-namespaces']);
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(Object.keys(web)).not.toContain('toJson');
    expect(Object.getOwnPropertyDescriptor(web, 'toJson')).toBeUndefined();
  });

  test('an object\'s own toJson is heeded, and is there again afterwards', () => {
    const app = gated();
    const web = deployment(chartIn(app));
    const own = () => KINDS.Deployment(withHost());
    Object.defineProperty(web, 'toJson', { value: own, configurable: true });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(web.toJson).toBe(own);
  });

  test('a synth within a synth', () => {
    class Printing extends App {
      public override synth(): void {
        this.synthYaml();
        super.synth();
      }
    }
    const app = new Printing({ outdir: gated().outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    enforce(app);
    for (const namespace of ['one', 'two']) new ApiObject(chartIn(app, namespace), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } });
    expect(refusals(() => app.synth())).toEqual([expect.stringContaining('would overwrite ConfigMap one/web')]);
  });

  test('an App that overrides synth', () => {
    class Ours extends App {
      public synths = 0;
      public override synth(): void {
        this.synths++;
        super.synth();
      }
    }
    const app = new Ours({ outdir: gated().outdir });
    enforce(app);
    deployment(chartIn(app), 'web', { hostPID: true });
    expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
    expect(app.synths).toBe(1);
  });
});

test('what other validations say is said beside what the gate says', () => {
  const app = gated();
  const chart = chartIn(app);
  deployment(chart, 'web', { hostPID: true });
  chart.node.addValidation({ validate: () => ['no owner'] });
  expect(refusals(() => app.synth())).toEqual([expect.stringContaining('pod/no-host-namespaces'), '[shop] no owner']);
});

test('however often the gate is turned on, a tree is judged once', () => {
  const app = gated();
  const chart = chartIn(app);
  enforce(chart);
  jest.isolateModules(() => (require('../../lib/gates') as { enforce: typeof enforce }).enforce(chart)); // another copy of the library
  deployment(chart, 'web', { hostPID: true });
  expect(controlsIn(refusals(() => app.synth()))).toEqual(['pod/no-host-namespaces']);
});

test('the release is that of the Platform nearest to an object', () => {
  const app = gated();
  const probed = { containers: [{ ...compliantContainer(), livenessProbe: { httpGet: { port: 1, host: 'h' } } }] };
  for (const kubernetesVersion of ['1.33', '1.35']) {
    const chart = chartIn(app, `v${kubernetesVersion.slice(2)}`);
    new Platform(chart, 'cluster', { kubernetesVersion });
    deployment(chart, 'web', probed);
  }
  expect(refusals(() => app.synth()).map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual(['v35/web: medium pod/no-probe-hosts']);
});

test('in a synth every object is rendered once, and judged once, however many charts there are', () => {
  const app = gated();
  let renderings = 0;
  for (let i = 0; i < 20; i++) deployment(chartIn(app, `c${i}`), 'web', { nodeName: Lazy.any({ produce: () => { renderings++; return undefined; } }) });
  app.synth();
  expect(renderings).toBe(20);
});

test('however many charts there are, an object is judged once', () => {
  const readingsBeside = (charts: number) => {
    const app = gated();
    const web = deployment(chartIn(app));
    let readings = 0;
    const json = Object.defineProperty(web.toJson(), 'spec', { get: () => { readings++; return KINDS.Deployment(compliantPod()).spec; }, enumerable: true });
    Object.defineProperty(web, 'toJson', { value: () => json, configurable: true });
    for (let i = 0; i < charts; i++) deployment(chartIn(app, `c${i}`));
    app.synth();
    return readings;
  };
  expect(readingsBeside(20)).toBe(readingsBeside(0));
});

test('a construct that has both a Resource and a Default is no trouble', () => {
  const app = gated();
  const both = new Construct(chartIn(app), 'both');
  object(both, 'Resource', KINDS.Deployment(withHost()));
  object(both, 'Default', KINDS.StatefulSet(withHost()));
  expect(refusals(() => app.synth()).map((line) => line.split(':')[0])).toEqual(['[] shop/both', '[] shop/both']);
});

describe('a chart\'s namespace is taken off what has none', () => {
  const namespaces = (chart: Chart) => Object.fromEntries(Testing.synth(chart).map((json) => [json.kind, json.metadata.namespace]));
  const rule = { apiVersion: 'rbac.authorization.k8s.io/v1', rules: [] };

  test('kinds of Kubernetes and of definitions in the tree', () => {
    const app = gated();
    const chart = chartIn(app);
    object(chart, 'p', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 });
    object(chart, 'c', { ...rule, kind: 'ClusterRole' });
    object(chart, 'r', { ...rule, kind: 'Role' });
    object(chart, 'f', { apiVersion: 'example.com/v1', kind: 'Fleet' });
    object(chartIn(app, 'definitions'), 'd', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Fleet' } } });
    const expected = { PriorityClass: undefined, ClusterRole: undefined, Role: 'shop', Fleet: undefined };
    expect([namespaces(chart), namespaces(chart)]).toEqual([expected, expected]);
    app.synth();
    expect(fs.readFileSync(path.join(app.outdir, 'shop.k8s.yaml'), 'utf8').match(/namespace: shop/g)).toHaveLength(1);
  });

  test('but not without the gate', () => {
    const chart = chartIn(Testing.app());
    object(chart, 'c', { ...rule, kind: 'ClusterRole' });
    expect(namespaces(chart)).toEqual({ ClusterRole: 'shop' });
  });
});

describe('a file that another object\'s would overwrite is refused', () => {
  const twins = (yamlOutputType: YamlOutputType) => {
    const app = gated({ yamlOutputType });
    const name = { metadata: { name: 'web' } };
    for (const namespace of ['one', 'two']) new ApiObject(chartIn(app, namespace), 'config', { apiVersion: 'v1', kind: 'ConfigMap', ...name });
    return app;
  };

  test('with a file for each object', () => {
    expect(refusals(() => twins(YamlOutputType.FILE_PER_RESOURCE).synth())).toEqual([
      '[] two/config: ConfigMap two/web would overwrite ConfigMap one/web of one/config in the file ConfigMap.web.k8s.yaml; use YamlOutputType.FILE_PER_CHART',
    ]);
  });

  test.each([YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_APP, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE])('not where each has a file of its own: %s', (type) => {
    expect(refusals(() => twins(type).synth())).toEqual([]);
  });

  test('nor where no file is written', () => {
    expect(refusals(() => twins(YamlOutputType.FILE_PER_RESOURCE).synthYaml())).toEqual([]);
  });

  test('within one chart\'s folder', () => {
    const app = gated({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const chart = chartIn(app);
    for (const namespace of ['one', 'two']) new ApiObject(chart, namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace } });
    expect(refusals(() => app.synth())).toEqual([
      '[] shop/two: ConfigMap two/web would overwrite ConfigMap one/web of shop/one in the file ConfigMap.web.k8s.yaml; use YamlOutputType.FILE_PER_CHART',
    ]);
  });
});

function withHost(): Json {
  return { ...compliantPod(), spec: merged(compliantPod().spec, { hostPID: true }) as Json };
}
