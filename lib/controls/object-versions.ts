import type { InventoryControl } from './control';
import { shown } from '../errors';
import type { KubeObject } from '../inventory';
import { ApiVersion, apiVersion, NEWEST_KNOWN } from '../resources';

const object = (apiVersion: string, kind: string) => [{ apiVersion, kind, metadata: { name: 'a' } }];

/** Whether the cluster knows the version in which an object is written. Rows are of the newest release. */
export const OBJECT_VERSIONS: readonly InventoryControl[] = [
  {
    id: 'object/served-version', title: 'Objects are written in a version that the cluster serves', severity: 'high', level: 'baseline', on: 'inventory',
    frameworks: { trivy: ['KSV-0107'], kubeLinter: ['no-extensions-v1beta'], kubeScore: ['stable-version'] },
    judge: (inventory, { kubernetesVersion }) => inventory.objects.flatMap((each) => sighting(each, unserved(each, kubernetesVersion(each)))),
    message: 'an object must be written in a version that its cluster serves',
    remediation: 'Write the object in the version that the cluster serves, whose fields may have other names.',
    allowed: {
      'nothing said': [], 'a stable version': object('networking.k8s.io/v1', 'Ingress'), 'a beta that is served': object('resource.k8s.io/v1beta2', 'ResourceClaim'), 'a kind of one\'s own': object('example.com/v1beta1', 'Ingress'),
      'a kind of one\'s own in a group of Kubernetes': object('extensions/v1beta1', 'Thing'), 'the newest': object('certificates.k8s.io/v1', 'ClusterTrustBundle'),
    },
    denied: {
      'an Ingress of old': object('extensions/v1beta1', 'Ingress'), 'of the beta after it': object('networking.k8s.io/v1beta1', 'Ingress'), 'a PodSecurityPolicy': object('policy/v1beta1', 'PodSecurityPolicy'), 'a CronJob of old': object('batch/v1beta1', 'CronJob').map((each) => ({ ...each, spec: { jobTemplate: {} } })),
      'a budget of old': object('policy/v1beta1', 'PodDisruptionBudget'), 'an autoscaler of old': object('autoscaling/v2beta2', 'HorizontalPodAutoscaler'), 'a flow schema of old': object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'),
      'in a list': [{ apiVersion: 'extensions/v1beta1', kind: 'IngressList', items: [{ metadata: { name: 'a' } }] }], 'a definition of old': object('apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition'),
    },
  },
  {
    id: 'object/stable-version', title: 'Objects are written in no deprecated version', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: { trivy: ['KSV-0107'], kubeScore: ['stable-version'] },
    judge: (inventory, { kubernetesVersion }) => inventory.objects.flatMap((each) => sighting(each, deprecated(each, kubernetesVersion(each)))),
    message: 'a version must not be deprecated, lest the next upgrade of the cluster no longer knows the object',
    remediation: 'Write the object in the version that comes after it, whose fields may have other names.',
    allowed: {
      'nothing said': [], 'a stable version': object('policy/v1', 'PodDisruptionBudget'), 'a beta that is not deprecated': object('scheduling.k8s.io/v1beta1', 'Workload'), 'removed, of which another control speaks': object('policy/v1beta1', 'PodDisruptionBudget'),
      'a kind of one\'s own': object('example.com/v1beta1', 'Ingress'),
    },
    denied: { 'a beta that has a successor': object('resource.k8s.io/v1beta1', 'ResourceClaim'), 'an alpha': object('coordination.k8s.io/v1alpha2', 'LeaseCandidate') },
  },
];

/** Why a release does not serve an object's version. */
function unserved(object: KubeObject, release: string): string | undefined {
  const { when, minor } = versionAt(object, release);
  if (when?.removed !== undefined && when.removed <= minor) return `was removed in Kubernetes 1.${when.removed}${successor(when)}`;
  return when?.since !== undefined && when.since > minor ? `is served from Kubernetes 1.${when.since} on` : undefined;
}

function deprecated(object: KubeObject, release: string): string | undefined {
  const { when, minor } = versionAt(object, release);
  if (when?.deprecated === undefined || when.deprecated > minor || unserved(object, release) !== undefined) return undefined;
  return `is deprecated since Kubernetes 1.${when.deprecated}${when.removed === undefined ? '' : ` and removed in 1.${when.removed}`}${successor(when)}`;
}

function versionAt({ apiVersion: written, kind }: KubeObject, release: string): { readonly when?: ApiVersion; readonly minor: number } {
  return { when: apiVersion(written, kind), minor: Number(/^1\.(\d+)$/.exec(release)?.[1] ?? NEWEST_KNOWN) };
}

function successor({ instead }: ApiVersion): string {
  return instead === undefined ? ', without a successor' : `; ${instead} comes after it`;
}

function sighting(object: KubeObject, problem: string | undefined) {
  return problem === undefined ? [] : [{ object, path: 'apiVersion', problem: `apiVersion is ${shown(object.apiVersion)}, whose ${object.kind} ${problem}` }];
}
