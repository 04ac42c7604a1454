/**
 * The ids that the peer scanners have, as looked up in their own files: checkov 3.3 (PyPI), trivy-checks 1.10 (Go module) with those
 * that 2.x added, kube-linter and polaris (the checks' files in their repositories), kube-score 1.20 (Go module), and kubescape's regolibrary. An id that is not here was not
 * looked up, or is misspelt.
 */
const numbered = (prefix: string, width: number, ...ranges: readonly (number | readonly [number, number])[]) => ranges
  .flatMap((range) => typeof range === 'number' ? [range] : Array.from({ length: range[1] - range[0] + 1 }, (_, i) => range[0] + i))
  .map((number) => prefix + String(number).padStart(width, '0'));
const words = (text: string) => text.trim().split(/\s+/);

export const PEERS: { readonly [peer: string]: ReadonlySet<string> } = {
  checkov: new Set([
    ...numbered('CKV_K8S_', 0, [1, 45], 49, [68, 75], [77, 86], [88, 97], 99, 100, 102, [104, 108], [110, 119], 121, [138, 141], [143, 149], [151, 159]),
    ...numbered('CKV2_K8S_', 0, [1, 6]),
  ]),
  trivy: new Set([
    ...numbered('KSV-', 4, [1, 18], [20, 28], 30, [32, 56], [102, 125], [1010, 1012]), 'KSV-01010', 'KSV-01011',
    ...numbered('KCV-', 4, [1, 11], [13, 30], 33, [36, 39], [42, 93], 135),
  ]),
  kubeLinter: new Set(words(`
    access-to-create-pods access-to-secrets aggregate-to-admin-escalation approve-signers-without-resource-names automount-service-account-token
    bind-verb-in-role cluster-admin-role-binding cluster-wide-secrets-access configmap-with-credentials container-runtime-sock
    dangling-horizontalpodautoscaler dangling-ingress dangling-networkpolicy
    dangling-networkpolicypeer-podselector dangling-service dangling-servicemonitor default-service-account deletecollection-verb-in-role deprecated-service-account-field
    dnsconfig-options
    docker-sock drop-net-raw-capability duplicate-env-var env-var-secret env-value-from escalate-verb-in-role exposed-services externalname-service-redirect
    host-ipc host-network host-pid hpa-minimum-three-replicas
    image-not-pinned-by-digest impersonate-without-resource-names init-container-security-gap invalid-target-ports job-ttl-seconds-after-finished latest-tag liveness-port minimum-three-replicas mismatching-selector no-anti-affinity no-extensions-v1beta
    no-liveness-probe no-node-affinity no-read-only-root-fs no-readiness-probe no-rolling-update-strategy non-existent-service-account non-isolated-pod
    pdb-max-unavailable pdb-min-available pdb-unhealthy-pod-eviction-policy priority-class-name privilege-escalation-container privileged-container privileged-ports
    projected-token-long-expiration read-secret-from-env-var readiness-port required-annotation-email required-label-owner restart-policy run-as-non-root scc-deny-privileged-container
    schema-validation sensitive-host-mounts sorted-keys ssh-port startup-port unsafe-proc-mount unsafe-sysctls unset-cpu-requirements unset-ephemeral-storage-requirements unset-memory-requirements
    use-namespace webhook-failure-policy-ignore wildcard-in-rules wildcard-resource-verb-combo writable-host-mount`)),
  kubescape: new Set(numbered('C-', 4, 1, 2, 4, 5, 7, 9, [12, 18], 20, 21, 26, 30, 31, [34, 39], 41, 42, [44, 46], [48, 50], [52, 59], [61, 63], [65, 70], [73, 79], 81,
    [83, 142], [144, 176], [178, 193], [196, 212], [220, 223], [225, 228], [231, 235], 237, 238, [240, 249], [251, 278], [279, 299], 307)),
  polaris: new Set(words(`
    automountServiceAccountToken clusterrolePodExecAttach clusterrolebindingClusterAdmin clusterrolebindingPodExecAttach cpuLimitsMissing cpuRequestsMissing
    dangerousCapabilities deploymentMissingReplicas hostIPCSet hostNetworkSet hostPIDSet hostPathSet hostPortSet hostProcess hpaMaxAvailability hpaMinAvailability
    insecureCapabilities linuxHardening livenessProbeMissing memoryLimitsMissing memoryRequestsMissing metadataAndInstanceMismatched missingNetworkPolicy
    missingPodDisruptionBudget notReadOnlyRootFilesystem pdbDisruptionsIsZero pdbMinAvailableGreaterThanHPAMinReplicas priorityClassNotSet
    privilegeEscalationAllowed procMount pullPolicyNotAlways readinessProbeMissing rolePodExecAttach rolebindingClusterAdminClusterRole rolebindingClusterAdminRole
    rolebindingClusterRolePodExecAttach rolebindingRolePodExecAttach runAsPrivileged runAsRootAllowed sensitiveConfigmapContent sensitiveContainerEnvVar
    tagNotSpecified tlsSettingsMissing topologySpreadConstraint`)),
  kubeScore: new Set(words(`
    container-cpu-requests-equal-limits container-ephemeral-storage-request-and-limit container-ephemeral-storage-request-equals-limit container-image-pull-policy
    container-image-tag container-memory-requests-equal-limits container-ports-check container-resource-requests-equal-limits container-resources
    container-seccomp-profile container-security-context-privileged container-security-context-readonlyrootfilesystem container-security-context-user-group-id
    cronjob-has-deadline cronjob-restartpolicy deployment-has-host-podantiaffinity deployment-has-poddisruptionbudget
    deployment-pod-selector-labels-match-template-metadata-labels deployment-replicas deployment-strategy
    deployment-targeted-by-hpa-does-not-have-replicas-configured environment-variable-key-duplication horizontalpodautoscaler-has-target
    horizontalpodautoscaler-replicas ingress-targets-service label-values networkpolicy-targets-pod pod-networkpolicy pod-probes pod-probes-identical
    pod-topology-spread-constraints poddisruptionbudget-has-policy service-targets-pod service-type stable-version statefulset-has-host-podantiaffinity
    statefulset-has-poddisruptionbudget statefulset-has-servicename statefulset-pod-selector-labels-match-template-metadata-labels`)),
};
