import type { ObjectControl } from './control';

const NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const KEY = `^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?${NAME}$`;

/** What every object's metadata must be. */
export const OBJECT_LABELS: readonly ObjectControl[] = [
  {
    id: 'object/valid-labels', title: 'Labels are ones that Kubernetes takes', severity: 'medium', level: 'baseline', on: ['*'],
    frameworks: { kubeScore: ['label-values'] },
    cel: `object.?metadata.?labels.orValue({}).all(k, k.matches('${KEY}') && object.metadata.labels[k].matches('^(${NAME})?$'))`,
    message: 'a label must have at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit; its key may have a prefix with "/"',
    remediation: 'Write another label, or an annotation, which may hold any text.',
    snippet: 'metadata:\n  labels:\n    app.kubernetes.io/name: web',
    at: 'metadata.labels',
    allowed: {
      'nothing said': undefined, 'none': {}, 'a label': { app: 'web' }, 'with a prefix': { 'app.kubernetes.io/name': 'web' }, 'an empty value': { app: '' }, 'all that there is': { 'a.b-c/D_e.F-1': 'A.b_C-1' },
      'the longest': { [`${'a'.repeat(253)}/${'b'.repeat(63)}`]: 'c'.repeat(63) },
    },
    denied: {
      'a blank': { app: 'my shop' }, 'a template': { app: '{{ .Values.app }}' }, 'a value too long': { app: 'a'.repeat(64) }, 'a dash at the end': { app: 'web-' }, 'a slash in a value': { app: 'a/b' }, 'a key with a blank': { 'my app': 'web' }, 'an empty key': { '': 'web' },
      'two prefixes': { 'a/b/c': 'web' }, 'a prefix in upper case': { 'Example.com/app': 'web' }, 'a key too long': { ['a'.repeat(64)]: 'web' }, 'a prefix too long': { [`${'a'.repeat(254)}/b`]: 'web' }, 'no name': { 'example.com/': 'web' }, 'among others': { app: 'web', owner: 'a@example.com' },
    },
  },
];
