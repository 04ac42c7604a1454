/** Deeper than any object of Kubernetes, and well before the stack ends. */
export const DEEPEST = 500;

/** What makes a document unreadable, and its place in the text. */
export class ReadFault extends Error {
  /** @param problem what is wrong; what to write, where that can be said: the shape of every message of this library */
  constructor(readonly problem: string, readonly at: number) {
    super(problem);
  }
}
