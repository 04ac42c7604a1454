import { oneOf } from './check-options';
import { Arguments, Command, Io, UsageError } from './command';
import { CATALOG } from '../../controls';
import { shown } from '../../errors';
import { CATALOG_FORMATS, CatalogFormat } from '../../report';

/** Lists the catalog. */
export const CONTROLS: Command = {
  name: 'controls',
  usage: '[--format text|json|markdown]',
  summary: 'lists every control there is',
  options: { format: { type: 'string', value: 'FORMAT', help: 'text (the default), json or markdown' } },
  run,
};

function run({ positionals, values }: Arguments, io: Io): number {
  if (positionals.length > 0) throw new UsageError(`it takes no ${shown(positionals[0])}; "cdk8s-hardened explain ID" tells of one control`);
  const format = oneOf('format', values.format as string | undefined ?? 'text', Object.keys(CATALOG_FORMATS) as CatalogFormat[]);
  io.stdout(CATALOG_FORMATS[format](CATALOG));
  return 0;
}
