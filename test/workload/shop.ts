import { ApiObject, App, Chart, Testing } from 'cdk8s';
import type { ContainerProps } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Platform, PlatformProps } from '../../lib/platform';
import type { PodSpec, PodTemplate } from '../../lib/workload/pod-template';

const DIGEST = 'sha256:3b1f0c5a7e2d4986b0a1c2d3e4f5061728394a5b6c7d8e9f00112233445566aa';

/** An image as it must be named. */
export const IMAGE = `registry.example.com/shop/web:1.4.2@${DIGEST}`;

/** A container that says no more than it must. */
export const WEB: ContainerProps = { image: IMAGE, portNumber: 8080 };

/** A chart whose objects are named after their constructs. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string, namespace = 'shop') {
    super(scope, id, { namespace, labels: { owner: 'team-shop' } });
  }

  public override generateObjectName(object: ApiObject): string {
    return object.node.scopes.slice(2).map(({ node }) => node.id).filter((id) => id !== 'Resource').join('-').toLowerCase();
  }
}

/** A shop on a platform of these facts. */
export function shop(facts?: PlatformProps): Shop {
  const app = new App();
  if (facts) new Platform(app, 'platform', facts);
  return new Shop(app, 'shop');
}

/** What is emitted of a construct's own object. */
export function manifestOf(construct: Construct) {
  return ApiObject.of(construct).toJson();
}

export function templateOf(workload: Construct): PodTemplate {
  const { spec } = manifestOf(workload);
  return (spec.jobTemplate?.spec ?? spec).template;
}

export function podOf(workload: Construct): PodSpec & { containers: NonNullable<PodSpec['containers']> } {
  return templateOf(workload).spec as never;
}

/** Everything of this kind that is synthesized around a construct, validations included. */
export function synthesized(construct: Construct, kind: string) {
  return Testing.synth(Chart.of(construct)).filter((manifest) => manifest.kind === kind);
}
