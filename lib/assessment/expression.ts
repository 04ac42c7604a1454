import { CelError, Code, compiled, Frame, Value, Variables } from './cel';
import { Params, POD_VARIABLES } from '../controls';
import type { TypedMap } from '../inventory';

/** What an expression said: compliant, not compliant, or why it could not be judged. Only `true` is compliant. */
export type Verdict = boolean | { readonly error: string };

/** What expressions read beside an object: `params`, as CEL has values. */
export type CelParams = ReadonlyMap<string, readonly string[]>;

const CEL_PARAMS = new WeakMap<Params, CelParams>();

export function celParams(params: Params): CelParams {
  let given = CEL_PARAMS.get(params);
  if (!given) CEL_PARAMS.set(params, given = new Map(Object.entries(params)));
  return given;
}

/** What an expression about a pod reads. */
export function podFrame(podMetadata: TypedMap, podSpec: TypedMap, params: CelParams): Frame {
  return { variables: new PodVariables(podMetadata, podSpec), params, locals: [] };
}

/** What an expression about a whole object reads. */
export function objectFrame(object: TypedMap, params: CelParams): Frame {
  return { object, params, locals: [] };
}

/** Judges by an expression. */
export function judge(cel: string, frame: Frame): Verdict {
  try {
    const value = program(cel)(frame);
    return typeof value === 'boolean' ? value : { error: 'the expression gives no boolean' };
  } catch (error) {
    return { error: (error as Error | CelError).message };
  }
}

/** What expressions about a pod read as `variables`, each computed when it is first read. One that errs does so whenever it is read. */
class PodVariables implements Variables {
  private readonly known: Map<string, Value>;

  constructor(podMetadata: TypedMap, podSpec: TypedMap) {
    this.known = new Map<string, Value>([['podSpec', podSpec], ['podMetadata', podMetadata]]);
  }

  public get(name: string): Value | undefined {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const cel = VARIABLES.get(name);
    if (cel === undefined) return undefined;
    // Its own frame: the expression that asks for it has macros running in its.
    const value = program(cel)({ variables: this, locals: [] });
    this.known.set(name, value);
    return value;
  }
}

const VARIABLES: ReadonlyMap<string, string> = new Map(POD_VARIABLES);
const PROGRAMS = new Map<string, Code>();

/** Each expression is compiled once in the life of the program. */
function program(cel: string): Code {
  let code = PROGRAMS.get(cel);
  if (!code) PROGRAMS.set(cel, code = compiled(cel));
  return code;
}
