import { ADDRESSES } from './addresses';
import { CONVERSIONS } from './conversions';
import { FORMAT } from './format';
import { NAMED_FORMATS } from './formats';
import { LISTS } from './lists';
import { QUANTITIES } from './quantities';
import { REGEX } from './regex';
import { SEARCH, SETS } from './search';
import { STRINGS } from './strings';
import { URLS } from './urls';
import { COMPARISONS, VERSIONS } from './versions';
import type { Fn, Functions } from '../call';

const FAMILIES: readonly Functions[] = [STRINGS, SEARCH, SETS, LISTS, REGEX, FORMAT, CONVERSIONS, QUANTITIES, COMPARISONS, VERSIONS, ADDRESSES, URLS, NAMED_FORMATS];

/** Every function that the API server has for policies, but those that ask it about permissions. */
export const FUNCTIONS: ReadonlyMap<string, Fn> = new Map(FAMILIES.flatMap((family) => Object.entries(family)));
