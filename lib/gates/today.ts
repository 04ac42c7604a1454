import { faultAt, shown } from '../errors';

/**
 * The day on which exemptions must hold, in UTC: that of SOURCE_DATE_EPOCH, where it is set, so that a build gives the same on any
 * day; else today.
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 * @throws if SOURCE_DATE_EPOCH is set and is no time
 */
export function today(env: { readonly [name: string]: string | undefined }): string {
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date().toISOString().slice(0, 10);
  const time = new Date(Number(epoch) * 1000);
  if (!/^\d+$/.test(epoch) || Number.isNaN(time.getTime())) throw faultAt('SOURCE_DATE_EPOCH', `it is ${shown(epoch)}`, 'give the seconds since 1970, as "date +%s" prints them, or leave it unset');
  return time.toISOString().slice(0, 10);
}
