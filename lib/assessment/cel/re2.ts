import { CelError } from './value';

/** A pattern of RE2 for JavaScript. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

const CLASSES: { readonly [name: string]: string } = {
  d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_',
  alnum: '0-9A-Za-z', alpha: 'A-Za-z', ascii: '\\x00-\\x7f', blank: '\\t ', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9', graph: '!-~', lower: 'a-z',
  print: ' -~', punct: '!-\\/:-@\\[-`\\{-~', space: '\\t\\n\\v\\f\\r ', upper: 'A-Z', word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f',
};
const CONTROLS = 'aftnrv';

/**
 * Translates a pattern. RE2 and JavaScript agree on most of it: leftmost matches, greedy and lazy. They differ in what `.`, `\s`, `$`
 * and flags mean, and RE2 has no look-around and no references to groups, so those are refused.
 * @see https://github.com/google/re2/wiki/Syntax
 * @throws CelError for what RE2 has not, or JavaScript cannot say
 */
export function translated(pattern: string): Pattern {
  const reader = new Reader(pattern);
  let source = '';
  let flags: Flags = { i: false, m: false, s: false };
  // Flags that are set before anything else are the whole pattern's.
  for (let leading = reader.flags(); leading; leading = reader.flags()) flags = { ...flags, ...leading };
  const { i, ...rest } = flags;
  let depth = 0;
  let atom = false;
  while (!reader.done) {
    const char = reader.next();
    switch (char) {
      case '(':
        source += reader.group();
        depth++;
        break;
      case ')':
        if (--depth < 0) throw reader.refusal('an unmatched )');
        source += ')';
        break;
      case '[': source += reader.set(); break;
      case '\\': source += reader.escape(); break;
      case '.': source += rest.s ? '[^]' : '[^\\n]'; break;
      case '^': source += rest.m ? '(?<![^\\n])' : '^'; break;
      case '$': source += rest.m ? '(?![^\\n])' : '$'; break;
      case '*': case '+': case '?': case '{':
        source += reader.quantifier(char, atom);
        atom = false;
        continue;
      case '}': case ']': source += `\\${char}`; break;
      default: source += char;
    }
    atom = char !== '(' && char !== '|';
  }
  if (depth > 0) throw reader.refusal('a missing )');
  return { source, flags: i ? 'iu' : 'u' };
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

class Reader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  public get done(): boolean {
    return this.at >= this.pattern.length;
  }

  public next(): string {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
    this.at += char.length;
    return char;
  }

  public refusal(what: string): CelError {
    return new CelError(`Illegal regex: ${what} in ${JSON.stringify(this.pattern)}`);
  }

  /** Flags for all that follows, such as `(?i)`. */
  public flags(): Partial<Flags> | undefined {
    const set = this.take(/\(\?([ims]+)\)/y);
    return set && Object.fromEntries([...set[1]].map((flag) => [flag, true]));
  }

  /** What opens a group; none of them captures, since nothing can ask for it. */
  public group(): string {
    if (!this.take(/\?/y)) return '(?:';
    if (this.take(/:/y) || this.take(/P?<[A-Za-z_]\w*>/y)) return '(?:';
    throw this.refusal('look-around, or flags within it, which are not supported');
  }

  public quantifier(char: string, atom: boolean): string {
    const counted = char === '{' ? this.take(/(\d+)(,(\d*))?\}/y) : undefined;
    if (char === '{' && !counted) return '\\{';
    if (!atom) throw this.refusal('a quantifier of nothing');
    if (counted && [counted[1], counted[3]].some((count) => Number(count ?? 0) > 1000)) throw this.refusal('a count above 1000');
    if (counted?.[3] && Number(counted[3]) < Number(counted[1])) throw this.refusal('a count that falls');
    return (counted ? `{${counted[0]}` : char) + (this.take(/\?/y)?.[0] ?? '');
  }

  public escape(): string {
    if (this.done) throw this.refusal('a trailing \\');
    const char = this.next();
    if (char === 'A') return '(?<![^])';
    if (char === 'z') return '(?![^])';
    if (char === 'b' || char === 'B') return `\\${char}`;
    if (char === 'Q') return this.quoted();
    if ('dsw'.includes(char)) return `[${CLASSES[char]}]`;
    if ('DSW'.includes(char)) return `[^${CLASSES[char.toLowerCase()]}]`;
    return this.escaped(char);
  }

  /** A character class, between brackets. */
  public set(): string {
    let source = this.take(/\^/y) ? '[^' : '[';
    for (let first = true; ; first = false) {
      if (this.done) throw this.refusal('a missing ]');
      const named = this.take(/\[:(\^?)([a-z]+):\]/y);
      if (named) {
        if (!Object.hasOwn(CLASSES, named[2])) throw this.refusal(`the class ${named[2]}`);
        source += this.class(named[2], named[1] === '^');
        continue;
      }
      const char = this.next();
      if (char === ']' && !first) return `${source}]`;
      source += char === '\\' ? this.inSet(this.next()) : /[[\]^]/.test(char) ? `\\${char}` : char;
    }
  }

  private inSet(char: string): string {
    if ('dsw'.includes(char)) return CLASSES[char];
    if ('DSW'.includes(char)) return this.class(char.toLowerCase(), true);
    return this.escaped(char);
  }

  private class(name: string, negated: boolean): string {
    if (negated) throw this.refusal('a negated class within brackets, which is not supported');
    return CLASSES[name];
  }

  /** A character that is written with a backslash. */
  private escaped(char: string): string {
    if (CONTROLS.includes(char)) return char === 'a' ? '\\x07' : `\\${char}`;
    if (char === 'x') {
      const hex = this.take(/([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\}/y);
      if (!hex) throw this.refusal('\\x without digits');
      return `\\u{${hex[1] ?? hex[2]}}`;
    }
    if (char === 'p' || char === 'P') {
      const name = this.take(/([A-Z])|\{(\^?)(\w+)\}/y);
      if (!name) throw this.refusal(`\\${char} without a name`);
      const script = name[3] !== undefined && name[3].length > 2 ? `Script=${name[3]}` : name[1] ?? name[3];
      return `\\${(char === 'P') !== (name[2] === '^') ? 'P' : 'p'}{${script}}`;
    }
    const octal = char === '0' ? this.take(/[0-7]{0,2}/y)![0] : '';
    if (char === '0') return `\\u{${parseInt(`0${octal}`, 8).toString(16)}}`;
    if (/[0-9A-Za-z]/.test(char) || char > '\x7f') throw this.refusal(`\\${char}`);
    return `\\u{${char.codePointAt(0)!.toString(16)}}`;
  }

  private quoted(): string {
    const end = this.pattern.indexOf('\\E', this.at);
    const text = this.pattern.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.pattern.length : end + 2;
    return [...text].map((char) => `\\u{${char.codePointAt(0)!.toString(16)}}`).join('');
  }

  private take(at: RegExp): RegExpExecArray | undefined {
    at.lastIndex = this.at;
    const match = at.exec(this.pattern) ?? undefined;
    if (match) this.at += match[0].length;
    return match;
  }
}
