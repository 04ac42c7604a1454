import { App, Chart, YamlOutputType } from 'cdk8s';
import { pathOf } from '../errors';
import type { Rendered } from './rendered';
import { field } from '../inventory';

/**
 * With a file for each object cdk8s names it by kind and name alone, so that of two objects of one name in two namespaces only the
 * last is written. Names both.
 * @see https://github.com/cdk8s-team/cdk8s-core/issues/2496
 */
export function overwrittenFiles(app: App, manifests: readonly Rendered[]): string[] {
  if (app.yamlOutputType !== YamlOutputType.FILE_PER_RESOURCE && app.yamlOutputType !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) return [];
  const files = new Map<string, Rendered>();
  return manifests.flatMap((manifest) => {
    const folder = app.yamlOutputType === YamlOutputType.FILE_PER_RESOURCE ? '' : `${pathOf(Chart.of(manifest.source))}/`;
    const file = `${folder}${fileName(manifest.json)}`;
    const earlier = files.get(file);
    if (!earlier) {
      files.set(file, manifest);
      return [];
    }
    return [`${manifest.where}: ${objectName(manifest.json)} would overwrite ${objectName(earlier.json)} of ${earlier.where} in the file ${fileName(manifest.json)}${app.outputFileExtension}; `
      + 'use YamlOutputType.FILE_PER_CHART'];
  });
}

/** As cdk8s' App has it. */
function fileName(json: unknown): string {
  return `${field(json, 'kind')}.${field(json, 'metadata', 'name')}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

function objectName(json: unknown): string {
  return `${field(json, 'kind')} ${[field(json, 'metadata', 'namespace'), field(json, 'metadata', 'name')].filter((part) => part).join('/')}`;
}
