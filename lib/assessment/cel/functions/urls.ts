import { instance, text } from './arguments';
import type { Functions } from '../call';
import { CelError, Extension, Value } from '../value';

/** An absolute URL, or an absolute path. */
class Url implements Extension {
  public readonly celType = 'kubernetes.URL';

  constructor(
    private readonly written: string, public readonly scheme: string, public readonly host: string, public readonly path: string, public readonly query: string,
  ) {}

  public get port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? '';
  }

  public get hostname(): string {
    return this.host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
  }

  public equals(other: Url): boolean {
    return this.written === other.written;
  }
}

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
export const URLS: Functions = {
  'url/1': (s) => url(text(s)),
  'isURL/1': (s) => parsedUrl(text(s)) !== undefined,
  '.getScheme/1': (u) => instance(Url, u).scheme,
  '.getHost/1': (u) => instance(Url, u).host,
  '.getHostname/1': (u) => instance(Url, u).hostname,
  '.getPort/1': (u) => instance(Url, u).port,
  '.getEscapedPath/1': (u) => escapedPath(instance(Url, u).path),
  '.getQuery/1': (u) => queryOf(instance(Url, u).query),
};

function url(s: string): Url {
  const result = parsedUrl(s);
  if (!result) throw new CelError('URL parse error during conversion from string');
  return result;
}

const ESCAPE = /%(?![0-9a-fA-F]{2})/;

/** As Go's net/url reads a request's URI: absolute, or a path that begins with "/"; without control characters. */
export function parsedUrl(s: string): Url | undefined {
  if (s === '' || /[\x00-\x1f\x7f]/.test(s)) return undefined;
  if (s === '*') return new Url(s, '', '', '*', '');
  const withoutFragment = s.replace(/#.*$/s, '');
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(s)?.[1] ?? '';
  if (scheme === '' && !s.startsWith('/')) return undefined;
  const rest = withoutFragment.slice(scheme === '' ? 0 : scheme.length + 1);
  const [, hierarchy, query = ''] = /^([^?]*)\??(.*)$/s.exec(rest)!;
  // An absolute URI without slashes, such as mailto:a, has neither host nor path.
  if (scheme !== '' && !hierarchy.startsWith('/')) return new Url(s, scheme.toLowerCase(), '', '', query);
  const [, authority, path] = hierarchy.startsWith('//') && scheme !== '' ? /^\/\/([^/]*)(.*)$/s.exec(hierarchy)! : ['', '', hierarchy];
  const host = hostOf(authority);
  return host === undefined || ESCAPE.test(path) ? undefined : new Url(s, scheme.toLowerCase(), host, path, query);
}

/** The host and port of an authority; undefined if it is none. */
function hostOf(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(0, at));
  if (at >= 0 && (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || ESCAPE.test(user))) return undefined;
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) return /^\[[^\]]*\](:\d*)?$/.test(host) ? host : undefined;
  if (!/^[^:]*(:\d*)?$/.test(host) || ESCAPE.test(host)) return undefined;
  return /[ "<>\\^`{|}]/.test(host.replace(/["<>]/g, '')) || /%(?!25)[0-7]/.test(host) ? undefined : host;
}

/** What Go does not let stand in a path is escaped. */
function escapedPath(path: string): string {
  return path.replace(/%[0-9a-fA-F]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/[\]]/gu, (char) => char.length === 3 && char.startsWith('%') ? char : encodeURIComponent(char));
}

/** Pairs that cannot be read are left out, and so are those with a semicolon. */
function queryOf(query: string): Value {
  const result = new Map<Value, Value[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [, key, value = ''] = /^([^=]*)=?(.*)$/s.exec(pair)!;
    if (ESCAPE.test(key) || ESCAPE.test(value)) continue;
    const [name, content] = [key, value].map((part) => decodeURIComponent(part.replace(/\+/g, ' ')));
    result.set(name, [...result.get(name) ?? [], content]);
  }
  return result;
}
