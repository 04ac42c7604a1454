import { ReadFault } from './fault';

/** A place in a text that moves on, and what stands there as YAML 1.1 sees it: unlike YAML 1.2 it has five line breaks. */
export class Cursor {
  public at = 0;
  public lineStart = 0;

  constructor(public readonly text: string) {}

  public get column(): number {
    return this.at - this.lineStart;
  }

  /** The character here, or some way on; 0 at the end, since no text that is read holds one. */
  public code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead) || 0;
  }

  /** Reads a line break. @returns it as it counts in a scalar: most become a line feed */
  public lineBreak(): string {
    const code = this.code();
    this.at += code === 13 && this.code(1) === 10 ? 2 : 1;
    this.lineStart = this.at;
    return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
  }

  public skipBlanks(): void {
    while (isBlank(this.code())) this.at++;
  }

  /** Skips a comment, if one begins here, to the end of its line. */
  public skipComment(): void {
    if (this.code() === 0x23) while (!isBreakOrEnd(this.code())) this.at++;
  }

  /** Whether a line of `---` or `...` begins here, which ends any scalar. */
  public atDocumentMark(): boolean {
    if (this.at !== this.lineStart) return false;
    const code = this.code();
    return (code === 0x2d || code === 0x2e) && code === this.code(1) && code === this.code(2) && isBlankOrEnd(this.code(3));
  }

  public fault(problem: string, at = this.at): ReadFault {
    return new ReadFault(`it is no valid YAML: ${problem}`, at);
  }
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isBlankOrEnd(code: number): boolean {
  return code === 32 || code === 9 || isBreakOrEnd(code);
}
