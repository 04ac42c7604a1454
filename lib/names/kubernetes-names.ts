import { Fault, shown } from '../errors';
import { holdsTerraformToken } from './terraform-token';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports (IANA service names) */
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** Whether a container's port may have this name. */
export function isPortName(name: string): boolean {
  return PORT_NAME.test(name);
}

/**
 * Checks a name that must be a DNS label: namespaces, services, ports' hosts.
 * @param what the name's role in the message, such as `namespace`
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function dnsLabelFaults(what: string, name: string): Fault[] {
  return tokenFaults(what, name) ?? nameFaults(what, name, DNS_LABEL.test(name), 'lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit');
}

/**
 * Checks a name that must be a DNS subdomain: most objects' `metadata.name`.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function dnsSubdomainFaults(what: string, name: string): Fault[] {
  const valid = String(name).length <= 253 && DNS_SUBDOMAIN.test(name);
  return tokenFaults(what, name) ?? nameFaults(what, name, valid, 'lower-case letters, digits, "-" and ".", at most 253, starting and ending with a letter or digit');
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function labelValueFaults(what: string, value: string): Fault[] {
  return tokenFaults(what, value) ?? nameFaults(what, value, LABEL_VALUE.test(value), 'letters, digits, "-", "_" and ".", at most 63, starting and ending with a letter or digit');
}

/** Checks a label's key: an optional DNS subdomain and "/", then a name. */
export function labelKeyFaults(what: string, key: string): Fault[] {
  const [name, prefix, ...rest] = String(key).split('/').reverse();
  const valid = rest.length === 0 && LABEL_NAME.test(name) && (prefix === undefined || (prefix.length <= 253 && DNS_SUBDOMAIN.test(prefix)));
  return tokenFaults(what, key) ?? nameFaults(what, key, valid, '"name" or "prefix.example/name", the name of letters, digits, "-", "_" and ".", at most 63');
}

function nameFaults(what: string, value: string, valid: boolean, allowed: string): Fault[] {
  return valid && typeof value === 'string' ? [] : [{ problem: `${what} ${shown(value)} is not valid`, remedy: `use ${allowed}` }];
}

function tokenFaults(what: string, value: string): Fault[] | undefined {
  return holdsTerraformToken(value)
    ? [{ problem: `${what} ${shown(value)} is a Terraform token, which no manifest can resolve`, remedy: 'give the value itself; names and ARNs can be computed on both sides from the same inputs' }]
    : undefined;
}
