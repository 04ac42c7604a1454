import { CommandLine, Component, Flag, give } from './flag';
import { field, isRecord, KubeObject } from '../inventory';

const PKI = '/etc/kubernetes/pki';

/** Its kinds that start components. */
export const KUBEADM_KINDS: readonly string[] = ['ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration'].map((kind) => `kubeadm.k8s.io/${kind}`);

/** What kubeadm gives a component that is told nothing else, as far as controls ask about it. */
const KUBEADM: { readonly [at: string]: readonly [component: Component, defaults: { readonly [flag: string]: string }] } = {
  'apiServer.extraArgs': ['kube-apiserver', {
    'authorization-mode': 'Node,RBAC', 'enable-admission-plugins': 'NodeRestriction',
    'client-ca-file': `${PKI}/ca.crt`, 'etcd-cafile': `${PKI}/etcd/ca.crt`, 'etcd-certfile': `${PKI}/apiserver-etcd-client.crt`, 'etcd-keyfile': `${PKI}/apiserver-etcd-client.key`,
    'kubelet-client-certificate': `${PKI}/apiserver-kubelet-client.crt`, 'kubelet-client-key': `${PKI}/apiserver-kubelet-client.key`,
    'service-account-key-file': `${PKI}/sa.pub`, 'tls-cert-file': `${PKI}/apiserver.crt`, 'tls-private-key-file': `${PKI}/apiserver.key`,
  }],
  'controllerManager.extraArgs': ['kube-controller-manager', {
    'bind-address': '127.0.0.1', 'root-ca-file': `${PKI}/ca.crt`, 'service-account-private-key-file': `${PKI}/sa.key`, 'use-service-account-credentials': 'true',
  }],
  'scheduler.extraArgs': ['kube-scheduler', { 'bind-address': '127.0.0.1' }],
  'etcd.local.extraArgs': ['etcd', {
    'client-cert-auth': 'true', 'peer-client-cert-auth': 'true', 'trusted-ca-file': `${PKI}/etcd/ca.crt`,
    'cert-file': `${PKI}/etcd/server.crt`, 'key-file': `${PKI}/etcd/server.key`, 'peer-cert-file': `${PKI}/etcd/peer.crt`, 'peer-key-file': `${PKI}/etcd/peer.key`,
  }],
};

/** What kubeadm makes of its configuration. */
export function linesOfKubeadm(object: KubeObject): CommandLine[] {
  const { json, kind } = object;
  if (kind !== 'ClusterConfiguration') return linesOfKubelet(object);
  return Object.entries(KUBEADM).flatMap(([path, [component, defaults]]): CommandLine[] => {
    // Whoever has etcd elsewhere says so, and kubeadm starts none.
    if (component === 'etcd' && field(json, 'etcd', 'external') !== undefined) return [];
    const written = extraArgs(field(json, ...path.split('.')), path);
    const flags = new Map(Object.entries(defaults).map(([name, value]): [string, Flag] => [name, { values: [value], path }]));
    return [{ component, object, path, flags: new Map([...flags, ...written]) }];
  });
}

function linesOfKubelet(object: KubeObject): CommandLine[] {
  const path = 'nodeRegistration.kubeletExtraArgs';
  const flags = extraArgs(field(object.json, 'nodeRegistration', 'kubeletExtraArgs'), path);
  return flags.size === 0 ? [] : [{ component: 'kubelet', object, path, flags }];
}

/** A map up to v1beta3, a list of names and values from v1beta4 on. */
function extraArgs(args: unknown, path: string): Map<string, Flag> {
  const flags = new Map<string, Flag>();
  if (Array.isArray(args)) args.forEach((arg, i) => give(flags, String(field(arg, 'name')), String(field(arg, 'value') ?? ''), `${path}[${i}]`));
  else if (isRecord(args)) Object.entries(args).forEach(([name, value]) => give(flags, name, String(value ?? ''), `${path}.${name}`));
  return flags;
}
