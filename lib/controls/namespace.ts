import { celTexts } from './cel-text';
import type { ObjectControl } from './control';
import { SYSTEM_NAMESPACES } from './system-namespaces';

const PREFIX = 'pod-security.kubernetes.io/';
const MODES = ['enforce', 'audit', 'warn'];
const LABELS = 'object.?metadata.?labels.orValue({})';
const label = (name: string) => `object.?metadata.?labels[?'${PREFIX}${name}'].orValue('')`;
const IS_SYSTEM = `object.?metadata.?name.orValue('') in ${celTexts(SYSTEM_NAMESPACES)}`;
const system = (labels: object | null) => Object.fromEntries(SYSTEM_NAMESPACES.map((name) => [name, { metadata: { name, labels } }]));

/** Labels of the three modes at one level, pinned, with others over them. */
const labels = (level: string, others: object = {}) =>
  ({ ...Object.fromEntries(MODES.flatMap((mode) => [[PREFIX + mode, level], [`${PREFIX}${mode}-version`, 'v1.34']])), ...Object.fromEntries(Object.entries(others).map(([name, value]) => [PREFIX + name, value])) });
const without = (...names: string[]) => Object.fromEntries(Object.entries(labels('restricted')).filter(([key]) => !names.includes(key.slice(PREFIX.length))));
const PINNED = 'metadata:\n  labels:\n' + MODES.map((mode) => `    ${PREFIX}${mode}: restricted\n    ${PREFIX}${mode}-version: v1.34`).join('\n');

/** What Pod Security admission is told about a namespace. Those in which the cluster itself runs may lack it. */
export const NAMESPACE: readonly ObjectControl[] = [
  {
    id: 'namespace/valid-pod-security', title: 'Pod Security labels say what there is to say', severity: 'high', level: 'baseline', on: ['/Namespace'],
    frameworks: { owasp: ['K04'], nist: ['800-53 CM-6'] },
    // A level or version that there is not, the API server refuses; a label that there is not, it ignores.
    cel: `${LABELS}.all(k, !k.startsWith('${PREFIX}') || (k in ${celTexts(MODES.map((mode) => PREFIX + mode))} && object.metadata.labels[k] in ['privileged', 'baseline', 'restricted'])`
      + ` || (k in ${celTexts(MODES.map((mode) => `${PREFIX}${mode}-version`))} && object.metadata.labels[k].matches('^(latest|v1[.](0|[1-9][0-9]*))$')))`,
    message: 'a Pod Security label must be one of the six that there are, with a level or a version that there is',
    remediation: 'Set `enforce`, `audit` and `warn` to `restricted`, and their versions to one such as `v1.34`.',
    snippet: PINNED,
    at: 'metadata.labels',
    allowed: { 'nothing said': undefined, 'none': {}, 'restricted': labels('restricted'), 'privileged, of which another control speaks': labels('privileged'), 'the newest': labels('baseline', { 'enforce-version': 'latest' }), 'others': { 'example.com/enforce': 'x' } },
    denied: {
      'upper case': labels('Restricted'), 'a level that there is not': labels('restricted', { warn: 'strict' }), 'an empty level': labels('restricted', { audit: '' }), 'a version without v': labels('restricted', { 'enforce-version': '1.34' }),
      'a version with a patch': labels('restricted', { 'enforce-version': 'v1.34.1' }), 'a mode that there is not': labels('restricted', { enforced: 'restricted' }), 'a version of none': labels('restricted', { version: 'v1.34' }),
    },
  },
  {
    id: 'namespace/pod-security-enforced', title: 'Namespaces enforce a Pod Security level', severity: 'high', level: 'restricted', on: ['/Namespace'],
    frameworks: {
      cis: ['5.2.1'], nsa: ['Pod security enforcement'], owasp: ['K01', 'K04'], nist: ['800-53 CM-6', '800-53 CM-7'],
      kubescape: ['C-0192', 'C-0193', 'C-0196', 'C-0199', 'C-0202', 'C-0203', 'C-0204'],
    },
    cel: `${IS_SYSTEM} || ${label('enforce')} in ['baseline', 'restricted']`,
    message: `${PREFIX}enforce must be baseline or restricted`,
    remediation: 'Label the namespace with `enforce: restricted`, or `baseline` where it must be.',
    snippet: PINNED,
    at: 'metadata.labels', also: ['namespace/valid-pod-security'],
    allowed: { 'restricted': labels('restricted'), 'baseline': labels('restricted', { enforce: 'baseline' }) },
    denied: { 'nothing said': undefined, 'null': null, 'none': {}, 'privileged': labels('restricted', { enforce: 'privileged' }), 'a level that there is not': labels('restricted', { enforce: 'Baseline' }), 'warning only': without('enforce'), 'another label': { enforce: 'restricted' } },
    objectsAllowed: system(null),
    objectsDenied: { 'default, where users put things': { metadata: { name: 'default', labels: null } }, 'a name that is near': { metadata: { name: 'kube-systems', labels: null } } },
  },
  {
    id: 'namespace/pod-security-restricted', title: 'Namespaces enforce the restricted level', severity: 'medium', level: 'strict', on: ['/Namespace'],
    frameworks: { nsa: ['Pod security enforcement'], owasp: ['K01', 'K04'], kubescape: ['C-0197', 'C-0198', 'C-0200', 'C-0201'] },
    // Of one that enforces less than baseline, another control speaks.
    cel: `${IS_SYSTEM} || ${label('enforce')} != 'baseline'`,
    message: `${PREFIX}enforce must be restricted`,
    remediation: 'Label the namespace with `enforce: restricted`.',
    snippet: PINNED,
    at: 'metadata.labels', also: ['namespace/pod-security-enforced', 'namespace/pod-security-reported'],
    allowed: { 'nothing said': undefined, 'restricted': labels('restricted') },
    denied: { 'baseline': labels('restricted', { enforce: 'baseline' }) },
    objectsAllowed: system(labels('restricted', { enforce: 'baseline' })),
  },
  {
    id: 'namespace/pod-security-reported', title: 'Namespaces report what is not restricted', severity: 'low', level: 'strict', on: ['/Namespace'],
    frameworks: { nsa: ['Pod security enforcement'], owasp: ['K04'] },
    cel: `${IS_SYSTEM} || (${label('audit')} == 'restricted' && ${label('warn')} == 'restricted')`,
    message: `${PREFIX}audit and ${PREFIX}warn must be restricted, so that weaker pods are seen, whatever is enforced`,
    remediation: 'Label the namespace with `audit: restricted` and `warn: restricted`.',
    snippet: PINNED,
    at: 'metadata.labels', also: ['namespace/pod-security-enforced', 'namespace/pod-security-restricted'],
    allowed: { 'restricted': labels('restricted'), 'beside baseline': labels('restricted', { enforce: 'baseline' }) },
    denied: { 'nothing said': undefined, 'null': null, 'none': {}, 'no warning': without('warn', 'warn-version'), 'no audit': without('audit', 'audit-version'), 'weaker than what is enforced': labels('restricted', { warn: 'baseline' }), 'all of them baseline': labels('baseline') },
    objectsAllowed: system(null),
  },
  {
    id: 'namespace/pod-security-pinned', title: 'Namespaces pin the version of their Pod Security level', severity: 'low', level: 'strict', on: ['/Namespace'],
    frameworks: { nist: ['800-53 CM-2'] },
    cel: MODES.map((mode) => `(${label(mode)} == '' || ${label(`${mode}-version`)}.matches('^v1[.](0|[1-9][0-9]*)$'))`).join(' && '),
    message: 'each level must have a version such as v1.34; the newest changes with the cluster, and refuses tomorrow what runs today',
    remediation: 'Add the version of the cluster, and raise it when the cluster is upgraded.',
    snippet: PINNED,
    at: 'metadata.labels', also: ['namespace/pod-security-enforced', 'namespace/pod-security-reported'],
    allowed: { 'nothing said': undefined, 'none': {}, 'pinned': labels('restricted'), 'no level to pin': without('audit', 'audit-version') },
    denied: { 'no version': without('enforce-version'), 'of one mode': without('warn-version'), 'the newest': labels('restricted', { 'enforce-version': 'latest' }) },
  },
  {
    id: 'namespace/bounded-containers', title: 'Limit ranges bound containers at both ends', severity: 'low', level: 'strict', on: ['/LimitRange'],
    frameworks: { nsa: ['Resource policies'], owasp: ['K01'], nist: ['800-53 SC-6'], trivy: ['KSV-0039'] },
    // What `default` and `defaultRequest` lack, the API server takes from `max` and `min`. Where policies read it, no limits are null.
    cel: "(object.?spec.?limits.orValue(null) == null ? [] : object.spec.limits).exists(l, l.?type.orValue('') == 'Container' && l.?max.orValue({}).size() > 0 && l.?min.orValue({}).size() > 0)",
    message: 'a LimitRange must say the most and the least a container may ask for',
    remediation: 'Give the item of type Container `min`, `max`, `default` and `defaultRequest`.',
    snippet: 'spec:\n  limits:\n    - type: Container\n      min: {cpu: 1m, memory: 4Mi}\n      defaultRequest: {cpu: 100m, memory: 128Mi}\n      default: {cpu: 500m, memory: 512Mi}\n      max: {cpu: "4", memory: 8Gi}',
    at: 'spec.limits',
    allowed: { 'both ends': [{ type: 'Container', min: { cpu: '1m' }, max: { cpu: '4' } }], 'beside others': [{ type: 'PersistentVolumeClaim', min: { storage: '1Gi' } }, { type: 'Container', min: { cpu: '1m' }, max: { cpu: '4' }, default: { cpu: '1' } }] },
    denied: { 'nothing said': undefined, 'null': null, 'none': [], 'no least': [{ type: 'Container', max: { cpu: '4' } }], 'no most': [{ type: 'Container', min: { cpu: '1m' } }], 'an empty end': [{ type: 'Container', min: {}, max: { cpu: '4' } }], 'of pods': [{ type: 'Pod', min: { cpu: '1m' }, max: { cpu: '4' } }] },
  },
];
