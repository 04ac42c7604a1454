import type { Component } from './flag';

/** A static pod of a component, for rows. */
export function staticPod(component: Component, ...flags: string[]): object[] {
  return [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: component, namespace: 'kube-system' }, spec: { containers: [{ name: component, command: [component, ...flags] }] } }];
}

const AT = { 'kube-apiserver': 'apiServer', 'kube-controller-manager': 'controllerManager', 'kube-scheduler': 'scheduler' } as const;

/** The same by kubeadm's configuration. */
export function byKubeadm(component: keyof typeof AT | 'etcd', args: { readonly [flag: string]: string }): object[] {
  const extraArgs = Object.entries(args).map(([name, value]) => ({ name, value }));
  const part = component === 'etcd' ? { etcd: { local: { extraArgs } } } : { [AT[component]]: { extraArgs } };
  return [{ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', ...part }];
}
