import { CelError } from './value';

/** A node of an expression, as the interpreter's parser makes them; the name of the operation decides what `args` is. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
}

interface Parser {
  parse(cel: string): Node;
}

/** More than any expression of ours needs, and as deep as the stack allows. */
const LIMITS = { maxAstNodes: 100_000, maxDepth: 250, maxListElements: 1_000, maxMapEntries: 1_000, maxCallArguments: 32 };

let parser: Parser | undefined;

/**
 * Reads an expression. Of the interpreter only the parser is loaded, and it is told of no macros, so that it leaves them as the calls
 * that they are written as.
 * @throws CelError if it is none
 */
export function parsed(cel: string): Node {
  if (!parser) {
    const { Parser: Interpreters } = require('../../cel/parser') as { Parser: new (limits: typeof LIMITS, registry: object) => Parser };
    parser = new Interpreters(LIMITS, { findMacro: () => undefined, enableOptionalTypes: true });
  }
  try {
    return parser.parse(cel);
  } catch (error) {
    throw new CelError(String((error as Error).message).split('\n')[0]);
  }
}
