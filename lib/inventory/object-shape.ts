import type { Shape } from './typed-value';

const fields = (named: { readonly [name: string]: Shape }): Shape => ({ fields: named });
const listOf = (shape: Shape): Shape => ({ listOf: shape });
const mapOf = (shape: Shape): Shape => ({ mapOf: shape });

const SELECTOR = fields({ matchLabels: mapOf('string'), matchExpressions: listOf(fields({ key: 'string', operator: 'string', values: listOf('string') })) });

const PEERS = listOf(fields({ ipBlock: fields({ cidr: 'string', except: listOf('string') }), namespaceSelector: SELECTOR, podSelector: SELECTOR }));
const PORTS = listOf(fields({ protocol: 'string', port: 'anything', endPort: 'integer' }));
const NETWORK_POLICY = fields({
  spec: fields({
    podSelector: SELECTOR,
    policyTypes: listOf('string'),
    ingress: listOf(fields({ from: PEERS, ports: PORTS })),
    egress: listOf(fields({ to: PEERS, ports: PORTS })),
  }),
});

const STRINGS = listOf('string');
const RULES = listOf(fields({ apiGroups: STRINGS, resources: STRINGS, resourceNames: STRINGS, nonResourceURLs: STRINGS, verbs: STRINGS }));
const BINDING = fields({
  kind: 'string',
  roleRef: fields({ apiGroup: 'string', kind: 'string', name: 'string' }),
  subjects: listOf(fields({ apiGroup: 'string', kind: 'string', name: 'string', namespace: 'string' })),
});

const BACKEND = mapOf('anything');
const INGRESS = fields({
  spec: fields({
    ingressClassName: 'string', backend: BACKEND, defaultBackend: BACKEND, tls: listOf(fields({ hosts: listOf('string'), secretName: 'string' })),
    rules: listOf(fields({ host: 'string', http: fields({ paths: listOf(fields({ path: 'string', backend: BACKEND })) }) })),
  }),
});

const CLIENT = fields({ url: 'string', caBundle: 'string', service: mapOf('anything') });
const WEBHOOKS = fields({
  webhooks: listOf(fields({
    name: 'string', failurePolicy: 'string', sideEffects: 'string', timeoutSeconds: 'integer', clientConfig: CLIENT, namespaceSelector: mapOf('anything'), objectSelector: mapOf('anything'),
    matchConditions: listOf('anything'), rules: listOf(fields({ apiGroups: listOf('string'), resources: listOf('string') })),
  })),
});
const ROUTE = fields({ spec: fields({ hostnames: listOf('string') }) });

const CILIUM_SIDE = (peer: string) => listOf(fields({
  [`${peer}Endpoints`]: listOf('anything'), [`${peer}Entities`]: STRINGS, [`${peer}CIDR`]: STRINGS, [`${peer}CIDRSet`]: listOf(fields({ cidr: 'string', except: STRINGS })), toPorts: listOf(fields({ ports: listOf('anything') })),
}));
const CILIUM_SPEC = fields({ ingress: CILIUM_SIDE('from'), egress: CILIUM_SIDE('to') });
const CILIUM_POLICY = fields({ spec: CILIUM_SPEC, specs: listOf(CILIUM_SPEC) });

const CALICO_SIDE = fields({ nets: STRINGS, ports: listOf('anything'), selector: 'string', namespaceSelector: 'string', serviceAccounts: 'anything', services: 'anything', domains: STRINGS });
const CALICO_RULES = listOf(fields({ action: 'string', protocol: 'anything', source: CALICO_SIDE, destination: CALICO_SIDE }));
const CALICO_POLICY = fields({ kind: 'string', spec: fields({ ingress: CALICO_RULES, egress: CALICO_RULES }) });

const CLUSTER_PEERS = listOf(fields({ namespaces: SELECTOR, pods: fields({ namespaceSelector: SELECTOR, podSelector: SELECTOR }), networks: STRINGS }));
const CLUSTER_POLICY = fields({
  spec: fields({ tier: 'string', ingress: listOf(fields({ action: 'string', from: CLUSTER_PEERS })), egress: listOf(fields({ action: 'string', to: CLUSTER_PEERS })) }),
});

const KEYS = fields({ keys: listOf(fields({ name: 'string', secret: 'string' })) });
const CONFIGURATIONS: { readonly [groupAndKind: string]: Shape } = {
  'apiserver.config.k8s.io/EncryptionConfiguration': fields({
    resources: listOf(fields({ resources: STRINGS, providers: listOf(fields({ aescbc: KEYS, aesgcm: KEYS, secretbox: KEYS, kms: fields({ apiVersion: 'string' }), identity: mapOf('anything') })) })),
  }),
  'audit.k8s.io/Policy': fields({ omitStages: STRINGS, rules: listOf(fields({ level: 'string', omitStages: STRINGS })) }),
  'kubelet.config.k8s.io/KubeletConfiguration': fields({
    authentication: fields({ anonymous: fields({ enabled: 'boolean' }), webhook: fields({ enabled: 'boolean' }), x509: fields({ clientCAFile: 'string' }) }),
    authorization: fields({ mode: 'string' }),
    eventRecordQPS: 'integer', featureGates: mapOf('boolean'), makeIPTablesUtilChains: 'boolean', podPidsLimit: 'integer', protectKernelDefaults: 'boolean', readOnlyPort: 'integer',
    rotateCertificates: 'boolean', seccompDefault: 'boolean', serverTLSBootstrap: 'boolean', streamingConnectionIdleTimeout: 'string',
    tlsCertFile: 'string', tlsCipherSuites: STRINGS, tlsMinVersion: 'string', tlsPrivateKeyFile: 'string',
  }),
  'kubeproxy.config.k8s.io/KubeProxyConfiguration': fields({ metricsBindAddress: 'string' }),
};

const TERM = fields({ topologyKey: 'string', labelSelector: SELECTOR });
const TEMPLATE = fields({
  metadata: fields({ labels: mapOf('string') }),
  spec: fields({
    affinity: fields({
      podAntiAffinity: fields({
        requiredDuringSchedulingIgnoredDuringExecution: listOf(TERM),
        preferredDuringSchedulingIgnoredDuringExecution: listOf(fields({ weight: 'integer', podAffinityTerm: TERM })),
      }),
    }),
    restartPolicy: 'string',
    topologySpreadConstraints: listOf(fields({ maxSkew: 'integer', topologyKey: 'string', whenUnsatisfiable: 'string', labelSelector: SELECTOR })),
  }),
});
const STRATEGY = fields({ type: 'string', rollingUpdate: fields({ maxSurge: 'integer or string', maxUnavailable: 'integer or string', partition: 'integer' }) });
const WORKLOAD = { replicas: 'integer', revisionHistoryLimit: 'integer', selector: SELECTOR, template: TEMPLATE } as const;
const JOB = fields({ activeDeadlineSeconds: 'integer', backoffLimit: 'integer', ttlSecondsAfterFinished: 'integer', template: TEMPLATE });

/**
 * The fields of kinds, as `group/Kind`, as far as object controls read them; metadata is every object's. What has another type is named
 * a fault, and is absent to expressions, so that no wrong type passes for a right value. A law of the catalog compares the two.
 */
export const OBJECT_SHAPES: { readonly [groupAndKind: string]: Shape } = {
  ...CONFIGURATIONS,
  'cilium.io/CiliumClusterwideNetworkPolicy': CILIUM_POLICY,
  'cilium.io/CiliumNetworkPolicy': CILIUM_POLICY,
  'crd.projectcalico.org/GlobalNetworkPolicy': CALICO_POLICY,
  'crd.projectcalico.org/NetworkPolicy': CALICO_POLICY,
  'projectcalico.org/GlobalNetworkPolicy': CALICO_POLICY,
  'projectcalico.org/NetworkPolicy': CALICO_POLICY,
  'policy.networking.k8s.io/AdminNetworkPolicy': CLUSTER_POLICY,
  'policy.networking.k8s.io/ClusterNetworkPolicy': CLUSTER_POLICY,
  'extensions/NetworkPolicy': NETWORK_POLICY,
  'networking.k8s.io/NetworkPolicy': NETWORK_POLICY,
  'rbac.authorization.k8s.io/ClusterRole': fields({ kind: 'string', rules: RULES, aggregationRule: fields({ clusterRoleSelectors: listOf(SELECTOR) }) }),
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
  'rbac.authorization.k8s.io/Role': fields({ kind: 'string', rules: RULES }),
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
  '/ConfigMap': fields({ data: mapOf('string'), binaryData: mapOf('string') }),
  'apps/DaemonSet': fields({ spec: fields({ ...WORKLOAD, updateStrategy: STRATEGY }) }),
  'apps/Deployment': fields({ spec: fields({ ...WORKLOAD, strategy: STRATEGY }) }),
  'apps/ReplicaSet': fields({ spec: fields(WORKLOAD) }),
  'apps/StatefulSet': fields({ spec: fields({ ...WORKLOAD, serviceName: 'string', updateStrategy: STRATEGY }) }),
  'autoscaling/HorizontalPodAutoscaler': fields({ spec: fields({ minReplicas: 'integer', maxReplicas: 'integer', scaleTargetRef: fields({ apiVersion: 'string', kind: 'string', name: 'string' }) }) }),
  'batch/CronJob': fields({ spec: fields({ concurrencyPolicy: 'string', startingDeadlineSeconds: 'integer', jobTemplate: fields({ spec: JOB }) }) }),
  'batch/Job': fields({ spec: JOB }),
  'policy/PodDisruptionBudget': fields({ spec: fields({ maxUnavailable: 'integer or string', minAvailable: 'integer or string', selector: SELECTOR, unhealthyPodEvictionPolicy: 'string' }) }),
  '/LimitRange': fields({ spec: fields({ limits: listOf(fields({ type: 'string', max: mapOf('anything'), min: mapOf('anything') })) }) }),
  '/Namespace': fields({}),
  '/ServiceAccount': fields({ automountServiceAccountToken: 'boolean' }),
  '/Endpoints': fields({ subsets: listOf(fields({ addresses: listOf(fields({ ip: 'string' })), notReadyAddresses: listOf(fields({ ip: 'string' })) })) }),
  '/Service': fields({
    spec: fields({
      type: 'string', externalIPs: listOf('string'), externalName: 'string', loadBalancerSourceRanges: listOf('string'), selector: mapOf('string'),
      ports: listOf(fields({ name: 'string', port: 'integer', protocol: 'string' })),
    }),
  }),
  '/Secret': fields({ data: mapOf('string'), stringData: mapOf('string'), type: 'string' }),
  'extensions/Ingress': INGRESS,
  'networking.k8s.io/Ingress': INGRESS,
  'gateway.networking.k8s.io/Gateway': fields({
    spec: fields({
      listeners: listOf(fields({
        name: 'string', hostname: 'string', port: 'integer', protocol: 'string',
        allowedRoutes: fields({ namespaces: fields({ from: 'string', selector: fields({ matchLabels: mapOf('string'), matchExpressions: listOf('anything') }) }) }),
      })),
    }),
  }),
  'gateway.networking.k8s.io/HTTPRoute': ROUTE,
  'gateway.networking.k8s.io/GRPCRoute': ROUTE,
  'gateway.networking.k8s.io/TLSRoute': ROUTE,
  'gateway.networking.k8s.io/ReferenceGrant': fields({ spec: fields({ to: listOf(fields({ group: 'string', kind: 'string', name: 'string' })) }) }),
  '/PersistentVolume': fields({ spec: fields({ hostPath: mapOf('anything'), local: fields({ path: 'string' }) }) }),
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': fields({ spec: fields({ failurePolicy: 'string' }) }),
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': fields({ spec: fields({ failurePolicy: 'string' }) }),
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': fields({ spec: fields({ validationActions: listOf('string') }) }),
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': WEBHOOKS,
  'apiextensions.k8s.io/CustomResourceDefinition': fields({
    spec: fields({ preserveUnknownFields: 'boolean', conversion: fields({ strategy: 'string', webhook: fields({ clientConfig: CLIENT }), webhookClientConfig: CLIENT }) }),
  }),
  'apiregistration.k8s.io/APIService': fields({ spec: fields({ insecureSkipTLSVerify: 'boolean' }) }),
  'storage.k8s.io/StorageClass': fields({ provisioner: 'string', parameters: mapOf('string') }),
  'discovery.k8s.io/EndpointSlice': fields({ endpoints: listOf(fields({ addresses: listOf('string') })) }),
};
