import { field, Inventory, isRecord, KubeObject } from '../../inventory';

/** A workload, as far as its account goes. */
export interface AccountUse {
  readonly object: KubeObject;
  /** `shop/web[Deployment]` */
  readonly workload: string;
  readonly namespace: string;
  readonly account: string;
  /** Whether its containers hold a token that the API server takes. */
  readonly token: boolean;
}

/** The accounts that workloads run as, in the order of the input. */
export function accountUses(inventory: Inventory): AccountUse[] {
  const mounts = new Map(inventory.ofKind('/ServiceAccount').map(({ namespace, name, json }) => [`${namespace || 'default'}/${name}`, field(json, 'automountServiceAccountToken') !== false]));
  return inventory.objects.flatMap((object) => {
    if (!object.pod || `${object.group}/${object.kind}` === '/PodTemplate') return [];
    const { spec } = object.pod;
    const namespace = object.namespace || 'default';
    // The older name of the field still counts.
    const account = [spec.get('serviceAccountName'), spec.get('serviceAccount')].find((name): name is string => typeof name === 'string' && name !== '') ?? 'default';
    const mounted = spec.get('automountServiceAccountToken') ?? mounts.get(`${namespace}/${account}`) ?? true;
    const written = object.pod.path.split('.').reduce<unknown>((at, name) => field(at, name), object.json);
    return [{ object, workload: `${namespace}/${object.name ?? ''}[${object.kind}]`, namespace, account, token: mounted !== false || projectsToken(written) }];
  });
}

/** Whether a volume projects a token for the API server, which is whom it is for unless an audience is named. */
function projectsToken(podSpec: unknown): boolean {
  return list(field(podSpec, 'volumes')).some((volume) => list(field(volume, 'projected', 'sources')).some((source) => {
    const token = field(source, 'serviceAccountToken');
    const audience = field(token, 'audience');
    return isRecord(token) && (audience === undefined || audience === '' || String(audience).startsWith('https://kubernetes.default.svc'));
  }));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
