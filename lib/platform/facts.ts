import type { IConstruct } from 'constructs';
import { ClusterDns } from './cluster-dns';
import { IngressController } from './ingress-controller';
import { DEFAULT_KUBERNETES_VERSION } from './kubernetes-version';
import { IPlatform } from './platform-facts';
import { Profile } from './profile';

/** What holds where no Platform says otherwise. */
export const PORTABLE: IPlatform = {
  kubernetesVersion: DEFAULT_KUBERNETES_VERSION,
  dns: ClusterDns.kubeDns(),
  ingressController: IngressController.nginx(),
  registries: [],
  profile: Profile.RESTRICTED,
  nodes: {},
};

/** What a Platform is known by, so that finding one needs no import of the class. */
const PLATFORM = Symbol.for('cdk8s-hardened.Platform');

/** Marks a construct as the one that states the facts for its scope. */
export function markPlatform(platform: IPlatform): void {
  Object.defineProperty(platform, PLATFORM, { value: true });
}

/** The Platform that stands directly in a scope, if there is one. */
export function platformIn(scope: IConstruct): (IPlatform & IConstruct) | undefined {
  return scope.node.children.find((child): child is IPlatform & IConstruct => PLATFORM in child);
}

/** The facts that hold at a place in the tree, nearest first. */
export function factsAt(scope: IConstruct): IPlatform {
  for (const place of [...scope.node.scopes].reverse()) {
    const platform = platformIn(place);
    if (platform) return platform;
  }
  return PORTABLE;
}
