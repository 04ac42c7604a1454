import { assess } from '../../lib/assessment';
import { CATALOG } from '../../lib/controls';
import { inventoryOf } from '../../lib/inventory';

const catalog = CATALOG.filter(({ id }) => ['object/served-version', 'object/stable-version'].includes(id));
const found = (apiVersion: string, kind: string, kubernetesVersion: string) =>
  assess(inventoryOf([{ json: { apiVersion, kind, metadata: { name: 'a' } }, where: 'x' }]), { level: 'strict', kubernetesVersion, catalog }).map(({ control }) => control.replace('object/', ''));

test.each([
  ['extensions/v1beta1', 'Deployment', '1.15', ['stable-version']], ['extensions/v1beta1', 'Deployment', '1.16', ['served-version']],
  ['extensions/v1beta1', 'Ingress', '1.21', ['stable-version']], ['extensions/v1beta1', 'Ingress', '1.22', ['served-version']], ['networking.k8s.io/v1', 'Ingress', '1.18', ['served-version']], ['networking.k8s.io/v1', 'Ingress', '1.19', []],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.20', []], ['policy/v1beta1', 'PodSecurityPolicy', '1.24', ['stable-version']], ['policy/v1beta1', 'PodSecurityPolicy', '1.25', ['served-version']],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', ['served-version']], ['batch/v1beta1', 'CronJob', '1.24', ['stable-version']], ['batch/v1beta1', 'CronJob', '1.25', ['served-version']],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.25', ['served-version']], ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.25', ['stable-version']], ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', ['served-version']],
  ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', '1.29', ['served-version']], ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.31', ['stable-version']], ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', ['served-version']],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.27', ['served-version']], ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.29', ['served-version']], ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.30', []],
  ['rbac.authorization.k8s.io/v1beta1', 'Role', '1.22', ['served-version']], ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.22', ['served-version']],
  // What is to go after the newest release known may still be put off.
  ['resource.k8s.io/v1beta1', 'ResourceClaim', 'latest', ['stable-version']], ['apps/v1', 'Deployment', '1.16', []], ['example.com/v1beta1', 'CronJob', '1.37', []],
])('%s %s in %s', (apiVersion, kind, release, controls) => expect(found(apiVersion, kind, release)).toEqual(controls));

test('the version to write instead is named', () => {
  const message = (kind: string, apiVersion: string, kubernetesVersion = '1.34') => assess(inventoryOf([{ json: { apiVersion, kind, metadata: { name: 'a' } }, where: 'x' }]), { level: 'strict', kubernetesVersion, catalog })[0].message;
  expect([message('Ingress', 'extensions/v1beta1'), message('PodSecurityPolicy', 'policy/v1beta1'), message('CronJob', 'batch/v1beta1', '1.24'), message('MutatingAdmissionPolicy', 'admissionregistration.k8s.io/v1')]).toEqual([
    'apiVersion is "extensions/v1beta1", whose Ingress was removed in Kubernetes 1.22; networking.k8s.io/v1 comes after it, but an object must be written in a version that its cluster serves',
    'apiVersion is "policy/v1beta1", whose PodSecurityPolicy was removed in Kubernetes 1.25, without a successor, but an object must be written in a version that its cluster serves',
    'apiVersion is "batch/v1beta1", whose CronJob is deprecated since Kubernetes 1.21 and removed in 1.25; batch/v1 comes after it, but a version must not be deprecated, lest the next upgrade of the cluster no longer knows the object',
    'apiVersion is "admissionregistration.k8s.io/v1", whose MutatingAdmissionPolicy is served from Kubernetes 1.36 on, but an object must be written in a version that its cluster serves',
  ]);
});
