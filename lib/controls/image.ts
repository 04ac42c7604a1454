import type { PodControl } from './control';

const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const DIGEST = 'sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}';
/** A reference by its characters; the separators within each part are looked at by themselves, so that no repetition nests. */
const REFERENCE = `^([A-Za-z0-9.-]+(:[0-9]+)?/|[[][A-Fa-f0-9:]+\\\\](:[0-9]+)?/)?[a-z0-9][a-z0-9/._-]*(:${TAG})?(@(${DIGEST}))?$`;
const PART = '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$';
/**
 * Whether i is a reference.
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const IS_REFERENCE = `i.matches('${REFERENCE}') && i.split('@')[0].split('/').all(p, p.startsWith('[') || (p.split(':')[0].matches('${PART}') && !p.split(':')[0].matches('[.][._-]|_[.-]|-[._]|___')))`;

/** An image that names a registry: what stands before the first slash is a host. */
const HAS_REGISTRY = '^([^/]*[.:][^/]*|localhost)/';
const HAS_TAG = `:${TAG}(@.*)?$`;
const IS_LATEST = ':latest(@.*)?$';

/** The whole name of an image, as runtimes read it: `nginx` is `docker.io/library/nginx`. */
const WHOLE_NAME = [
  `i.startsWith('index.docker.io/') ? 'docker.io/' + (i.substring(16).contains('/') ? '' : 'library/') + i.substring(16)`,
  `i.startsWith('docker.io/') && !i.substring(10).contains('/') ? 'docker.io/library/' + i.substring(10)`,
  `i.matches('${HAS_REGISTRY}') ? i`,
  `i.contains('/') ? 'docker.io/' + i : 'docker.io/library/' + i`,
].join(' : ');
/** Whether an image comes from one of the registries that are allowed, if any are named; a prefix ends where a name does. */
const isAllowed = (image: string) => `(params.registries.size() == 0 || [${image}].exists(i, i != '' && [${WHOLE_NAME}].exists(n, params.registries.exists(r, n.startsWith(r.endsWith('/') ? r : r + '/')))))`;
const hasDigest = (image: string) => `${image}.matches('@(${DIGEST})$')`;

const IMAGE = "c.?image.orValue('')";
const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`;
const FRAMEWORKS = { nsa: ['Building secure container images'], nist: ['800-190 4.1.5', '800-53 SR-4'] };
const volume = (reference: unknown) => [{ name: 'a', image: { reference } }];

/** Which images may run, and how they are named. */
export const IMAGE_CONTROLS: readonly PodControl[] = [
  {
    id: 'image/valid-reference', title: 'Images are named as registries can read them', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { nist: ['800-190 4.1.5'], kubeLinter: ['latest-tag'] },
    cel: `variables.containers.all(c, [${IMAGE}].all(i, ${IS_REFERENCE}))`,
    message: 'image must be [registry/]name[:tag][@digest], in lower case but for the tag, its digest of sha256 or sha512',
    remediation: 'Correct the image\'s name; no node can pull it as it is.',
    snippet: `image: registry.example.com/shop/web:1.4.2@${SHA}`,
    at: 'image', also: ['image/no-latest-tag', 'image/digest', 'image/explicit-registry'],
    allowed: {
      'a tag and a digest': `registry.example.com/a/b-c_d.e:V1.0_x@${SHA}`, 'a name alone': 'nginx', 'a port': 'localhost:5000/a:1', 'an address': '[::1]:5000/a', 'an address of version 4': '127.0.0.1/a', 'a digest of sha512': `r.io/a@sha512:${'0'.repeat(128)}`,
    },
    denied: {
      'nothing said': undefined, 'null': null, 'empty': '', 'a blank': 'nginx:1 ', 'upper case': 'docker.io/Nginx', 'no name': 'registry.example.com/', 'no tag behind the colon': 'nginx:', 'two tags': 'nginx:1:2', 'a URL': 'https://registry.example.com/a',
      'a short digest': 'nginx@sha256:0123', 'an upper-case digest': `nginx@sha256:${'A'.repeat(64)}`, 'folders': 'r.io/a/../b', 'a slash too many': 'r.io//a', 'a slash behind': 'r.io/a/:1', 'a separator in front': 'r.io/-a', 'one behind': 'r.io/a_:1', 'two dots': 'r.io/a..b', 'a variable': '$(IMAGE)', 'a template': '{{ .Values.image }}',
    },
  },
  {
    id: 'image/no-latest-tag', title: 'Images name a version', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: {
      ...FRAMEWORKS, nist: ['800-190 4.2.2', '800-53 CM-2'], console: ['tagNotSpecified'], checkov: ['CKV_K8S_14'], trivy: ['KSV-0013'], kubeLinter: ['latest-tag'], kubescape: ['C-0075'],
      polaris: ['tagNotSpecified'], kubeScore: ['container-image-tag'],
    },
    cel: `variables.containers.all(c, ${IMAGE}.contains('@') || (${IMAGE}.matches('${HAS_TAG}') && !${IMAGE}.endsWith(':latest')))`,
    message: 'image must have a digest, or a tag other than "latest"',
    remediation: 'Name the version that was tested; what "latest" is tomorrow nobody knows today.',
    snippet: `image: registry.example.com/shop/web:1.4.2@${SHA}`,
    at: 'image', also: ['image/digest', 'image/explicit-registry', 'image/valid-reference'],
    allowed: { 'a tag': 'r.io/a:1.4.2', 'a digest alone': `r.io/a@${SHA}`, 'latest, held by a digest': `r.io/a:latest@${SHA}`, 'a tag near it': 'r.io/a:latest-1', 'a port and a tag': 'localhost:5000/a:1' },
    denied: { 'nothing said': undefined, 'empty': '', 'no tag': 'r.io/a', 'latest': 'r.io/a:latest', 'a name alone': 'nginx', 'a port, and no tag': 'localhost:5000/a', 'a name like a tag': 'r.io/latest' },
  },
  {
    id: 'image/digest', title: 'Images are held by a digest', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { ...FRAMEWORKS, nist: ['800-190 4.1.5', '800-190 4.2.2', '800-53 SI-7', '800-53 SR-4'], checkov: ['CKV_K8S_43'], kubeLinter: ['image-not-pinned-by-digest'], kubescape: ['C-0237'] },
    cel: `variables.containers.all(c, ${hasDigest(IMAGE)})`,
    message: 'image must end with its digest, @sha256:…',
    remediation: 'Write the digest behind the tag, so that people can read the one and nodes check the other; tools such as Renovate keep both current.',
    snippet: `image: registry.example.com/shop/web:1.4.2@${SHA}`,
    at: 'image', also: ['image/no-latest-tag', 'image/explicit-registry', 'image/valid-reference'],
    allowed: { 'behind a tag': `r.io/a:1@${SHA}`, 'alone': `r.io/a@${SHA}`, 'of sha512': `r.io/a@sha512:${'0'.repeat(128)}` },
    denied: { 'nothing said': undefined, 'a tag': 'r.io/a:1', 'a digest cut short': 'r.io/a@sha256:0123', 'a tag like one': `r.io/a:sha256-${'0'.repeat(64)}`, 'more behind it': `r.io/a@${SHA}0`, 'of md5': `r.io/a@md5:${'0'.repeat(32)}` },
  },
  {
    id: 'image/explicit-registry', title: 'Images name their registry', severity: 'low', level: 'strict', on: 'pod',
    frameworks: { ...FRAMEWORKS, trivy: ['KSV-0034'], kubescape: ['C-0001'] },
    cel: `variables.containers.all(c, ${IMAGE}.matches('${HAS_REGISTRY}'))`,
    message: 'image must begin with its registry; without one each node decides which it is, docker.io mostly',
    remediation: 'Write the registry before the name.',
    snippet: `image: registry.example.com/shop/web:1.4.2@${SHA}`,
    at: 'image', also: ['image/valid-reference', 'image/no-latest-tag', 'image/digest'],
    allowed: { 'a host': `registry.example.com/a:1@${SHA}`, 'a host and a port': `localhost:5000/a:1@${SHA}`, 'localhost': `localhost/a:1@${SHA}`, 'the public one, by name': `docker.io/library/nginx:1@${SHA}` },
    denied: { 'nothing said': undefined, 'a name alone': `nginx:1@${SHA}`, 'an owner, which is no host': `acme/web:1@${SHA}`, 'a dot further on': `acme/web.io/x:1@${SHA}`, 'a port that is a tag': 'nginx:5000' },
  },
  {
    id: 'image/allowed-registry', title: 'Images come from registries that are allowed', severity: 'high', level: 'restricted', on: 'pod',
    frameworks: { ...FRAMEWORKS, cis: ['5.5.1'], nist: ['800-190 4.1.5', '800-53 CM-7', '800-53 SR-4'], trivy: ['KSV-0032', 'KSV-0033', 'KSV-0034', 'KSV-0035', 'KSV-0125'], kubescape: ['C-0001', 'C-0078'] },
    cel: `variables.containers.all(c, ${isAllowed(IMAGE)})`,
    message: 'image must come from a registry that is allowed',
    remediation: 'Use an image from an allowed registry, or have the registry added to those that are.',
    snippet: `image: registry.example.com/shop/web:1.4.2@${SHA}`,
    at: 'image',
    params: { registries: ['registry.example.com/', 'ghcr.io/acme', 'docker.io/library/', 'localhost:5000/'] },
    allowed: {
      'below a registry': 'registry.example.com/shop/web:1', 'below an owner': 'ghcr.io/acme/web:1', 'a bare name, which is one of docker.io/library': 'nginx:1', 'the same in full': 'docker.io/library/nginx:1', 'the same in part': 'docker.io/nginx:1',
      'the same by its other name': 'index.docker.io/library/nginx', 'the other name in part': 'index.docker.io/nginx', 'with a port': 'localhost:5000/a',
    },
    denied: {
      'nothing said': undefined, 'another registry': 'quay.io/shop/web:1', 'another owner whose name begins alike': 'ghcr.io/acme-evil/web:1', 'an image in place of the owner': 'ghcr.io/acme:1', 'another owner of docker.io': 'evil/nginx:1', 'a registry whose name begins alike': 'registry.example.com.evil.io/a',
      'an owner named like a registry': 'evil.io/registry.example.com/shop/web', 'another port': 'localhost:5001/a', 'upper case': 'GHCR.IO/acme/web', 'within another by its other name': 'index.docker.io/evil/nginx',
    },
  },
  {
    id: 'image/pull-always', title: 'Nodes ask the registry for an image each time', severity: 'low', level: 'strict', on: 'pod',
    frameworks: {
      nist: ['800-190 4.2.2', '800-190 4.2.3', '800-53 AC-3'], cis: ['1.2.11'], checkov: ['CKV_K8S_15'], polaris: ['pullPolicyNotAlways'], kubeScore: ['container-image-pull-policy'], kubescape: ['C-0075'],
    },
    // What the API server puts where nothing is said depends on the tag.
    cel: `variables.containers.all(c, c.?imagePullPolicy.orValue('') == 'Always' || (c.?imagePullPolicy.orValue('') == '' && (${IMAGE}.matches('${IS_LATEST}') || !(${IMAGE}.contains('@') || ${IMAGE}.matches('${HAS_TAG}')))))`,
    message: 'imagePullPolicy must be Always, or who may not pull the image can run what another pulled',
    remediation: 'Set `imagePullPolicy: Always`; what a node has it does not fetch again.',
    snippet: 'imagePullPolicy: Always',
    at: 'imagePullPolicy', also: ['image/no-latest-tag', 'image/digest'],
    allowed: { 'Always': 'Always' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'IfNotPresent': 'IfNotPresent', 'Never': 'Never', 'lower case': 'always' },
    podsAllowed: Object.fromEntries(['r.io/a', 'r.io/a:latest', 'localhost:5000/a'].map((image) => [`nothing said, of ${image}`, { container: { image, imagePullPolicy: null } }])),
    podsDenied: { 'nothing said, of a tag': { container: { image: 'r.io/a:1', imagePullPolicy: null } }, 'nothing said, of a digest alone': { container: { image: `r.io/a@${SHA}`, imagePullPolicy: null } } },
  },
  {
    id: 'image/volumes', title: 'Image volumes are held by a digest, and come from registries that are allowed', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { ...FRAMEWORKS, nist: ['800-190 4.1.5', '800-53 SI-7', '800-53 SR-4'] },
    since: '1.31',
    cel: `variables.volumes.all(v, !has(v.image) || (${hasDigest("v.image.?reference.orValue('')")} && ${isAllowed("v.image.?reference.orValue('')")}))`,
    message: 'reference must end with its digest, @sha256:…, and come from a registry that is allowed',
    remediation: 'Write the digest behind the tag, and use an allowed registry.',
    snippet: `volumes:\n- name: model\n  image: {reference: "registry.example.com/shop/model:3@${SHA}"}`,
    of: 'pod', at: 'volumes',
    params: { registries: ['registry.example.com/'] },
    allowed: { 'nothing said': undefined, 'an empty list': [], 'a digest': volume(`registry.example.com/a:1@${SHA}`), 'another type': [{ name: 'image', configMap: { name: 'a' } }] },
    denied: { 'a tag': volume('registry.example.com/a:1'), 'no reference': volume(undefined), 'another registry': volume(`r.io/a@${SHA}`), 'a registry whose name begins alike': volume(`registry.example.com.evil.io/a@${SHA}`) },
  },
];
