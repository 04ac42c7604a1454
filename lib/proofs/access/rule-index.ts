import type { PolicyRule } from './rbac-object';

/** What is asked of a resource; every part is taken literally. */
export interface ResourceRequest {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  /** Empty where no object is named. */
  readonly name: string;
  /** Empty for every namespace, and for what stands outside of them. */
  readonly namespace: string;
}

/** What is asked of a path of the API server that is no resource. */
export interface UrlRequest {
  readonly verb: string;
  readonly url: string;
}

export type Request = ResourceRequest | UrlRequest;

/** A request and where rules about it stand in an index; made once and asked of many roles. */
export interface Lookup {
  readonly request: Request;
  readonly keys: readonly string[];
}

export function lookupOf(request: Request): Lookup {
  if ('url' in request) return { request, keys: [] };
  const { group, resource, subresource } = request;
  // As the API server compares them: whole, or as any subresource of this name, or as anything.
  const resources = subresource === '' ? [resource, '*'] : [`${resource}/${subresource}`, `*/${subresource}`, '*'];
  return { request, keys: [...resources.map((each) => `${group}\n${each}`), ...resources.map((each) => `*\n${each}`)] };
}

const NONE: readonly PolicyRule[] = [];

/** The rules of a role, by the resources they are about. */
export class RuleIndex {
  private readonly byResource = new Map<string, PolicyRule[]>();
  private readonly withUrls: PolicyRule[] = [];

  constructor(public readonly rules: readonly PolicyRule[]) {
    for (const rule of rules) {
      if (rule.urls.length > 0) this.withUrls.push(rule);
      for (const group of new Set(rule.groups)) {
        for (const resource of new Set(rule.resources)) {
          const key = `${group}\n${resource}`;
          const others = this.byResource.get(key);
          if (others) others.push(rule);
          else this.byResource.set(key, [rule]);
        }
      }
    }
  }

  /**
   * The first rule that allows a request.
   * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go
   */
  public allowing({ request, keys }: Lookup): PolicyRule | undefined {
    if ('url' in request) return this.withUrls.find((rule) => hasVerb(rule, request.verb) && rule.urls.some((url) => covers(url, request.url)));
    const { verb, name } = request;
    for (const key of keys) {
      for (const rule of this.byResource.get(key) ?? NONE) if (hasVerb(rule, verb) && (rule.names.length === 0 || rule.names.includes(name))) return rule;
    }
    return undefined;
  }

  /** Every rule that allows a request for some name, if not for the one that is asked. */
  public forSomeName({ request, keys }: Lookup): PolicyRule[] {
    return [...new Set(keys.flatMap((key) => this.byResource.get(key) ?? []))].filter((rule) => hasVerb(rule, request.verb));
  }
}

function hasVerb(rule: PolicyRule, verb: string): boolean {
  return rule.verbs.includes(verb) || rule.verbs.includes('*');
}

/** Only stars at the end stand for anything. */
function covers(written: string, url: string): boolean {
  return written === url || (written.endsWith('*') && url.startsWith(written.replace(/\*+$/, '')));
}
