import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AwsPermission, Cloud, Cni, DefaultDenyNetwork, HardenedNamespace, Peer, Platform, PlatformProps, Port, Rule, ScopedRole, SecureCronJob, SecureDaemonSet,
  SecureDeployment, SecureDeploymentProps, SecureJob, SecureStatefulSet, ServiceMesh, Subject, WorkloadIdentity, WorkloadIdentityProps,
} from 'cdk8s-hardened';

/** What a user types wrong, room by room, and the whole answer. The rooms' own tests have more of each. */

const DIGEST = '@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03';
const IMAGE = `registry.example.com/web:1.4${DIGEST}`;
const TOKEN = '${TfToken[TOKEN.7]}';
const AWS = { account: '123456789012', region: 'us-west-2', cluster: 'main', oidcIssuer: 'https://oidc.example.com/id/A' };

function namespace(facts: PlatformProps = {}): HardenedNamespace {
  const app = new App();
  new Platform(app, 'cluster', { registries: ['registry.example.com/'], cloud: Cloud.aws(AWS), ...facts });
  return new HardenedNamespace(app, 'shop', { owner: 'team-shop' });
}
const web = (props: SecureDeploymentProps = {}, scope = namespace()) => new SecureDeployment(scope, 'web', { containers: [{ image: IMAGE, portNumber: 8080 }], ...props });
const image = (name: string) => web({ containers: [{ image: name, portNumber: 8080 }] });
const container = (props: Partial<kplus.ContainerProps>) => web({ containers: [{ image: IMAGE, portNumber: 8080, ...props }] });
const role = (rules: Rule[], subjects: Subject[] = [Subject.group('developers')]) => new ScopedRole(namespace(), 'reader', { rules, subjects });
const identity = (props: Partial<WorkloadIdentityProps>, facts: PlatformProps = {}) => {
  const scope = namespace(facts);
  return new WorkloadIdentity(scope, 'reports', { workloads: [web({}, scope)], permissions: [AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/*'])], ...props });
};
const may = (actions: string[], resources: string[]) => identity({ permissions: [AwsPermission.allow(actions, resources)] });
const flow = (from: Peer, to: Peer, ports?: Port[]) => namespace().network.allow(from, to, ports);

const CASES: Array<[what: string, build: () => unknown, message: string]> = [
  ['a version that is none', () => namespace({ kubernetesVersion: 'latest' }), 'cluster: kubernetesVersion "latest" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
  ['a registry that others can extend', () => namespace({ registries: ['ghcr.io/acme'] }), 'cluster: registry "ghcr.io/acme" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"'],
  ['a short AWS account', () => Cloud.aws({ ...AWS, account: '1234' }), 'Cloud.aws: account "1234" is not valid; give the twelve digits of the account'],
  ['an issuer without https', () => Cloud.aws({ ...AWS, oidcIssuer: 'oidc.example.com/id/A' }), 'Cloud.aws: oidcIssuer "oidc.example.com/id/A" is not valid; give the issuer with "https://" and without a trailing slash, as "aws eks describe-cluster" prints it'],
  ['a Platform after what it is for', () => {
    const app = new App();
    new HardenedNamespace(app, 'shop', { owner: 'me' });
    new Platform(app, 'late');
  }, 'late: "shop" was built before it and without its facts; create the Platform before the constructs it is for'],
  ['two Platforms in one scope', () => new Platform(namespace().node.root as App, 'second'), 'second: its scope has a Platform already, "cluster"; state all facts in one, or put this one into the scope of the constructs it is for'],

  ['a namespace that is no DNS label', () => new HardenedNamespace(new App(), 'My Shop', { owner: 'me' }), 'My Shop: namespace "My Shop" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
  ['a namespace of Kubernetes\' own', () => new HardenedNamespace(new App(), 'kube-system', { owner: 'me' }), 'kube-system: namespace "kube-system" is one of Kubernetes\' own; give the workloads a namespace of their own'],
  ['a namespace that only Terraform knows', () => new HardenedNamespace(new App(), 'shop', { owner: 'me', namespaceName: TOKEN }), 'shop: namespace "${TfToken[TOKEN.7]}" is a Terraform token, which no manifest can resolve; give the value itself; names and ARNs can be computed on both sides from the same inputs'],
  ['a namespace within another', () => new HardenedNamespace(namespace(), 'inner', { owner: 'me' }), 'shop/inner: it stands within the namespace "shop", and namespaces do not nest; build it in the scope around that one'],
  ['a namespace of nobody', () => new HardenedNamespace(new App(), 'shop', { owner: '' }), 'shop: owner "" is empty; name the team that answers for this namespace'],
  ['an owner that is no label', () => new HardenedNamespace(new App(), 'shop', { owner: 'Team Shop' }), 'shop: owner "Team Shop" is not valid; use letters, digits, "-", "_" and ".", at most 63, starting and ending with a letter or digit'],
  ['a quota of no pods', () => new HardenedNamespace(new App(), 'shop', { owner: 'me', quota: { pods: 0 } }), 'shop: quota.pods 0 is not valid; give a whole number from 1'],
  ['limits below the requests', () => new HardenedNamespace(new App(), 'shop', { owner: 'me', limits: { min: { memory: Size.gibibytes(2) }, max: { memory: Size.gibibytes(1) } } }), 'shop: limits.min.memory 2Gi is more than limits.max.memory 1Gi; give amounts that rise from min to defaultRequest, defaultLimit and max'],
  ['a mesh whose pods cannot be admitted', () => namespace({ mesh: ServiceMesh.istio({ cniPlugin: false }) }), 'shop: the mesh "istio" adds a container with NET_ADMIN to every pod, which Pod Security refuses here; use the CNI plugin of Istio or its ambient mode, and say so in Platform.mesh'],

  ['an image without a digest', () => image('registry.example.com/web:1.4'), 'shop/web: container "main": image "registry.example.com/web:1.4" has no digest, so what runs can change under its name; write "registry.example.com/web:1.4@sha256:<digest>"; "docker buildx imagetools inspect" prints the digest'],
  ['an image without a registry', () => image(`nginx:1.27${DIGEST}`), `shop/web: container "main": image "nginx:1.27${DIGEST}" does not say its registry, so each node's configuration decides; write "docker.io/library/nginx:1.27@sha256:<digest>" if that is the one`],
  ['an image from an unknown registry', () => image(`docker.io/library/nginx:1.27${DIGEST}`), `shop/web: container "main": image "docker.io/library/nginx:1.27${DIGEST}" is from a registry that the Platform does not allow; take it from registry.example.com/, or add its registry to the Platform's registries`],
  ['an image with the tag latest', () => image(`registry.example.com/web:latest${DIGEST}`), `shop/web: container "main": image "registry.example.com/web:latest${DIGEST}" has the tag "latest"; name a version, which people and update tools can read`],
  ['an image whose digest is cut', () => image('registry.example.com/web:1.4@sha256:5891'), 'shop/web: container "main": image "registry.example.com/web:1.4@sha256:5891" has the digest "sha256:5891", which is none; write "@sha256:" and 64 hexadecimal digits in lower case'],
  ['an image that only Terraform knows', () => image(TOKEN), 'shop/web: container "main": image "${TfToken[TOKEN.7]}" holds a Terraform token, which no manifest can resolve; give the name itself'],
  ['no image', () => image(''), 'shop/web: container "main": image is ""; write "registry/path:tag@sha256:<digest>"'],
  ['an image that the environment did not have', () => image(process.env.NO_SUCH_VARIABLE!), 'shop/web: container "main": image is undefined; write "registry/path:tag@sha256:<digest>"'],
  ['half a replica', () => web({ replicas: 1.5 }), 'shop/web: replicas 1.5 is not valid; give a whole number from 0'],
  ['a token without an expiry', () => web({ automountServiceAccountToken: true }), 'shop/web: `automountServiceAccountToken: true` mounts a token that nobody asked for by name; give `apiAccess: {}` instead, whose audience and expiry one can choose'],
  ['an owner that the environment did not have', () => new HardenedNamespace(new App(), 'shop', { owner: process.env.NO_SUCH_VARIABLE! }), 'shop: owner undefined is empty; name the team that answers for this namespace'],
  ['an account as a number', () => Cloud.aws({ ...AWS, account: 123456789012 as never }), 'Cloud.aws: account 123456789012 is not valid; give the twelve digits of the account'],
  ['a version as a number', () => namespace({ kubernetesVersion: 1.31 as never }), 'cluster: kubernetesVersion 1.31 is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
  ['uid 0', () => web({ runAsUser: 0 }), 'shop/web: runAsUser 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001'],
  ['a uid below zero', () => web({ runAsUser: -1 }), 'shop/web: runAsUser -1 is no id; give a whole number above 0'],
  ['a broken uid', () => web({ runAsUser: 1.5 }), 'shop/web: runAsUser 1.5 is no id; give a whole number above 0'],
  ['root, by cdk8s-plus\' own prop', () => web({ securityContext: { user: 0 } }), 'shop/web: user 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001'],
  ['a container as root', () => container({ securityContext: { user: 0 } }), 'shop/web: container "main": user 0 is root, and the pod must not run as root; give the id that the image\'s files belong to, such as 10001'],
  ['a port that only root may take', () => container({ portNumber: 80 }), 'shop/web: container "main": port 80 is below 1024, which not every runtime lets a process without capabilities listen on; listen on a higher one and let the Service map it (`port: 80, targetPort: 8080`), or add the capability NET_BIND_SERVICE'],
  ['a port beyond the last', () => container({ portNumber: 70_000 }), 'shop/web: container "main": port 70000 is no port; give a whole number from 1 to 65535'],
  ['a port of the node', () => container({ portNumber: undefined, ports: [{ number: 8080, hostPort: 8080 }] }), 'shop/web: container "main": hostPort 8080 opens the node, past every NetworkPolicy; expose the workload with a Service'],
  ['two containers of one name', () => web({ containers: [{ image: IMAGE, portNumber: 8080 }, { image: IMAGE, portNumber: 9090 }] }), 'shop/web: several containers are called "main"; give each a `name` of its own'],
  ['a container\'s name that is no label', () => container({ name: 'My App' }), 'shop/web: container "My App": container "My App" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
  ['a writable path that is relative', () => web({ writable: ['var/cache'] }), 'shop/web: writable path "var/cache" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end'],
  ['the whole root writable', () => web({ writable: ['/'] }), 'shop/web: writable path "/" is not valid; give an absolute path below the root, without ":", ".." and a "/" at its end'],
  ['a token for seconds', () => web({ apiAccess: { expiry: Duration.seconds(30) } }, namespace({ apiServer: { cidrs: ['10.0.0.1/32'] } })), 'shop/web: apiAccess.expiry of 30 s is too short; the API server grants no token for less than 10 minutes'],
  ['API access without knowing where the API is', () => web({ apiAccess: {} }), 'shop/web: apiAccess needs the way to the API server, whose address is not stated; state `apiServer: { cidrs: [...] }` in the Platform'],
  ['two workloads of one name', () => {
    const scope = namespace();
    web({}, scope);
    new SecureDaemonSet(scope, 'other', { metadata: { name: 'web' }, containers: [{ image: IMAGE, portNumber: 8080 }] });
  }, 'shop/other: it is called "web", as "shop/web" is, so each would select the other\'s pods; give one another id, or another metadata.name'],
  ['a DaemonSet on Fargate', () => new SecureDaemonSet(namespace({ nodes: { capacity: 'fargate' as never } }), 'agent', { containers: [{ image: IMAGE }] }), 'shop/agent: EKS on Fargate runs no DaemonSets, and its pods would wait for ever; run it as a sidecar of the workloads that need it'],
  ['a StatefulSet whose claim has no size', () => new SecureStatefulSet(namespace(), 'db', { containers: [{ image: IMAGE, portNumber: 5432 }], volumeClaims: [{ name: 'data', mountPath: '/data', size: Size.gibibytes(0) }] }), 'shop/db: volume claim "data": size is 0; give a size, such as Size.gibibytes(10)'],
  ['a Job that never ends', () => new SecureJob(namespace(), 'once', { containers: [{ image: IMAGE }], restartPolicy: kplus.RestartPolicy.ALWAYS }), 'shop/once: restartPolicy Always is not for this kind of workload; give ON_FAILURE or NEVER'],
  ['a CronJob with a name too long for its pods', () => new SecureCronJob(namespace(), 'nightly', { metadata: { name: 'n'.repeat(60) }, schedule: { expressionString: '0 3 * * *' } as never, containers: [{ image: IMAGE }] }), 'shop/nightly: name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" has 60 characters; use at most 52, since labels and names of pods are made from it'],

  ['a network on a plugin that enforces nothing', () => namespace({ cni: Cni.flannel() }), 'shop/Network: the CNI "flannel" enforces no NetworkPolicies, so they would deny nothing; switch its policy engine on, or use a CNI that enforces them, and say so in Platform.cni'],
  ['a network in no namespace', () => new DefaultDenyNetwork(new Chart(new App(), 'loose'), 'network'), 'loose/network: its chart has no namespace; build it beneath a HardenedNamespace, or in a Chart with the prop namespace'],
  ['a peer without ports', () => flow(Peer.pods({ app: 'web' }), Peer.internet()), 'shop/Network: the flow to Peer.internet() has no ports; give the ports: allow(from, to, [Port.tcp(443)])'],
  ['no ports at all', () => flow(Peer.pods({ app: 'web' }), Peer.internet(), []), 'shop/Network: the flow to Peer.internet() is given no ports, which Kubernetes reads as every port; name the ports, or leave the argument out for those that the destination declares'],
  ['two ends elsewhere', () => flow(Peer.namespace('a'), Peer.namespace('b'), [Port.tcp(80)]), 'shop/Network: neither end of the flow from Peer.namespace("a") to Peer.namespace("b") is in the namespace "shop"; call allow on the network of a namespace in which one of them is'],
  ['port 0', () => Port.tcp(0), 'Port.tcp: port 0 is not valid; use a whole number from 1 to 65535'],
  ['a range that runs backwards', () => Port.tcpRange(9000, 8000), 'Port.tcpRange: the range from 9000 to 8000 is empty; write Port.tcpRange(8000, 9000)'],
  ['a port\'s name that is none', () => Port.named('HTTP port'), 'Port.named: "HTTP port" is no port name; use at most 15 lower-case letters, digits and single "-", with a letter among them'],
  ['a CIDR that is none', () => Peer.cidr('999.1.1.1/99'), 'Peer.cidr: CIDR "999.1.1.1/99" is not valid; give an address and a prefix length, such as "10.1.0.0/16" or "2001:db8::/32"'],
  ['a CIDR with host bits', () => Peer.cidr('10.0.0.1/8'), 'Peer.cidr: CIDR "10.0.0.1/8" has bits set beyond its prefix; write "10.0.0.0/8" for the network, or "10.0.0.1/32" for the one address'],
  ['every address', () => Peer.cidr('0.0.0.0/0'), 'Peer.cidr: CIDR "0.0.0.0/0" is every address, those of the cluster and of metadata services included; use Peer.internet() for public addresses'],
  ['the metadata service', () => Peer.cidr('169.254.169.254/32'), 'Peer.cidr: CIDR "169.254.169.254/32" contains 169.254.169.254, the instance metadata service, which hands out credentials; use WorkloadIdentity, which opens it for the one workload that needs it'],
  ['an exception outside its block', () => Peer.cidr('192.0.2.0/24', ['198.51.100.0/24']), 'Peer.cidr: except "198.51.100.0/24" is not a part of "192.0.2.0/24"; except only addresses within the CIDR, and not all of them'],
  ['pods by no label', () => Peer.pods({}), 'Peer.pods: no label is given; give at least one, or use Peer.namespace(name) for every pod of a namespace'],

  ['no rule', () => role([]), 'shop/reader: no rule is given; give at least one, such as Rule.read("pods")'],
  ['an empty rule', () => role([Rule.read()]), 'shop/reader: Rule.read() names no resource; name at least one, such as "pods"'],
  ['every resource', () => role([Rule.read('*')]), 'shop/reader: Rule.read("*") has the wildcard "*" for a resource, which covers what is yet to come; name each resource'],
  ['every verb', () => role([Rule.allow(['*'], 'pods')]), 'shop/reader: Rule.allow(["*"], "pods") has the wildcard "*" for a verb, which covers what is yet to come; name each verb: get, list, watch, create, update, patch, delete, deletecollection'],
  ['a resource with a slip of the pen', () => role([Rule.read('deploymnets')]), 'shop/reader: Rule.read("deploymnets") names "deploymnets", which is no built-in resource; did you mean "deployments"? Rule.custom is for resources that are not built in'],
  ['a verb with a slip of the pen', () => role([Rule.allow(['lst'], 'pods')]), 'shop/reader: Rule.allow(["lst"], "pods") has "lst", which is no verb; did you mean "list"?'],
  ['all secrets', () => role([Rule.read('secrets')]), 'shop/reader: Rule.read("secrets") grants get, list, watch on secrets, which shows the contents of every secret of the namespace; name those it needs: Rule.read("secrets").named("…")'],
  ['a resource of the whole cluster', () => role([Rule.read('nodes')]), 'shop/reader: Rule.read("nodes") names "nodes", which belongs to the cluster and to no namespace; leave it out; a Role grants nothing on it'],
  ['rights that lead to all others', () => role([Rule.allow(['create'], 'rolebindings')]), 'shop/reader: Rule.allow(["create"], "rolebindings") grants create on rolebindings.rbac.authorization.k8s.io, which changes who has which rights; write another ScopedRole'],
  ['nobody', () => role([Rule.read('pods')], []), 'shop/reader: no subject is given; give at least one, such as Subject.group("developers")'],
  ['the group system:masters', () => role([Rule.read('pods')], [Subject.group('system:masters')]), 'shop/reader: Subject.group("system:masters") bypasses RBAC, and cannot be revoked; name who is meant'],
  ['everybody on the network', () => role([Rule.read('pods')], [Subject.user('system:anonymous')]), 'shop/reader: Subject.user("system:anonymous") is whoever reaches the API server; name who is meant'],
  ['the account default', () => role([Rule.read('pods')], [Subject.serviceAccountNamed('default', 'shop')]), 'shop/reader: Subject.serviceAccountNamed("default", "shop") is the account that every pod of the namespace has which names no other; give the workload an account of its own'],

  ['an identity without a cloud', () => identity({}, { cloud: undefined }), 'shop/reports: a WorkloadIdentity needs to know the cloud, and no Platform states it; state cloud: Cloud.aws({ account, region, cluster, oidcIssuer }) in the Platform'],
  ['an identity without an issuer', () => identity({}, { cloud: Cloud.aws({ ...AWS, oidcIssuer: undefined }) }), 'shop/reports: a WorkloadIdentity needs the OIDC issuer of the cluster, and the Platform does not state it; give Cloud.aws its oidcIssuer, as "aws eks describe-cluster --query cluster.identity.oidc.issuer" prints it'],
  ['an identity for nobody', () => identity({ workloads: [] }), 'shop/reports: nobody gets this identity; give workloads, or serviceAccounts'],
  ['an identity for nothing', () => identity({ permissions: [] }), 'shop/reports: the role may do nothing; give permissions, or managedPolicyArns'],
  ['every action', () => may(['*'], ['arn:aws:s3:::reports/*']), 'shop/reports: AwsPermission.allow(["*"], ["arn:aws:s3:::reports/*"]) allows "*", which is every action; name the actions'],
  ['every action of a service on everything', () => may(['s3:*'], ['*']), 'shop/reports: AwsPermission.allow(["s3:*"], ["*"]) allows "s3:*" on every resource; name the actions, and the resources by their ARNs'],
  ['an action that is none', () => may(['GetObject'], ['arn:aws:s3:::reports/*']), 'shop/reports: AwsPermission.allow(["GetObject"], ["arn:aws:s3:::reports/*"]) names "GetObject", which is no action; write "service:Action", such as "s3:GetObject"'],
  ['an action that makes administrators', () => may(['iam:CreateAccessKey'], ['arn:aws:iam::123456789012:user/x']), 'shop/reports: AwsPermission.allow(["iam:CreateAccessKey"], ["arn:aws:iam::123456789012:user/x"]) allows "iam:CreateAccessKey", which gives any rights; name the other actions it needs, and leave this to administrators'],
  ['the policy of administrators', () => identity({ managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), 'shop/reports: managedPolicyArns has "arn:aws:iam::aws:policy/AdministratorAccess", which gives any rights or a way to them; write what is needed as permissions'],
  ['a role name too long for IAM', () => identity({ roleName: 'r'.repeat(65) }), 'shop/reports: roleName "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr" is not valid; use 1 to 64 letters, digits and any of _+=,.@-'],
  ['a role path without slashes', () => identity({ rolePath: 'team' }), 'shop/reports: rolePath "team" is not valid; begin and end it with "/", with letters, digits and any of _+=,.@- between'],
  ['a static key beside the identity', () => {
    const scope = namespace();
    const workload = web({ containers: [{ image: IMAGE, portNumber: 8080, envVariables: { AWS_ACCESS_KEY_ID: kplus.EnvValue.fromValue('AKIA') } }] }, scope);
    new WorkloadIdentity(scope, 'reports', { workloads: [workload], permissions: [AwsPermission.allow(['s3:GetObject'], ['arn:aws:s3:::reports/*'])] });
  }, 'shop/reports: container "main" of "shop/web" sets AWS_ACCESS_KEY_ID, which the AWS SDKs heed before the identity; take it out; the identity brings credentials'],
];

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return '(nothing was refused)';
}

test.each(CASES)('%s', (_what, build, message) => {
  expect(messageOf(build)).toBe(message);
});

test('there are cases of everything that people get wrong', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(CASES.map(([what]) => what)).size).toBe(CASES.length);
});

test.each(CASES)('the answer to %s has the shape of all answers: where, what; what to write', (_what, build) => {
  for (const line of messageOf(build).split('\n')) expect(line).toMatch(/^[\w./() -]+: \S.*; \S.*[^.]$/);
});
