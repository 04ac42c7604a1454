import type { Control } from './control';

/** Groups whose kinds are files on nodes: no API server serves them, so none admits them. */
const GROUPS_OF_FILES = ['apiserver.config.k8s.io', 'audit.k8s.io', 'kubeadm.k8s.io', 'kubelet.config.k8s.io', 'kubeproxy.config.k8s.io', 'kubescheduler.config.k8s.io'];

/** Kinds that no policy is asked about, lest one keep its own from being mended. */
const UNSEEN = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'].map((kind) => `admissionregistration.k8s.io/${kind}`);

/** Whether an admission policy can ask a control, which sees one object at a time, as it is sent; or why not. */
export function projectable({ on }: Control): true | string {
  if (on === 'pod') return true;
  if (on === 'inventory') return 'it needs more than one object, or more than an expression can say, and an admission policy sees one object by an expression';
  if (on.every((kind) => UNSEEN.includes(kind))) return 'the API server asks no admission policy about admission policies';
  const served = on.filter((kind) => !GROUPS_OF_FILES.includes(kind.split('/')[0]));
  return served.length > 0 ? true : 'it is about a file on nodes, which no API server serves';
}
