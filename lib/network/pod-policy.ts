import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { ciliumSpec } from './cilium';
import type { PodSet } from './endpoint';
import { canonical, Half, rulesOf } from './rules';
import { isEveryOne, SelectorRule } from './selector';
import { labelValueFaults } from '../names';
import type { DnsServer } from '../platform';

/** The one policy of some pods of a namespace: all their flows, both ways. */
export class PodPolicy {
  private readonly halves: Half[] = [];
  private place?: { readonly scope: Construct; readonly id: string };
  private objects: ApiObject[] = [];
  private renamed = false;

  /**
   * @param name what the policy is called unless another one wants that name too
   * @param always flows it holds besides those added, as DNS
   */
  constructor(
    public readonly name: string,
    private readonly namespace: string,
    private readonly podSelector: SelectorRule,
    private readonly always: Half[],
    private readonly dnsServers: readonly DnsServer[],
  ) {}

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
    if (half.cilium && this.objects.length === 1) this.buildCilium();
  }

  /** Builds the object, and what only Cilium can say beside it. */
  public build(scope: Construct, id: string): void {
    this.place = { scope, id };
    this.hold(networkPolicy(scope, id, this.namespace, this.name, () => {
      const [ingress, egress] = (['ingress', 'egress'] as const).map((direction) => rulesOf(direction, [...this.halves, ...this.always]));
      return { podSelector: this.podSelector, policyTypes: ['Ingress', 'Egress'], ...ingress.length > 0 ? { ingress } : {}, ...egress.length > 0 ? { egress } : {} };
    }));
    if (this.halves.some(({ cilium }) => cilium)) this.buildCilium();
  }

  /** Takes the objects out of the tree, to be built anew. */
  public remove(): void {
    for (const { node } of this.objects) node.scope!.node.tryRemoveChild(node.id);
    this.objects = [];
  }

  /** Gives up a name that another policy of the namespace wants too. */
  public yieldName(): void {
    if (this.renamed) return;
    this.renamed = true;
    this.objects.forEach((object) => this.takeLongName(object));
  }

  private buildCilium(): void {
    const { scope, id } = this.place!;
    this.hold(policyObject(scope, `${id}OfCilium`, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' }, this.namespace, this.name,
      () => ciliumSpec(this.podSelector, this.halves, this.dnsServers)));
  }

  private hold(object: ApiObject): void {
    this.objects.push(object);
    if (this.renamed) this.takeLongName(object);
  }

  private takeLongName(object: ApiObject): void {
    object.addJsonPatch(JsonPatch.replace('/metadata/name', this.longName));
  }
}

/** A NetworkPolicy. */
export function networkPolicy(scope: Construct, id: string, namespace: string, name: string, spec: () => object): ApiObject {
  return policyObject(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }, namespace, name, spec);
}

/** A policy with the labels that scanners look for. */
function policyObject(scope: Construct, id: string, kind: { readonly apiVersion: string; readonly kind: string }, namespace: string, name: string, spec: () => object): ApiObject {
  const labels: { [key: string]: string } = labelValueFaults('name', name).length > 0 ? {} : { 'app': name, 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
  return new ApiObject(scope, id, { ...kind, metadata: { name, namespace, labels }, spec: Lazy.any({ produce: spec }) });
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
