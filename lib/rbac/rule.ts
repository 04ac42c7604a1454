import type { RolePlace } from './dangerous-grants';
import { judged, READ, Verdict, WRITE, Written } from './rule-judge';

/**
 * What the subjects of a ScopedRole may do. Resources go by their name, such as `pods`, `pods/log`, `deployments/scale`; the
 * API group is known. A name that stands in several groups is that of the core group (`events`, `pods`); name another group
 * explicitly, as `pods.metrics.k8s.io`.
 *
 * ScopedRole judges the rules, and refuses wildcards, unknown names and whatever gives rights beyond the namespace or above
 * the role's own.
 */
export class Rule {
  /**
   * Get, list and watch. Of a subresource such as `pods/log` there is nothing to list or watch, so only get has an effect.
   * Secrets can be read only by name: `Rule.read('secrets').named('database-password')`.
   */
  public static read(...resources: string[]): Rule {
    return new Rule({ text: call('Rule.read', ...resources), verbs: READ, resources, chosen: true });
  }

  /**
   * Create, update, patch and delete, as far as the resource has them: `deployments/scale` is updated and patched only. Who
   * writes mostly reads too; add `Rule.read` for that.
   */
  public static write(...resources: string[]): Rule {
    return new Rule({ text: call('Rule.write', ...resources), verbs: WRITE, resources, chosen: true });
  }

  /**
   * Get paths of the API server that are no resource, such as `/metrics`; in a ScopedClusterRole only, and with effect only where it is
   * bound in the whole cluster. A star at the end covers what lies beneath: `/healthz/*`.
   */
  public static url(...urls: string[]): Rule {
    return new Rule({ text: call('Rule.url', ...urls), verbs: ['get'], resources: urls, urls: true });
  }

  /**
   * Exactly these verbs.
   * @param verbs of get, list, watch, create, update, patch, delete
   * @param resources each must have all of the verbs
   */
  public static allow(verbs: string[], ...resources: string[]): Rule {
    return new Rule({ text: call('Rule.allow', verbs, ...resources), verbs, resources });
  }

  /**
   * Verbs on custom resources, or on those of an aggregated API.
   * @param group such as `cert-manager.io`
   * @param verbs of get, list, watch, create, update, patch, delete
   * @param resources the plural names, such as `certificates` or `certificates/status`
   */
  public static custom(group: string, verbs: string[], ...resources: string[]): Rule {
    return new Rule({ text: call('Rule.custom', group, verbs, ...resources), group, verbs, resources });
  }

  /**
   * What whoever looks after a namespace from afar needs: get, list and watch its pods and their logs, workloads, autoscalers, disruption
   * budgets, Services, Ingresses, network policies, claims, config maps, accounts, quotas, limits and events.
   *
   * They can change nothing, read no secret, run nothing in a container, reach no port past the NetworkPolicies, and see no roles.
   */
  public static reader(): Rule[] {
    return [Rule.read(
      'pods', 'pods/log', 'configmaps', 'endpoints', 'events', 'limitranges', 'persistentvolumeclaims', 'replicationcontrollers', 'resourcequotas', 'serviceaccounts', 'services',
      'controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets', 'horizontalpodautoscalers', 'cronjobs', 'jobs', 'endpointslices', 'events.events.k8s.io', 'ingresses',
      'networkpolicies', 'poddisruptionbudgets', 'pods.metrics.k8s.io',
    )];
  }

  /**
   * What developers need where pipelines deploy: they get, list and watch pods, their logs, Services and config maps, and get,
   * list, watch, update and patch Deployments.
   *
   * They can read no secret through the API, run nothing in a container, reach no port past the NetworkPolicies, and create or
   * delete nothing. Changing a Deployment changes what its pods run and mount, so who may do that can use the accounts and
   * secrets of the namespace through pods; for people who must not, leave it at `Rule.read`.
   */
  public static developer(): Rule[] {
    return [
      Rule.read('pods', 'pods/log', 'services', 'configmaps'),
      Rule.allow([...READ, 'update', 'patch'], 'deployments'),
    ];
  }

  /**
   * What whoever is on call needs: all that a reader sees; to restart, scale and roll back workloads; to delete and evict pods; to
   * start a CronJob by hand and clean its Jobs up; to change autoscalers and disruption budgets.
   *
   * They can read no secret through the API, run nothing in a container, create or delete no workload but Jobs, and change no config map, Service,
   * Ingress, network policy, quota, account or role. As for developers, whoever changes a workload decides what its pods run, and so
   * can use the accounts and secrets of the namespace through them.
   */
  public static operator(): Rule[] {
    return [
      ...Rule.reader(),
      Rule.allow(['update', 'patch'], 'deployments', 'statefulsets', 'daemonsets', 'deployments/scale', 'statefulsets/scale', 'horizontalpodautoscalers', 'poddisruptionbudgets', 'cronjobs'),
      Rule.allow(['delete'], 'pods'),
      Rule.allow(['create'], 'pods/eviction'),
      Rule.allow(['create', 'delete'], 'jobs'),
    ];
  }

  /**
   * What a pipeline needs to deploy into its namespace: to read and write workloads, autoscalers, disruption budgets, Services, Ingresses, config
   * maps and claims, and to read pods, their logs and events to see how it went.
   *
   * It can do nothing in any other namespace; it can read and write no secret through the API, make no account, token, role or binding, run nothing in a
   * container, and change no network policy, quota or limit. Whoever deploys decides what pods run, and so can use the accounts and
   * secrets of the namespace through them: keep those of others in namespaces of their own, and enforce Pod Security, as
   * HardenedNamespace does.
   */
  public static ciDeployer(): Rule[] {
    const written = ['configmaps', 'persistentvolumeclaims', 'services', 'daemonsets', 'deployments', 'statefulsets', 'horizontalpodautoscalers', 'cronjobs', 'jobs', 'ingresses', 'poddisruptionbudgets'];
    return [Rule.read(...written), Rule.write(...written), Rule.read('pods', 'pods/log', 'events', 'replicasets')];
  }

  private constructor(private readonly written: Written) {}

  /** The same on these resources, too: `Rule.read().on('configmaps').named('app-config')`. */
  public on(...resources: string[]): Rule {
    const { text, resources: before, ...rest } = this.written;
    return new Rule({ ...rest, text: `${text}.${call('on', ...resources)}`, resources: [...before, ...resources] });
  }

  /**
   * The same on only the objects with these names. Names restrict get, update, patch and delete, and those are what is left of
   * `Rule.read` and `Rule.write`; the other verbs are refused, since a request for them bears no name.
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
   */
  public named(...names: string[]): Rule {
    return new Rule({ ...this.written, text: `${this.written.text}.${call('named', ...names)}`, names: [...this.written.names ?? [], ...names] });
  }

  /** @internal */
  public _judge(place: RolePlace): Verdict {
    return judged(this.written, place);
  }
}

/** How a call stands in a message. */
function call(name: string, ...args: (string | string[])[]): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}
