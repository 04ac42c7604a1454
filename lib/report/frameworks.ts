import { Control, FRAMEWORKS } from '../controls';

/** Who asks for a control, in short: `Pod Security restricted; CIS 5.2.8, 5.2.9; OWASP K01 insecure workload configurations`. */
export function askedBy({ frameworks: { pss, cis, nsa, owasp }, level }: Control): string {
  return [
    ...pss === undefined ? [] : [`Pod Security ${level}`],
    ...listed('CIS', cis), ...listed('NSA/CISA', nsa),
    ...listed('OWASP', owasp?.map((id) => [id, FRAMEWORKS.owasp[id]?.toLowerCase()].filter((part) => part).join(' '))),
  ].join('; ');
}

/** The rest of its names, for who looks it up: `NIST SP 800-190 4.4.3; in consoles runAsPrivileged; checkov CKV_K8S_16`. */
export function alsoKnownAs({ frameworks: { nist, console, checkov, trivy, kubeLinter, kubescape, polaris, kubeScore } }: Control): string {
  return [
    ...listed('NIST SP', nist), ...listed('in consoles', console), ...listed('checkov', checkov), ...listed('trivy', trivy), ...listed('kube-linter', kubeLinter),
    ...listed('kubescape', kubescape), ...listed('polaris', polaris), ...listed('kube-score', kubeScore),
  ].join('; ');
}

function listed(name: string, ids: readonly string[] | undefined): string[] {
  return ids === undefined || ids.length === 0 ? [] : [`${name} ${ids.join(', ')}`];
}
