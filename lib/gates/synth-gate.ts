import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { unmetExpectations } from './expectations';
import { overwrittenFiles } from './file-names';
import { Rendered, rendered, renderedBy, renderers, takeOffNamespaces } from './rendered';
import { exemptionsIn } from './grants';
import { today } from './today';
import type { Params } from '../controls';
import { inventoryOf, KubeObject } from '../inventory';
import { platformIn, PORTABLE } from '../platform/facts';
import type { IPlatform } from '../platform/platform-facts';

/** Closes the list of what was found. */
export const HOW_TO_EXEMPT = 'to let a control fail for a time: Exemption.grant(construct, { control, reason, owner, expires })';

/**
 * Judges what a tree renders, whoever made it, after its last change.
 *
 * cdk8s validates before it renders, once for the app and again for each of its charts, the root first. So the gate lets all other
 * validations run before it judges, since they may change objects; and within one synth it judges once, and has cdk8s write the
 * very JSON that it judged. Outside of a synth, as in `Testing.synth(chart)`, it judges anew each time.
 */
export class SynthGate {
  private synthesizing?: 'files' | 'text';
  /** What this synth's judgement was. */
  private violations?: readonly string[];
  /** What renders only what was judged, until the synth ends. */
  private readonly held = new Map<ApiObject | Chart, PropertyDescriptor | undefined>();
  private busy = false;

  constructor(private readonly root: IConstruct) {}

  /** The violations of the tree, as cdk8s asks its constructs for them. */
  public validate(): string[] {
    if (this.busy) return []; // asked by what it has just asked itself
    if (this.violations) return [...this.violations];
    this.busy = true;
    try {
      const constructs = validateOthers(this.root);
      takeOffNamespaces(constructs);
      const failures: string[] = [];
      const manifests = rendered(renderers(constructs, this.writesObjectsAlone()), failures);
      const violations = [...failures, ...this.judge(manifests, true, constructs)];
      if (this.synthesizing) {
        this.violations = violations;
        this.hold(manifests);
      }
      return violations;
    } finally {
      this.busy = false;
    }
  }

  /** Runs one synth, from its first validation to its last file. */
  public during<T>(output: 'files' | 'text', synth: () => T): T {
    if (this.synthesizing) return synth();
    this.synthesizing = output;
    try {
      const result = synth();
      this.refuseLate();
      return result;
    } finally {
      this.release();
      this.violations = undefined;
      this.synthesizing = undefined;
    }
  }

  /** @param whole whether it is the whole tree; what is wrong with an exemption is said once, of all of it */
  private judge(manifests: readonly Rendered[], whole: boolean, constructs: readonly IConstruct[] = this.root.node.findAll()): string[] {
    // The catalog and all that judges by it are loaded with the first judgement, so that whoever only builds constructs waits for none of it.
    const { evaluate, EXEMPTION_CONTROLS, findingLine, sorted } = require('../assessment') as typeof import('../assessment');
    const facts = factsOfPlaces();
    const of = <T>(read: (facts: Facts) => T) => ({ manifest }: KubeObject) => read(facts((manifest as Rendered).source));
    const inventory = inventoryOf(manifests);
    const assessment = evaluate(inventory, {
      profile: of(({ platform }) => platform.profile), kubernetesVersion: of(({ platform }) => platform.kubernetesVersion), params: of(({ params }) => params),
      exemptions: exemptionsIn(constructs), today: today(process.env),
    });
    const aboutExemptions = (id: string) => EXEMPTION_CONTROLS.some((control) => control.id === id);
    const violations = sorted(assessment.objects.flatMap((judged) => judged.violations)).filter(({ control }) => whole || !aboutExemptions(control));
    const overwritten = this.synthesizing === 'files' ? overwrittenFiles(this.root as App, manifests) : [];
    const unmet = whole ? unmetExpectations(this.root, inventory) : [];
    return [...violations.map(findingLine), ...unmet, ...overwritten, ...violations.length > 0 ? [HOW_TO_EXEMPT] : []];
  }

  /** Has objects render what was judged, and nothing newer; a chart that renders itself is judged by what it returns each time. */
  private hold(manifests: readonly Rendered[]): void {
    for (const { source, json } of manifests) {
      if (this.held.has(source)) continue;
      this.held.set(source, Object.getOwnPropertyDescriptor(source, 'toJson'));
      const toJson = source.toJson;
      const value = Chart.isChart(source) ? () => this.stillCompliant(source, toJson.call(source)) : () => json;
      Object.defineProperty(source, 'toJson', { value, configurable: true, enumerable: false, writable: true });
    }
  }

  private release(): void {
    for (const [source, before] of this.held) {
      if (before) Object.defineProperty(source, 'toJson', before);
      else delete (source as { toJson?: unknown }).toJson;
    }
    this.held.clear();
  }

  private stillCompliant(chart: Chart, manifests: ReturnType<Chart['toJson']>): typeof manifests {
    refuseAll(this.judge(renderedBy(chart, manifests), false));
    return manifests;
  }

  /** A validation that adds an object only when cdk8s asks it again would have it written unjudged. */
  private refuseLate(): void {
    if (!this.violations) return;
    const late = renderers(this.root.node.findAll(), this.writesObjectsAlone()).filter((source) => !this.held.has(source));
    if (late.length === 0) return;
    const failures: string[] = [];
    refuseAll([...this.judge(rendered(late, failures), false), ...failures]);
  }

  /** In this one kind of output cdk8s writes objects past their charts. */
  private writesObjectsAlone(): boolean {
    return this.synthesizing === 'files' && (this.root as App).yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  }
}

/** As cdk8s reports what fails validation. */
function refuseAll(violations: readonly string[]): void {
  if (violations.length > 0) throw new Error(`Validation failed with the following errors:\n  ${violations.join('\n  ')}`);
}

/**
 * Runs all other validations for what they change. What they say is left to cdk8s, which runs them again and reports them.
 * @returns every construct there is, once they have run
 */
function validateOthers(root: IConstruct): readonly IConstruct[] {
  const asked = new Set<IConstruct>();
  for (;;) {
    const constructs = root.node.findAll();
    const added = constructs.filter((construct) => !asked.has(construct));
    if (added.length === 0) return constructs;
    for (const construct of added) {
      asked.add(construct);
      try {
        construct.node.validate();
      } catch {
        continue; // cdk8s meets it again, and reports it
      }
    }
  }
}

/** What is true of a place's cluster, as those who judge read it. */
interface Facts {
  readonly platform: IPlatform;
  readonly params: Params;
}

/** The facts of each place; every scope is looked into once. */
function factsOfPlaces(): (scope: IConstruct) => Facts {
  const known = new Map<IConstruct, Facts>();
  const portable = factsFrom(PORTABLE);
  const factsAt = (scope: IConstruct): Facts => {
    let facts = known.get(scope);
    if (!facts) {
      const platform = platformIn(scope);
      facts = platform ? factsFrom(platform) : scope.node.scope ? factsAt(scope.node.scope) : portable;
      known.set(scope, facts);
    }
    return facts;
  };
  return factsAt;
}

function factsFrom(platform: IPlatform): Facts {
  return { platform, params: { registries: platform.registries } };
}
