import type { PortNames, PortSpecs } from './port-specs';
import { Requirement, Selector, selects } from './selector';
import type { PodFacts, Workload } from './workloads';
import type { Labels } from '../../inventory';

/** Pods that nothing in the input tells apart: one namespace, the same of the labels and port names that policies mention. */
export interface PodClass {
  readonly namespace: string;
  /** Those that some selector mentions. */
  readonly labels: Labels;
  readonly names: PortNames;
  /** Any one of them. */
  readonly facts: PodFacts;
  /** All of them. */
  readonly pods: readonly PodFacts[];
  /** The workloads that have such pods, by their place in the list. */
  readonly workloads: readonly number[];
}

/**
 * Groups the pods of workloads.
 * @param mentions the values of each label that selectors tell apart; another value is like any other
 * @param apart what else tells pods apart
 */
export function podClasses(
  workloads: readonly Workload[], mentions: ReadonlyMap<string, ReadonlySet<string>>, specs: PortSpecs, apart: (pod: PodFacts) => string = () => '',
): PodClass[] {
  const classes = new Map<string, PodClass & { readonly workloads: number[]; readonly pods: PodFacts[] }>();
  workloads.forEach((workload, i) => {
    for (const facts of workload.pods) {
      const labels = [...facts.labels].filter(([key]) => mentions.has(key));
      const names = specs.namesOf(facts.namedPorts);
      const told = labels.map(([key, value]) => `${key}${mentions.get(key)!.has(value) ? `=${value}` : ''}`).sort();
      const key = `${names} ${told.join()} ${apart(facts)} ${facts.namespace}`;
      const known = classes.get(key);
      if (!known) classes.set(key, { namespace: facts.namespace, labels: new Map(labels), names, facts, pods: [facts], workloads: [i] });
      else {
        known.pods.push(facts);
        if (known.workloads[known.workloads.length - 1] !== i) known.workloads.push(i);
      }
    }
  });
  return [...classes.values()];
}

/** Which values of which labels some selectors tell apart. */
export function mentionsOf(selectors: Iterable<Selector>): Map<string, Set<string>> {
  const mentions = new Map<string, Set<string>>();
  for (const { requirements } of selectors) {
    for (const { key, values } of requirements) {
      let known = mentions.get(key);
      if (!known) mentions.set(key, known = new Set());
      for (const value of values) known.add(value);
    }
  }
  return mentions;
}

/** Things with labels, by their labels: a selector looks at those only that have one of what it wants. */
export class LabelIndex {
  private readonly all: number[] = [];
  private readonly byLabel = new Map<string, number[]>();

  /** @param labelsOf the labels of a thing by its number */
  public constructor(private readonly labelsOf: (thing: number) => Labels) {}

  public get size(): number {
    return this.all.length;
  }

  public add(thing: number): void {
    this.all.push(thing);
    for (const [key, value] of this.labelsOf(thing)) {
      this.under(key).push(thing);
      this.under(`${key}=${value}`).push(thing);
    }
  }

  /** The things that a selector selects. */
  public selected(selector: Selector): readonly number[] {
    if (selector.requirements.length === 0) return this.all;
    const candidates = this.candidates(selector);
    return candidates.filter((thing) => selects(selector, this.labelsOf(thing)));
  }

  /** Not fewer than it selects, and often as many. */
  public candidates({ requirements }: Selector): readonly number[] {
    return requirements.reduce<readonly number[]>((fewest, requirement) => {
      const list = this.having(requirement);
      return list && list.length < fewest.length ? list : fewest;
    }, this.all);
  }

  private having({ key, operator, values }: Requirement): readonly number[] | undefined {
    if (operator === 'Exists') return this.byLabel.get(key) ?? [];
    if (operator !== 'In') return undefined;
    const lists = [...values].map((value) => this.byLabel.get(`${key}=${value}`) ?? []);
    return lists.length === 1 ? lists[0] : lists.flat();
  }

  private under(label: string): number[] {
    let list = this.byLabel.get(label);
    if (!list) this.byLabel.set(label, list = []);
    return list;
  }
}
