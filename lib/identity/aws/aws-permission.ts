import { Fault } from '../../errors';
import { statementFaults } from './policy-lint';

/** A statement as IAM reads it. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** What must hold for a permission, such as `StringEquals`, `aws:PrincipalTag/team`, `['a', 'b']`. */
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * What a cloud role may do: actions on resources, both by name. WorkloadIdentity judges it, and refuses what is every action,
 * every resource, or a way to more rights than are written here.
 */
export class AwsPermission {
  /**
   * @param actions such as `s3:GetObject`; see the Service Authorization Reference
   * @param resources ARNs, such as `arn:aws:s3:::reports/*`; they may hold policy variables (`${aws:PrincipalTag/team}`) and
   * Terraform's tokens. `*` only for actions that know no resource, such as `s3:ListAllMyBuckets`
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
   */
  public static allow(actions: string[], resources: string[]): AwsPermission {
    return new AwsPermission(actions, resources, []);
  }

  private constructor(private readonly actions: readonly string[], private readonly resources: readonly string[], private readonly conditions: readonly Condition[]) {}

  /**
   * The same under a further condition. All conditions must hold; of the values of one, any.
   * @param operator such as `StringEquals`
   * @param key such as `aws:PrincipalTag/team` or `iam:PassedToService`
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
   */
  public when(operator: string, key: string, ...values: string[]): AwsPermission {
    return new AwsPermission(this.actions, this.resources, [...this.conditions, { operator, key, values }]);
  }

  /** @internal */
  public _statement(): Statement {
    const condition: { [operator: string]: { [key: string]: string | readonly string[] } } = {};
    for (const { operator, key, values } of this.conditions) {
      condition[operator] = { ...condition[operator], [key]: values.length === 1 ? values[0] : values };
    }
    return { Effect: 'Allow', Action: this.actions, Resource: this.resources, ...this.conditions.length > 0 ? { Condition: condition } : {} };
  }

  /**
   * @param partition that in which the role is
   * @internal
   */
  public _faults(partition: string): Fault[] {
    const text = `AwsPermission.allow(${JSON.stringify(this.actions)}, ${JSON.stringify(this.resources)})`;
    const faults = [...conditionFaults(this.conditions), ...statementFaults(this._statement(), partition)];
    return faults.map(({ problem, remedy }) => ({ problem: `${text} ${problem}`, remedy }));
  }
}

const OPERATOR = /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

function conditionFaults(conditions: readonly Condition[]): Fault[] {
  return conditions.flatMap(({ operator, key, values }, i) => [
    ...OPERATOR.test(operator) ? [] : [{ problem: `has a condition with ${JSON.stringify(operator)}, which is no operator`, remedy: 'use one of IAM\'s, such as "StringEquals"' }],
    .../^[A-Za-z0-9-]+:[^\s*?$]+$/.test(key) ? [] : [{ problem: `has a condition on ${JSON.stringify(key)}, which is no key`, remedy: 'use one such as "aws:PrincipalTag/team"' }],
    ...values.length > 0 ? [] : [{ problem: `has a condition on ${JSON.stringify(key)} without a value`, remedy: 'give at least one' }],
    ...conditions.slice(0, i).some((other) => other.operator === operator && other.key === key)
      ? [{ problem: `has two conditions with ${JSON.stringify(operator)} on ${JSON.stringify(key)}, of which IAM keeps one`, remedy: 'give all values in one' }] : [],
  ]);
}
