import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { pathOf } from '../errors';
import { clusterScopedKinds, field, Manifest } from '../inventory';

/** A manifest as a tree renders it. */
export interface Rendered extends Manifest {
  /** The ApiObject, or the chart that has a rendering of its own. */
  readonly source: ApiObject | Chart;
}

/**
 * What of a tree's constructs renders manifests: its objects, except those of charts that override `toJson()`, and these charts.
 * @param objectsAlone whether objects are written by themselves, past their charts
 */
export function renderers(constructs: readonly IConstruct[], objectsAlone: boolean): (ApiObject | Chart)[] {
  return constructs.filter((construct): construct is ApiObject | Chart =>
    ApiObject.isApiObject(construct) ? objectsAlone || !rendersItself((construct as ApiObject).chart)
      : Chart.isChart(construct) && !objectsAlone && rendersItself(construct));
}

/**
 * What each renders now, patches and all.
 * @param failures takes a line for each that cannot be rendered
 */
export function rendered(sources: readonly (ApiObject | Chart)[], failures: string[]): Rendered[] {
  return sources.flatMap((source): Rendered[] => {
    try {
      return Chart.isChart(source) ? renderedBy(source, source.toJson()) : [manifestOf(source)];
    } catch (error) {
      failures.push(`${pathOf(Chart.isChart(source) ? source : builtBy(source))}: it cannot be rendered: ${innermost((error as Error).message)}`);
      return [];
    }
  });
}

/** cdk8s puts the path before a message each time an error passes it. */
function innermost(message: string): string {
  return message.replace(/^(Failed serializing construct at path '[^']*' with name '[^']*': (Error: )?)+/, '');
}

/** The manifests of a chart that renders itself. */
export function renderedBy(chart: Chart, manifests: readonly unknown[]): Rendered[] {
  return manifests.map((json) => ({ json, where: pathOf(chart), source: chart }));
}

/** Whether a chart changes what it writes after its objects were rendered. */
function rendersItself(chart: Chart): boolean {
  return chart.toJson !== Chart.prototype.toJson;
}

function manifestOf(object: ApiObject): Rendered {
  return { json: object.toJson(), where: pathOf(builtBy(object)), source: object };
}

/** The construct that a user built: an object that its construct stands for has no name of its own. */
function builtBy(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  // By the ids: asked for its default child, a construct that has both throws.
  return parent && !Chart.isChart(parent) && ['Resource', 'Default'].includes(object.node.id) ? parent : object;
}

/**
 * A chart stamps its namespace on every object, and the API server refuses one on a kind that has none; takes it off, for good,
 * where an object renders it now.
 */
export function takeOffNamespaces(constructs: readonly IConstruct[]): void {
  const objects = constructs.filter(ApiObject.isApiObject) as ApiObject[];
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map((object) => object.toJson());
  const clusterScoped = clusterScopedKinds(definitions);
  for (const object of objects) {
    if (!clusterScoped(object.apiGroup === 'core' ? '' : object.apiGroup, object.kind)) continue;
    if (field(object.toJson(), 'metadata', 'namespace') !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
