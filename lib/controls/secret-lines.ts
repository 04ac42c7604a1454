/**
 * Lines of configuration files that give a secret, as CEL: `password: x` of YAML, `api_key = "x"` of INI and TOML, `"clientSecret": "x"` of
 * JSON. Only names that stand for nothing else: what is called a secret or a token in a file of configuration is mostly the name of one.
 */
const NAMED = '(password|passwd|passphrase|(api|access|private|secret)[._-]?key|client[._-]?secret|auth[._-]?token)["]?[ ]*[:=]';

/** Up to the value, which begins like none that points elsewhere: a variable, a template, a path, a list, a comment. */
const LINE = `(^|[{,])[ -]*["]?[a-z0-9_.-]*${NAMED}[ ]*["]?[^["= $/<{}%@~*.(|>&!#,:_-][^ "]{2}`;
const HARMLESS = `${NAMED}[ ]*["]?(true|false|yes|no|none|null|required|optional|string|text|file|env|[0-9]{0,3}|x+|[a-z][a-z0-9+.-]*://.*)["]?[ ]*[,}]*$`;

/** CEL: whether a text has such a line. */
export function secretLine(text: string): string {
  return `(${text}.lowerAscii().matches('${NAMED}') && ${text}.lowerAscii().split('\\n').exists(l, l.matches('${LINE}') && !l.matches('${HARMLESS}')))`;
}

/** CEL: whether a key names a credential, and not something about one; shorter than what environment variables are judged by, since annotations name Secrets. */
export function credentialKey(key: string): string {
  return `${key}.lowerAscii().matches('(password|passwd|passphrase|(api|access|private|secret)[._-]?key|auth[._-]?token)$')`;
}
