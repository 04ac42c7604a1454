/** What a report cannot know from what was judged. */
export interface ReportOptions {
  /** The version of cdk8s-hardened. */
  readonly toolVersion: string;
  /** Whether the text may hold terminal colours. @default false */
  readonly colour?: boolean;
  /** How many columns the reader's terminal has; prose is broken there, YAML never. @default - no line is broken */
  readonly columns?: number;
  /**
   * When the report is made, such as `2026-09-30T12:00:00Z`: SOURCE_DATE_EPOCH, never the clock, so that equal input gives equal bytes.
   * @default - the report says no time
   */
  readonly today?: string;
  /** The absolute path of the folder that files are named from where a consumer wants relative names. @default - as they were given */
  readonly root?: string;
}
