import type { PodControl } from './control';

const DIGEST = `@sha256:${'0'.repeat(64)}`;
const image = (name: string) => `registry.example.com/${name}${DIGEST}`;
/** Of an image that is not named others speak. */
const OF_NONE = ['image/digest', 'image/explicit-registry', 'image/no-latest-tag', 'image/valid-reference'];

/** Programs that are known for what comes of running them, by their images. */
export const IMAGE_KNOWN: readonly PodControl[] = [
  {
    id: 'image/no-tiller', title: 'Tiller does not run', severity: 'high', level: 'strict', on: 'pod',
    frameworks: { owasp: ['K06', 'K07'], nist: ['800-53 SI-2'], checkov: ['CKV_K8S_34', 'CKV_K8S_45'], trivy: ['KSV-0102'] },
    cel: "variables.containers.all(c, !c.?image.orValue('').lowerAscii().matches('(^|[/-])tiller([:@-]|$)'))",
    message: 'the image must not be Tiller: whoever reaches it is an administrator of the cluster',
    remediation: 'Take Tiller out; Helm 3 has none.',
    snippet: `image: ${image('web:1.4')}`,
    at: 'image', also: OF_NONE,
    allowed: { 'nothing said': undefined, 'another image': image('web:1.4'), 'a word that ends alike': image('distiller:1') },
    denied: { 'Tiller': image('kubernetes-helm/tiller:v2.17.0'), 'under another name': image('my-tiller:2') },
  },
  {
    id: 'image/no-kubernetes-dashboard', title: 'The Kubernetes dashboard does not run', severity: 'medium', level: 'strict', on: 'pod',
    frameworks: { owasp: ['K06'], nist: ['800-53 CM-7'], checkov: ['CKV_K8S_33'] },
    cel: "variables.containers.all(c, !c.?image.orValue('').lowerAscii().matches('(^|/)(kubernetesui/(dashboard|metrics-scraper)[a-z-]*|kubernetes-dashboard[a-z0-9-]*)([:@]|$)'))",
    message: 'the image must not be the Kubernetes dashboard, through which whoever reaches it does what its account may',
    remediation: 'Use kubectl, or a dashboard that runs with the rights of its user.',
    snippet: `image: ${image('web:1.4')}`,
    at: 'image', also: OF_NONE,
    allowed: { 'nothing said': undefined, 'another image': image('web:1.4'), 'a dashboard of one\'s own': image('shop/dashboard:1') },
    denied: { 'the dashboard': image('kubernetesui/dashboard:v2.7.0'), 'its part': image('kubernetesui/dashboard-api:1.7.0'), 'of old': image('kubernetes-dashboard-amd64:v1.10.1') },
  },
];
