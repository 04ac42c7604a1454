import type { IConstruct } from 'constructs';
import { faultAt, pathOf, shown } from '../../../errors';

/** A Terraform block in a stack, as far as this library handles it; both libraries have it. */
export interface Block extends IConstruct {
  readonly fqn: string;
  overrideLogicalId(id: string): void;
  addOverride(path: string, value: unknown): void;
  getStringAttribute(name: string): string;
}

/** A class of blocks; typed ones take their attributes in camel case. */
export type BlockClass = new (scope: IConstruct, id: string, config: { readonly [key: string]: unknown }) => Block;

/** The classes of a library. They are not imported, so that whoever needs no Terraform need not have it. */
interface Library {
  readonly TerraformStack: new (...args: never[]) => IConstruct;
  readonly TerraformResource: BlockClass;
  readonly TerraformProvider: BlockClass;
}

/** What builds the blocks of a stack. */
export interface StackLibrary {
  readonly name: 'cdktf' | 'cdktn';
  readonly library: Library;
}

const INSTALL = { cdktf: 'npm install cdktf @cdktf/provider-aws', cdktn: 'npm install cdktn' };

/** How to come by a stack. */
export const INSTALLING = `stacks come with ${shown(INSTALL.cdktf)}, or with ${shown(INSTALL.cdktn)}`;

/** Both libraries mark their constructs alike. */
const STACK = Symbol.for('cdktf/TerraformStack');
const PROVIDER = Symbol.for('cdktf/TerraformProvider');

/** The stack that a construct is, or is in. */
export function stackOf(scope: IConstruct): IConstruct | undefined {
  return scope.node.scopes.reverse().find((place) => STACK in place);
}

export function isProvider(block: IConstruct): boolean {
  return PROVIDER in block;
}

/**
 * The library whose class a stack is of: constructs of the other one break in it, some only when the app is synthesized.
 * @throws if it is not installed where this package or the program can find it
 */
export function libraryOf(stack: IConstruct): StackLibrary {
  for (const name of ['cdktf', 'cdktn'] as const) {
    const library = load<Library>(name, (candidate) => stack instanceof candidate.TerraformStack);
    if (library) return { name, library };
  }
  throw faultAt(stack, 'the library of this stack is not found', `install it beside cdk8s-hardened, and only once; ${INSTALLING}`);
}

/**
 * A class of the typed provider for cdktf, by its own module: the root of the package is 575 MB in memory.
 * @throws if the package is not installed
 */
export function typedAwsClass(stack: IConstruct, module: string, className: string): BlockClass {
  const found = load<{ [name: string]: BlockClass }>(`@cdktf/provider-aws/lib/${module}`, (candidate) => className in candidate);
  if (found) return found[className];
  throw faultAt(pathOf(stack), `WorkloadIdentity.provision needs @cdktf/provider-aws in a stack of cdktf, and it is not installed`, `run ${shown(INSTALL.cdktf)}`);
}

/** The module as this package finds it, else as the program does: where this package is linked, the two differ. */
function load<T>(module: string, fits: (candidate: T) => boolean): T | undefined {
  for (const paths of [undefined, [process.cwd()]]) {
    try {
      const candidate = require(require.resolve(module, paths && { paths })) as T;
      if (fits(candidate)) return candidate;
    } catch (error) {
      if (!/^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return undefined;
}
