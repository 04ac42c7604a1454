import { instance, text } from './arguments';
import { parsedUrl } from './urls';
import type { Functions } from '../call';
import { Optional } from '../optional';
import type { Extension, Value } from '../value';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const LABEL_1123 = new RegExp(`^${LABEL}$`);
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** A named format of texts. */
class Format implements Extension {
  public readonly celType = 'kubernetes.NamedFormat';

  constructor(public readonly name: string, public readonly allows: (s: string) => boolean) {}

  public equals(other: Format): boolean {
    return this.name === other.name;
  }
}

/** A prefix may end in a "-", which its name's rest follows. */
const masked = (s: string) => s.endsWith('-') && s.length > 1 ? `${s.slice(0, -1)}a` : s;

const NAMED: { readonly [name: string]: (s: string) => boolean } = {
  dns1123Label: (s) => s.length <= 63 && LABEL_1123.test(s),
  dns1123Subdomain: (s) => s.length <= 253 && SUBDOMAIN.test(s),
  dns1035Label: (s) => s.length <= 63 && LABEL_1035.test(s),
  qualifiedName: isQualifiedName,
  dns1123LabelPrefix: (s) => NAMED.dns1123Label(masked(s)),
  dns1123SubdomainPrefix: (s) => NAMED.dns1123Subdomain(masked(s)),
  dns1035LabelPrefix: (s) => NAMED.dns1035Label(masked(s)),
  labelValue: (s) => s === '' || (s.length <= 63 && NAME.test(s)),
  uri: (s) => parsedUrl(s) !== undefined,
  uuid: (s) => UUID.test(s),
  byte: (s) => BASE64.test(s),
  date: isDate,
  datetime: isDateTime,
};

const FORMATS = new Map(Object.entries(NAMED).map(([name, allows]) => [name, new Format(name, allows)]));

/** @see https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */
export const NAMED_FORMATS: Functions = {
  'format.named/1': (name) => Optional.of(FORMATS.get(text(name))),
  '.validate/2': (format, s) => validated(instance(Format, format), text(s)),
  ...Object.fromEntries([...FORMATS].map(([name, format]) => [`format.${name}/0`, () => format])),
};

/** Nothing where a text is of the format; else a list that says that it is not, in one sentence where Kubernetes has several. */
function validated({ name, allows }: Format, s: string): Value {
  return Optional.of(allows(s) ? undefined : [`does not match the format ${name}`]);
}

function isQualifiedName(s: string): boolean {
  const [name, prefix, ...rest] = s.split('/').reverse();
  return rest.length === 0 && name.length <= 63 && NAME.test(name) && (prefix === undefined || NAMED.dns1123Subdomain(prefix));
}

function isDate(s: string): boolean {
  const time = DATE.test(s) ? Date.parse(`${s}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(s);
}

function isDateTime(s: string): boolean {
  const parts = DATE_TIME.exec(s);
  return parts !== null && isDate(parts[1]) && Number(parts[2]) < 24 && Number(parts[3]) < 60 && Number(parts[4]) < 60;
}
