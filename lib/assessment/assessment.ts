import type { Finding } from './finding';
import type { Control, Level } from '../controls';
import type { KubeObject } from '../inventory';

/** What was granted: that a control may fail, for whom, why, and until when. */
export interface GrantedExemption {
  readonly control: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `2027-03-31`. */
  readonly expires: string;
  readonly ticket?: string;
  /** Where it is written: a construct path, or the line of a file, `exemptions.yaml:12`. */
  readonly where: string;
}

/** A finding that an exemption covers. */
export interface ExemptedFinding {
  readonly finding: Finding;
  readonly exemption: GrantedExemption;
}

/** One object, and all that was found of it. */
export interface JudgedObject {
  readonly object: KubeObject;
  /** Findings that nothing excuses, worst first. */
  readonly violations: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
  /** Findings that a baseline of earlier ones holds. */
  readonly known: readonly Finding[];
}

/** What came of judging an inventory; all that a report tells. */
export interface Assessment {
  readonly profile: Level;
  /** The release that was judged for; absent where objects go to clusters of several. */
  readonly kubernetesVersion?: string;
  /** The controls that were asked. */
  readonly controls: readonly Control[];
  /**
   * Every object of the input, in its order. What is wrong with an exemption is a violation of an object of its own: kind `Exemption`,
   * its name the control.
   */
  readonly objects: readonly JudgedObject[];
  readonly exemptions: readonly GrantedExemption[];
  /** How many documents of the input are no Kubernetes objects. */
  readonly notKubernetes: number;
  /** How many could not be read, so that nobody knows what is in them. */
  readonly unreadable: number;
}
