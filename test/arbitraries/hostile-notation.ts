import * as fc from 'fast-check';

/**
 * JSON written as YAML by a hand that wants to be read by kubectl and by nobody else: every spelling of booleans and numbers, escapes in
 * keys, tags, merge keys that override what stands before them, the line breaks of YAML 1.1, question marks within braces, and so on.
 * What it means is what it was given, as test/judges/reading asks kubectl.
 */
export function hostileNotation(json: unknown): fc.Arbitrary<Buffer> {
  return fc.array(fc.nat(0xffff), { minLength: 60, maxLength: 60 }).map((tape) => new Writer(tape).file(json));
}

class Writer {
  private next = 0;
  private anchors = 0;

  /** @param tape what each choice goes by; zeros make the plainest notation */
  constructor(private readonly tape: readonly number[]) {}

  public file(json: unknown): Buffer {
    if (this.one(8)) return Buffer.from(this.json(json));
    const body = this.block(json, 0).join('\n');
    const before = this.of('', '---\n', '# a comment\n', '--- # a comment\n', '\n\n', '---\n---\n', '# \u2028', '---\n# c\n---\n');
    const after = this.of('\n', '', '\n---\n', '\n...\n', '\n# the end', '\n---\n# nothing\n');
    const text = `${before}${body}${after}`;
    const lines = this.one(6) ? text.replaceAll('\n', '\r\n') : text;
    return this.of(Buffer.from(lines), Buffer.from(lines), Buffer.from(`\ufeff${lines}`), Buffer.from(`\ufeff${lines}`, 'utf16le'), Buffer.from(`\ufeff${lines}`, 'utf16le').swap16());
  }

  private choose(count: number): number {
    return this.tape[this.next++ % this.tape.length] % count;
  }

  private one(inSo: number): boolean {
    return this.choose(inSo) === inSo - 1;
  }

  private of<T>(...choices: readonly T[]): T {
    return choices[this.choose(choices.length)];
  }

  private json(json: unknown): string {
    const text = JSON.stringify(json, undefined, this.of<number | string>(0, 1, '\t'));
    return this.one(2) ? this.escapedLetters(text) : text;
  }

  /** Letters within quotes as escapes. */
  private escapedLetters(text: string): string {
    return text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => string.replace(/\\.|[a-z/]/g, (char) => (char.length > 1 || !this.one(4) ? char : char === '/' ? '\\/' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)));
  }

  /** The lines of a value in block style, of which the first may follow a key or a dash if it is the only one. */
  private block(value: unknown, depth: number): string[] {
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || this.one(7)) return [this.flow(value)];
    const lines = Array.isArray(value) ? value.flatMap((item) => this.entry('-', item, depth)) : this.map(value as { [key: string]: unknown }, depth);
    return this.one(5) ? [this.of('# c', '# privileged: true', '  # c', '', '# c \u0085# d', '#\u2029'), ...lines] : lines;
  }

  private map(map: { readonly [key: string]: unknown }, depth: number): string[] {
    return Object.entries(map).flatMap(([key, value], i) => {
      switch (this.choose(14)) {
        case 11: return [`${this.of('<<', '! "<<"', '!!merge "<<"')}: {${this.flowKey(key)} ${this.flow(value)}}`];
        // What stands before a merge key is overridden.
        case 12: return [`"${this.escaped(key)}": ${this.of('false', 'null', '1000', 'harmless', '{}', '[]')}`, `<<: ${this.of('', '[')}`].map((line, at) => (at === 0 ? line : line.endsWith('[') ? `${line}{${this.flowKey(key)} ${this.flow(value)}}, {"${this.escaped(key)}": false}]` : `${line}{${this.flowKey(key)} ${this.flow(value)}}`));
        case 13: return ['<<:', `    "${this.escaped(key)}": decoy`, ...this.entry(`${this.blockKey(key)}:`, value, depth)];
        case 10: return [`? ${this.blockKey(key)}`, ...this.entry(':', value, depth)];
        default: return this.entry(`${i === 0 || !this.one(3) ? this.blockKey(key) : `"${this.escaped(key)}" `}:`, value, depth);
      }
    });
  }

  /** A value after a key or a dash. */
  private entry(intro: string, value: unknown, depth: number): string[] {
    const properties = this.one(6) && typeof value === 'object' && value !== null ? this.of(`&a${this.anchors++} `, '!!map ', '!x ', '!!omap ') : '';
    const isList = Array.isArray(value);
    const lines = this.block(value, depth + 1);
    const comment = this.one(9) ? this.of(' # c', ' #', ' # "') : '';
    if (lines.length === 1 && !/^\s*(?:#|$)/.test(lines[0]) && (typeof value !== 'object' || value === null || /^[[{]/.test(lines[0]))) return [`${intro} ${properties}${lines[0]}${/^[|>]/.test(lines[0]) ? '' : comment}`].flatMap((line) => line.split('\n'));
    const indent = ' '.repeat(isList && intro.endsWith(':') && intro !== ':' && this.one(2) ? 0 : 1 + this.choose(5));
    return [`${intro}${properties === '' ? '' : ` ${properties.trimEnd()}`}${comment}`, ...lines.map((line) => (line === '' ? '' : indent + line))];
  }

  private flow(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.flow(item)).join(this.of(', ', ',', ' , ', ',  '))}${value.length > 0 && this.one(4) ? ',' : ''}]`;
    if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, item]) => `${this.flowKey(key)} ${this.flow(item)}`).join(this.of(', ', ' ,', ',  '))}}`;
    return this.scalar(value as string | number | boolean | null);
  }

  private scalar(value: string | number | boolean | null): string {
    if (value === null) return this.of('null', '~', 'Null', 'NULL', '!!null ""');
    if (typeof value === 'boolean') return value ? this.of('true', 'yes', 'on', 'True', 'TRUE', 'Yes', 'YES', 'On', 'ON', 'y', 'Y', '!!bool "yes"') : this.of('false', 'no', 'off', 'False', 'FALSE', 'No', 'OFF', 'n', 'N', '!!bool "off"');
    return typeof value === 'number' ? this.number(value) : this.text(value);
  }

  private number(value: number): string {
    if (!Number.isInteger(value) || value < 0 || value > 2 ** 31) return String(value);
    const digits = String(value);
    return this.of(digits, `0x${value.toString(16)}`, `0o${value.toString(8)}`, `0${value.toString(8)}`, `0b${value.toString(2)}`, `+${digits}`, `${digits}.0`, `${digits}e0`, `${digits}_`, `0X_${value.toString(16)}`, `!!int "${digits}"`, `!!float ${digits}`, `${digits}.e+0`);
  }

  private text(text: string): string {
    const isWord = /^[A-Za-z][A-Za-z0-9./-]*$/.test(text) && !/^(?:y|yes|n|no|on|off|true|false|null)$/i.test(text);
    const quoted = `"${this.escaped(text)}"`;
    const single = /^[ -~]*$/.test(text) ? `'${text.replaceAll('\'', '\'\'')}'` : quoted;
    return this.of(isWord ? text : quoted, quoted, single, isWord ? `!!str ${text}` : quoted, `!!str ${quoted}`, `! ${single}`, isWord ? `!<tag:yaml.org,2002:str> ${text}` : single, `!x ${quoted}`);
  }

  private escaped(text: string): string {
    return JSON.stringify(text).slice(1, -1).replace(/\\.|[A-Za-z.]/g, (char) => {
      if (char.length > 1 || !this.one(5)) return char;
      const hex = char.charCodeAt(0).toString(16);
      return this.of(`\\x${hex.padStart(2, '0')}`, `\\u${hex.padStart(4, '0')}`, `\\U${hex.padStart(8, '0')}`);
    });
  }

  private blockKey(key: string): string {
    const isWord = /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !/^(?:y|n|on|off|no|yes)$/i.test(key);
    return this.of(isWord ? key : `"${this.escaped(key)}"`, `"${this.escaped(key)}"`, `'${key.replaceAll('\'', '\'\'')}'`, isWord ? `${key} ` : `"${this.escaped(key)}"`, `!!str "${this.escaped(key)}"`);
  }

  /** A key and its colon. */
  private flowKey(key: string): string {
    const isWord = /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !/^(?:y|n|on|off|no|yes)$/i.test(key);
    const quoted = `"${this.escaped(key)}"`;
    return this.of(isWord ? `${key}:` : `${quoted}:`, `${quoted}:`, isWord ? `?${key}:` : `?${quoted}:`, `? ${quoted} :`, `${quoted} :`);
  }
}
