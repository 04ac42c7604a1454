import { ApiObject, App } from 'cdk8s';
import type { Construct } from 'constructs';
import { HardenedNamespace, HardenedNamespaceProps } from '../../lib/namespace';
import { Platform, PlatformProps } from '../../lib/platform';

export function shop(props: Partial<HardenedNamespaceProps> = {}, platform: PlatformProps = {}): HardenedNamespace {
  const app = new App();
  new Platform(app, 'platform', platform);
  return new HardenedNamespace(app, 'shop', { owner: 'team-shop', ...props });
}

/* eslint-disable @typescript-eslint/no-explicit-any -- manifests of every kind */

/** The objects as they stand in the output; rendered without synth, as not all that is built here passes the gate. */
export function objects(scope: Construct): any[] {
  return scope.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each)).map((each) => each.toJson());
}

export function object(scope: Construct, kind: string): any {
  return objects(scope).find((each) => each.kind === kind);
}

export type Amounts = { readonly 'cpu'?: string | number; readonly 'memory'?: string; readonly 'ephemeral-storage'?: string };

export interface Container {
  readonly name?: string;
  readonly restartPolicy?: string;
  readonly requests?: Amounts;
  readonly limits?: Amounts;
}

/** A Deployment, or another kind with a pod template, that uses what its containers say. */
export function workload(scope: Construct, id: string, containers: Container[], { kind = 'Deployment', initContainers = [] as Container[], ...spec }: { readonly [field: string]: unknown } & { kind?: string; initContainers?: Container[] } = {}): ApiObject {
  const list = (each: Container[]) => each.map(({ name = 'main', restartPolicy, ...resources }) => ({ name, restartPolicy, resources }));
  return new ApiObject(scope, id, {
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind,
    spec: { ...spec, template: { spec: { containers: list(containers), initContainers: list(initContainers) } } },
  });
}

/** An amount of each resource for one container. */
export function all(cpu: string, memory: string, storage: string): Container {
  const amounts = { 'cpu': cpu, 'memory': memory, 'ephemeral-storage': storage };
  return { requests: amounts, limits: amounts };
}
