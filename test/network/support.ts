import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DefaultDenyNetwork } from '../../lib/network';
import { Platform, PlatformProps } from '../../lib/platform';

export interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: { readonly [key: string]: string } };
  readonly spec: { readonly podSelector: object; readonly policyTypes: string[]; readonly ingress?: unknown[]; readonly egress?: unknown[] };
}

/** A chart with a namespace, its names readable, and its network. */
export function shop(platform: PlatformProps = {}, app = new App(), namespace = 'shop'): { app: App; chart: Chart; network: DefaultDenyNetwork } {
  if (app.node.children.length === 0) new Platform(app, 'platform', platform);
  const chart = new Chart(app, namespace, { namespace, disableResourceNameHashes: true });
  return { app, chart, network: new DefaultDenyNetwork(chart, 'Network') };
}

/** A workload of cdk8s-plus, named by its id. */
export function deployment(scope: Construct, id: string, ...ports: kplus.ContainerPort[]): kplus.Deployment {
  return new kplus.Deployment(scope, id, { metadata: { name: id }, containers: [{ image: 'registry.example.com/app:1', ports }] });
}

/** The policies of a chart by name; rendered without synth, as the workloads here are nothing that the gate lets through. */
export function policies(chart: Chart): { [name: string]: Policy } {
  const objects = chart.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && each.kind === 'NetworkPolicy' && each.chart === chart);
  return Object.fromEntries(objects.map((object) => object.toJson() as Policy).map((policy) => [policy.metadata.name, policy]));
}

/** How a policy names the pods of a workload in its own namespace. */
export function pods(workload: kplus.Workload): object {
  return { podSelector: { matchLabels: workload.matchLabels } };
}

/** The egress that every policy of some pods holds. */
export const DNS = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }],
};
