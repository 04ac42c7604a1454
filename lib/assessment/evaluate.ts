import { assess, Of, Yardstick } from './assess';
import type { Assessment, ExemptedFinding, JudgedObject } from './assessment';
import { afterBaseline, Baseline } from './baseline';
import { excuses, Exemption, hasExpired } from './exemption';
import { EXEMPTION_CONTROLS, EXEMPTION_NOT_EXPIRED, EXEMPTION_USED, EXEMPTION_VALID } from './exemption-controls';
import type { Finding } from './finding';
import { controlsOf, Framework, levelOf } from './framework';
import { Control, controlsAt, Level, LEVELS } from '../controls';
import { Fault, sentence, shown } from '../errors';
import { Inventory, kubeObject, KubeObject, Manifest } from '../inventory';

/** An exemption that cannot be believed, and why. */
export interface InvalidExemption {
  readonly manifest: Manifest;
  readonly fault: Fault;
}

/** By what an inventory is assessed. */
export interface Terms {
  readonly profile: Of<Level>;
  readonly kubernetesVersion: Yardstick['kubernetesVersion'];
  readonly params?: Yardstick['params'];
  /** Limits the controls to those that a framework asks for. */
  readonly framework?: Framework;
  readonly exemptions?: readonly Exemption[];
  readonly invalidExemptions?: readonly InvalidExemption[];
  /** Findings that are known, and so no violations. */
  readonly baseline?: Baseline;
  /** The day, in UTC, on which exemptions must hold: `2026-03-31`. */
  readonly today: string;
  /** How many documents of the input are no Kubernetes objects. @default 0 */
  readonly notKubernetes?: number;
  /** How many could not be read. @default 0 */
  readonly unreadable?: number;
  /** @default CATALOG */
  readonly catalog?: readonly Control[];
}

/** Judges an inventory, and says of each finding whether anything excuses it. */
export function evaluate(inventory: Inventory, terms: Terms): Assessment {
  const { kubernetesVersion, params, exemptions = [], invalidExemptions = [], notKubernetes = 0, unreadable = 0 } = terms;
  const level = levelOf(terms.framework, terms.profile);
  const profile = typeof level === 'function' ? strictest(inventory.objects.map(level)) : level;
  const catalog = controlsOf(terms.framework, terms.catalog);
  const controls = controlsAt(profile, typeof kubernetesVersion === 'string' ? kubernetesVersion : 'latest', catalog);
  const holding = exemptions.filter((exemption) => !hasExpired(exemption, terms.today));
  const used = new Set<Exemption>();
  const exemptionOf = (finding: Finding) => {
    const exemption = holding.find((each) => excuses(each.control, finding.control) && each.covers(finding.object));
    if (exemption) used.add(exemption);
    return exemption;
  };
  const found = byObject(assess(inventory, { level, kubernetesVersion, params, catalog }));
  const objects = inventory.objects.map((object) => judged(object, found.get(object) ?? [], exemptionOf));
  const asked = new Set(controls.map(({ id }) => id));
  const assessment: Assessment = {
    profile, controls: exemptions.length + invalidExemptions.length > 0 ? [...controls, ...EXEMPTION_CONTROLS] : controls,
    ...typeof kubernetesVersion === 'string' ? { kubernetesVersion } : {},
    objects: [
      ...objects,
      ...invalidExemptions.map(invalid),
      ...exemptions.filter((exemption) => hasExpired(exemption, terms.today)).map(expired),
      // Whoever judges by less than the exemption was written for cannot say that it excuses nothing.
      ...holding.filter((exemption) => !used.has(exemption) && asked.has(exemption.control)).map(unused),
    ],
    exemptions, notKubernetes, unreadable,
  };
  return terms.baseline ? afterBaseline(assessment, terms.baseline) : assessment;
}

function strictest(levels: readonly Level[]): Level {
  return LEVELS[Math.max(0, ...new Set(levels.map((level) => LEVELS.indexOf(level))))];
}

function byObject(findings: readonly Finding[]): Map<KubeObject, Finding[]> {
  const result = new Map<KubeObject, Finding[]>();
  for (const finding of findings) {
    const others = result.get(finding.object);
    if (others) others.push(finding);
    else result.set(finding.object, [finding]);
  }
  return result;
}

const NONE: readonly never[] = [];

function judged(object: KubeObject, findings: readonly Finding[], exemptionOf: (finding: Finding) => Exemption | undefined): JudgedObject {
  if (findings.length === 0) return { object, violations: NONE, exempted: NONE, known: NONE };
  const violations: Finding[] = [];
  const exempted: ExemptedFinding[] = [];
  for (const finding of findings) {
    const exemption = exemptionOf(finding);
    if (exemption) exempted.push({ finding, exemption });
    else violations.push(finding);
  }
  return { object, violations, exempted, known: NONE };
}

function invalid({ manifest, fault }: InvalidExemption): JudgedObject {
  return aboutExemption(EXEMPTION_VALID, manifest, fault.problem, sentence(fault.remedy));
}

function expired({ control, expires, manifest }: Exemption): JudgedObject {
  return aboutExemption(EXEMPTION_NOT_EXPIRED, manifest, `the exemption from ${control} expired with ${shown(expires)}`);
}

function unused({ control, manifest }: Exemption): JudgedObject {
  return aboutExemption(EXEMPTION_USED, manifest, `the exemption from ${control} excuses nothing`);
}

function aboutExemption({ id, severity, level, remediation }: Control, manifest: Manifest, message: string, remedy = remediation): JudgedObject {
  const object = kubeObject(manifest, manifest.json, '');
  return { object, violations: [{ control: id, severity, level, object, path: '', message, remediation: remedy }], exempted: [], known: [] };
}
