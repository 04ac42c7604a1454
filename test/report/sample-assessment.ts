import * as fs from 'fs';
import * as path from 'path';
import { Assessment, baselineOf, evaluate, exemptionsOf, Terms } from '../../lib/assessment';
import { CATALOG } from '../../lib/controls';
import { readSource } from '../../lib/input';
import { inventoryOf, Manifest } from '../../lib/inventory';

/** By these the sample is judged, so that a control which is added changes no golden. */
const CONTROLS = [
  'pod/no-host-namespaces', 'pod/no-privileged', 'pod/drop-all-capabilities', 'pod/no-privilege-escalation', 'pod/restricted-volume-types', 'pod/run-as-non-root',
  'pod/seccomp-profile', 'secret/no-plain-values', 'object/well-formed', 'object/unique-identity',
];

/** The manifests of a text of YAML, with their lines. */
export function manifestsOf(yaml: string, where: string): Manifest[] {
  return readSource(Buffer.from(yaml)).documents.map(({ json, lineOf }) => ({ json, where, lineOf }));
}

/** Judged as restricted for 1.31, on a day of 2026. */
export function assessmentOf(manifests: readonly Manifest[], terms: Partial<Terms> = {}): Assessment {
  return evaluate(inventoryOf(manifests), { profile: 'restricted', kubernetesVersion: '1.31', today: '2026-09-30', ...terms });
}

/** A bit of everything: violations of all kinds, exempted and known ones, an exemption of no use, a List, clean objects, a document that is no object. */
export function sample(): Assessment {
  const read = (file: string, where = file) => manifestsOf(fs.readFileSync(path.join(__dirname, 'sample', file), 'utf8'), where);
  const manifests = [...read('shop.yaml', 'k8s/shop.yaml'), ...read('nodes.yaml', 'k8s/nodes.yaml')];
  const terms = { catalog: CATALOG.filter(({ id }) => CONTROLS.includes(id)) };
  const secret = assessmentOf(manifests, terms).objects.flatMap(({ violations }) => violations).filter(({ control }) => control === 'secret/no-plain-values');
  const { exemptions, invalid } = exemptionsOf(read('exemptions.yaml')[0], '2026-09-30')!;
  return assessmentOf(manifests, { ...terms, exemptions, invalidExemptions: invalid, baseline: baselineOf(secret), notKubernetes: 1 });
}
