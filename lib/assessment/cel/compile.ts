import { add, divide, modulo, multiply, negate, subtract, int, uint } from './arithmetic';
import { globalCall, memberCall, namespaceCall } from './call';
import type { Chain, Code, Scope } from './code';
import { declared, MACROS, optionalMap } from './comprehension';
import { compared, contains, equal, mapKey } from './equality';
import { typeConstant } from './functions/conversions';
import { and, conditional, not, or } from './logic';
import { contentOf, Optional } from './optional';
import { Node, parsed } from './parse';
import { chainFrom, field, index, optionalField, optionalIndex, optionalPath } from './selection';
import { CelError, Uint, Value } from './value';

/**
 * Compiles an expression to functions that call each other, once for all the objects it judges.
 * @throws CelError if it is none, or names what there is not
 */
export function compiled(cel: string): Code {
  return code(parsed(cel), []);
}

const BINARY: { readonly [op: string]: (a: Value, b: Value) => Value } = {
  '==': equal,
  '!=': (a, b) => !equal(a, b),
  '<': (a, b) => compared('_<_', a, b) < 0,
  '<=': (a, b) => compared('_<=_', a, b) <= 0,
  '>': (a, b) => compared('_>_', a, b) > 0,
  '>=': (a, b) => compared('_>=_', a, b) >= 0,
  'in': contains,
  '+': add, '-': subtract, '*': multiply, '/': divide, '%': modulo,
};

/** Whatever the expression is, as code that gives its value. */
function code(node: Node, scope: Scope): Code {
  const chain = chained(node, scope);
  if (chain) return (frame) => Optional.of(chain(frame));
  const { op, args } = node;
  switch (op) {
    case 'value': return constant(literal(args));
    case 'id': return identifier(args as string, scope);
    case '.': return selected(args as [Node, string], scope);
    case '[]': return index(code((args as Node[])[0], scope), code((args as Node[])[1], scope));
    case '&&': return and(code((args as Node[])[0], scope), code((args as Node[])[1], scope));
    case '||': return or(code((args as Node[])[0], scope), code((args as Node[])[1], scope));
    case '!_': return not(code(args as Node, scope));
    case '-_': return negated(args as Node, scope);
    case '?:': return conditional(code((args as Node[])[0], scope), code((args as Node[])[1], scope), code((args as Node[])[2], scope));
    case 'list': return list((args as Node[]).map((item) => code(item, scope)));
    case 'map': return map((args as [Node, Node][]).map(([key, value]) => [code(key, scope), code(value, scope)]));
    case 'call': return called(args as [string, Node[]], scope);
    case 'rcall': return calledOn(args as [string, Node, Node[]], scope);
  }
  const binary = BINARY[op];
  if (!binary) throw new CelError(`there is no operator ${op}`);
  const [left, right] = (args as Node[]).map((operand) => code(operand, scope));
  return (frame) => binary(left(frame), right(frame));
}

/** A chain of optional selections, if the expression is one: then no optional is made for its links. */
function chained({ op, args }: Node, scope: Scope): Chain | undefined {
  if (!Array.isArray(args)) return undefined;
  const [first, second] = args as [Node, unknown];
  switch (op) {
    case '.?': return optionalFields(first, [second as string], scope);
    case '[?]': return optionalIndex(chained(first, scope) ?? chainFrom(code(first, scope)), code(second as Node, scope));
    case '.': return withChain(first, scope, (chain) => optionalField(chain, second as string));
    case '[]': return withChain(first, scope, (chain) => optionalIndex(chain, code(second as Node, scope)));
    case 'rcall': return chainedCall(args as [string, Node, Node[]], scope);
    default: return undefined;
  }
}

/** Fields of fields: from a value, or on from another chain. */
function optionalFields(container: Node, names: readonly string[], scope: Scope): Chain {
  const [first, second] = container.args as [Node, string];
  if (container.op === '.?') return optionalFields(first, [second, ...names], scope);
  const chain = chained(container, scope);
  return chain ? names.reduce(optionalField, chain) : optionalPath(code(container, scope), names);
}

function withChain(node: Node, scope: Scope, make: (chain: Chain) => Chain): Chain | undefined {
  const chain = chained(node, scope);
  return chain && make(chain);
}

/** The calls that give optionals. */
function chainedCall([name, receiver, args]: [string, Node, Node[]], scope: Scope): Chain | undefined {
  if (receiver.op === 'id' && receiver.args === 'optional' && !scope.includes('optional')) {
    if (name === 'none' && args.length === 0) return () => undefined;
    if ((name !== 'of' && name !== 'ofNonZeroValue') || args.length !== 1) return undefined;
    const content = code(args[0], scope);
    return name === 'of' ? content : (frame) => nonZero(content(frame));
  }
  if (name === 'or' && args.length === 1) {
    const [left, right] = [optional(receiver, scope), optional(args[0], scope)];
    return (frame) => left(frame) ?? right(frame);
  }
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2) {
    const { scope: inner, locals: [local] } = declared(scope, [nameOf(args[0])]);
    return optionalMap(optional(receiver, scope), code(args[1], inner), local, name === 'optFlatMap');
  }
  return undefined;
}

/** An expression that must be an optional. */
function optional(node: Node, scope: Scope): Chain {
  const chain = chained(node, scope);
  if (chain) return chain;
  const value = code(node, scope);
  return (frame) => contentOf(value(frame));
}

function nonZero(value: Value): Value | undefined {
  const zero = value === '' || value === false || value === 0n || value === 0 || value === null || (value instanceof Uint && value.value === 0n)
    || (value instanceof Map && value.size === 0) || ((Array.isArray(value) || value instanceof Uint8Array) && value.length === 0);
  return zero ? undefined : value;
}

function constant(value: Value): Code {
  return () => value;
}

function literal(value: unknown): Value {
  if (typeof value === 'bigint') return int(value);
  // The parser's own class for unsigned integers.
  const unsigned = (value as { value?: unknown } | null)?.value;
  return typeof unsigned === 'bigint' ? uint(unsigned) : value as Value;
}

/** -9223372036854775808 is one number: its positive half would be too large. */
function negated(operand: Node, scope: Scope): Code {
  if (operand.op === 'value' && typeof operand.args === 'bigint') return constant(int(-operand.args));
  const value = code(operand, scope);
  return (frame) => negate(value(frame));
}

function identifier(name: string, scope: Scope): Code {
  const local = scope.lastIndexOf(name);
  if (local >= 0) return (frame) => frame.locals[local];
  switch (name) {
    case 'object': return ({ object }) => given('object', object);
    case 'params': return ({ params }) => given('params', params);
  }
  const type = typeConstant(name);
  if (!type) throw undeclared(name);
  return constant(type);
}

function given(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new CelError(`no such attribute: ${name}`);
  return value;
}

function undeclared(name: string): CelError {
  return new CelError(`undeclared reference to '${name}'`);
}

function selected([container, name]: [Node, string], scope: Scope): Code {
  if (container.op !== 'id' || container.args !== 'variables' || scope.includes('variables')) return field(code(container, scope), name);
  return ({ variables }) => {
    const value = variables?.get(name);
    if (value === undefined) throw new CelError(`no such key: ${name}`);
    return value;
  };
}

function list(items: readonly Code[]): Code {
  if (items.length === 0) return constant([]);
  return (frame) => items.map((item) => item(frame));
}

function map(entries: readonly (readonly [Code, Code])[]): Code {
  if (entries.length === 0) return constant(new Map());
  return (frame) => new Map(entries.map(([key, value]) => [mapKey(key(frame)), value(frame)]));
}

function called([name, args]: [string, Node[]], scope: Scope): Code {
  if (name === 'has') return present(args, scope);
  const call = globalCall(name, args.length);
  if (!call) throw undeclared(name);
  return call(args.map((arg) => code(arg, scope)));
}

/** `has(a.b)`: whether a, which must be there itself, has a b. */
function present([selection, ...others]: readonly Node[], scope: Scope): Code {
  if (others.length > 0 || selection?.op !== '.') throw new CelError('invalid argument to has() macro');
  const [container, name] = selection.args as [Node, string];
  if (container.op === 'id' && container.args === 'variables' && !scope.includes('variables')) return ({ variables }) => variables?.get(name) !== undefined;
  const chain = optionalField(chained(container, scope) ?? chainFrom(code(container, scope)), name);
  return (frame) => chain(frame) !== undefined;
}

function calledOn([name, receiver, args]: [string, Node, Node[]], scope: Scope): Code {
  const namespaced = receiver.op === 'id' && !scope.includes(receiver.args as string) ? namespaceCall(`${receiver.args}.${name}`, args.length) : undefined;
  if (namespaced) return namespaced(args.map((arg) => code(arg, scope)));
  if (name === 'hasValue' && args.length === 0) {
    const chain = optional(receiver, scope);
    return (frame) => chain(frame) !== undefined;
  }
  if (name === 'orValue' && args.length === 1) return orValue(optional(receiver, scope), code(args[0], scope));
  if (name === 'value' && args.length === 0) {
    return orValue(optional(receiver, scope), () => {
      throw new CelError('optional.none() dereference');
    });
  }
  const macro = MACROS.get(`${name}/${args.length}`);
  if (macro) {
    const { scope: inner, locals } = declared(scope, args.slice(0, macro.names).map(nameOf));
    return macro.code(code(receiver, scope), args.slice(macro.names).map((body) => code(body, inner)), locals);
  }
  const call = memberCall(name, args.length + 1);
  if (!call) throw undeclared(name);
  return call([receiver, ...args].map((arg) => code(arg, scope)));
}

function orValue(chain: Chain, otherwise: Code): Code {
  return (frame) => chain(frame) ?? otherwise(frame);
}

function nameOf({ op, args }: Node): string {
  if (op !== 'id') throw new CelError('argument must be a simple name');
  return args as string;
}
