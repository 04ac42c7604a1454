/** Where a value stands within its object: keys and indexes, outermost first. */
export type ValuePath = readonly (string | number)[];

/** One object for the API server, and where it was written. */
export interface ManifestObject {
  /**
   * Plain data: numbers, strings, booleans, null, lists, and maps without any inherited property, so that `constructor` or
   * `__proto__` are what the file says or nothing. Where a file has aliases, values are shared: do not change them.
   */
  readonly json: { readonly [key: string]: unknown };
  /** As the user wrote it, or found in the folder that the user wrote; `stdin` for `-`. */
  readonly file: string;
  /** Which document of its file, from 0; those that hold nothing do not count. */
  readonly document: number;
  /** Its place in the document; empty unless it is an item of a list. */
  readonly within: ValuePath;
  /**
   * The line of a value of the object, from 1, or of the object itself. It is the line of the key; of the item, in a list; of the
   * nearest that is there, if the value is absent; of where it is written, if an alias or a merge key repeats it.
   */
  lineOf(path?: ValuePath): number;
}

/** Something of the input that is not an object. */
export interface InputRemark {
  readonly file: string;
  /** From 1; none where it is about the file itself. */
  readonly line?: number;
  /** What is wrong; then what to do, after a semicolon. Lower case, no final period. */
  readonly reason: string;
}

/** Everything that some paths hold, each in the order of the paths. */
export interface ManifestInput {
  readonly objects: readonly ManifestObject[];
  /** Documents that were read and are no object: kustomize patches, values files, dashboards. They are normal. */
  readonly notKubernetes: readonly InputRemark[];
  /** What could not be read, and so was not judged. */
  readonly unreadable: readonly InputRemark[];
  /** The files that were opened, for saying how many there were: none in a folder is usually a mistake. */
  readonly files: readonly string[];
}
