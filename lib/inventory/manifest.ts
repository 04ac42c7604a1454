/** A manifest as it was read or rendered, and where it comes from. */
export interface Manifest {
  /** Plain JSON: what is sent to the API server. */
  readonly json: unknown;
  /** A construct path, or a file. */
  readonly where: string;
  /**
   * In a file: the line, from 1, of a field by its whole path in the manifest, such as `items[2].spec.replicas`; of the nearest
   * field around it where it is not there itself; of the manifest's first line for the empty path. It costs a second and slower
   * reading of the file, so it is asked only about what is reported.
   */
  readonly lineOf?: (path: string) => number;
}

/** A field that is not what Kubernetes reads there. */
export interface ShapeFault {
  /** The field's whole path in its object. */
  readonly path: string;
  /** What is wrong, with the value given; lower case, no final period. */
  readonly problem: string;
}

/** Whether a value is a JSON object: neither a list nor null. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field by its own name only, so that no key stands in for one through the prototype; null is absent, as Kubernetes has it. */
export function field(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((at, name) => isRecord(at) && Object.hasOwn(at, name) ? at[name] ?? undefined : undefined, value);
}
