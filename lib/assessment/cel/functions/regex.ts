import { text, whole } from './arguments';
import type { Functions } from '../call';
import { translated } from '../re2';
import { CelError } from '../value';

/** Each pattern is compiled once in the life of the program; there are as many as the catalog has. */
const COMPILED = new Map<string, RegExp>();

/** Searches by patterns of RE2, as Go has it. */
export const REGEX: Functions = {
  '.matches/2': (s, pattern) => compiled(text(pattern)).test(text(s)),
  'matches/2': (s, pattern) => compiled(text(pattern)).test(text(s)),
  '.find/2': (s, pattern) => compiled(text(pattern)).exec(text(s))?.[0] ?? '',
  '.findAll/2': (s, pattern) => matches(text(s), text(pattern), -1),
  '.findAll/3': (s, pattern, most) => matches(text(s), text(pattern), whole(most)),
};

function compiled(pattern: string): RegExp {
  let regex = COMPILED.get(pattern);
  if (!regex) {
    const { source, flags } = translated(pattern);
    try {
      regex = new RegExp(source, flags);
    } catch {
      throw new CelError(`Illegal regex: ${pattern}`);
    }
    COMPILED.set(pattern, regex);
  }
  return regex;
}

/** All matches, or the first `most` of them. An empty one directly behind another match does not count. */
function matches(s: string, pattern: string, most: number): string[] {
  const regex = new RegExp(compiled(pattern), `${compiled(pattern).flags}g`);
  let end = -1;
  const found = [...s.matchAll(regex)].filter(({ 0: match, index }) => {
    const counts = match !== '' || index !== end;
    end = index + match.length;
    return counts;
  }).map(([match]) => match);
  return most < 0 ? found : found.slice(0, most);
}
