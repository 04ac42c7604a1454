import type { IConstruct } from 'constructs';
import { Fault } from '../errors';
import { exemptionsAt } from '../gates/grants';

/** What is wrong with a role, and who may let it be. */
export interface RoleFault extends Fault {
  /** The controls that see it at synth: a role that is exempt from all of them is not refused. Absent where nothing excuses it. */
  readonly controls?: readonly string[];
}

/** The faults that no exemption excuses, of the construct or of what it stands in. */
export function unexcused(scope: IConstruct, faults: readonly RoleFault[]): RoleFault[] {
  const exempt = new Set(scope.node.scopes.flatMap((each) => exemptionsAt(each).map(({ control }) => control)));
  return faults.filter(({ controls }) => !controls?.every((control) => exempt.has(control)));
}
