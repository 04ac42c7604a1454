import { field, Inventory, KubeObject, namespaceOf } from '../inventory';

/** A Service that something leads to, and where it says so. */
export interface Backend {
  readonly namespace: string;
  readonly name: string;
  /** A number or a name. */
  readonly port?: unknown;
  readonly path: string;
}

/** The Services behind an Ingress, in the shape of v1 or of the betas. */
export function backendsOfIngress(object: KubeObject): Backend[] {
  const namespace = namespaceOf(object.namespace);
  const backend = (at: unknown, path: string): Backend[] => {
    const name = field(at, 'service', 'name') ?? field(at, 'serviceName');
    const port = field(at, 'service', 'port', 'number') ?? field(at, 'service', 'port', 'name') ?? field(at, 'servicePort');
    return typeof name === 'string' ? [{ namespace, name, port, path }] : [];
  };
  return [
    ...['defaultBackend', 'backend'].flatMap((name) => backend(field(object.json, 'spec', name), `spec.${name}`)),
    ...listAt(object.json, 'spec', 'rules').flatMap((rule, i) => listAt(rule, 'http', 'paths').flatMap((path, j) => backend(field(path, 'backend'), `spec.rules[${i}].http.paths[${j}].backend`))),
  ];
}

/** The Services behind a route of the Gateway API. */
export function backendsOfRoute(object: KubeObject): Backend[] {
  return listAt(object.json, 'spec', 'rules').flatMap((rule, i) => listAt(rule, 'backendRefs').flatMap((ref, j): Backend[] => {
    const name = field(ref, 'name');
    if (typeof name !== 'string' || (field(ref, 'kind') ?? 'Service') !== 'Service') return [];
    return [{ namespace: String(field(ref, 'namespace') ?? namespaceOf(object.namespace)), name, port: field(ref, 'port'), path: `spec.rules[${i}].backendRefs[${j}]` }];
  }));
}

/** The Services of an inventory by namespace and name. */
export function servicesByName(inventory: Inventory): (namespace: string, name: string) => KubeObject | undefined {
  const services = new Map(inventory.ofKind('/Service').map((object) => [JSON.stringify([namespaceOf(object.namespace), object.name]), object]));
  return (namespace, name) => services.get(JSON.stringify([namespace, name]));
}

/** A list by its path; an empty one, where there is none. */
export function listAt(value: unknown, ...names: string[]): readonly unknown[] {
  const list = field(value, ...names);
  return Array.isArray(list) ? list : [];
}
