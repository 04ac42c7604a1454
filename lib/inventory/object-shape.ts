import type { Shape } from './typed-value';

const fields = (named: { readonly [name: string]: Shape }): Shape => ({ fields: named });
const listOf = (shape: Shape): Shape => ({ listOf: shape });
const mapOf = (shape: Shape): Shape => ({ mapOf: shape });

const SELECTOR = fields({ matchLabels: mapOf('string'), matchExpressions: listOf(fields({ key: 'string', operator: 'string', values: listOf('string') })) });

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

const ROUTE = fields({ spec: fields({ hostnames: listOf('string') }) });

/**
 * The fields of kinds, as `group/Kind`, as far as object controls read them; metadata is every object's. What has another type is named
 * a fault, and is absent to expressions, so that no wrong type passes for a right value. A law of the catalog compares the two.
 */
export const OBJECT_SHAPES: { readonly [groupAndKind: string]: Shape } = {
  'rbac.authorization.k8s.io/ClusterRole': fields({ kind: 'string', rules: RULES, aggregationRule: fields({ clusterRoleSelectors: listOf(SELECTOR) }) }),
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
  'rbac.authorization.k8s.io/Role': fields({ kind: 'string', rules: RULES }),
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
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
  'discovery.k8s.io/EndpointSlice': fields({ endpoints: listOf(fields({ addresses: listOf('string') })) }),
};
