/**
 * What looks like a secret, as CEL over texts, for environment variables, arguments, ConfigMaps, annotations. Three signs: a name that says
 * so beside a value that could be one, the marks by which credentials are known (tokens of services, private keys, URLs with a password),
 * and randomness. The regular expressions keep to what RE2 and JavaScript read alike, without backslashes, so that they need no escapes.
 */

const anyOf = (patterns: readonly string[]) => patterns.map((pattern) => `(${pattern})`).join('|');

/** Words of names, in lower case. A letter behind them makes another word: `tokenizer`, `secretName`, `passwordFile`. */
const WORDS = anyOf([
  'passwords?', 'passwd', 'passphrase', 'pwd', 'secret', 'secretkey', 'secretaccesskey', 'token', 'credentials?',
  '(api|access|account|auth|bearer|encryption|hmac|license|master|private|secret|session|signing|webhook)[._-]?(key|token)s?',
  '(^|[^a-z])(pass|pat|psk)',
]);

/** What a name goes on with when its value is about a secret, and not one. */
const ABOUT = anyOf([
  'age', 'algorithms?', 'alg', 'arn', 'attempts', 'audiences?', 'backend', 'check', 'class', 'client', 'count', 'days', 'dir', 'directory', 'duration', 'enabled?', 'endpoint',
  'env', 'expir(y|es|ation)', 'exp', 'field', 'files?', 'format', 'group', 'header', 'helper', 'host', 'hours', 'ids?', 'interval', 'issuer', 'key_?name', 'kind', 'labels?',
  'length', 'lifetime', 'limit', 'location', 'manager', 'max', 'method', 'min', 'minutes', 'mode', 'mount', 'names?', 'namespaces?', 'paths?', 'pattern', 'period', 'policy',
  'port', 'prefix', 'project', 'properties', 'property', 'provider', 'ref', 'refresh', 'regex', 'region', 'renew', 'required?', 'resource', 'reviews?', 'role', 'rotation', 'scopes?',
  'seconds', 'server', 'service', 'size', 'source', 'storage', 'store', 'suffix', 'timeout', 'ttl', 'type', 'uri', 'urls?', 'usages?', 'user(name)?', 'validation', 'validity', 'vault', 'version', 'volume',
]);

/** Values in lower case that no secret is: switches, small numbers, masks, and what points to a value elsewhere. */
const HARMLESS = anyOf([
  '^(true|false|yes|no|on|off|none|null|nil|required|optional|enabled?|disabled?|never|always|[0-9]{0,3}|[x*.]+)$',
  '^[$]([({]|[a-z0-9_]+$)', '^%[(a-z_]', '^[{][{%]', '^<.*>$', '^[.~]{0,2}/', '^[a-z][a-z0-9+.-]*://',
  '^(arn|aws|awssm|azure|bao|env|file|gcp|gcpsm|gsm|keyvault|op|ref[+][a-z0-9]+|secretref|sm|sops|ssm|vault):',
]);

/** The marks of credentials, as those who issue them publish them so that they can be found. */
const MARKS = anyOf([
  '-----BEGIN [A-Z0-9 ]*PRIVATE KEY', 'LS0tLS1CRUdJTi(BSU0EgUFJJVk|BQUklWQVRFIEtFW|BFQyBQUklWQV|BPUEVOU1NII)',
  '(^|[^A-Za-z0-9_-])(' + anyOf([
    'A(KIA|SIA)[0-9A-Z]{16}', 'gh[oprsu]_[A-Za-z0-9]{36}', 'github_pat_[A-Za-z0-9_]{22}', 'gl(pat|dt|rt|ptt)-[A-Za-z0-9_-]{20}', 'xox[abeoprs]-[A-Za-z0-9-]{10}',
    '[rs]k_(live|test)_[A-Za-z0-9]{16}', 'sk-(ant-|proj-|svcacct-)?[A-Za-z0-9_]{32}', 'AIza[A-Za-z0-9_-]{35}', 'GOCSPX-[A-Za-z0-9_-]{28}', 'npm_[A-Za-z0-9]{36}',
    'pypi-AgEI[A-Za-z0-9_-]{40}', 'hv[brs][.][A-Za-z0-9_-]{24}', 'SG[.][A-Za-z0-9_-]{16,}[.][A-Za-z0-9_-]{32}', 'eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.]',
    'dckr_pat_[A-Za-z0-9_-]{20}', 'dop_v1_[a-f0-9]{64}', 'shp(at|ca|pa|ss)_[a-fA-F0-9]{32}', 'glsa_[A-Za-z0-9]{32}',
  ]) + ')',
  '(Account|SharedAccess)Key=[A-Za-z0-9+/]{30}', 'hooks[.]slack[.]com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20}',
  // A password in a URL; not one that a variable, a template or stars stand for.
  '[A-Za-z][A-Za-z0-9+.-]*://[^/?#@ :]*:[^/?#@ :$%{<*][^/?#@ ]*@',
]);

/** An assignment within a text, in lower case, and one whose value no secret is. */
const ASSIGNED = `(${WORDS})["]?=["\\x27]?[^"\\x27=$/<{%@~*.([ -]`;
const ASSIGNED_HARMLESS = 'initial-cluster-token=|=["]?((true|false|yes|no|on|off|none|null|nil|required|optional|enabled?|disabled?|never|always|[0-9]{0,3}|x+)["]?$|[a-z][a-z0-9+.-]*://)';

/** A flag and its value as two words. What is called a secret in a flag is mostly the name of one. */
const FLAG = '(^| )--?([a-z0-9_.-]*[_.-])?(password|passwd|passphrase|token|(api|access|auth|private|secret)[._-]?(key|token)) ["]?[^"$/<{%@~*.([ -][^ ]{3}';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** CEL, over a name and its value: whether the value looks like a secret. */
export function secretPair(name: string, value: string): string {
  return `(${secretName(name)} && !${value}.lowerAscii().matches('${HARMLESS}') || ${secretValue(value)})`;
}

/** CEL: whether a name says that what it names is secret: `DB_PASSWORD`, `apiKey`; not `PASSWORD_FILE`, `secretName`. */
export function secretName(name: string): string {
  return `(${name}.lowerAscii().matches('(${WORDS})($|[^a-z])') && !${name}.lowerAscii().matches('[^a-z](${ABOUT})$'))`;
}

/** CEL: whether a value is a secret by its marks, assigns one, or is random. */
export function secretValue(value: string): string {
  return `(${value}.matches('${MARKS}') || ${secretAssignment(value)} || ${random(value)})`;
}

/** CEL: whether a text of several words assigns a secret, as command lines and connection strings do: `--password=x`, `;Pwd=x`. */
export function secretAssignment(text: string): string {
  return `(${text}.lowerAscii().matches('${ASSIGNED}') && ${text}.split('\\n').exists(l, l.split(' ').exists(w, w.split(';').exists(p, `
    + `p.lowerAscii().matches('${ASSIGNED}') && !p.lowerAscii().matches('${ASSIGNED_HARMLESS}')))))`;
}

/** CEL: whether a command line gives a secret to a flag as its next word: `--password x`. */
export function secretFlag(commandLine: string): string {
  return `${commandLine}.lowerAscii().matches('${FLAG}')`;
}

/**
 * CEL: whether a value is a random one: one word of twenty characters and more that mixes cases and digits, has no long run that could be
 * a word, and repeats itself little. Hashes in hexadecimal and UUIDs are not, since most of them are no secrets.
 */
export function random(value: string): string {
  return `(${value}.matches('^[A-Za-z0-9+/_-]{20,200}={0,2}$') && ${value}.matches('[0-9][^0-9]+[0-9]') && ${value}.matches('[a-z]') && ${value}.matches('[A-Z]')`
    + ` && !${value}.matches('^/|^AAAA|^(sha|SHA)[0-9]|^LS0tLS1CRUdJTiBDRVJU|^MII|[a-z]{8}|[A-Z]{8}|([A-Z][a-z]{2,}){3}') && '${ALPHANUMERICS}'.split('').filter(letter, ${value}.contains(letter)).size() >= 14)`;
}
