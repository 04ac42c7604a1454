/**
 * What controls must be told, since no manifest says it; expressions read it as `params`. Whoever judges gives all of it; an
 * admission policy has it inlined.
 */
export interface Params {
  /** Prefixes of the images that may run, each ending in "/"; with none, any registry that an image names will do. */
  readonly registries: readonly string[];
}

/** What holds where nothing is said. */
export const DEFAULT_PARAMS: Params = { registries: [] };
