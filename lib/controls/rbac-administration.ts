import type { ObjectControl } from './control';
import { grantsNoAdministration, grantsNone } from './grant-cel';
import { grant, HARMLESS, named } from './rbac-row';

/** What roles have no business with that is no way to more rights by itself. */
export const RBAC_ADMINISTRATION: readonly ObjectControl[] = [
  {
    id: 'rbac/no-administration', title: 'Roles leave administration to administrators', severity: 'medium', level: 'strict',
    on: ['rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/Role'],
    frameworks: { nsa: ['Role-based access control'], owasp: ['K02'], nist: ['800-190 4.3.1', '800-53 AC-6'] },
    cel: `(${grantsNoAdministration()}) && (object.?metadata.?namespace.orValue('') != 'kube-system' || ${grantsNone('write-templates')})`,
    message: 'quotas and limits, nodes, the placing of pods, requests for certificates, and deleting what secures others must be left to administrators',
    remediation: 'Leave it to the administrators of the cluster.',
    at: 'rules', also: ['rbac/no-cluster-resources-in-role'],
    objectsDenied: { 'templates of pods in kube-system': { kind: 'Role', metadata: { name: 'a', namespace: 'kube-system' }, rules: [grant('patch', '/podtemplates')] } },
    allowed: {
      ...HARMLESS, 'templates of pods': [grant('patch', '/podtemplates')], 'reading it': [grant('get list watch', '/resourcequotas', '/limitranges')], 'deleting what is ordinary': [grant('delete', '/pods', 'example.com/things')],
      'the status of claims': [grant('update', '/persistentvolumeclaims/status')], 'quotas of another group': [grant('update', 'example.com/resourcequotas')],
    },
    denied: {
      'lifting a quota': [grant('patch', '/resourcequotas')], 'limits': [grant('delete', '/limitranges')], 'by name': [named(grant('update', '/resourcequotas'), 'compute')], 'placing pods': [grant('create', '/pods/binding')],
      'changing nodes': [grant('patch', '/nodes')], 'asking for certificates': [grant('create', 'certificates.k8s.io/certificatesigningrequests')], 'deleting Secrets': [grant('delete', '/secrets')],
      'deleting roles': [grant('delete', 'rbac.authorization.k8s.io/rolebindings')], 'making namespaces': [grant('create', '/namespaces')], 'among others': [grant('get', '/pods'), grant('get update', '/nodes')],
    },
  },
];
