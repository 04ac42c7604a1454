import { dangerousVerb, dangersOf } from './dangerous-grants';
import type { Grant } from './grants';
import { Fault, nearest, shown } from '../errors';
import { dnsLabelFaults, dnsSubdomainFaults, holdsTerraformToken } from '../names';
import { BuiltInResource, builtInResource, isBuiltInGroup, ResourceName, restrictedByName, unknownResource, VERBS } from '../resources';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete'];

/** What a rule comes to: what it grants, and what is wrong with it. */
interface Verdict {
  readonly grants: Grant[];
  readonly faults: Fault[];
}

/** How a rule was written: which verbs on what, and how it stands in a message. */
interface Written {
  readonly text: string;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
  /** The group of resources that are not built in. */
  readonly group?: string;
  /** The verbs are this library's choice, so those that do not fit are left out. */
  readonly chosen?: true;
}

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

  private constructor(private readonly written: Written, private readonly names?: readonly string[]) {}

  /**
   * The same on only the objects with these names. Names restrict get, update, patch and delete, and those are what is left of
   * `Rule.read` and `Rule.write`; the other verbs are refused, since a request for them bears no name.
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
   */
  public named(...names: string[]): Rule {
    return new Rule({ ...this.written, text: `${this.written.text}.${call('named', ...names)}` }, [...this.names ?? [], ...names]);
  }

  /**
   * @param namespace that of the role, where it is known
   * @internal
   */
  public _judge(namespace?: string): Verdict {
    const verdicts = [...new Set(this.written.resources)].map((resource) => this.judgeResource(resource, namespace));
    const faults = [...this.formFaults(), ...verdicts.flatMap((verdict) => verdict.faults)];
    return {
      grants: verdicts.flatMap((verdict) => verdict.grants),
      faults: faults.map(({ problem, remedy }) => ({ problem: `${this.written.text} ${problem}`, remedy })),
    };
  }

  private formFaults(): Fault[] {
    const { verbs, resources, group } = this.written;
    return [
      ...resources.length > 0 ? [] : [{ problem: 'names no resource', remedy: 'name at least one, such as "pods"' }],
      ...verbs.length > 0 ? [] : [{ problem: 'names no verb', remedy: `name at least one of ${VERBS.join(', ')}` }],
      ...verbs.flatMap(verbFaults),
      ...group === undefined ? [] : groupFaults(group),
      ...this.names === undefined ? [] : namesFaults(this.names),
    ];
  }

  private judgeResource(resource: string, namespace?: string): Verdict {
    if (resource.includes('*')) {
      return { grants: [], faults: [{ problem: `has the wildcard ${shown(resource)} for a resource, which covers what is yet to come`, remedy: 'name each resource' }] };
    }
    const found = this.written.group === undefined ? builtInResource(resource) : { group: this.written.group, resource };
    if (!found) return { grants: [], faults: [unknownResource(resource)] };
    const named = this.names !== undefined;
    const verbs = this.verbsOn(found);
    const dangers = dangersOf(found, verbs, { named, namespace });
    return {
      grants: verbs.map((verb) => ({ group: found.group, resource: found.resource, verb, names: this.names ?? [] })),
      faults: dangers.length > 0 ? dangers : [...isBuiltIn(found) ? this.builtInFaults(found, verbs) : customFaults(resource), ...named ? unrestrictedFaults(found, verbs) : []],
    };
  }

  /** Of the verbs that this library chose, those that the resource has and names restrict; else what the user wrote. */
  private verbsOn(resource: ResourceName): readonly string[] {
    const { verbs, chosen } = this.written;
    if (!chosen) return verbs.filter((verb) => verbFaults(verb).length === 0);
    const had = isBuiltIn(resource) && verbs !== READ ? verbs.filter((verb) => resource.verbs.includes(verb)) : verbs;
    return this.names === undefined ? had : had.filter((verb) => restrictedByName(resource, verb));
  }

  private builtInFaults(resource: BuiltInResource, verbs: readonly string[]): Fault[] {
    if (!resource.namespaced) {
      return [{ problem: `names ${shown(resource.resource)}, which belongs to the cluster and to no namespace`, remedy: 'leave it out; a Role grants nothing on it' }];
    }
    const lacking = this.written.verbs.filter((verb) => !resource.verbs.includes(verb) && verbFaults(verb).length === 0);
    const none = !verbs.some((verb) => resource.verbs.includes(verb));
    const wrong = this.written.chosen ? none : lacking.length > 0;
    return wrong ? [{ problem: `names ${shown(resource.resource)}, which has no ${lacking.join(', ')}`, remedy: `it has ${resource.verbs.join(', ')}` }] : [];
  }
}

function isBuiltIn(resource: ResourceName): resource is BuiltInResource {
  return 'verbs' in resource;
}

function unrestrictedFaults(resource: ResourceName, verbs: readonly string[]): Fault[] {
  const free = verbs.filter((verb) => !restrictedByName(resource, verb));
  return free.length === 0 ? [] : [{ problem: `names objects for ${free.join(', ')}, which names do not restrict`, remedy: 'grant these verbs without names in a rule of their own, or leave them out' }];
}

function verbFaults(verb: string): Fault[] {
  if ((VERBS as readonly string[]).includes(verb)) return [];
  if (verb.includes('*')) return [{ problem: `has the wildcard ${shown(verb)} for a verb, which covers what is yet to come`, remedy: `name each verb: ${VERBS.join(', ')}` }];
  const danger = dangerousVerb(verb);
  if (danger) return [danger];
  const near = nearest(verb, VERBS);
  return [{ problem: `has ${shown(verb)}, which is no verb`, remedy: near.length > 0 ? `did you mean ${near.map(shown).join(' or ')}?` : `use some of ${VERBS.join(', ')}` }];
}

function groupFaults(group: string): Fault[] {
  if (group.includes('*')) return [{ problem: `has the wildcard ${shown(group)} for a group, which covers what is yet to come`, remedy: 'name the group' }];
  if (isBuiltInGroup(group)) return [{ problem: `has the group ${shown(group)}, which is built in`, remedy: 'use Rule.read, Rule.write or Rule.allow' }];
  if (!group.includes('.')) return [{ problem: `has the group ${shown(group)}, which has no dot`, remedy: 'give the whole group, such as "cert-manager.io"' }];
  return dnsSubdomainFaults('group', group).map(({ problem, remedy }) => ({ problem: `is malformed: ${problem}`, remedy }));
}

function customFaults(resource: string): Fault[] {
  const parts = resource.split('/');
  const faults = parts.length > 2 ? [{ problem: `resource ${shown(resource)} is not valid`, remedy: 'give "plural" or "plural/subresource"' }] : parts.flatMap((part) => dnsLabelFaults('resource', part));
  return faults.map(({ problem, remedy }) => ({ problem: `is malformed: ${problem}`, remedy }));
}

function namesFaults(names: readonly string[]): Fault[] {
  if (names.length === 0) return [{ problem: 'names no object', remedy: 'name at least one, or leave named() out for all of them' }];
  return names.flatMap((name) => {
    if (name.includes('*')) return [{ problem: `has the wildcard ${shown(name)} for a name, which Kubernetes would take literally`, remedy: 'name each object' }];
    if (holdsTerraformToken(name)) return [{ problem: `has the name ${shown(name)}, a Terraform token that no manifest can resolve`, remedy: 'give the name itself' }];
    return /^(?!\.\.?$)[^\s/%]+$/.test(name) ? [] : [{ problem: `has the name ${shown(name)}, which no object can have`, remedy: 'give the object\'s metadata.name' }];
  });
}

/** How a call stands in a message. */
function call(name: string, ...args: (string | string[])[]): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}
