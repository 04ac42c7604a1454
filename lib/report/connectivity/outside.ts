import { AddressRange, cidrsOf, EVERY_ADDRESS, rangeText, without } from '../../proofs/reachability';

/** More are counted, not listed. */
const MOST_LISTED = 4;

/** Addresses for people: as CIDRs, or as all but some, whichever is shorter. */
export function outsideText(ranges: readonly AddressRange[]): string {
  const every = EVERY_ADDRESS[ranges[0].family];
  const rest = without(every, ranges);
  const where = every.family === 32 ? 'outside' : 'IPv6 outside';
  if (rest.length === 0) return `anywhere ${where}`;
  const [these, others] = [without(every, rest), rest].map((list) => list.flatMap((range) => namesOf(range)));
  return others.length < these.length ? `${where}, all but ${listed(others)}` : listed(these);
}

/** A range as its CIDRs, or as a range where these are many. */
function namesOf(range: AddressRange): string[] {
  const cidrs = cidrsOf(range);
  return cidrs.length <= 2 ? cidrs : [rangeText(range)];
}

function listed(names: readonly string[]): string {
  return names.length <= MOST_LISTED ? names.join(', ') : `${names.slice(0, MOST_LISTED - 1).join(', ')} and ${names.length - MOST_LISTED + 1} more`;
}
