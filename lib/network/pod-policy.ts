import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodSet } from './endpoint';
import { canonical, Half, rulesOf } from './rules';
import { isEveryOne, SelectorRule } from './selector';
import { labelValueFaults } from '../names';

/** The one policy of some pods of a namespace: all their flows, both ways. */
export class PodPolicy {
  private readonly halves: Half[] = [];
  private object?: ApiObject;
  private renamed = false;

  /**
   * @param name what the policy is called unless another one wants that name too
   * @param always flows it holds besides those added, as DNS
   */
  constructor(public readonly name: string, private readonly namespace: string, private readonly podSelector: SelectorRule, private readonly always: Half[]) {}

  /** The same for the same pods. */
  public get key(): string {
    return canonical(this.podSelector);
  }

  /** A name that only the policy of these pods can have. */
  public get longName(): string {
    return `${this.name}-${shortHash(this.key)}`;
  }

  public add(half: Half): void {
    this.halves.push(half);
  }

  /** Builds the object, or builds it anew. */
  public build(scope: Construct, id: string): void {
    this.object = networkPolicy(scope, id, this.namespace, this.name, () => {
      const [ingress, egress] = (['ingress', 'egress'] as const).map((direction) => rulesOf(direction, [...this.halves, ...this.always]));
      return { podSelector: this.podSelector, policyTypes: ['Ingress', 'Egress'], ...ingress.length > 0 ? { ingress } : {}, ...egress.length > 0 ? { egress } : {} };
    });
    if (this.renamed) this.takeLongName();
  }

  /** Gives up a name that another policy of the namespace wants too. */
  public yieldName(): void {
    if (this.renamed) return;
    this.renamed = true;
    if (this.object) this.takeLongName();
  }

  private takeLongName(): void {
    this.object!.addJsonPatch(JsonPatch.replace('/metadata/name', this.longName));
  }
}

/** A NetworkPolicy with the labels that scanners look for. */
export function networkPolicy(scope: Construct, id: string, namespace: string, name: string, spec: () => object): ApiObject {
  const labels: { [key: string]: string } = labelValueFaults('name', name).length > 0 ? {} : { 'app': name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
  return new ApiObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace, labels }, spec: Lazy.any({ produce: spec }),
  });
}

/** A name for the policy of pods that are known by a selector alone, such as `pods-redis` for `app: redis`. */
export function selectedPodsName({ podSelector }: PodSet): string {
  if (isEveryOne(podSelector)) return 'pods-all';
  const values = [
    ...Object.entries(podSelector.matchLabels ?? {}).map(([key, value]) => value || key.split('/').pop()!),
    ...(podSelector.matchExpressions ?? []).map(({ key, values: among = [] }) => [key.split('/').pop(), ...among].join('-')),
  ];
  const name = `pods-${values.join('-')}`.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/-$/, '');
  return name.length > 63 ? `${name.slice(0, 54).replace(/-$/, '')}-${shortHash(canonical(podSelector))}` : name;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
