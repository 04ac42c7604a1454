import type { PodPeer } from './policy';
import { LabelIndex, PodClass } from './pod-classes';
import { Selector, selects } from './selector';
import type { Labels } from '../../inventory';

/** Finds the classes of pods that selectors select. */
export class PodIndex {
  private readonly everywhere: LabelIndex;
  private readonly within = new Map<string, LabelIndex>();
  private readonly namespaces: LabelIndex;
  private readonly namespaceNames: string[] = [];
  private readonly namespacesKnown = new Map<string, ReadonlySet<string>>();
  private readonly known = new Map<string, readonly number[]>();

  public constructor(private readonly classes: readonly PodClass[], namespaceLabels: (namespace: string) => Labels) {
    const labelsOf = (pod: number) => classes[pod].labels;
    this.everywhere = new LabelIndex(labelsOf);
    const labels: Labels[] = [];
    this.namespaces = new LabelIndex((namespace) => labels[namespace]);
    classes.forEach(({ namespace }, pod) => {
      this.everywhere.add(pod);
      let index = this.within.get(namespace);
      if (!index) {
        this.within.set(namespace, index = new LabelIndex(labelsOf));
        labels.push(namespaceLabels(namespace));
        this.namespaces.add(this.namespaceNames.push(namespace) - 1);
      }
      index.add(pod);
    });
  }

  /** The classes that a peer names, each once. */
  public selected({ namespaces, pods }: PodPeer): readonly number[] {
    const key = `${pods.key} ${typeof namespaces === 'string' ? `named ${namespaces}` : namespaces.key}`;
    let result = this.known.get(key);
    if (!result) this.known.set(key, result = this.found(namespaces, pods));
    return result;
  }

  private found(namespaces: string | Selector, pods: Selector): readonly number[] {
    if (typeof namespaces === 'string') return this.within.get(namespaces)?.selected(pods) ?? [];
    if (namespaces.requirements.length === 0) return this.everywhere.selected(pods);
    const among = this.namespacesSelected(namespaces);
    // Whichever is less: the namespaces one by one, or the pods that have such labels anywhere.
    const candidates = this.everywhere.candidates(pods);
    if (candidates.length <= among.size) return candidates.filter((pod) => among.has(this.classes[pod].namespace) && selects(pods, this.classes[pod].labels));
    return [...among].flatMap((namespace) => this.within.get(namespace)!.selected(pods));
  }

  private namespacesSelected(selector: Selector): ReadonlySet<string> {
    let result = this.namespacesKnown.get(selector.key);
    if (!result) this.namespacesKnown.set(selector.key, result = new Set(this.namespaces.selected(selector).map((i) => this.namespaceNames[i])));
    return result;
  }
}
