/** When Kubernetes serves some kinds in one version of their API; releases by their minor number. */
export interface ApiVersion {
  /** The first release that serves it. @default - older than any cluster */
  readonly since?: number;
  readonly deprecated?: number;
  /** The first release that serves it no more. */
  readonly removed?: number;
  /** The version to write instead. */
  readonly instead?: string;
}

const ADMISSION = 'admissionregistration.k8s.io/';
const NETWORKING = 'networking.k8s.io/';
const FLOW = 'flowcontrol.apiserver.k8s.io/';
const STORAGE = 'storage.k8s.io/';
const POLICIES = 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding';
const MUTATIONS = 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding';
const FLOWS = 'FlowSchema PriorityLevelConfiguration';
const CLAIMS = 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice';
const ROLES = 'ClusterRole ClusterRoleBinding Role RoleBinding';

/**
 * Versions that came or went since 1.16, from the lifecycles in the source of Kubernetes 1.17 to 1.37, and its guide to deprecated APIs.
 * A release without a lifecycle of its own is the first that has, or lacks, the type.
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const TABLE: readonly (readonly [apiVersion: string, kinds: string, when: ApiVersion])[] = [
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', { deprecated: 8, removed: 16, instead: 'apps/v1' }],
  ['extensions/v1beta1', 'NetworkPolicy', { deprecated: 9, removed: 16, instead: `${NETWORKING}v1` }],
  ['extensions/v1beta1', 'PodSecurityPolicy', { deprecated: 11, removed: 16 }],
  ['extensions/v1beta1', 'Ingress', { deprecated: 14, removed: 22, instead: `${NETWORKING}v1` }],
  ['apps/v1beta1', 'ControllerRevision Deployment StatefulSet', { deprecated: 8, removed: 16, instead: 'apps/v1' }],
  ['apps/v1beta2', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet', { deprecated: 9, removed: 16, instead: 'apps/v1' }],
  [`${ADMISSION}v1beta1`, 'MutatingWebhookConfiguration ValidatingWebhookConfiguration', { deprecated: 16, removed: 22, instead: `${ADMISSION}v1` }],
  [`${ADMISSION}v1alpha1`, POLICIES, { since: 26, deprecated: 29, removed: 32, instead: `${ADMISSION}v1` }],
  [`${ADMISSION}v1beta1`, POLICIES, { since: 28, deprecated: 31, removed: 34, instead: `${ADMISSION}v1` }],
  [`${ADMISSION}v1`, POLICIES, { since: 30 }],
  [`${ADMISSION}v1alpha1`, MUTATIONS, { since: 32, deprecated: 35, removed: 38, instead: `${ADMISSION}v1` }],
  [`${ADMISSION}v1beta1`, MUTATIONS, { since: 34, deprecated: 37, removed: 40, instead: `${ADMISSION}v1` }],
  [`${ADMISSION}v1`, MUTATIONS, { since: 36 }],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', { deprecated: 16, removed: 22, instead: 'apiextensions.k8s.io/v1' }],
  ['apiregistration.k8s.io/v1beta1', 'APIService', { deprecated: 19, removed: 22, instead: 'apiregistration.k8s.io/v1' }],
  ['auditregistration.k8s.io/v1alpha1', 'AuditSink', { removed: 19 }],
  ['authentication.k8s.io/v1beta1', 'TokenReview', { deprecated: 19, removed: 22, instead: 'authentication.k8s.io/v1' }],
  ['authorization.k8s.io/v1beta1', 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview', { deprecated: 19, removed: 22, instead: 'authorization.k8s.io/v1' }],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', { deprecated: 22, removed: 25, instead: 'autoscaling/v2' }],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', { deprecated: 23, removed: 26, instead: 'autoscaling/v2' }],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { since: 23 }],
  ['batch/v2alpha1', 'CronJob', { removed: 21, instead: 'batch/v1' }],
  ['batch/v1beta1', 'CronJob', { deprecated: 21, removed: 25, instead: 'batch/v1' }],
  ['batch/v1', 'CronJob', { since: 21 }],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', { deprecated: 19, removed: 22, instead: 'certificates.k8s.io/v1' }],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest', { since: 19 }],
  ['certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', { since: 26, deprecated: 34, removed: 37, instead: 'certificates.k8s.io/v1' }],
  ['certificates.k8s.io/v1beta1', 'ClusterTrustBundle', { since: 33, deprecated: 37, removed: 40, instead: 'certificates.k8s.io/v1' }],
  ['certificates.k8s.io/v1alpha1', 'PodCertificateRequest', { since: 34, removed: 35, instead: 'certificates.k8s.io/v1' }],
  ['certificates.k8s.io/v1beta1', 'PodCertificateRequest', { since: 35, deprecated: 37, removed: 40, instead: 'certificates.k8s.io/v1' }],
  ['certificates.k8s.io/v1', 'ClusterTrustBundle PodCertificateRequest', { since: 37 }],
  ['coordination.k8s.io/v1beta1', 'Lease', { deprecated: 19, removed: 22, instead: 'coordination.k8s.io/v1' }],
  ['coordination.k8s.io/v1alpha1', 'LeaseCandidate', { since: 31, removed: 32, instead: 'coordination.k8s.io/v1beta1' }],
  ['coordination.k8s.io/v1alpha2', 'LeaseCandidate', { since: 32, deprecated: 35, removed: 38, instead: 'coordination.k8s.io/v1beta1' }],
  ['coordination.k8s.io/v1beta1', 'LeaseCandidate', { since: 33, deprecated: 36, removed: 39 }],
  ['discovery.k8s.io/v1alpha1', 'EndpointSlice', { removed: 21, instead: 'discovery.k8s.io/v1' }],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', { deprecated: 21, removed: 25, instead: 'discovery.k8s.io/v1' }],
  ['discovery.k8s.io/v1', 'EndpointSlice', { since: 21 }],
  ['events.k8s.io/v1beta1', 'Event', { deprecated: 22, removed: 25, instead: 'events.k8s.io/v1' }],
  ['events.k8s.io/v1', 'Event', { since: 19 }],
  [`${FLOW}v1alpha1`, FLOWS, { since: 18, deprecated: 20, removed: 21, instead: `${FLOW}v1` }],
  [`${FLOW}v1beta1`, FLOWS, { since: 20, deprecated: 23, removed: 26, instead: `${FLOW}v1` }],
  [`${FLOW}v1beta2`, FLOWS, { since: 23, deprecated: 26, removed: 29, instead: `${FLOW}v1` }],
  [`${FLOW}v1beta3`, FLOWS, { since: 26, deprecated: 29, removed: 32, instead: `${FLOW}v1` }],
  [`${FLOW}v1`, FLOWS, { since: 29 }],
  ['lifecycle.k8s.io/v1alpha1', 'Eviction EvictionRequest', { since: 37, deprecated: 40, removed: 43 }],
  [`${NETWORKING}v1beta1`, 'Ingress', { deprecated: 19, removed: 22, instead: `${NETWORKING}v1` }],
  [`${NETWORKING}v1beta1`, 'IngressClass', { since: 18, deprecated: 19, removed: 22, instead: `${NETWORKING}v1` }],
  [`${NETWORKING}v1`, 'Ingress IngressClass', { since: 19 }],
  [`${NETWORKING}v1alpha1`, 'ClusterCIDR', { since: 25, deprecated: 28, removed: 29 }],
  [`${NETWORKING}v1alpha1`, 'IPAddress', { since: 27, deprecated: 30, removed: 33, instead: `${NETWORKING}v1` }],
  [`${NETWORKING}v1alpha1`, 'ServiceCIDR', { since: 29, deprecated: 30, removed: 33, instead: `${NETWORKING}v1` }],
  [`${NETWORKING}v1beta1`, 'IPAddress ServiceCIDR', { since: 31, deprecated: 34, removed: 37, instead: `${NETWORKING}v1` }],
  [`${NETWORKING}v1`, 'IPAddress ServiceCIDR', { since: 33 }],
  ['node.k8s.io/v1beta1', 'RuntimeClass', { deprecated: 22, removed: 25, instead: 'node.k8s.io/v1' }],
  ['node.k8s.io/v1', 'RuntimeClass', { since: 20 }],
  ['policy/v1beta1', 'PodDisruptionBudget', { deprecated: 21, removed: 25, instead: 'policy/v1' }],
  ['policy/v1', 'PodDisruptionBudget', { since: 21 }],
  ['policy/v1beta1', 'PodSecurityPolicy', { deprecated: 21, removed: 25 }],
  ['rbac.authorization.k8s.io/v1alpha1', ROLES, { deprecated: 17, removed: 22, instead: 'rbac.authorization.k8s.io/v1' }],
  ['rbac.authorization.k8s.io/v1beta1', ROLES, { deprecated: 17, removed: 22, instead: 'rbac.authorization.k8s.io/v1' }],
  ['resource.k8s.io/v1alpha1', 'PodScheduling ResourceClaim ResourceClaimTemplate ResourceClass', { since: 26, removed: 27 }],
  ['resource.k8s.io/v1alpha2', 'PodSchedulingContext ResourceClaim ResourceClaimTemplate ResourceClass', { since: 27, removed: 31 }],
  ['resource.k8s.io/v1alpha2', 'ResourceClaimParameters ResourceClassParameters ResourceSlice', { since: 30, removed: 31 }],
  ['resource.k8s.io/v1alpha3', CLAIMS, { since: 31, removed: 34, instead: 'resource.k8s.io/v1' }],
  ['resource.k8s.io/v1alpha3', 'PodSchedulingContext', { since: 31, removed: 32 }],
  ['resource.k8s.io/v1alpha3', 'DeviceTaintRule', { since: 33, deprecated: 36, removed: 39, instead: 'resource.k8s.io/v1' }],
  ['resource.k8s.io/v1alpha3', 'ResourcePoolStatusRequest', { since: 36, deprecated: 39, removed: 42 }],
  ['resource.k8s.io/v1beta1', CLAIMS, { since: 32, deprecated: 35, removed: 38, instead: 'resource.k8s.io/v1' }],
  ['resource.k8s.io/v1beta2', CLAIMS, { since: 33, deprecated: 36, removed: 39, instead: 'resource.k8s.io/v1' }],
  ['resource.k8s.io/v1', CLAIMS, { since: 34 }],
  ['resource.k8s.io/v1beta2', 'DeviceTaintRule', { since: 36, deprecated: 39, removed: 42, instead: 'resource.k8s.io/v1' }],
  ['resource.k8s.io/v1', 'DeviceTaintRule', { since: 37 }],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', { deprecated: 14, removed: 22, instead: 'scheduling.k8s.io/v1' }],
  ['scheduling.k8s.io/v1alpha1', 'Workload', { since: 35, removed: 36, instead: 'scheduling.k8s.io/v1beta1' }],
  ['scheduling.k8s.io/v1alpha2', 'PodGroup Workload', { since: 36, removed: 37, instead: 'scheduling.k8s.io/v1beta1' }],
  ['scheduling.k8s.io/v1alpha3', 'CompositePodGroup PodGroup Workload', { since: 37 }],
  ['scheduling.k8s.io/v1beta1', 'PodGroup Workload', { since: 37, deprecated: 40, removed: 43 }],
  ['settings.k8s.io/v1alpha1', 'PodPreset', { removed: 20 }],
  [`${STORAGE}v1beta1`, 'CSINode', { deprecated: 17, removed: 22, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1beta1`, 'CSIDriver StorageClass VolumeAttachment', { deprecated: 19, removed: 22, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1`, 'CSIDriver', { since: 18 }],
  [`${STORAGE}v1alpha1`, 'VolumeAttachment', { deprecated: 21, removed: 24, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1alpha1`, 'CSIStorageCapacity', { since: 19, deprecated: 21, removed: 24, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1beta1`, 'CSIStorageCapacity', { since: 21, deprecated: 24, removed: 27, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1`, 'CSIStorageCapacity', { since: 24 }],
  [`${STORAGE}v1alpha1`, 'VolumeAttributesClass', { since: 29, deprecated: 32, removed: 35, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1beta1`, 'VolumeAttributesClass', { since: 31, deprecated: 34, removed: 37, instead: `${STORAGE}v1` }],
  [`${STORAGE}v1`, 'VolumeAttributesClass', { since: 34 }],
  ['storagemigration.k8s.io/v1alpha1', 'StorageVersionMigration', { since: 30, deprecated: 33, removed: 35, instead: 'storagemigration.k8s.io/v1' }],
  ['storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', { since: 35, deprecated: 37, removed: 40, instead: 'storagemigration.k8s.io/v1' }],
  ['storagemigration.k8s.io/v1', 'StorageVersionMigration', { since: 37 }],
];

const BY_KIND = new Map(TABLE.flatMap(([apiVersion, kinds, when]) => kinds.split(' ').map((kind): [string, ApiVersion] => [`${apiVersion} ${kind}`, when])));

/** When a kind is served in a version; undefined where it always was, or is none of Kubernetes' own. */
export function apiVersion(version: string, kind: string): ApiVersion | undefined {
  return BY_KIND.get(`${version} ${kind}`);
}

/** The newest release that the table knows: what is to happen later may still be put off. */
export const NEWEST_KNOWN = 37;
