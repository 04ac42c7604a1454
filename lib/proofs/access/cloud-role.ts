import type { BoundSubject } from './rbac-object';
import { field, Inventory } from '../../inventory';

/** The annotations by which clouds give an account a role of theirs. */
const ANNOTATIONS = ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'];

/** The cloud roles that manifests give an account: by annotation, or by an association of EKS Pod Identity. */
export function cloudRoles(inventory: Inventory): (account: Pick<BoundSubject, 'namespace' | 'name'>) => readonly string[] {
  const roles = new Map<string, string[]>();
  const add = (namespace: unknown, name: unknown, role: unknown) => {
    if (typeof role !== 'string' || role === '' || typeof name !== 'string') return;
    const key = `${typeof namespace === 'string' && namespace !== '' ? namespace : 'default'}/${name}`;
    roles.set(key, [...roles.get(key) ?? [], role]);
  };
  for (const { json, namespace, name } of inventory.ofKind('/ServiceAccount')) for (const annotation of ANNOTATIONS) add(namespace, name, field(json, 'metadata', 'annotations', annotation));
  // The controllers of AWS and of Crossplane.
  for (const { json } of inventory.ofKind('eks.services.k8s.aws/PodIdentityAssociation')) add(field(json, 'spec', 'namespace'), field(json, 'spec', 'serviceAccount'), field(json, 'spec', 'roleARN'));
  for (const { json } of inventory.ofKind('eks.aws.upbound.io/PodIdentityAssociation')) {
    const given = field(json, 'spec', 'forProvider');
    add(field(given, 'namespace'), field(given, 'serviceAccount'), field(given, 'roleArn'));
  }
  return ({ namespace, name }) => roles.get(`${namespace}/${name}`) ?? [];
}
