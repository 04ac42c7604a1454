import type { InventoryControl, Sighting } from './control';
import { coveredPolicies } from './policy-cover';
import { deadRules } from './policy-halves';

const SEGMENTS = { nsa: ['Network policies'], nist: ['800-53 AC-4'] };

const pod = (app: string, ports: readonly object[] = []) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: app, namespace: 'shop' }, spec: { template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'a', ports }] } } },
});
const policy = (name: string, spec: object, app?: string) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec: { podSelector: app === undefined ? {} : { matchLabels: { app } }, ...spec },
});
const of = (app: string) => ({ podSelector: { matchLabels: { app } } });
const both = { policyTypes: ['Ingress', 'Egress'] };
const to = (app: string, ...ports: object[]) => ({ egress: [{ to: [of(app)], ports }] });
const from = (app: string, ...ports: object[]) => ({ ingress: [{ from: [of(app)], ports }] });
const PODS = [pod('web'), pod('db', [{ name: 'sql', containerPort: 5432 }]), policy('deny', both)];
const SQL = { port: 5432 };
const web = (spec: object, name = 'web') => policy(name, { policyTypes: ['Egress'], ...spec }, 'web');
const db = (spec: object, name = 'db') => policy(name, { policyTypes: ['Ingress'], ...spec }, 'db');

/** Policies that are there and do not do what they seem to. */
export const REACHABILITY_POLICY: readonly InventoryControl[] = [
  {
    id: 'reachability/both-halves', title: 'Flows are allowed at both of their ends', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: {},
    judge: deadRules,
    message: 'a flow needs an egress rule at its source and an ingress rule at its destination',
    remediation: 'Write the other half, or take the rule away.',
    allowed: {
      'nothing said': [], 'both halves': [...PODS, web(to('db', SQL)), db(from('web', SQL))], 'by the name of the port': [...PODS, web(to('db', SQL)), db(from('web', { port: 'sql' }))], 'wider at one end': [...PODS, web(to('db')), db(from('web', SQL))],
      'the other end is open': [pod('web'), pod('db'), web(to('db', SQL))], 'the other end allows everybody': [...PODS, web(to('db', SQL)), db({ ingress: [{}] })], 'by two policies': [...PODS, web(to('db', SQL)), db(from('web', SQL)), db({}, 'c')],
      'pods that are not among these': [...PODS, web(to('cache'))], 'addresses': [...PODS, web({ egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })], 'everybody': [...PODS, web({ egress: [{}] })],
      'one of several': [...PODS, pod('api'), policy('all', { policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }), db({ ingress: [{ from: [of('api')] }] })],
    },
    denied: {
      'egress alone': [...PODS, web(to('db', SQL))], 'ingress alone': [...PODS, db(from('web', SQL))], 'another port': [...PODS, web(to('db', SQL)), db({ ingress: [{ from: [of('web')], ports: [{ port: 5433 }] }, { from: [of('cache')] }], policyTypes: ['Ingress'] }), web(to('db', { port: 5433 }), 'w')],
      'another protocol': [...PODS, web({ egress: [{ to: [of('db')], ports: [{ port: 5432, protocol: 'UDP' }] }, { to: [of('db')] }] }), db(from('web', SQL))], 'from another namespace': [...PODS, db({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'web' } } }] }] })],
      'a name that the pod has not': [...PODS, web({ egress: [{ to: [of('db')], ports: [SQL] }, { to: [of('web')] }] }), db({ ingress: [{ from: [of('cache')] }, { from: [of('web')], ports: [SQL] }] })],
    },
  },
  {
    id: 'reachability/no-shadowed-policy', title: 'No policy says only what another says', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: SEGMENTS,
    judge: (inventory) => coveredPolicies(inventory).flatMap(({ policy: { object }, by }): Sighting[] => by.length !== 1 ? []
      : [{ object, path: '', problem: `NetworkPolicy ${by[0].object.namespace ?? 'default'}/${by[0].object.name} (${by[0].object.where}) isolates and allows all that this one does` }]),
    message: 'a policy must do something that no other does, or whoever takes it away to close something closes nothing',
    remediation: 'Take one of the two away.',
    allowed: {
      'nothing said': [], 'of other pods': [policy('a', from('web'), 'db'), policy('b', from('web'), 'api')], 'another port': [policy('a', from('web', SQL), 'db'), policy('b', from('web', { port: 80 }), 'db')],
      'another direction': [policy('a', { ...from('web'), policyTypes: ['Ingress'] }), policy('b', { ...both, ...to('web') })], 'one of all pods, which is to stay when the others go': [policy('deny', both), policy('all', { ...both, ingress: [{}] })],
      'of pods of which the other selects but some': [policy('a', from('web'), 'db'), { ...policy('b', from('web'), 'db'), spec: { podSelector: { matchLabels: { app: 'db', tier: 'a' } }, ...from('web', SQL), policyTypes: ['Ingress', 'Egress'] } }],
    },
    denied: {
      'the same twice': [policy('a', from('web'), 'db'), policy('b', from('web'), 'db')], 'within a range of ports': [policy('a', from('web', SQL), 'db'), policy('b', from('web', { port: 1, endPort: 9000 }), 'db')],
      'of some pods, where the other is of all': [policy('a', from('web', SQL), 'db'), policy('b', from('web'))], 'some peers, where the other has everybody': [policy('a', from('web'), 'db'), policy('b', { ingress: [{}] }, 'db')],
      'no rules, where the other isolates the same pods': [policy('a', { policyTypes: ['Ingress'] }, 'db'), policy('b', from('web'), 'db')],
    },
  },
  {
    id: 'reachability/policy-has-effect', title: 'Each policy isolates or allows something', severity: 'low', level: 'strict', on: 'inventory',
    frameworks: SEGMENTS,
    judge: (inventory) => coveredPolicies(inventory).flatMap(({ policy: { object }, by }): Sighting[] => by.length === 1 ? []
      : [{ object, path: '', problem: `all that it isolates and allows other policies do as well: ${by.map((each) => each.object.name).join(', ')}` }]),
    message: 'a policy must do something that the others together do not',
    remediation: 'Take it away, or the rules of others that say the same.',
    allowed: {
      'nothing said': [], 'one that nobody else covers': [policy('a', { ingress: [{ from: [of('web'), of('api')] }] }, 'db'), policy('b', from('web'), 'db')], 'one port more': [policy('a', { ingress: [{ from: [of('web'), of('api')] }] }, 'db'), policy('b', from('web'), 'db'), policy('c', from('api', SQL), 'db')],
    },
    denied: {
      'two cover it': [policy('a', { ingress: [{ from: [of('web'), of('api')], ports: [SQL] }] }, 'db'), policy('b', from('web'), 'db'), policy('c', from('api', { port: 5000, endPort: 6000 }), 'db')],
      'two cover a range of ports': [policy('a', from('web', { port: 10, endPort: 30 }), 'db'), policy('b', from('web', { port: 1, endPort: 20 }), 'db'), policy('c', from('web', { port: 21, endPort: 40 }))],
      'each a direction': [policy('b', { ...from('web'), policyTypes: ['Ingress'] }, 'db'), policy('c', { ...to('api'), policyTypes: ['Egress'] }, 'db'), policy('a', { ...from('web'), ...to('api') }, 'db')],
    },
  },
];
