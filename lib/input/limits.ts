/**
 * How much is read before a reader gives up, so that no input can hang or crash it. Each limit lies far above what a cluster takes:
 * the API server takes objects of 3 MB, and kubectl itself gives up at about as many nodes copied by aliases.
 */
export const LIMITS = {
  /** Bytes of one file. */
  fileBytes: 256 * 1024 * 1024,
  /** Maps and lists within one another, aliases followed. */
  depth: 500,
  /** Maps, lists and scalars that are written in one document. */
  nodes: 8_000_000,
  /** Maps, lists and scalars that the aliases and merge keys of one document repeat. */
  repeatedNodes: 400_000,
  /** The same, of everything read in one run. */
  repeatedNodesInAll: 10_000_000,
} as const;

/** What the aliases of one run have repeated so far. */
export interface Repeated {
  inAll: number;
}
