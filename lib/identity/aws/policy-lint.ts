import type { Statement } from './aws-permission';
import { covers, ESCALATING, ESCALATING_TOGETHER, WITHOUT_RESOURCE } from './escalation';
import { Fault, shown } from '../../errors';
import { holdsTerraformToken } from '../../names';

const ACTION = /^[a-z0-9-]+:[a-z0-9*?]+$/i;

const ARN = /^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9*-]*):(\d{12}|aws|\*)?:(.+)$/s;

/** What a policy variable can be: a key with an optional default, or one of the three characters that have a meaning. */
const VARIABLE = /^\$\{([A-Za-z0-9-]+:[\w/.:@+=-]+(,\s*'[^']*')?|[*?$])\}$/;

/** What is wrong with one statement: with its form, or with how much it allows. */
export function statementFaults(statement: Statement, partition: string): Fault[] {
  return [
    ...statement.Action.length > 0 ? [] : [{ problem: 'names no action', remedy: 'name at least one, such as "s3:GetObject"' }],
    ...statement.Resource.length > 0 ? [] : [{ problem: 'names no resource', remedy: 'name at least one by its ARN' }],
    ...statement.Action.flatMap(actionFaults),
    ...statement.Resource.flatMap((resource) => resourceFaults(resource, statement, partition)),
    ...passRoleFaults(statement),
    ...assumeRoleFaults(statement),
    ...variableFaults(statement),
  ];
}

/** Whether a statement allows an action, by its name or by a wildcard; what is no action allows nothing. */
function allows({ Action }: Statement, action: string): boolean {
  return Action.some((written) => ACTION.test(written) && covers(written, action));
}

/** What statements allow only together. */
export function togetherFaults(statements: readonly Statement[]): Fault[] {
  const allowed = (action: string) => statements.some((statement) => allows(statement, action));
  return ESCALATING_TOGETHER.filter((set) => set.every(allowed)).map((set) => ({
    problem: `permissions allow ${set.join(' and ')}, which together give any rights`, remedy: 'leave one of them out',
  }));
}

function actionFaults(action: string): Fault[] {
  if (/^\*+$/.test(action)) return [{ problem: `allows ${shown(action)}, which is every action`, remedy: 'name the actions' }];
  if (!ACTION.test(action)) return [{ problem: `names ${shown(action)}, which is no action`, remedy: 'write "service:Action", such as "s3:GetObject"' }];
  const escalating = ESCALATING.filter((dangerous) => covers(action, dangerous));
  if (escalating.length === 0) return [];
  const [shortest] = escalating;
  const meant = shortest.toLowerCase() === action.toLowerCase() ? shown(action) : `${shown(action)}, and so ${shortest}`;
  return [{ problem: `allows ${meant}, which gives any rights`, remedy: 'name the other actions it needs, and leave this to administrators' }];
}

function resourceFaults(resource: string, statement: Statement, partition: string): Fault[] {
  if (/^\*+$/.test(resource)) return anyResourceFaults(statement);
  if (holdsTerraformToken(resource)) return []; // Terraform alone knows it
  if (wrongVariables([resource]).length > 0) return []; // which has a fault of its own
  const [, itsPartition, service, , , rest] = ARN.exec(resource) ?? [];
  if (rest === undefined) return [{ problem: `names ${shown(resource)}, which is no ARN`, remedy: `write "arn:${partition}:service:region:account:resource"` }];
  if (itsPartition !== partition) return [{ problem: `names ${shown(resource)}, and the role is in the partition ${shown(partition)}, where it matches nothing`, remedy: `begin the ARN with "arn:${partition}:"` }];
  if (/^[*?/:]+$/.test(rest)) return [{ problem: `names ${shown(resource)}, which is every resource of ${service}`, remedy: 'name those it needs' }];
  return [];
}

/** Writing `*` is the only way for some actions; for all others it is everybody's resources. */
function anyResourceFaults({ Action }: Statement): Fault[] {
  const services = Action.filter((action) => /^[a-z0-9-]+:\*+$/i.test(action));
  if (services.length > 0) return [{ problem: `allows ${services.map(shown).join(', ')} on every resource`, remedy: 'name the actions, and the resources by their ARNs' }];
  const scoped = Action.filter((action) => ACTION.test(action) && !WITHOUT_RESOURCE.some((known) => covers(known, action)));
  if (scoped.length === 0) return [];
  return [{ problem: `allows ${scoped.map(shown).join(', ')} on every resource`, remedy: 'name the resources by their ARNs; for an action that knows no resource, attach a managed policy of your own with managedPolicyArns' }];
}

/** Who passes any role to any service has the rights of every role. */
function passRoleFaults(statement: Statement): Fault[] {
  if (!allows(statement, 'iam:PassRole')) return [];
  const scoped = statement.Resource.every((resource) => holdsTerraformToken(resource) || /^arn:[^:]*:iam::\d{12}:role\/[^*?]+$/.test(resource));
  const toService = Object.entries(statement.Condition ?? {}).some(([operator, keys]) =>
    /^String(Equals|Like)$/.test(operator) && Object.entries(keys).some(([key, values]) => key.toLowerCase() === 'iam:passedtoservice' && ![values].flat().some((value) => /^\*/.test(value))));
  return [
    ...scoped ? [] : [{ problem: 'allows iam:PassRole on more than named roles', remedy: 'name each role by its ARN, without wildcards' }],
    ...toService ? [] : [{ problem: 'allows iam:PassRole to every service', remedy: 'add .when("StringEquals", "iam:PassedToService", "ec2.amazonaws.com") with the service that is meant' }],
  ];
}

/** Roles of accounts nobody named, or all roles of one, the most powerful among them. */
function assumeRoleFaults(statement: Statement): Fault[] {
  if (!allows(statement, 'sts:AssumeRole')) return [];
  return statement.Resource.filter((resource) => /^arn:[^:]*:iam::\*?:|:role\/\*+$/.test(resource))
    .map((resource) => ({ problem: `allows sts:AssumeRole on ${shown(resource)}, which is roles nobody named`, remedy: 'name the account and the roles' }));
}

function variableFaults({ Resource, Condition = {} }: Statement): Fault[] {
  return wrongVariables([...Resource, ...Object.values(Condition).flatMap((keys) => Object.values(keys).flat())])
    .map((variable) => ({ problem: `holds ${shown(variable)}, which is no policy variable`, remedy: 'write one such as "${aws:PrincipalTag/team}"; for a value of Terraform give the token, such as bucket.arn' }));
}

/** IAM takes what it does not know between "${" and "}" as a text that matches nothing. */
function wrongVariables(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(/\$\{[^}]*\}?/g) ?? []).filter((variable) => !holdsTerraformToken(variable) && !VARIABLE.test(variable));
}
