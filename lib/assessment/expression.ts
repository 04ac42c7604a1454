import { Environment } from './cel';
import { registerKubernetesFunctions } from './cel-functions';
import { Params, POD_VARIABLES } from '../controls';
import type { TypedMap, TypedValue } from '../inventory';

/** What an expression said: compliant, not compliant, or why it could not be judged. Only `true` is compliant. */
export type Verdict = boolean | { readonly error: string };

/** A compiled expression. */
type Program = (context: { readonly [name: string]: unknown }) => unknown;

const ENVIRONMENT = registerKubernetesFunctions(new Environment({ enableOptionalTypes: true })).registerVariable('variables', 'dyn').registerVariable('object', 'dyn').registerVariable('params', 'dyn');
const PROGRAMS = new Map<string, Program>();

/** What expressions read beside an object: `params`, as CEL has values. */
export type CelParams = ReadonlyMap<string, readonly string[]>;

const CEL_PARAMS = new WeakMap<Params, CelParams>();

export function celParams(params: Params): CelParams {
  let given = CEL_PARAMS.get(params);
  if (!given) CEL_PARAMS.set(params, given = new Map(Object.entries(params)));
  return given;
}

/** What expressions about a pod read as `variables`. */
export type PodVariables = ReadonlyMap<string, TypedValue>;

/**
 * Computes what pod expressions read. A variable that cannot be computed is left out, so that every expression that reads it errs,
 * and so denies.
 */
export function podVariables(podMetadata: TypedMap, podSpec: TypedMap): PodVariables {
  const variables = new Map<string, TypedValue>([['podSpec', podSpec], ['podMetadata', podMetadata]]);
  for (const [name, cel] of POD_VARIABLES) {
    try {
      variables.set(name, program(cel)({ variables }) as TypedValue);
    } catch {
      continue;
    }
  }
  return variables;
}

/** Judges a pod by an expression. */
export function judgePod(cel: string, variables: PodVariables, params: CelParams): Verdict {
  return verdict(cel, { variables, params });
}

/** Judges a whole object by an expression. */
export function judgeObject(cel: string, object: TypedMap, params: CelParams): Verdict {
  return verdict(cel, { object, params });
}

function verdict(cel: string, context: { readonly [name: string]: unknown }): Verdict {
  try {
    const value = program(cel)(context);
    return typeof value === 'boolean' ? value : { error: 'the expression gives no boolean' };
  } catch (error) {
    return { error: String((error as Error).message).split('\n')[0] };
  }
}

/** Each expression is compiled once in the life of the program. */
function program(cel: string): Program {
  let compiled = PROGRAMS.get(cel);
  if (!compiled) PROGRAMS.set(cel, compiled = ENVIRONMENT.parse(cel) as Program);
  return compiled;
}
