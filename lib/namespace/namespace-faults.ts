import { HardenedNamespaceProps } from './hardened-namespace-props';
import { Fault, shown } from '../errors';
import { dnsLabelFaults, labelKeyFaults, labelValueFaults } from '../names';
import type { IPlatform } from '../platform';

const RESERVED_NAMES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const OWN_LABELS = ['owner', 'app.kubernetes.io/part-of', 'app.kubernetes.io/managed-by'];

export function nameFaults(name: string): Fault[] {
  return [
    ...dnsLabelFaults('namespace', name),
    ...RESERVED_NAMES.includes(name) ? [{ problem: `namespace ${shown(name)} is one of Kubernetes' own`, remedy: 'give the workloads a namespace of their own' }] : [],
  ];
}

export function labelsFaults({ owner, labels = {} }: HardenedNamespaceProps): Fault[] {
  return [
    ...owner === '' || owner === undefined ? [{ problem: `owner ${shown(owner)} is empty`, remedy: 'name the team that answers for this namespace' }] : labelValueFaults('owner', owner),
    ...Object.entries(labels).flatMap(([key, value]) => [...labelKeyFaults('label', key), ...labelValueFaults(`the value of label ${shown(key)},`, value)]),
    ...Object.keys(labels).filter((key) => OWN_LABELS.includes(key)).map((key) => ({ problem: `label ${shown(key)} is set by the namespace itself`, remedy: key === 'owner' ? 'give it as the prop owner' : 'leave it out' })),
    ...Object.keys(labels).filter((key) => key.startsWith('pod-security.kubernetes.io/')).map((key) => ({ problem: `label ${shown(key)} is set by the namespace itself`, remedy: 'choose the level with the prop podSecurity' })),
  ];
}

export function meshFaults({ mesh }: IPlatform): Fault[] {
  if (!mesh?.needsNetAdmin) return [];
  return [{
    problem: `the mesh ${shown(mesh.name)} adds a container with NET_ADMIN to every pod, which Pod Security refuses here`,
    remedy: mesh.name === 'istio' ? 'use the CNI plugin of Istio or its ambient mode, and say so in Platform.mesh' : 'use the CNI plugin of the mesh, and say so in Platform.mesh',
  }];
}
