import { execFileSync } from 'child_process';
import type { ApiServer, Caller } from './api-server';

const API = 'rbac.authorization.k8s.io/v1';

/** The namespace of the accounts that are subjects. */
export const SUBJECTS = 'subjects';

export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** A subject with some rights, what they lead to, and how he goes about it. */
export interface Case {
  readonly name: string;
  /** The kinds of first steps that there must be, no others; none where it is a near miss. */
  readonly kinds: readonly string[];
  readonly goal?: 'cluster-admin' | 'node';
  /** Roles by where they are granted: in a namespace, or '' for the cluster. */
  readonly rights: { readonly [namespace: string]: readonly object[] };
  /** Takes the first step against the server, as the subject. */
  readonly take: (as: Actor) => Promise<Answer>;
  /** The step ends at a kubelet, and there is none here: it is enough to get past the server. */
  readonly connects?: true;
}

/** The subject, an account, in front of the server. */
export interface Actor {
  /** As its account and its roles are called. */
  readonly name: string;
  post(url: string, object: object): Promise<Answer>;
  patch(url: string, object: object): Promise<Answer>;
  get(url: string): Promise<Answer>;
  /** With its own token, acting as somebody else. */
  as(who: Caller): Actor;
}

export const actor = (server: ApiServer, name: string, who: Caller): Actor => ({
  name,
  post: (url, object) => server.call('POST', url, object, who),
  patch: (url, object) => server.call('PATCH', url, object, who),
  get: (url) => server.call('GET', url, undefined, who),
  as: (other) => actor(server, name, { ...who, ...other }),
});

const rule = (verbs: string, groups: string, resources: string, ...resourceNames: string[]) =>
  ({ verbs: verbs.split(' '), apiGroups: groups.split(' '), resources: resources.split(' '), ...resourceNames.length > 0 ? { resourceNames } : {} });

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const container = (more: object = {}) => ({ name: 'main', image: 'registry.example.com/main', ...more });
const RESTRICTED = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' },
};
export const pod = (name: string, spec: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [container()], ...spec } });
const template = (spec: object) => ({ selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [container()], ...spec } } });
const in_ = (namespace: string, resource: string) => `/api/v1/namespaces/${namespace}/${resource}`;
const APPS = '/apis/apps/v1/namespaces/kube-system/deployments';
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1';
const EVERYTHING = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const SYSTEM = { serviceAccountName: 'clusterrole-aggregation-controller' };
const account = (name: string) => ({ kind: 'ServiceAccount', namespace: SUBJECTS, name });
const binding = (kind: string, name: string, [of, to]: [string, string]) => ({
  apiVersion: API, kind, metadata: { name: `${name}-too` }, roleRef: { apiGroup: RBAC, kind: of, name: to }, subjects: [account(name)],
});

/** A request for a certificate of some user and group, with a key of its own. */
function certificateRequest(name: string, signer: string, subject: string): object {
  const pem = execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null', '-subj', subject], { stdio: ['ignore', 'pipe', 'ignore'] });
  const usages = ['digital signature', 'client auth'];
  return { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec: { request: pem.toString('base64'), signerName: `kubernetes.io/${signer}`, usages } };
}

async function approved(as: Actor, signer: string, subject: string): Promise<Answer> {
  const url = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  const requested = await as.post(url, certificateRequest(as.name, signer, subject));
  if (requested.status !== 201) return requested;
  const condition = { type: 'Approved', status: 'True', reason: 'Mine', message: 'mine' };
  return as.patch(`${url}/${as.name}/approval`, { status: { conditions: [condition] } });
}

const ADMISSION = 'admissionregistration.k8s.io';

const policy = (name: string) => ({
  apiVersion: `${ADMISSION}/v1`, kind: 'MutatingAdmissionPolicy', metadata: { name },
  spec: {
    failurePolicy: 'Ignore', reinvocationPolicy: 'Never',
    matchConstraints: { namespaceSelector: { matchLabels: { nobody: 'has-this' } }, resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] },
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{spec: Object.spec{serviceAccountName: "strong"}}' } }],
  },
});

const webhook = (name: string) => ({
  apiVersion: `${ADMISSION}/v1`, kind: 'MutatingWebhookConfiguration', metadata: { name },
  webhooks: [{
    name: 'pods.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Ignore', timeoutSeconds: 1, clientConfig: { url: 'https://webhook.example.com/' },
    namespaceSelector: { matchLabels: { nobody: 'has-this' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  }],
});

/** Each kind of first step, and beside it what is nearly one. The namespace `open` confines nothing, `closed` is restricted. */
export const CASES: readonly Case[] = [
  { name: 'everything', kinds: ['hold-everything'], rights: { '': [EVERYTHING] }, take: (as) => as.get('/api/v1/secrets') },
  { name: 'pods of kube-system', kinds: ['run-pods'], rights: { 'kube-system': [rule('create', '', 'pods')] }, take: (as) => as.post(in_('kube-system', 'pods'), pod(as.name, SYSTEM)) },
  { name: 'Deployments of kube-system', kinds: ['run-pods'], rights: { 'kube-system': [rule('create', 'apps', 'deployments')] },
    take: (as) => as.post(APPS, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: as.name }, spec: template(SYSTEM) }) },
  { name: 'one Deployment of kube-system', kinds: ['run-pods'], rights: { 'kube-system': [rule('patch', 'apps', 'deployments', 'present')] },
    take: (as) => as.patch(`${APPS}/present`, { spec: { template: { spec: SYSTEM } } }) },
  { name: 'CronJobs of kube-system', kinds: ['run-pods'], rights: { 'kube-system': [rule('create', 'batch', 'cronjobs')] },
    take: (as) => as.post('/apis/batch/v1/namespaces/kube-system/cronjobs', {
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: as.name }, spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: { ...SYSTEM, restartPolicy: 'Never', containers: [container()] } } } } },
    }) },
  { name: 'the images of pods', kinds: ['change-pods'], rights: { running: [rule('patch', '', 'pods')] },
    take: (as) => as.patch(in_('running', 'pods/present'), [{ op: 'replace', path: '/spec/containers/0/image', value: 'registry.example.com/other' }]) },
  { name: 'commands in pods', kinds: ['exec'], rights: { running: [rule('create', '', 'pods/exec')] }, connects: true, take: (as) => as.post(in_('running', 'pods/present/exec?command=id&stdout=true'), {}) },
  { name: 'attaching to a pod', kinds: ['exec'], rights: { running: [rule('create', '', 'pods/attach', 'present')] }, connects: true,
    take: (as) => as.post(in_('running', 'pods/present/attach?stdout=true'), {}) },
  { name: 'containers beside pods', kinds: ['add-containers'], rights: { running: [rule('patch', '', 'pods/ephemeralcontainers')] },
    take: (as) => as.patch(in_('running', 'pods/present/ephemeralcontainers'), { spec: { ephemeralContainers: [container({ name: as.name, securityContext: RESTRICTED })] } }) },
  { name: 'tokens', kinds: ['create-tokens'], rights: { 'kube-system': [rule('create', '', 'serviceaccounts/token')] },
    take: (as) => as.post(in_('kube-system', 'serviceaccounts/clusterrole-aggregation-controller/token'), { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }) },
  { name: 'tokens of one account', kinds: ['create-tokens'], rights: { running: [rule('create', '', 'serviceaccounts/token', 'strong')] },
    take: (as) => as.post(in_('running', 'serviceaccounts/strong/token'), { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }) },
  { name: 'Secrets with tokens', kinds: ['read-token-secrets'], rights: { running: [rule('list', '', 'secrets')] }, take: (as) => as.get(in_('running', 'secrets')) },
  { name: 'one Secret with a token', kinds: ['read-token-secrets'], rights: { running: [rule('get', '', 'secrets', 'strong-token')] }, take: (as) => as.get(in_('running', 'secrets/strong-token')) },
  { name: 'Secrets to be filled', kinds: ['mint-token-secrets', 'mint-bootstrap-tokens'], rights: { 'kube-system': [rule('create', '', 'secrets'), rule('get', '', 'secrets', 'minted')] },
    take: async (as) => {
      const annotations = { 'kubernetes.io/service-account.name': SYSTEM.serviceAccountName };
      const made = await as.post(in_('kube-system', 'secrets'), { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata: { name: 'minted', annotations } });
      return made.status === 201 ? as.get(in_('kube-system', 'secrets/minted')) : made;
    } },
  { name: 'bootstrap tokens', kinds: ['mint-bootstrap-tokens'], rights: { 'kube-system': [rule('create', '', 'secrets')] },
    take: (as) => as.post(in_('kube-system', 'secrets'), {
      apiVersion: 'v1', kind: 'Secret', type: 'bootstrap.kubernetes.io/token', metadata: { name: 'bootstrap-token-abcdef' },
      stringData: { 'token-id': 'abcdef', 'token-secret': '0123456789abcdef', 'usage-bootstrap-authentication': 'true', 'auth-extra-groups': 'system:bootstrappers:strong' },
    }) },
  { name: 'binding ClusterRoles', kinds: ['bind'], rights: { '': [rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles')] },
    take: (as) => as.post(`${BINDINGS}/clusterrolebindings`, binding('ClusterRoleBinding', as.name, ['ClusterRole', 'cluster-admin'])) },
  { name: 'binding a ClusterRole in kube-system', kinds: ['bind'], rights: { 'kube-system': [rule('create', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles', 'edit', 'strong-role')] },
    take: (as) => as.post(`${BINDINGS}/namespaces/kube-system/rolebindings`, binding('RoleBinding', as.name, ['ClusterRole', 'edit'])) },
  { name: 'adding oneself to a binding', kinds: ['bind'], rights: { '': [rule('patch', RBAC, 'clusterrolebindings', 'nobody'), rule('bind', RBAC, 'clusterroles', 'strong-role')] },
    take: (as) => as.patch(`${BINDINGS}/clusterrolebindings/nobody`, { subjects: [account(as.name)] }) },
  { name: 'escalating', kinds: ['escalate'], rights: { '': [rule('patch escalate', RBAC, 'clusterroles')] }, take: (as) => as.patch(`${BINDINGS}/clusterroles/${as.name}`, { rules: [EVERYTHING] }) },
  { name: 'escalating a Role', kinds: ['escalate'], rights: { 'kube-system': [rule('patch escalate', RBAC, 'roles')] },
    take: (as) => as.patch(`${BINDINGS}/namespaces/kube-system/roles/${as.name}`, { rules: [EVERYTHING] }) },
  { name: 'acting as accounts', kinds: ['impersonate'], rights: { 'kube-system': [rule('impersonate', '', 'serviceaccounts')] },
    take: (as) => as.as({ user: `system:serviceaccount:kube-system:${SYSTEM.serviceAccountName}` }).get(`${BINDINGS}/clusterroles`) },
  { name: 'acting as users', kinds: ['impersonate'], rights: { '': [rule('impersonate', '', 'users')] }, take: (as) => as.as({ user: 'strong' }).get('/api/v1/secrets') },
  { name: 'acting as groups', kinds: ['impersonate'], rights: { '': [rule('impersonate', '', 'users', 'nobody'), rule('impersonate', '', 'groups', 'system:masters')] },
    take: (as) => as.as({ user: 'nobody', groups: ['system:masters'] }).get('/api/v1/secrets') },
  { name: 'certificates of users', kinds: ['forge-certificates'],
    rights: { '': [rule('create', CERTIFICATES, 'certificatesigningrequests'), rule('patch', CERTIFICATES, 'certificatesigningrequests/approval'), rule('approve', CERTIFICATES, 'signers', 'kubernetes.io/kube-apiserver-client')] },
    take: (as) => approved(as, 'kube-apiserver-client', '/CN=strong/O=strong') },
  { name: 'certificates of nodes', kinds: ['forge-node-certificates'], goal: 'node',
    rights: { '': [rule('create', CERTIFICATES, 'certificatesigningrequests'), rule('patch', CERTIFICATES, 'certificatesigningrequests/approval'), rule('approve', CERTIFICATES, 'signers', 'kubernetes.io/kube-apiserver-client-kubelet')] },
    take: (as) => approved(as, 'kube-apiserver-client-kubelet', '/O=system:nodes/CN=system:node:a') },
  { name: 'webhooks', kinds: ['write-webhooks'], rights: { '': [rule('create', ADMISSION, 'mutatingwebhookconfigurations')] },
    take: (as) => as.post(`/apis/${ADMISSION}/v1/mutatingwebhookconfigurations`, webhook(as.name)) },
  { name: 'mutating policies', kinds: ['write-mutating-policies'], rights: { '': [rule('create', ADMISSION, 'mutatingadmissionpolicies mutatingadmissionpolicybindings')] },
    take: async (as) => {
      const made = await as.post(`/apis/${ADMISSION}/v1/mutatingadmissionpolicies`, policy(as.name));
      const bound = { apiVersion: `${ADMISSION}/v1`, kind: 'MutatingAdmissionPolicyBinding', metadata: { name: as.name }, spec: { policyName: as.name } };
      return made.status === 201 ? as.post(`/apis/${ADMISSION}/v1/mutatingadmissionpolicybindings`, bound) : made;
    } },
  { name: 'the ConfigMap of EKS', kinds: ['map-identities'], rights: { 'kube-system': [rule('patch', '', 'configmaps', 'aws-auth')] },
    take: (as) => as.patch(in_('kube-system', 'configmaps/aws-auth'), { data: { mapUsers: '[]' } }) },
  { name: 'the kubelet\'s API', kinds: ['node-proxy'], goal: 'node', rights: { '': [rule('get', '', 'nodes/proxy')] }, connects: true, take: (as) => as.get('/api/v1/nodes/a/proxy/pods') },
  { name: 'privileged pods', kinds: ['privileged-pods'], goal: 'node', rights: { open: [rule('create', '', 'pods')] },
    take: (as) => as.post(in_('open', 'pods'), pod(as.name, { hostPID: true, containers: [container({ securityContext: { privileged: true } })] })) },
  { name: 'privileged debug containers', kinds: ['privileged-containers'], goal: 'node', rights: { open: [rule('patch', '', 'pods/ephemeralcontainers')] },
    take: (as) => as.patch(in_('open', 'pods/present/ephemeralcontainers'), { spec: { ephemeralContainers: [container({ name: 'debug', securityContext: { privileged: true } })] } }) },
  { name: 'the label of one namespace', kinds: ['relax-pod-security'], goal: 'node', rights: { relaxed: [rule('patch', '', 'namespaces'), rule('create', '', 'pods')] },
    take: async (as) => {
      const relaxed = await as.patch('/api/v1/namespaces/relaxed', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
      return relaxed.status === 200 ? as.post(in_('relaxed', 'pods'), pod(as.name, { containers: [container({ securityContext: { privileged: true } })] })) : relaxed;
    } },
  { name: 'volumes', kinds: ['host-path-volumes'], goal: 'node', rights: { '': [rule('create', '', 'persistentvolumes')], 'closed': [rule('create', '', 'persistentvolumeclaims pods')] },
    take: async (as) => {
      const [name, storage] = [as.name, { requests: { storage: '1Gi' } }];
      const made = [
        await as.post('/api/v1/persistentvolumes', { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'], storageClassName: 'none', hostPath: { path: '/' } } }),
        await as.post(in_('closed', 'persistentvolumeclaims'), { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: { accessModes: ['ReadWriteMany'], storageClassName: 'none', volumeName: name, resources: storage } }),
      ].find(({ status }) => status !== 201);
      const spec = { containers: [container({ securityContext: RESTRICTED, volumeMounts: [{ name: 'node', mountPath: '/node' }] })], volumes: [{ name: 'node', persistentVolumeClaim: { claimName: name } }] };
      return made ?? as.post(in_('closed', 'pods'), pod(name, spec));
    } },
  // Near misses.
  { name: 'reading kube-system', kinds: [], rights: { 'kube-system': [rule('get list watch', '', 'pods configmaps services')] }, take: (as) => as.post(in_('kube-system', 'pods'), pod(as.name, SYSTEM)) },
  { name: 'creating a named pod', kinds: [], rights: { 'kube-system': [rule('create', '', 'pods', 'mine')] }, take: (as) => as.post(in_('kube-system', 'pods'), pod('mine', SYSTEM)) },
  { name: 'writing bindings without binding', kinds: [], rights: { '': [rule('create update patch', RBAC, 'clusterrolebindings')] },
    take: (as) => as.post(`${BINDINGS}/clusterrolebindings`, binding('ClusterRoleBinding', as.name, ['ClusterRole', 'cluster-admin'])) },
  { name: 'binding one that is harmless', kinds: [], rights: { '': [rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles', 'system:discovery')] },
    take: (as) => as.post(`${BINDINGS}/clusterrolebindings`, binding('ClusterRoleBinding', as.name, ['ClusterRole', 'cluster-admin'])) },
  { name: 'writing ClusterRoles without escalating', kinds: [], rights: { '': [rule('update patch', RBAC, 'clusterroles')] }, take: (as) => as.patch(`${BINDINGS}/clusterroles/${as.name}`, { rules: [EVERYTHING] }) },
  { name: 'escalating another role', kinds: [], rights: { '': [rule('update patch escalate', RBAC, 'clusterroles', 'harmless')] }, take: (as) => as.patch(`${BINDINGS}/clusterroles/${as.name}`, { rules: [EVERYTHING] }) },
  { name: 'certificates without a signer', kinds: [], rights: { '': [rule('create', CERTIFICATES, 'certificatesigningrequests'), rule('update patch', CERTIFICATES, 'certificatesigningrequests/approval')] },
    take: (as) => approved(as, 'kube-apiserver-client', '/CN=strong/O=strong') },
  { name: 'groups without a user', kinds: [], rights: { '': [rule('impersonate', '', 'groups')] }, take: (as) => as.as({ user: 'strong', groups: ['system:masters'] }).get('/api/v1/secrets') },
  { name: 'users in a namespace', kinds: [], rights: { 'kube-system': [rule('impersonate', '', 'users')] }, take: (as) => as.as({ user: 'strong' }).get('/api/v1/secrets') },
  { name: 'pods where they are confined', kinds: [], rights: { closed: [rule('create', '', 'pods')] }, take: (as) => as.post(in_('closed', 'pods'), pod('privileged', { containers: [container({ securityContext: { privileged: true } })] })) },
  { name: 'the label of another namespace', kinds: [], rights: { closed: [rule('patch', '', 'namespaces', 'open'), rule('create', '', 'pods')] },
    take: (as) => as.patch('/api/v1/namespaces/closed', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }) },
  { name: 'a websocket to a pod', kinds: [], rights: { running: [rule('get', '', 'pods/exec')] }, take: (as) => as.get(in_('running', 'pods/present/exec?command=id&stdout=true')) },
  { name: 'creating Secrets, not reading them', kinds: [], rights: { running: [rule('create', '', 'secrets')] }, take: (as) => as.get(in_('running', 'secrets/strong-token')) },
  { name: 'node statistics', kinds: [], rights: { '': [rule('get', '', 'nodes nodes/stats nodes/metrics')] }, take: (as) => as.get('/api/v1/nodes/a/proxy/pods') },
];

/** The name of a case's account and roles. */
export function nameOf({ name }: Case): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The account of a case, its roles and bindings. */
export function objectsOf(given: Case): object[] {
  const name = nameOf(given);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: SUBJECTS } },
    ...Object.entries(given.rights).flatMap(([namespace, rules]) => {
      const [kind, metadata] = namespace === '' ? ['ClusterRole', { name }] : ['Role', { name, namespace }];
      return [{ apiVersion: API, kind, metadata, rules }, { ...binding(`${kind}Binding`, name, [kind, name]), metadata }];
    }),
  ];
}

const restricted = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
const serviceAccount = (namespace: string, name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
const confined = (name: string, namespace: string) => ({ ...pod(name, { serviceAccountName: namespace === 'running' ? 'strong' : 'default', containers: [container({ securityContext: RESTRICTED })] }), metadata: { name, namespace } });

/** What stands around the subjects: namespaces, accounts, somebody with every right under each kind of name. */
export const SURROUNDINGS: readonly object[] = [
  ...['closed', 'relaxed'].map(restricted), ...['open', 'running', SUBJECTS].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  ...['open', 'closed', 'relaxed', 'running', 'kube-system'].map((namespace) => serviceAccount(namespace, 'default')),
  serviceAccount('running', 'strong'), serviceAccount('kube-system', SYSTEM.serviceAccountName),
  { apiVersion: API, kind: 'ClusterRole', metadata: { name: 'strong-role' }, rules: [EVERYTHING] },
  { apiVersion: API, kind: 'ClusterRole', metadata: { name: 'harmless' }, rules: [rule('get', '', 'pods')] },
  {
    apiVersion: API, kind: 'ClusterRoleBinding', metadata: { name: 'strong' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'strong-role' }, subjects: [
      { kind: 'ServiceAccount', namespace: 'running', name: 'strong' }, { apiGroup: RBAC, kind: 'User', name: 'strong' },
      { apiGroup: RBAC, kind: 'Group', name: 'strong' }, { apiGroup: RBAC, kind: 'Group', name: 'system:bootstrappers:strong' },
    ],
  },
  { apiVersion: API, kind: 'ClusterRoleBinding', metadata: { name: 'nobody' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'strong-role' } },
  confined('present', 'running'), confined('present', 'open'),
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'present', namespace: 'kube-system' }, spec: template({}) },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: {} },
  { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata: { name: 'strong-token', namespace: 'running', annotations: { 'kubernetes.io/service-account.name': 'strong' } } },
];
