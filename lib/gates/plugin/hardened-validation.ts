import type { IValidationContext, ValidationViolation } from './validation-context';
import { nearest, shown } from '../../errors';
import type { Arguments, Io } from '../cli/command';

/** By what `cdk8s synth` judges the files that it has written; as the options of `cdk8s-hardened check`. */
export interface HardenedValidationProps {
  /** `baseline`, `restricted` or `strict`. @default 'restricted' */
  readonly profile?: string;
  /** The release of the cluster, such as `1.31`, or `latest`. @default '1.34' */
  readonly kubernetes?: string;
  /** Only what one framework asks for: `pss-restricted`, `pss-baseline`, `cis`, `nsa` or `owasp`. @default - all of the profile */
  readonly framework?: string;
  /** The file of exemptions, from the folder in which cdk8s runs. @default - none */
  readonly exemptions?: string;
  /** Prefixes of the images that may run, each ending in "/". @default - any registry */
  readonly registries?: string[];
}

const PROPERTIES = ['profile', 'kubernetes', 'framework', 'exemptions', 'registries'];

/**
 * The controls as a validation plugin of cdk8s, for apps that hold none of our constructs: `validations` in `cdk8s.yaml` names the package
 * and this class. cdk8s has written the files by then, so a violation fails the command and not the writing.
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class HardenedValidation {
  private readonly values: Arguments['values'];

  /** @throws if a property is none that there is, or cannot be used */
  constructor(properties: HardenedValidationProps = {}) {
    const [unknown] = Object.keys(properties).filter((name) => !PROPERTIES.includes(name));
    if (unknown !== undefined) {
      const [near] = nearest(unknown, PROPERTIES);
      throw new Error(`HardenedValidation: there is no property ${shown(unknown)}; ${near ? `did you mean ${shown(near)}?` : `give some of ${PROPERTIES.join(', ')}`}`);
    }
    const { registries, ...values } = properties;
    this.values = { ...values, ...registries === undefined ? {} : { registry: registries } };
    options(this.values, ['.']);
  }

  /** Judges the files that cdk8s has written, and reports what is wrong with them. */
  public async validate(context: IValidationContext): Promise<void> {
    const { judged } = require('../cli/check') as typeof import('../cli/check');
    const { today } = require('../today') as typeof import('../today');
    const { found, unreadable, unusable } = judged(options(this.values, context.manifests), today(process.env), QUIET);
    const violations = new Map<string, ValidationViolation>();
    for (const { object, violations: findings } of found.objects) {
      for (const { control, path, message, remediation } of findings) {
        const violation = violations.get(control) ?? { ruleName: control, recommendation: titleOf(found.controls, control), fix: remediation, violatingResources: [] };
        violations.set(control, violation);
        violation.violatingResources.push({ resourceName: object.name ?? '', locations: [`${path === '' ? '' : `${path}: `}${message}`], manifestPath: object.manifest.where });
      }
    }
    for (const { file, line, problem } of [...unreadable, ...unusable]) {
      const where = { resourceName: '', locations: [`${line === undefined ? '' : `line ${line}: `}${problem}`], manifestPath: file };
      violations.set(`unreadable ${file} ${line}`, { ruleName: 'unreadable', recommendation: 'Files can be read', fix: 'Mend the file.', violatingResources: [where] });
    }
    for (const violation of violations.values()) context.report.addViolation(violation);
    const metadata = { objects: String(found.objects.length), controls: String(found.controls.length), exemptions: String(found.exemptions.length) };
    context.report.submit(violations.size === 0 ? 'success' : 'failure', metadata);
  }
}

/** cdk8s prints the report; files alone are read. */
const QUIET: Io = { stdout: () => {}, stderr: () => {}, stdin: () => Buffer.alloc(0), env: process.env, terminal: false };

function options(values: Arguments['values'], positionals: readonly string[]) {
  const { checkOptions } = require('../cli/check-options') as typeof import('../cli/check-options');
  try {
    return checkOptions({ positionals, values });
  } catch (error) {
    throw new Error(`HardenedValidation: ${(error as Error).message.replace('--registry', 'registries').replace(/^--/, '')}`);
  }
}

function titleOf(controls: readonly { readonly id: string; readonly title: string }[], id: string): string {
  return controls.find((control) => control.id === id)?.title ?? id;
}
