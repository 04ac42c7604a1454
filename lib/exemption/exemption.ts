import type { IConstruct } from 'constructs';
import { faultAt, pathOf, refuse, shown } from '../errors';
import { enforce } from '../gates/enforce';
import { exemptionsAt, markExempt } from '../gates/grants';
import { today } from '../gates/today';

/** What is exempted, why, by whom, and until when. */
export interface ExemptionProps {
  /** The id that the finding names, such as `pod/no-host-path-volumes`. */
  readonly control: string;

  /** Why the control may fail here; it stands in every report. */
  readonly reason: string;

  /** The team that answers for it. */
  readonly owner: string;

  /** The last day on which it holds, in UTC, as `YYYY-MM-DD`; at most a year away. */
  readonly expires: string;

  /**
   * Where it was agreed: an issue, or its URL.
   * @default - none
   */
  readonly ticket?: string;
}

/**
 * Lets one control fail for one construct, for a stated time: the only way to be weaker than the profile. It shows in every report.
 * Once it has expired, or when it excuses nothing, it is itself a violation.
 */
export class Exemption {
  /**
   * Exempts every object that is rendered beneath a construct from a control.
   * @throws if the control is unknown or one that nothing can be exempt from, if the reason or owner is empty, or if the day is none
   * or more than a year away
   */
  public static grant(scope: IConstruct, props: ExemptionProps): Exemption {
    const where = pathOf(scope, 'Exemption');
    // The catalog is read only where something is exempt.
    const { exemptionFaults } = require('../assessment') as typeof import('../assessment');
    refuse(where, exemptionFaults(props, today(process.env)));
    if (exemptionsAt(scope).some(({ control }) => control === props.control)) {
      throw faultAt(where, `it is exempt from ${shown(props.control)} already`, 'state one exemption, with all reasons');
    }
    markExempt(scope, { ...props });
    enforce(scope);
    return new Exemption(props);
  }

  public readonly control: string;
  public readonly reason: string;
  public readonly owner: string;
  public readonly expires: string;
  public readonly ticket?: string;

  private constructor({ control, reason, owner, expires, ticket }: ExemptionProps) {
    this.control = control;
    this.reason = reason;
    this.owner = owner;
    this.expires = expires;
    this.ticket = ticket;
  }
}
