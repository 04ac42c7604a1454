import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The longest name, where it is not 63: their controllers add a suffix and use the result as a label or a Job's name. */
const LONGEST: { readonly [kind: string]: number } = { CronJob: 52, StatefulSet: 52 };

/**
 * The name of an object without one: its path below the namespace, as in `db-service`. What is only there to be found
 * (`Resource`, `Default`) is left out. A hash appears only where the name had to be cut.
 */
export function objectName(apiObject: ApiObject, namespace: IConstruct, fallback: string): string {
  const { scopes } = apiObject.node;
  const path = scopes.slice(scopes.indexOf(namespace) + 1).map(({ node }) => node.id).filter((id) => !/^(resource|default)$/i.test(id));
  const name = path.join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || fallback;
  const longest = LONGEST[apiObject.kind] ?? 63;
  return name.length <= longest ? name : `${name.slice(0, longest - 9).replace(/-$/, '')}-${apiObject.node.addr.slice(-8)}`;
}
