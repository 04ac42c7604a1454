/** An object that a rule was broken by, as cdk8s reports it. */
export interface ValidationViolatingResource {
  /** The object's name, by which cdk8s finds its construct. */
  readonly resourceName: string;
  /** What is wrong, each with the field's path. */
  readonly locations: string[];
  /** The file that the object stands in. */
  readonly manifestPath: string;
}

/** A rule that was broken, as cdk8s reports it. */
export interface ValidationViolation {
  /** The control's id. */
  readonly ruleName: string;
  /** What must be so. */
  readonly recommendation: string;
  /** What to write. */
  readonly fix: string;
  /** Everything that breaks it. */
  readonly violatingResources: ValidationViolatingResource[];
}

/** Where a plugin of cdk8s puts what it found. */
export interface IValidationReport {
  /** Adds a rule that was broken. */
  addViolation(violation: ValidationViolation): void;
  /** Ends the report; cdk8s insists on it. @param status `success` or `failure` */
  submit(status: string, metadata?: { [key: string]: string }): void;
}

/** What cdk8s gives its plugins. */
export interface IValidationContext {
  /** The files that were written. */
  readonly manifests: string[];
  /** What to report into. */
  readonly report: IValidationReport;
}
