import { AddressRange, cidrsOf, EVERY_ADDRESS, networkOf, rangeText, without } from '../../proofs/reachability';

/** More are counted, not listed. */
const MOST_LISTED = 4;

/** What of each family is no private, carrier's or link-local network. */
const INTERNET: { readonly [family in AddressRange['family']]: readonly AddressRange[] } = {
  32: without(EVERY_ADDRESS[32], ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => networkOf(cidr)!)),
  128: without(EVERY_ADDRESS[128], ['fc00::/7', 'fe80::/10'].map((cidr) => networkOf(cidr)!)),
};

/** Addresses for people: what they are, what they are beside the internet, or all but what they are; whichever is shortest. */
export function outsideText(ranges: readonly AddressRange[]): string {
  const { family } = ranges[0];
  const suffix = family === 32 ? '' : ' by IPv6';
  const rest = without(EVERY_ADDRESS[family], ranges);
  if (rest.length === 0) return `anywhere outside${suffix}`;
  const [these, others] = [without(EVERY_ADDRESS[family], rest), rest].map((list) => list.flatMap((range) => namesOf(range)));
  const beside = INTERNET[family].every((range) => without(range, ranges).length === 0)
    ? without(EVERY_ADDRESS[family], [...rest, ...INTERNET[family]]).flatMap((range) => namesOf(range)) : undefined;
  if (beside && beside.length <= Math.min(these.length, others.length)) return [`the internet${suffix}`, ...beside.length > 0 ? [listed(beside)] : []].join(', ');
  return others.length < these.length ? `outside${suffix}, all but ${listed(others)}` : listed(these);
}

/** A range as its CIDRs, or as a range where these are many. */
function namesOf(range: AddressRange): string[] {
  const cidrs = cidrsOf(range);
  return cidrs.length <= 2 ? cidrs : [rangeText(range)];
}

function listed(names: readonly string[]): string {
  return names.length <= MOST_LISTED ? names.join(', ') : `${names.slice(0, MOST_LISTED - 1).join(', ')} and ${names.length - MOST_LISTED + 1} more`;
}
