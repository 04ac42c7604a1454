import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { overwrittenFiles } from './file-names';
import { Rendered, rendered, renderedBy, renderers, takeOffNamespaces } from './rendered';
import { assess, findingLine } from '../assessment';
import { inventoryOf } from '../inventory';
import { platformIn, PORTABLE } from '../platform/facts';

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
      validateOthers(this.root);
      takeOffNamespaces(this.root);
      const failures: string[] = [];
      const manifests = rendered(renderers(this.root, this.writesObjectsAlone()), failures);
      const violations = [...failures, ...this.judge(manifests)];
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

  private judge(manifests: readonly Rendered[]): string[] {
    const versionAt = kubernetesVersions();
    const findings = assess(inventoryOf(manifests), { level: 'restricted', kubernetesVersion: ({ manifest }) => versionAt((manifest as Rendered).source) });
    const overwritten = this.synthesizing === 'files' ? overwrittenFiles(this.root as App, manifests) : [];
    return [...findings.map(findingLine), ...overwritten];
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
    refuseAll(this.judge(renderedBy(chart, manifests)));
    return manifests;
  }

  /** A validation that adds an object only when cdk8s asks it again would have it written unjudged. */
  private refuseLate(): void {
    if (!this.violations) return;
    const late = renderers(this.root, this.writesObjectsAlone()).filter((source) => !this.held.has(source));
    if (late.length === 0) return;
    const failures: string[] = [];
    refuseAll([...this.judge(rendered(late, failures)), ...failures]);
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

/** Runs all other validations for what they change. What they say is left to cdk8s, which runs them again and reports them. */
function validateOthers(root: IConstruct): void {
  const asked = new Set<IConstruct>();
  for (let added = root.node.findAll(); added.length > 0; added = root.node.findAll().filter((construct) => !asked.has(construct))) {
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

/** The release of each place's cluster; every scope is looked into once. */
function kubernetesVersions(): (scope: IConstruct) => string {
  const known = new Map<IConstruct, string>();
  const versionAt = (scope: IConstruct): string => {
    let version = known.get(scope);
    if (version === undefined) {
      version = platformIn(scope)?.kubernetesVersion ?? (scope.node.scope ? versionAt(scope.node.scope) : PORTABLE.kubernetesVersion);
      known.set(scope, version);
    }
    return version;
  };
  return versionAt;
}
